"""Trains the reader on marked texts and writes what `helpers.reader` ships.

    python -m helpers.training.reader DATA [--out DIR] [--steps N] [--from FILE] [--weights FILE]
        [--rate R] [--teacher FILE …]

DATA holds `polnear/train`, `real/train.jsonl`, `real/unmarked.jsonl`, `ud/gum-train.conllu`,
`themes/duc2001`, `themes/kpcrowd`, `figures/timebank` and `figures/aquaint`; the marks on those
that come unmarked, and invented texts, are in `marked` beside this file. What nobody marked a
teacher answers; it is trained by the same command from all-mpnet-base-v2 (`--from model.safetensors
--rate 7e-5 --steps 620`), the reader from all-MiniLM-L6-v2 or from a shipped model. Needs `torch`,
`transformers`, `onnx` and the packages of the base models, which the kit itself does not. Seeds are
fixed; sums in two threads still differ in their last digits, and scores by some tenths.
"""

from __future__ import annotations

import argparse
import itertools
import json
import logging
import random
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from tokenizers import Tokenizer
from torch import nn

from ..reader.encoder import MODELS
from ..text import read_tables
from .examples import Example, batches
from .gold import Gold, read_gold
from .network import SHARES, Network, Outputs, begun, counted, losses, told_by

log = logging.getLogger(__name__)
WARM = 60  # steps to the full learning rate, which is that of old weights, a tenth of the new ones'
PARTS = 4  # batches that make one step, worked off by two threads
NUMBERS, TOKENIZER = "reader.json", "reader.tokenizer.json"


def train(
    sets: dict[str, list[Gold]], network: Network, tokenizer: Tokenizer, *, steps: int,
    rate: float, keep_at: Path | None = None, teachers: Sequence[Network] = (),
) -> None:  # fmt: skip
    """Train for `steps`; the weights are then averaged over the last ones."""
    torch.manual_seed(0)
    torch.set_num_threads(1)
    network.train()
    old, new = ([p for name, p in network.named_parameters() if name.startswith("base.") == based]
                for based in (True, False))  # fmt: skip
    groups = [{"params": old, "lr": rate}, {"params": new, "lr": 10 * rate}]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01, fused=True)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min(1.0, (step + 1) / WARM) * (1 - step / steps)
    )
    mean = {name: value.clone() for name, value in network.state_dict().items()}
    seen: dict[str, list[float]] = defaultdict(list)
    heard: dict[int, Outputs] = {}

    def learn(items: list[Example]) -> float:
        torch.set_num_threads(1)
        if teachers and id(items) not in heard:
            heard[id(items)] = told_by(teachers, items)  # once: it takes longer than to learn
        found = losses(network, items, heard.get(id(items)))
        for name, value in found.items():
            seen[name].append(float(value.detach()) / count[name])
        loss = sum(SHARES[name] * value / count[name] for name, value in found.items())
        loss.backward()
        return float(loss.detach())

    lessons = itertools.islice(_steps(sets, tokenizer, again=bool(teachers)), steps)
    with ThreadPoolExecutor(2) as pool:
        for step, parts in enumerate(lessons):
            count = counted([item for items in parts for item in items])
            loss = sum(pool.map(learn, parts))
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            optimizer.zero_grad()
            schedule.step()
            keep = min(0.985, (step + 1) / (step + 11))
            with torch.no_grad():
                for name, value in network.named_parameters():
                    mean[name].lerp_(value, 1 - keep)
            if step % 20 == 0:
                told = " ".join(f"{n} {4 * np.mean(v):.3f}" for n, v in sorted(seen.items()))
                log.info("step %d of %d, loss %.3f: %s", step, steps, loss, told)
                seen.clear()
            if keep_at and (step % 200 == 199 or step == steps - 1):
                torch.save(mean, keep_at)
    network.load_state_dict(mean)


def _steps(
    sets: dict[str, list[Gold]], tokenizer: Tokenizer, *, again: bool
) -> Iterator[list[list[Example]]]:
    """The batches of each step, epoch by epoch; `again`: all windows, the same in every epoch."""
    some: list[list[Example]] = []
    for epoch in itertools.count():
        chance = random.Random(epoch)
        if again and some:
            chance.shuffle(some)
        else:
            golds: list[Gold] = []
            for name, share in read_tables("training.toml")["read"].items():
                whole, rest = divmod(share, 1)
                texts = sets[name]
                golds += texts * int(whole) + chance.sample(texts, int(rest * len(texts)))
            some = batches(golds, tokenizer, seed=1000 + epoch, every=again)
        log.info("epoch %d: %d steps", epoch, len(some) // PARTS)
        yield from (some[at : at + PARTS] for at in range(0, len(some), PARTS))


def export(network: Network, tokenizer: Tokenizer, folder: Path) -> None:
    """Write the int8 network, its tokenizer and numbers: those not of the network as shipped."""
    network.eval()
    given, told, sample = ["ids", "shape"], ["tags", "links"], torch.zeros(1, 40, dtype=torch.long)
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as place:
        plain = str(Path(place) / "plain.onnx")
        torch.onnx.export(
            network, (sample, sample), plain, input_names=given, output_names=told,
            dynamic_axes={name: {1: "pieces"} for name in (*given, *told)},
            opset_version=17, dynamo=False,
        )  # fmt: skip
        # One scale per channel: one scale per matrix loses one to two points.
        quantize_dynamic(
            plain, folder / "reader.onnx", weight_type=QuantType.QInt8, per_channel=True,
            nodes_to_exclude=["/base/embeddings/position_embeddings/Gather"],
        )  # fmt: skip
    tokenizer.save(str(folder / TOKENIZER), pretty=False)
    numbers = json.loads((MODELS / NUMBERS).read_text(encoding="utf-8"))
    for name in ("transitions", "first"):
        numbers[name] = np.round(getattr(network, name).detach().numpy(), 4).tolist()
    (folder / NUMBERS).write_text(json.dumps(numbers), encoding="utf-8")


def main() -> None:
    """Train and export, as the command line says."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("--out", type=Path, default=MODELS, help="where the model goes")
    parser.add_argument("--steps", type=int, default=1500, help="0: write --from as a model")
    parser.add_argument("--rate", type=float, default=2e-4)
    parser.add_argument("--from", dest="start", type=Path, default=MODELS / "reader.onnx",
                        help="a model or weights to go on from")  # fmt: skip
    parser.add_argument("--weights", type=Path, help="where float weights are kept")
    parser.add_argument("--teacher", type=Path, nargs="*", default=[],
                        help="weights of teachers to learn from")  # fmt: skip
    options = parser.parse_args()
    logging.basicConfig(format="%(asctime)s %(message)s")
    log.setLevel(logging.INFO)
    tokenizer, network = Tokenizer.from_file(str(MODELS / TOKENIZER)), begun(options.start)
    if options.steps:
        sets = read_gold(options.data)
        teachers = [begun(path).eval() for path in options.teacher]
        train(sets, network, tokenizer, steps=options.steps, rate=options.rate,
              keep_at=options.weights, teachers=teachers)  # fmt: skip
    if not network.large:  # a teacher is too big to be shipped
        export(network, tokenizer, options.out)


if __name__ == "__main__":
    main()

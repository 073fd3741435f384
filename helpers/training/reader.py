"""Trains the reader on marked texts and writes what `helpers.reader` ships.

    python -m helpers.training.reader DATA [--out DIR] [--steps N] [--from FILE] [--weights FILE]
        [--rate R] [--silver FILE] [--teacher FILE …] [--heads N --inner N]

DATA holds `polnear/train`, `real/train.jsonl`, `real/unmarked.jsonl`, `ud/gum-train.conllu`,
`themes/duc2001`, `themes/kpcrowd`, `figures/timebank` and `figures/aquaint`; the marks on those
that come unmarked, and invented texts, are in `marked` beside this file. What nobody marked a
teacher answers; it is trained by the same command from all-mpnet-base-v2 (`--from model.safetensors
--rate 7e-5 --steps 620`), the reader from all-MiniLM-L6-v2 or from a shipped model. Needs `torch`,
`safetensors`, `onnx` and the packages of the base models, which the kit itself does not. Seeds are
fixed; sums in two threads still differ in their last digits, and scores by some tenths.
"""

from __future__ import annotations

import argparse
import itertools
import json
import logging
import random
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from tokenizers import Tokenizer
from torch import nn

from ..reader.encoder import MODELS, WINDOW
from .examples import Example, batches
from .gold import (
    NEWS,
    Gold,
    lines_of,
    measured_with,
    read_polnear,
    read_press,
    records,
    with_silver,
)
from .losses import SHARES, Outputs, losses, narrowed, places, told_by
from .network import Network, begun
from .treebank import read_gum

log = logging.getLogger(__name__)
RATE, WARM = 2.0e-4, 60  # learning rate of old weights, a tenth of the new ones'; steps to it
WEIGHED = 40  # steps whose losses tell which heads and units matter
PARTS = 4  # batches that make one step, worked off by two threads
STEPS = 1500
READ = {"press": 2.0, "gum": 0.4, "polnear": 0.8, "plain": 1.0}
"""How often, or what share of, each set is read in an epoch."""
SILVER = 0.25  # the weight of amounts answered by a former version of the kit
UNFITTED = {"skipped": 1.0, "side": 1.0, "paragraph": 20.0, "mix": 0.7, "sourceless": -1.0,
            "of_none": 0.0, "when_none": 0.6, "when_attached": 2.5}  # fmt: skip


def train(
    sets: dict[str, list[Gold]], network: Network, tokenizer: Tokenizer, *, steps: int,
    rate: float = RATE, keep_at: Path | None = None, teachers: Sequence[Network] = (),
) -> dict[str, torch.Tensor]:  # fmt: skip
    """Return the weights after `steps`, averaged over the last ones."""
    torch.manual_seed(0)
    torch.set_num_threads(1)
    network.train()
    heads = ("out.", "link.", "shape.", "transitions", "first")
    old, new = ([p for name, p in network.named_parameters() if name.startswith(heads) == fresh]
                for fresh in (False, True))  # fmt: skip
    groups = [{"params": old, "lr": rate}, {"params": new, "lr": 10 * rate}]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01, fused=True)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min(1.0, (step + 1) / WARM) * (1 - step / steps)
    )
    mean = {name: value.clone() for name, value in network.state_dict().items()}
    seen: dict[str, list[float]] = {}

    heard: dict[int, Outputs] = {}

    def learn(part: tuple[list[Example], dict[str, float]]) -> float:
        torch.set_num_threads(1)
        items, count = part
        if teachers and id(items) not in heard:
            heard[id(items)] = told_by(teachers, items)  # once: it takes longer than to learn
        found = losses(network, items, heard.get(id(items)))
        for name, value in found.items():
            seen.setdefault(name, []).append(float(value.detach()) / count[name])
        loss = sum(SHARES[name] * value / count[name] for name, value in found.items())
        loss.backward()
        return float(loss.detach())

    with ThreadPoolExecutor(2) as pool:
        for step, parts in enumerate(
            itertools.islice(_steps(sets, tokenizer, again=bool(teachers)), steps)
        ):
            count = places([item for items in parts for item in items])
            loss = sum(pool.map(learn, [(items, count) for items in parts]))
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
    return mean


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
            for name, texts in sets.items():
                whole, rest = divmod(READ[name], 1)
                golds += texts * int(whole) + chance.sample(texts, int(rest * len(texts)))
            some = batches(golds, tokenizer, seed=1000 + epoch, pieces=3 * WINDOW, every=again)
        log.info("epoch %d: %d steps", epoch, len(some) // PARTS)
        yield from (some[at : at + PARTS] for at in range(0, len(some), PARTS))


def export(network: Network, tokenizer: Tokenizer, folder: Path) -> None:
    """Write the int8 network, its tokenizer and numbers, not fitted."""
    network.eval()
    names = {"input_names": ["ids", "shape"], "output_names": ["tags", "links"]}
    axes = {name: {1: "pieces"} for names_ in names.values() for name in names_}
    sample = torch.zeros(1, 40, dtype=torch.long)
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as place:
        plain = str(Path(place) / "plain.onnx")
        torch.onnx.export(
            network, (sample, sample), plain, dynamic_axes=axes, opset_version=17,
            dynamo=False, **names,
        )  # fmt: skip
        # One scale per channel: one scale per matrix loses one to two points.
        target = folder / "reader.onnx"
        quantize_dynamic(plain, target, weight_type=QuantType.QInt8, per_channel=True)
    tokenizer.save(str(folder / "reader.tokenizer.json"), pretty=False)
    rows = {"transitions": network.transitions, "first": network.first}
    learned = {name: np.round(row.detach().numpy(), 4).tolist() for name, row in rows.items()}
    (folder / "reader.json").write_text(json.dumps(UNFITTED | learned), encoding="utf-8")


def pieces_of_words() -> Tokenizer:
    """The tokenizer of both base models, for texts of any length."""
    tokenizer = Tokenizer.from_file(str(MODELS / "reader.tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def read_sets(data: Path, silver: Path | None) -> dict[str, list[Gold]]:
    """The marked texts to learn from, by set."""
    found = json.loads(silver.read_text(encoding="utf-8")) if silver else {}
    taken = measured_with(data)
    polnear = (g for g in read_polnear(data / "polnear" / "train") if g.name not in taken)
    press = list(with_silver(read_press(records(data)), found, weight=0))
    marked = taken | {gold.name for gold in press}
    rows = [row for name in NEWS for row in lines_of(data / name) if row["doc"] not in marked]
    plain = [Gold(row["doc"], row["text"], (), complete=False) for row in rows if row["text"]]
    return {
        "press": press,
        "gum": list(read_gum(data / "ud" / "gum-train.conllu")),
        "polnear": list(with_silver(polnear, found, weight=SILVER)),
        "plain": plain,
    }


def main() -> None:
    """Train and export, as the command line says."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("--out", type=Path, default=MODELS, help="where the model goes")
    parser.add_argument("--steps", type=int, default=STEPS, help="0: write --from as a model")
    parser.add_argument("--rate", type=float, default=RATE)
    parser.add_argument(
        "--silver", type=Path, help="amounts and names answered by a former version"
    )
    parser.add_argument("--from", dest="start", type=Path, default=MODELS / "reader.onnx",
                        help="a model or weights to go on from")  # fmt: skip
    parser.add_argument("--weights", type=Path, help="float weights: kept here, or taken if there")
    parser.add_argument("--teacher", type=Path, nargs="*", default=[],
                        help="weights of teachers to learn from")  # fmt: skip
    parser.add_argument("--heads", type=int, help="narrow each layer to so many heads")
    parser.add_argument("--inner", type=int, help="and to so many inner units")
    options = parser.parse_args()
    logging.basicConfig(format="%(asctime)s %(message)s")
    log.setLevel(logging.INFO)
    tokenizer, network = pieces_of_words(), begun(options.start)
    sets = read_sets(options.data, options.silver) if options.steps else {}
    if options.heads and options.inner:
        some = itertools.islice(_steps(sets, tokenizer, again=False), WEIGHED)
        network = narrowed(network, list(itertools.chain(*some)), heads=options.heads,
                           inner=options.inner)  # fmt: skip
    if options.steps:
        teachers = [begun(path).eval() for path in options.teacher]
        weights = train(sets, network, tokenizer, steps=options.steps, rate=options.rate,
                        keep_at=options.weights, teachers=teachers)  # fmt: skip
        network.load_state_dict(weights)
    if network.far is None:  # a teacher is too big to be shipped
        export(network, tokenizer, options.out)


if __name__ == "__main__":
    main()

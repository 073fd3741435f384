"""Fits the confidence of the quotes table on PolNeAR's dev part and measures its reliability.

    python -m helpers.training.quotes_confidence POLNEAR_DIR

Writes `helpers/models/quotes_confidence.json`: the curve is fitted on all documents; what is said
about its reliability comes from ten curves, each tried on the tenth of the documents it has not
seen.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from ..names import speakers_of
from ..quotes.confidence import LEAST, MEASURED, MOST
from ..quotes.joined import attributions
from .quotes_data import Attribution, read_polnear
from .quotes_fit import WORD, Case, calibration_error, logistic, paired, same_source

FOLDS, BINS = 10, 10


def judged(documents: Sequence[tuple[str, str, list[Attribution]]]) -> np.ndarray:
    """Return a row per quote found: fold, log odds of the finding, log of the speaker, right."""
    rows = []
    for name, text, gold in documents:
        fold = hashlib.sha256(name.encode()).digest()[0] % FOLDS
        case = Case(name, tuple(m.span() for m in WORD.finditer(text)), text, tuple(gold), ())
        found = attributions(text)
        pairs = paired(case, found)
        right = {id(one) for g, one in pairs if same_source(case, g.source, one.source)}
        for one, speaker in zip(found, speakers_of(text, found), strict=True):
            claimed = min(max(one.confidence, LEAST), MOST)
            voice = math.log(max(speaker.confidence, LEAST))
            rows.append((fold, math.log(claimed / (1 - claimed)), voice, id(one) in right))
    return np.array(rows, dtype=float)


def measure(rows: np.ndarray, *, documents: int) -> dict:
    """Return the weights, and the reliability of curves on documents that did not fit them."""
    fold, features, right = rows[:, 0], rows[:, 1:3], rows[:, 3]
    sure = np.zeros(len(rows))
    for held in range(FOLDS):
        seen = fold != held
        weights = logistic(features[seen], right[seen])
        sure[~seen] = 1 / (1 + np.exp(-(weights[0] + features[~seen] @ weights[1:])))
    place = np.minimum((sure * BINS).astype(int), BINS - 1)
    tenths = [place == b for b in range(BINS) if (place == b).any()]
    reliability = [
        [round(sure[one].mean(), 3), round(right[one].mean(), 3), int(one.sum())] for one in tenths
    ]
    return {
        "weights": [round(float(weight), 3) for weight in logistic(features, right)],
        "reliability": reliability,
        "documents": documents,
        "error": round(calibration_error(sure, right, bins=BINS), 4),
    }


def write(
    documents: Sequence[tuple[str, str, list[Attribution]]], *, out: Path = MEASURED
) -> float:
    """Measure on some documents, write the numbers, and return the calibration error."""
    numbers = measure(judged(documents), documents=len(documents))
    out.write_text(json.dumps(numbers) + "\n", encoding="utf-8")
    return numbers["error"]


def main() -> None:
    """Measure and write, as the command line says."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("polnear", type=Path, help="folder with dev")
    error = write(list(read_polnear(parser.parse_args().polnear / "dev")))
    print(f"calibration error {error:.3f}")


if __name__ == "__main__":
    main()

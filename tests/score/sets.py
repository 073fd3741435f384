"""The texts with known answers: what is shipped here, and what a folder of corpora has."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import pandas as pd

from helpers import (
    compare_claims,
    find_figures,
    find_phrases,
    find_quotes,
    find_themes,
    load,
    tokenize,
)  # fmt: skip
from helpers.themes import find_topics, read_corpus

from . import figures, quotes, themes, treebank

HERE = Path(__file__).parent
PROJECT = HERE.parents[1]
STYLES = ("government release", "transcript", "agency", "company release", "web", "mixed")
Scores = dict[str, float]


def shipped() -> Scores:
    """The scores on the invented press texts, the seed, and our documents that contradict."""
    return press(HERE / "press.jsonl") | seed() | contradictions()


def measured(folder: Path) -> Iterator[tuple[str, Scores]]:
    """(name, scores) of each corpus that the folder has, one after the other.

    It may hold `real/dev.jsonl`, `polnear/dev/{text,attributions}`, `figures/{timebank,aquaint}/
    {docs,gold}.jsonl`, `figures/cases/newsquant.jsonl`, `themes/{duc2001,kpcrowd}/{docs,gold}.jsonl`,
    `themes/bbc/{docs.jsonl,seeds.json}` and `ud/gum-dev.conllu`.
    """
    for name, measure in CORPORA.items():
        if (folder / name).exists():
            yield name, measure(folder / name)


def read(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text("utf-8").split("\n") if line.strip()]


def table(records: Sequence[Mapping], *, name: str = "doc", text: str = "text") -> pd.DataFrame:
    """A documents table of records."""
    columns = {"text": [record[text] for record in records]}
    for fact in ("title", "date"):
        if any(record.get(fact) for record in records):
            columns[fact] = [record.get(fact) or None for record in records]
    return pd.DataFrame(columns, index=pd.Index([record[name] for record in records], name="doc"))


def prefixed(name: str, scores: Scores) -> Scores:
    return {f"{name}: {what}": value for what, value in scores.items()}


def press(path: Path, name: str = "press") -> Scores:
    records = read(path)
    documents = table(records)
    said = find_quotes(documents)
    found = figures.rows_of(find_figures(documents))
    scores = quotes.score_named(records, quotes.rows_of(said), kind=False)
    del scores["nothing said"]  # only real texts have room for it
    return prefixed(name, scores | figures.score_places(records, found))


def seed() -> Scores:
    """The article of `seeds`, whose gold names quotations and figures by their words."""
    return press(HERE / "seed.jsonl", "seed")


def contradictions() -> Scores:
    """What is planted in `tests/documents`: two values of one thing that cannot both be right."""
    documents = load(PROJECT / "tests" / "documents")
    said = find_quotes(documents)
    claims = compare_claims(find_figures(documents, quotes=said), documents)
    against = claims[claims["verdict"] == "differs"]
    planted = read(HERE / "contradictions.jsonl")
    found = sum(
        set(record["texts"])
        <= set(against.loc[against["about"].str.contains(record["about"]), "text"])
        for record in planted
    )
    known = {text for record in planted for text in record["texts"] + record.get("also", [])}
    return {
        "contradictions: found": 100 * found / len(planted),
        "contradictions: false": 100 * float((~against["text"].isin(known)).mean()),
    }


def real(path: Path) -> Scores:
    records = [record for record in read(path) if record["set"] == "press"]
    documents = table(records)
    said = find_quotes(documents)
    rows = quotes.rows_of(said)
    scores = quotes.score_named(records, rows, kind=True)
    scores |= figures.score_measured(records, figures.rows_of(find_figures(documents, quotes=said)))
    for style in STYLES:
        some = [record for record in records if record["style"] == style]
        if some:
            scores[f"who said what, {style}"] = quotes.score_named(some, rows, kind=True)[
                "who said what"
            ]
    return prefixed("real press", scores)


def polnear(folder: Path) -> Scores:
    records = []
    for path in sorted((folder / "text").glob("*.txt")):
        marks = sorted((folder / "attributions").glob(f"{path.stem}_*.ann"))
        day = re.search(r"_(\d{4}-\d\d-\d\d)_", path.stem)
        if marks:
            text = path.read_bytes().decode("utf-8")
            rows = brat(marks[0].read_bytes().decode("utf-8"))
            date = day[1] if day else None
            records.append({"doc": path.stem, "text": text, "date": date, "quotes": rows})
    rows = quotes.rows_of(find_quotes(table(records)))
    return prefixed("polnear", quotes.score_attributions(records, rows))


def brat(text: str) -> list[dict[str, list[list[int]]]]:
    """The attributions of a file of brat: its events' content and source."""
    spans, found = {}, []
    for line in text.split("\n"):
        key, *cells = line.rstrip("\r").split("\t")
        if key[:1] == "T" and cells:
            pieces = cells[0].partition(" ")[2].split(";")
            spans[key] = [[int(place) for place in piece.split()] for piece in pieces]
    for line in text.split("\n"):
        key, *cells = line.rstrip("\r").split("\t")
        if key[:1] == "E" and cells:
            row: dict[str, list[list[int]]] = {"content": [], "source": []}
            for argument in cells[0].split()[1:]:
                role, _, target = argument.partition(":")
                role = role.lower().rstrip("0123456789")
                row.get(role, []).extend(spans.get(target, []))
            found += [row] if row["content"] else []
    return sorted(found, key=lambda row: min(row["content"]))


def timed(folder: Path) -> Scores:
    gold = {record["doc"]: record["figures"] for record in read(folder / "gold.jsonl")}
    records = [
        {"doc": record["doc"], "text": record["text"], "date": (record.get("dct") or "")[:10],
         "figures": gold[record["doc"]]}
        for record in read(folder / "docs.jsonl")
    ]  # fmt: skip
    found = figures.rows_of(find_figures(table(records)))
    return prefixed(folder.name, figures.score_times(records, found))


def bags(path: Path) -> Scores:
    records = read(path)
    found = figures.rows_of(find_figures(table(records, name="id")))
    return prefixed(path.stem, figures.score_bags(records, found))


def titled(path: Path) -> list[dict]:
    """Documents whose headline is the first paragraph of the text too."""
    return [
        record | {"text": "\n\n".join(filter(None, [record.get("title"), record["text"]]))}
        for record in read(path)
    ]


def phrases(folder: Path) -> Scores:
    records = titled(folder / "docs.jsonl")
    scores = themes.score_phrases(read(folder / "gold.jsonl"), find_phrases(table(records), top=15))
    return prefixed(folder.name, scores)


def labelled(folder: Path) -> Scores:
    records = titled(folder / "docs.jsonl")
    documents = table(records)
    labels = {record["doc"]: record["label"] for record in records}
    seeds = json.loads((folder / "seeds.json").read_text("utf-8"))
    scores = themes.score_passages(labels, find_themes(documents, themes=seeds))
    scores |= themes.score_topics(labels, find_topics(read_corpus(documents), number=5))
    return prefixed(folder.name, scores)


def trees(path: Path) -> Scores:
    records = treebank.read_trees(path)
    documents = table([{"doc": tree.doc, "text": tree.text} for tree in records])
    return prefixed(path.stem, treebank.score_words(records, tokenize(documents)))


CORPORA: dict[str, Callable[[Path], Scores]] = {
    "real/dev.jsonl": real, "polnear/dev": polnear, "figures/timebank": timed,
    "figures/aquaint": timed, "figures/cases/newsquant.jsonl": bags, "themes/duc2001": phrases,
    "themes/kpcrowd": phrases, "themes/bbc": labelled, "ud/gum-dev.conllu": trees,
}  # fmt: skip

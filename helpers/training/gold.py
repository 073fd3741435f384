"""Reads what people marked by hand: press texts (JSON lines) and PolNeAR (brat)."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

from ..reader import Attribution, Span, Spans

MARKED = Path(__file__).parent / "marked"
NEWS = [f"{name}/docs.jsonl" for name in (
    "themes/duc2001", "themes/kpcrowd", "figures/timebank", "figures/aquaint")]  # fmt: skip
SPAN = re.compile(r"^(T\d+)\t(?:Source|Cue|Content) ([\d ;]+)(?:\t|$)", re.M)
EVENT = re.compile(r"^E\d+\t(.+)$", re.M)
IN_MARKS = re.compile(r"([“\"]|''|``)(?=\S)([^“”\"]*?[^“”\"\s])(?:[”\"]|'')?", re.DOTALL)
TITLED = re.compile(r"[A-Z]\w+")
ROLES = ("content", "cue", "source")
NONE = (0, 0)  # the span of an answer that is none


@dataclass(frozen=True)
class Pointer:
    """From one place of a text to the spans that answer; `NONE` among them: nothing does."""

    kind: str  # "of", "when", "same"
    place: Span
    answers: Spans
    weight: float = 1.0


@dataclass(frozen=True)
class Gold:
    """A marked text.

    `complete`: every statement is marked, else only `judged` places are; `deep`: reports within
    quotations are marked too; `names`: (start, end, kind) of names known, all if `every_name`.
    """

    name: str
    text: str
    statements: tuple[Attribution, ...]
    pointers: tuple[Pointer, ...] = ()
    complete: bool = True
    deep: bool = True
    judged: Spans = ()
    names: tuple[tuple[int, int, str], ...] = ()
    every_name: bool = False
    doubtful: Spans = ()  # may be names: nobody judged

    def moved(self, text: str, move: Callable[[Span], Span]) -> Gold:
        """The same marks on a rewritten text, in which `move` finds a span again."""

        def along(spans: Iterable[Span]) -> Spans:
            return tuple(map(move, spans))

        def answers(pointer: Pointer) -> Spans:
            return along(s for s in pointer.answers if s != NONE) or (NONE,)

        return replace(
            self,
            text=text,
            statements=tuple(
                replace(a, **{role: along(getattr(a, role)) for role in ROLES})
                for a in self.statements
            ),
            pointers=tuple(
                replace(p, place=move(p.place), answers=answers(p)) for p in self.pointers
            ),
            judged=along(self.judged),
            names=tuple((*move((start, end)), kind) for start, end, kind in self.names),
            doubtful=along(self.doubtful),
        )


def read_polnear(folder: Path) -> Iterator[Gold]:
    """Yield each annotated document, by name; of several annotators the first by name is taken."""
    files: dict[str, Path] = {}
    for path in sorted((folder / "attributions").glob("*.ann")):
        files.setdefault(path.stem.rpartition("_")[0], path)
    for name, path in sorted(files.items()):
        text = (folder / "text" / f"{name}.txt").read_bytes().decode("utf-8")
        statements = read_brat(path.read_bytes().decode("utf-8"))
        bare = (replace(a, content=tuple(_bare(text, s) for s in a.content)) for a in statements)
        yield Gold(name, text, tuple(bare), deep=False)


def _bare(text: str, span: Span) -> Span:
    """A piece of content without its marks where all of it stands in them, as in press texts."""
    match = IN_MARKS.fullmatch(text, *span)
    return match.span(2) if match else span


def read_brat(annotation: str) -> list[Attribution]:
    """Return the attributions of a brat file that have a content, in order of position."""
    spans = {
        name: [tuple(map(int, piece.split())) for piece in places.split(";")]
        for name, places in SPAN.findall(annotation)
    }
    found = []
    for event in EVENT.findall(annotation):
        roles: dict[str, list[Span]] = defaultdict(list)
        for argument in event.split():
            role, name = argument.split(":")
            roles[role.rstrip("0123456789").lower()] += spans.get(name, [])
        if roles["content"]:
            found.append(Attribution(*(tuple(sorted(roles[role])) for role in ROLES)))
    return sorted(found, key=lambda a: a.content)


def lines_of(path: Path) -> Iterator[dict]:
    """Yield the objects of a JSON-lines file."""
    for line in path.read_text(encoding="utf-8").split("\n"):
        if line.strip():
            yield json.loads(line)


def measured_with(data: Path) -> set[str]:
    """The names of the press texts that are there to measure with, not to learn from."""
    return {record["doc"] for record in lines_of(data / "real" / "dev.jsonl")}


def records(data: Path) -> Iterator[dict]:
    """Yield all marked press texts to learn from.

    Each has `doc`, `set`, `text`, `complete`; `quotes` (kind, content, cue, source, the ways its
    speaker may be named, who, verdict) and `figures` (start, end, of, when, verdict).
    """
    taken, real = measured_with(data), data / "real"
    for record in chain(
        lines_of(real / "train.jsonl"),
        read_marks(MARKED / "releases.jsonl", [real / "unmarked.jsonl"]),
        read_marks(MARKED / "news.jsonl", [data / name for name in NEWS]),
        lines_of(MARKED / "invented.jsonl"),
        lines_of(MARKED / "seed.jsonl"),
    ):
        if record["doc"] not in taken:
            yield record


def read_marks(marks: Path, texts: Iterable[Path]) -> Iterator[dict]:
    """Yield records from marks that stand apart from their texts.

    A line of `marks` has no word of a text but speakers' names: its quotes are [kind, content, cue,
    source, speakers, who], its figures [place, of, when], all as offsets, [0, 0] for none.
    """
    written = {record["doc"]: record for path in texts for record in lines_of(path)}
    names = ("kind", *ROLES, "speaker", "who")
    for line in lines_of(marks):
        quotes = [dict(zip(names, q, strict=True), verdict="ok") for q in line["quotes"]]
        figures = [
            {"start": start, "end": end, "of": of, "when": when, "verdict": "ok"}
            for (start, end), of, when in line["figures"]
        ]
        found = {"set": "press", "complete": True, "quotes": quotes, "figures": figures}
        yield written[line["doc"]] | found


def read_press(records: Iterable[dict]) -> Iterator[Gold]:
    """Yield the texts of records whose quotations and amounts people marked."""
    for record in records:
        text = record["text"]
        quotes = [q for q in record["quotes"] if q["verdict"] != "no"]
        figures = [f for f in record["figures"] if f["verdict"] == "ok"]
        said = sorted((attribution_of(q) for q in quotes if q["content"]), key=lambda a: a.content)
        pointers = [*(p for f in figures for p in _asked(text, f)),
                    *(p for q in quotes for p in _speaking(text, q))]  # fmt: skip
        yield Gold(
            record["doc"], text, tuple(said), tuple(pointers),
            complete=record["complete"], deep=record["set"] == "press",
            judged=tuple(tuple(s) for q in record["quotes"] for role in ROLES for s in q[role]),
            names=tuple(_speakers_named(text, quotes)),
        )  # fmt: skip


def attribution_of(quote: dict) -> Attribution:
    """A marked quotation as the reader would find it."""
    roles = (tuple(tuple(s) for s in sorted(quote[role])) for role in ROLES)
    return Attribution(*roles, kind=quote["kind"])


def _asked(text: str, figure: dict) -> Iterator[Pointer]:
    """What an amount measures and when: for each alternative the nearest place it stands at."""
    place = (figure["start"], figure["end"])
    for kind in ("of", "when"):
        answers = {
            _nearest(text, one, place) if isinstance(one, str) else tuple(one)
            for one in figure[kind]
        }
        if answers and None not in answers:
            yield Pointer(kind, place, tuple(sorted(answers)))


def _nearest(text: str, words: str, place: Span) -> Span | None:
    """The occurrence of some words nearest to a place, in its paragraph if there is one."""
    if not words:
        return NONE
    begin, end = text.rfind("\n", 0, place[0]), text.find("\n", place[1])
    end = end if end >= 0 else len(text)
    written = r"\s+".join(map(re.escape, words.split()))  # a line may end within
    found = [m.span() for m in re.finditer(written, text)]

    def far(span: Span) -> tuple[bool, int]:
        here = begin < span[0] and span[1] <= end
        return not here, min(abs(span[0] - place[1]), abs(place[0] - span[1]))

    return min([s for s in found if _apart(s, place)] or found, key=far, default=None)


def _apart(one: Span, other: Span) -> bool:
    return one[1] <= other[0] or one[0] >= other[1]


def _speaking(text: str, quote: dict) -> Iterator[Pointer]:
    """From a source that is no full name to the other places where its speaker is named."""
    names = [name for way in quote["speaker"] for name in way.split("; ") if name]
    if not quote["source"]:
        return
    place = tuple(quote["source"][0])
    if any(name in text[slice(*place)] for name in names):
        return
    forms = {re.escape(form) for name in names for form in _forms(name, quote["who"])}
    found = {m.span() for form in forms for m in re.finditer(rf"\b{form}\b", text)}
    if answers := tuple(sorted(span for span in found if _apart(span, place))):
        yield Pointer("same", place, answers)


def _forms(name: str, who: str) -> list[str]:
    """A name in full, of a person also the surname."""
    return [name, name.split()[-1]] if who == "person" and TITLED.match(name) else [name]


def _speakers_named(text: str, quotes: list[dict]) -> Iterator[tuple[int, int, str]]:
    """Where the speakers of a text are named: people in full or by surname, bodies in full."""
    kinds = {
        name: quote["who"]
        for quote in quotes if quote["who"] in ("person", "organisation")
        for way in quote["speaker"]
        for name in way.split("; ") if TITLED.match(name)
    }  # fmt: skip
    taken: set[int] = set()
    for name, kind in sorted(kinds.items(), key=lambda n: -len(n[0])):
        for form in _forms(name, kind):
            for match in re.finditer(rf"\b{re.escape(form)}\b", text, re.I):
                span = range(*match.span())
                if match[0][0].isupper() and taken.isdisjoint(span):
                    taken.update(span)
                    yield (*match.span(), kind)


def with_silver(golds: Iterable[Gold], silver: dict, *, weight: float) -> Iterator[Gold]:
    """Yield documents with what a former version of the kit found in them.

    silver : `names` {doc: [(start, end, kind), …]}: those that people marked stay as they are, and
        those without a kind are not learned; `amounts` {doc: figures}, learned with a `weight`.
    """
    names, amounts = (silver.get(name, {}) for name in ("names", "amounts"))
    for gold in golds:
        pointers = list(gold.pointers)
        for f in amounts.get(gold.name, ()) if weight else ():
            place = (f["start"], f["end"])
            if (span := _nearest(gold.text, f["of"], place)) is not None:
                pointers.append(Pointer("of", place, (span,), weight))
            when = tuple(tuple(s) for s in f["when"]) or (NONE,)
            pointers.append(Pointer("when", place, when, weight))
        taken = {k for start, end, _ in gold.names for k in range(start, end)}
        free = [n for n in names.get(gold.name, ()) if taken.isdisjoint(range(n[0], n[1]))]
        yield replace(
            gold,
            pointers=tuple(pointers),
            names=(*gold.names, *(tuple(n) for n in free if n[2])),
            every_name=gold.every_name or gold.name in names,
            doubtful=tuple((n[0], n[1]) for n in free if not n[2]),
        )

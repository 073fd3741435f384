"""Reads what people marked: PolNeAR and press texts."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from ..reader.attribution import Attribution, Span

SPAN = re.compile(r"(T\d+)\t(Source|Cue|Content) ([\d ;]+)(?:\t|$)")
EVENT = re.compile(r"E\d+\t(.+)")
IN_MARKS = re.compile(r"([“\"]|''|``)(?=\S)([^“”\"]*?[^“”\"\s])(?:[”\"]|'')?", re.DOTALL)
TITLED = re.compile(r"[A-Z]\w+")


@dataclass(frozen=True)
class Pointer:
    """From one place of a text to the spans that answer; an empty span (0, 0) stands for none."""

    kind: str  # "of", "when", "same"
    place: Span
    answers: tuple[Span, ...]
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
    judged: tuple[Span, ...] = ()
    names: tuple[tuple[int, int, str], ...] = ()
    every_name: bool = False


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
    spans: dict[str, list[Span]] = {}
    events = []
    for line in annotation.split("\n"):
        if match := SPAN.match(line):
            places = [tuple(map(int, piece.split())) for piece in match[3].split(";")]
            spans[match[1]] = [(a, b) for a, b in places]
        elif match := EVENT.match(line):
            events.append([argument.split(":") for argument in match[1].split()])
    found = []
    for event in events:
        roles: dict[str, list[Span]] = {"Content": [], "Cue": [], "Source": []}
        for role, name in event:
            roles.setdefault(role.rstrip("0123456789"), []).extend(spans.get(name, []))
        content, cue, source = (tuple(sorted(roles[r])) for r in ("Content", "Cue", "Source"))
        if content:
            found.append(Attribution(content, cue, source))
    return sorted(found, key=lambda a: a.content)


def lines_of(path: Path) -> Iterator[dict]:
    """Yield the objects of a JSON-lines file."""
    for line in path.read_text(encoding="utf-8").split("\n"):
        if line.strip():
            yield json.loads(line)


def read_marks(marks: Path, texts: Path) -> Iterator[dict]:
    """Yield records like those of `read_press` from marks that stand apart from their texts.

    A line of `marks` has no word of a text but speakers' names: its quotes are [kind, content, cue,
    source, speakers, who], its figures [place, of, when], all as offsets, [0, 0] for none.
    """
    written = {record["doc"]: record for record in lines_of(texts)}
    for line in lines_of(marks):
        record = written[line["doc"]]
        names = ("kind", "content", "cue", "source", "speaker", "who")
        quotes = [dict(zip(names, q, strict=True), verdict="ok") for q in line["quotes"]]
        figures = [
            {"start": place[0], "end": place[1], "of": of, "when": when, "verdict": "ok"}
            for place, of, when in line["figures"]
        ]
        yield record | {"set": "press", "complete": True, "quotes": quotes, "figures": figures}


def read_press(records: Iterable[dict]) -> Iterator[Gold]:
    """Yield the texts of records whose quotations and amounts people marked."""
    for record in records:
        text, quotes = record["text"], record["quotes"]
        said = [attribution_of(q) for q in quotes if q["verdict"] != "no" and q["content"]]
        judged = [tuple(s) for q in quotes for r in ("content", "cue", "source") for s in q[r]]
        pointers = [p for f in record["figures"] if f["verdict"] == "ok" for p in _asked(text, f)]
        pointers += [p for q in quotes if q["verdict"] != "no" for p in _speaking(text, q)]
        yield Gold(
            record["doc"], text, tuple(sorted(said, key=lambda a: a.content)), tuple(pointers),
            complete=record["complete"], deep=record["set"] == "press", judged=tuple(judged),
            names=tuple(_speakers_named(text, quotes)),
        )  # fmt: skip


def attribution_of(quote: dict) -> Attribution:
    """A marked quotation as the reader would find it."""
    roles = (tuple(tuple(s) for s in sorted(quote[role])) for role in ("content", "cue", "source"))
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
        return 0, 0
    begin, end = text.rfind("\n", 0, place[0]), text.find("\n", place[1])
    found = [m.span() for m in re.finditer(re.escape(words), text)]
    apart = [s for s in found if s[1] <= place[0] or s[0] >= place[1]] or found
    end = end if end >= 0 else len(text)

    def far(span: Span) -> tuple[bool, int]:
        here = begin < span[0] and span[1] <= end
        return not here, min(abs(span[0] - place[1]), abs(place[0] - span[1]))

    return min(apart, key=far, default=None)


def _speaking(text: str, quote: dict) -> Iterator[Pointer]:
    """From a source that is no full name to the other places where its speaker is named."""
    if not quote["source"] or not any(quote["speaker"]):
        return
    place = tuple(quote["source"][0])
    words = text[slice(*place)]
    answers: set[Span] = set()
    for name in (one for way in quote["speaker"] for one in way.split("; ") if one):
        if name in words:
            return
        shorter = name.split()[-1] if quote["who"] == "person" and TITLED.match(name) else name
        for form in {name, shorter}:
            answers |= {m.span() for m in re.finditer(rf"\b{re.escape(form)}\b", text)}
    answers = {s for s in answers if s[1] <= place[0] or s[0] >= place[1]}
    if answers:
        yield Pointer("same", place, tuple(sorted(answers)))


def _speakers_named(text: str, quotes: list[dict]) -> Iterator[tuple[int, int, str]]:
    """Where the speakers of a text are named: people in full or by surname, bodies in full."""
    kinds = {
        name: quote["who"]
        for quote in quotes
        for way in quote["speaker"] if quote["verdict"] != "no"
        for name in way.split("; ") if quote["who"] in ("person", "organisation")
    }  # fmt: skip
    taken: set[int] = set()
    for name, kind in sorted(kinds.items(), key=lambda n: -len(n[0])):
        if not TITLED.match(name):
            continue
        forms = [name, name.split()[-1]] if kind == "person" else [name]
        for form in forms:
            for match in re.finditer(rf"\b{re.escape(form)}\b", text, re.I):
                span = range(*match.span())
                if match[0][0].isupper() and taken.isdisjoint(span):
                    taken.update(span)
                    yield (*match.span(), kind)


def moved(gold: Gold, text: str, roles: list[dict[str, tuple[Span, ...]]]) -> Gold:
    """The same marks on a rewritten text: `roles` are those of `roles_of`, moved along."""
    first = len(gold.statements)
    statements = tuple(Attribution(r["content"], r["cue"], r["source"]) for r in roles[:first])
    pointers = tuple(
        Pointer(p.kind, r["place"][0], r["answers"] or ((0, 0),), p.weight)
        for p, r in zip(gold.pointers, roles[first:], strict=False)
    )
    return Gold(
        gold.name,
        text,
        statements,
        pointers,
        gold.complete,
        gold.deep,
        roles[-1]["judged"],
        tuple(
            (*r["name"][0], kind)
            for r, (*_, kind) in zip(
                roles[first + len(gold.pointers) : -1], gold.names, strict=True
            )
        ),
        gold.every_name,
    )


def roles_of(gold: Gold) -> list[dict[str, tuple[Span, ...]]]:
    """All spans of a marked text, for rewriting it; answers that are none stay out."""
    said = [{"content": a.content, "cue": a.cue, "source": a.source} for a in gold.statements]
    asked = [
        {"place": (p.place,), "answers": tuple(s for s in p.answers if s != (0, 0))}
        for p in gold.pointers
    ]
    named = [{"name": ((start, end),)} for start, end, _ in gold.names]
    return [*said, *asked, *named, {"judged": gold.judged}]


def with_silver(golds: Iterable[Gold], silver: dict[str, list[dict]], weight: float) -> list[Gold]:
    """Documents with amounts whose answers a former version of the kit gave: {doc: figures}."""
    found = []
    for gold in golds:
        more = []
        for f in silver.get(gold.name, ()):
            place = (f["start"], f["end"])
            if (span := _nearest(gold.text, f["of"], place)) is not None:
                more.append(Pointer("of", place, (span,), weight))
            when = tuple(tuple(s) for s in f["when"]) or ((0, 0),)
            more.append(Pointer("when", place, when, weight))
        found.append(replace(gold, pointers=(*gold.pointers, *more)))
    return found

"""Reads what people marked by hand: press texts, news (JSON lines), PolNeAR (brat), GUM (CoNLL-U).

A record of a marked text has `doc`, `set`, `complete` (is every statement marked?), `quotes` and
`figures`: a quote has kind, content, cue, source, the ways its speaker may be named, who and
verdict; a figure start, end, verdict, and what it measures (`of`) and when, as words or as offsets.
The records in `marked` beside this file have no `text` where it is not ours.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from itertools import chain
from pathlib import Path

from ..reader import Attribution, Span, Spans

MARKED = [Path(__file__).parent / "marked" / f"{name}.jsonl"
          for name in ("releases", "news", "invented", "seed")]  # fmt: skip
NEWS = [f"{name}/docs.jsonl" for name in (
    "themes/duc2001", "themes/kpcrowd", "figures/timebank", "figures/aquaint")]  # fmt: skip
SPAN = re.compile(r"^(T\d+)\t(?:Source|Cue|Content) ([\d ;]+)(?:\t|$)", re.M)
EVENT = re.compile(r"^E\d+\t(.+)$", re.M)
IN_MARKS = re.compile(r"([“\"]|''|``)(?=\S)([^“”\"]*?[^“”\"\s])(?:[”\"]|'')?", re.DOTALL)
TITLED = re.compile(r"[A-Z]\w+")
Mention = tuple[Span, str, str, list]  # where, its kind, of which entity, its words
KINDS = {"person": "person", "organization": "organisation", "place": "place"}
SPEAKING = ("person", "organization")  # the kinds of mentions that can speak
JOINING = ("of", "the", "and", "&", "for", "-")  # words within a name
ENTITY = re.compile(r"\([^()]*\)?|[^()]+\)")  # "(4-person-new" opens, "4)" closes
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

    `judged`: where statements were looked for (None: everywhere); `deep`: reports within
    quotations are marked too; `names`: where known names stand and their kinds, all if
    `every_name`.
    """

    name: str
    text: str
    statements: tuple[Attribution, ...] = ()
    pointers: tuple[Pointer, ...] = ()
    judged: Spans | None = None
    deep: bool = True
    names: tuple[tuple[Span, str], ...] = ()
    every_name: bool = False

    def moved(self, text: str, move: Callable[[Span], Span]) -> Gold:
        """The same marks on a rewritten text, in which `move` finds a span again."""
        return replace(_moved(self, move), text=text)


def _moved(marks: object, move: Callable[[Span], Span]) -> object:
    """Marks of any kind with each span in them moved."""
    match marks:
        case (int(), int()):
            return marks if marks == NONE else move(marks)
        case tuple():
            return tuple(_moved(one, move) for one in marks)
        case _ if is_dataclass(marks):
            values = ((field.name, getattr(marks, field.name)) for field in fields(marks))
            return replace(marks, **{name: _moved(value, move) for name, value in values})
    return marks


def read_gold(data: Path) -> dict[str, list[Gold]]:
    """What is to be learned from: marked press texts, GUM, PolNeAR, and news that nobody marked."""
    taken = measured_with(data)
    press = [read_press(record) for record in records(data)]
    polnear = [gold for gold in read_polnear(data / "polnear" / "train") if gold.name not in taken]
    known = taken | {gold.name for gold in press}
    rows = chain.from_iterable(lines_of(data / name) for name in NEWS)
    plain = [Gold(row["doc"], row["text"], judged=())
             for row in rows if row["text"] and row["doc"] not in known]  # fmt: skip
    gum = list(read_gum(data / "ud" / "gum-train.conllu"))
    return {"press": press, "gum": gum, "polnear": polnear, "plain": plain}


def lines_of(path: Path) -> Iterator[dict]:
    """Yield the objects of a JSON-lines file."""
    for line in path.read_text(encoding="utf-8").split("\n"):
        if line.strip():
            yield json.loads(line)


def measured_with(data: Path) -> set[str]:
    """The names of the press texts that are there to measure with, not to learn from."""
    return {record["doc"] for record in lines_of(data / "real" / "dev.jsonl")}


def records(data: Path) -> Iterator[dict]:
    """Yield the records of all marked press texts to learn from, with their texts."""
    apart = (lines_of(data / name) for name in ("real/unmarked.jsonl", *NEWS))
    texts = {row["doc"]: row["text"] for row in chain.from_iterable(apart)}
    taken = measured_with(data)
    for record in chain.from_iterable(map(lines_of, [data / "real" / "train.jsonl", *MARKED])):
        if record["doc"] not in taken:
            yield record if "text" in record else record | {"text": texts[record["doc"]]}


def read_polnear(folder: Path) -> Iterator[Gold]:
    """Yield each annotated document, by name; of several annotators the first by name is taken."""
    files: dict[str, Path] = {}
    for path in sorted((folder / "attributions").glob("*.ann")):
        files.setdefault(path.stem.rpartition("_")[0], path)
    for name, path in sorted(files.items()):
        text = (folder / "text" / f"{name}.txt").read_bytes().decode("utf-8")
        found = []
        for one in read_brat(path.read_bytes().decode("utf-8")):
            bare = ((IN_MARKS.fullmatch(text, *span), span) for span in one.content)
            content = tuple(match.span(2) if match else span for match, span in bare)
            found.append(replace(one, content=content))  # without marks that hold all of a piece
        yield Gold(name, text, tuple(found), deep=False)


def read_brat(annotation: str) -> list[Attribution]:
    """Return the attributions of a brat file that have a content, in order of position."""
    spans = {name: [tuple(map(int, piece.split())) for piece in places.split(";")]
             for name, places in SPAN.findall(annotation)}  # fmt: skip
    found = []
    for event in EVENT.findall(annotation):
        roles: dict[str, list[Span]] = defaultdict(list)
        for argument in event.split():
            role, name = argument.split(":")
            roles[role.rstrip("0123456789").lower()] += spans.get(name, [])
        if roles["content"]:
            found.append(Attribution(*(tuple(sorted(roles[role])) for role in ROLES)))
    return sorted(found, key=lambda a: a.content)


def read_press(record: dict) -> Gold:
    """The text of a record whose quotations and amounts people marked."""
    text = record["text"]
    quotes = [q for q in record["quotes"] if q["verdict"] != "no"]
    figures = [f for f in record["figures"] if f["verdict"] == "ok"]
    said = sorted((attribution_of(q) for q in quotes if q["content"]), key=lambda a: a.content)
    pointers = chain(*(_measuring(text, f) for f in figures), *(_speaking(text, q) for q in quotes))
    judged = tuple(tuple(s) for q in record["quotes"] for role in ROLES for s in q[role])
    return Gold(
        record["doc"], text, tuple(said), tuple(pointers), None if record["complete"] else judged,
        deep=record["set"] == "press", names=tuple(_speakers_named(text, quotes)),
    )  # fmt: skip


def attribution_of(quote: dict) -> Attribution:
    """A marked quotation as the reader would find it."""
    roles = (tuple(tuple(s) for s in sorted(quote[role])) for role in ROLES)
    return Attribution(*roles, kind=quote["kind"])


def _measuring(text: str, figure: dict) -> Iterator[Pointer]:
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
    written = r"\s+".join(map(re.escape, words.split()))  # a line may end within
    found = [match.span() for match in re.finditer(written, text)]

    def far(span: Span) -> tuple[bool, int]:
        (_, end), (start, _) = sorted((span, place))
        return "\n" in text[min(span[0], place[0]) : max(span[1], place[1])], abs(start - end)

    return min([s for s in found if _apart(s, place)] or found, key=far, default=None)


def _apart(one: Span, other: Span) -> bool:
    return one[1] <= other[0] or one[0] >= other[1]


def _speaking(text: str, quote: dict) -> Iterator[Pointer]:
    """From a source that is no full name to the other places where its speaker is named."""
    names = [name for way in quote["speaker"] for name in way.split("; ") if name]
    place = tuple(quote["source"][0]) if quote["source"] else NONE
    if place == NONE or any(name in text[slice(*place)] for name in names):
        return
    forms = {re.escape(form) for name in names for form in _forms(name, quote["who"])}
    found = {m.span() for form in forms for m in re.finditer(rf"\b{form}\b", text)}
    if answers := tuple(sorted(span for span in found if _apart(span, place))):
        yield Pointer("same", place, answers)


def _forms(name: str, who: str) -> list[str]:
    """A name in full, of a person also the surname."""
    return [name, name.split()[-1]] if who == "person" and TITLED.match(name) else [name]


def _speakers_named(text: str, quotes: list[dict]) -> Iterator[tuple[Span, str]]:
    """Where the speakers of a text are named: people in full or by surname, bodies in full."""
    kinds = {
        name: quote["who"]
        for quote in quotes if quote["who"] in ("person", "organisation")
        for way in quote["speaker"]
        for name in way.split("; ") if TITLED.match(name)
    }  # fmt: skip
    forms = {form.lower(): kind for name, kind in kinds.items() for form in _forms(name, kind)}
    written = "|".join(map(re.escape, sorted(forms, key=len, reverse=True)))
    for match in re.finditer(rf"\b(?:{written})\b", text, re.I) if forms else ():
        if match[0][0].isupper():
            yield match.span(), forms[match[0].lower()]


def rows_of(block: str) -> Iterator[list[str]]:
    """The cells of each syntactic word; empty nodes and the lines of contractions are left out."""
    cells = (line.split("\t") for line in block.split("\n"))
    return (row for row in cells if row[0].isdigit())


def read_gum(path: Path) -> Iterator[Gold]:
    """Yield the documents of GUM: names, and links of pronouns and descriptions to their like."""
    for number, document in enumerate(path.read_text("utf-8").split("# newdoc")[1:]):
        text, mentions = _gum_document(document)
        names: dict[int, tuple[Span, str]] = {}
        for _, kind, _, words in sorted(mentions, key=lambda m: m[0][0] - m[0][1]):
            if kind in KINDS and (name := _name_in(words)):
                names.setdefault(name[0], (name, KINDS[kind]))
        seen: dict[str, list[Span]] = defaultdict(list)
        pointers = []
        for span, kind, entity, _ in sorted(mentions, key=lambda m: (m[0][0], -m[0][1])):
            if kind in SPEAKING:
                pointers.append(Pointer("same", span, tuple(seen[entity]) or (NONE,), weight=0.5))
                seen[entity].append(span)
        yield Gold(f"gum {number}", text, pointers=tuple(pointers), judged=(),
                   names=tuple(names.values()), every_name=True)  # fmt: skip


def _gum_document(document: str) -> tuple[str, list[Mention]]:
    """The text of a document, and who and what it speaks of."""
    text, words, mentions = "", [], []
    opened: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for paragraph in document.split("\n# newpar"):
        text = text.rstrip() + "\n" if text else ""
        for _, form, _, tag, *_, told in rows_of(paragraph):
            words.append((len(text), len(text) + len(form), tag, form))
            text += form
            for part in ENTITY.findall(re.search(r"Entity=([^|]*)|$", told)[1] or ""):
                entity, *rest = part.strip("()").split("-")
                if part[0] == "(":
                    opened[entity].append((rest[0], len(words) - 1))
                if part[-1] == ")" and opened[entity]:
                    kind, first = opened[entity].pop()
                    span = words[first][0], len(text)
                    mentions.append((span, kind, entity, words[first:]))
            text += "" if "SpaceAfter=No" in told else " "
    return text, mentions


def _name_in(words: list[tuple[int, int, str, str]]) -> Span | None:
    """The name that opens a mention, behind its article: its first run of proper nouns."""
    first = last = None
    for start, end, tag, form in words:
        if tag == "PROPN" or first is not None and tag == "ADJ" and form[0].isupper():
            first, last = (start if first is None else first), end
        elif tag not in ("DET", "ADJ", "NOUN") if first is None else form not in JOINING:
            break
    return (first, last) if first is not None else None

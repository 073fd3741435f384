"""The reading view: a document's own text, with quotes, figures and themes marked in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from ..charts.colours import COLOURS, GREY, INK, on, tint
from ..documents import KitError
from ..text.sentences import paragraphs
from ..text.wording import figure_label, known, plural
from ..themes.evidence import KINDS, UNKNOWN
from .html import LINE, PAPER, SANS, SERIF, Html, element, escaped, page
from .marks import (
    Mark,
    Piece,
    Rows,
    Span,
    by_paragraph,
    marks_of,
    pieces_of,
    quote_facts,
    rows_of,
    speaker_of,
    tooltip,
)

SPEAKERS = COLOURS
THEMES = COLOURS[2:] + COLOURS[:2]
OTHERS = "#8a8a8a"  # the speakers and themes for which no colour is left
EDGES = {"direct": "solid", "mixed": "dashed", "indirect": "dotted"}
DEPTH = {"direct": 0.28, "mixed": 0.19, "indirect": 0.11}
MOST = 400  # paragraphs that are shown when no range is asked for
APART = "user-select:none;"  # what is copied from the page is the document's text alone
SMALL = f"{SANS};font-size:11px;line-height:1.3;"


@dataclass(frozen=True)
class Person:
    """How a speaker looks: a colour and one to four letters."""

    colour: str
    initials: str


def show_text(
    documents: pd.DataFrame,
    doc: str | None = None,
    *,
    quotes: pd.DataFrame | None = None,
    figures: pd.DataFrame | None = None,
    themes: pd.DataFrame | None = None,
    phrases: pd.DataFrame | None = None,
    first: int = 1,
    last: int | None = None,
) -> Html:
    """The text of one document with what was found in it marked.

    Quotes are coloured by speaker and begin with the speaker's initials; the line below them is
    solid where they are direct, dashed where mixed, dotted where indirect.  Cues and sources are
    underlined in the speaker's colour.  Figures are boxed, with their normalised value where it
    differs from what is written.  Words that carry a theme have a line above, and the themes of
    a paragraph stand beside it.  Key phrases are bold.  Pointing at a mark shows all its facts.
    Where quotes lie in quotes the inner one is shown.

    documents, quotes, figures, themes, phrases : the tables of these names; None or empty ones
        leave their marks out.
    doc : which document; None takes the first.
    first, last : the paragraphs to show, counted from 1; None means to the end, 400 at most.

    Returns an Html that notebooks display.
    Raises KitError when there is no such document.

    >>> print(show_text(pd.DataFrame({"text": ["It grew.\\n\\nHe said so."]}, index=["a"])).text)
    ¶ 1  It grew.
    ¶ 2  He said so.
    """
    if not len(documents):
        return Html(page(below="There are no documents."), "There are no documents.")
    doc = documents.index[0] if doc is None else doc
    if doc not in documents.index:
        raise KitError(
            f"no document {doc!r} — the table has {len(documents)}, such as "
            f"{', '.join(map(repr, documents.index[:3]))}"
        )
    row = documents.loc[doc]
    text, parts = row["text"], paragraphs(row["text"])
    begin = max(first - 1, 0)
    stop = min(len(parts), begin + MOST if last is None else last)
    spoken, told, passages, terms = (rows_of(t, doc) for t in (quotes, figures, themes, phrases))
    people, colours = _people(spoken), _theme_colours(passages)
    found = by_paragraph(
        marks_of(text, quotes=spoken, figures=told, themes=passages, phrases=terms), parts
    )
    beside: dict[int, dict[str, None]] = {}
    for passage in passages:
        beside.setdefault(int(passage["paragraph"]), {})[str(passage["theme"])] = None
    lines = [
        _line(
            index + 1,
            "".join(
                _piece(text, piece, people=people, colours=colours)
                for piece in pieces_of(found[index], parts[index])
            ),
            [(name, colours[name]) for name in beside.get(index, ())],
            bool(passages),
        )
        for index in range(begin, stop)
    ]
    part = (
        ""
        if stop - begin >= len(parts)
        else (f"Paragraphs {begin + 1:,} to {stop:,} of {len(parts):,}.")
    )
    view = element(
        "div",
        f"{SERIF};color:{INK};background:{PAPER};border:1px solid {LINE};max-width:60em;"
        "border-radius:6px;padding:18px 24px 16px 16px;box-sizing:border-box;",
        _head(row, doc),
        _who(spoken, people),
        _key(spoken, told, passages, terms, colours),
        element(
            "table",
            f"border-collapse:collapse;border:none;width:100%;margin:0;color:{INK};"
            f"table-layout:auto;background:{PAPER};",
            f"<tbody>{''.join(lines)}</tbody>",
        ),
        *([element("div", f"{SMALL}color:{GREY};", escaped(part))] * bool(part)),
    )
    return Html(view, _plain(text, parts[begin:stop], spoken, told, begin + 1))


def _people(quotes: Rows) -> dict[str, Person]:
    """A colour and initials for each speaker, the most quoted first; grey when none is left."""
    counts = Counter(speaker_of(row) for row in quotes)
    taken: set[str] = {"?"}
    people = {}
    for rank, name in enumerate(sorted(set(counts) - {UNKNOWN}, key=lambda n: (-counts[n], n))):
        people[name] = Person(
            SPEAKERS[rank] if rank < len(SPEAKERS) else OTHERS, _initials(name, taken)
        )
        taken.add(people[name].initials)
    if UNKNOWN in counts:
        people[UNKNOWN] = Person(OTHERS, "?")
    return people


def _initials(name: str, taken: set[str]) -> str:
    """ "RA" for Rashid Alimov, "WO" for the website of the organization; a number when taken."""
    words = [word.strip("\"'“”‘’(),.") for word in name.split()]
    telling = [
        word
        for word in words
        if word[:1].isalnum()
        and word.lower()
        not in ("a", "an", "and", "at", "for", "in", "of", "on", "the", "to", "who")
    ]
    if len(telling) == 1 and len(telling[0]) <= 4 and telling[0].isupper():
        letters = telling[0]
    else:
        letters = "".join(word[0] for word in telling[:3]).upper() or "·"
    return next(
        short
        for short in [letters, *(f"{letters}{n}" for n in range(2, len(taken) + 3))]
        if short not in taken
    )


def _theme_colours(themes: Rows) -> dict[str, str]:
    weights: Counter[str] = Counter()
    for row in themes:
        weights[str(row["theme"])] += len(row.get("evidence") or [None])
    order = sorted(weights, key=lambda name: (-weights[name], name))
    return {name: THEMES[i] if i < len(THEMES) else OTHERS for i, name in enumerate(order)}


def _piece(text: str, piece: Piece, *, people: dict[str, Person], colours: dict[str, str]) -> str:
    """One piece of text under its marks, with the initials before it and the value after it."""
    inner = escaped(text[piece.start : piece.end])
    if not piece.marks:
        return inner
    marks, before = piece.marks, ""
    style = f"color:{INK};background:transparent;"
    if quote := marks.get("quote"):
        person, kind = people[speaker_of(quote.facts)], str(quote.facts.get("kind"))
        style += (
            f"background:{tint(person.colour, DEPTH.get(kind, 0.11))};padding:2px 0;"
            f"border-bottom:2px {EDGES.get(kind, 'dotted')} {person.colour};"
        )
        if quote.first and piece.start == quote.start:
            before = _chip(person, inferred=quote.facts.get("inferred") is True)
    if said := marks.get("cue") or marks.get("source"):
        style += (
            "text-decoration:underline;"
            if quote
            # JupyterLab drops its colour
            else f"border-bottom:2px solid {people[speaker_of(said.facts)].colour};"
        )
        style += "font-style:italic;" * ("cue" in marks)
    if piece.themes:
        style += f"box-shadow:inset 0 2px 0 {colours[piece.themes[0]]};"
    if "phrase" in marks:
        style += "font-weight:700;"
    if figure := marks.get("figure"):
        opens, closes = piece.start == figure.start, piece.end == figure.end
        inner = element("span", _box(opens, closes), inner)
        inner += _value(figure, text) if closes else ""
    return before + element("mark", style, inner, title=tooltip(piece))


def _box(opens: bool, closes: bool) -> str:
    """The box round a figure, open at the side where the figure goes on."""
    edge = f"1px solid {INK};"
    return (
        f"background:{PAPER};border-top:{edge}border-bottom:{edge}padding:0 "
        f"{2 * closes}px 0 {2 * opens}px;"
        + f"border-left:{edge}" * opens
        + f"border-right:{edge}" * closes
    )


def _value(figure: Mark, text: str) -> str:
    label = figure_label(figure.facts)
    if "".join(label.split()) == "".join(text[figure.start : figure.end].split()):
        return ""  # "40%" needs no "40 %" beside it
    return element(
        "sup",
        f"{SANS};{APART}font-size:10px;line-height:1;color:{INK};padding:0 2px;white-space:nowrap;",
        escaped(label),
    )


def _chip(person: Person, *, inferred: bool = False) -> str:
    return element(
        "span",
        f"{SANS};{APART}font-size:10px;font-weight:700;line-height:1.2;"
        f"background:{person.colour};color:{on(person.colour)};border-radius:3px;"
        "padding:1px 4px;margin-right:4px;vertical-align:2px;white-space:nowrap;",
        escaped(person.initials + "?" * (inferred and person.initials != "?")),
    )


def _line(number: int, body: str, themes: Sequence[tuple[str, str]], wide: bool) -> str:
    cell = "border:none;vertical-align:top;text-align:left;padding:"
    beside = "".join(
        element(
            "span",
            f"{SMALL}display:inline-block;color:{INK};border-left:4px solid {colour};"
            "padding:1px 0 1px 5px;margin:0 10px 4px 0;",
            escaped(name),
        )
        for name, colour in themes
    )
    return (
        f'<tr style="background:{PAPER};color:{INK}">'
        + element(
            "td",
            f"{cell}11px 12px 0 0;{SANS};{APART}font-size:11px;color:{GREY};"
            "text-align:right;width:1.8em;",
            str(number),
        )
        + element(
            "td",
            f"{cell}5px 0 7px;{SERIF};font-size:16px;line-height:2.05;"
            "white-space:pre-line;overflow-wrap:anywhere;",
            body,
        )
        + element("td", f"{cell}12px 0 0 18px;width:11em;line-height:1.3;{APART}", beside) * wide
        + "</tr>"
    )


def _head(row: pd.Series, doc: str) -> str:
    facts = [str(row[name]) for name in ("date", "source", "author") if known(row.get(name))]
    if known(row.get("words")):
        facts.append(plural(int(row["words"]), "word"))
    title = str(row["title"]) if known(row.get("title")) else str(doc)
    facts += [str(doc)] * (title != doc)
    return element(
        "div",
        "padding:0 0 8px 8px;",
        element(
            "div",
            f"{SERIF};font-size:21px;font-weight:700;line-height:1.3;"
            f"color:{INK};overflow-wrap:anywhere;",
            escaped(title),
        ),
        element(
            "div",
            f"{SMALL}font-size:12px;color:{GREY};padding-top:3px;overflow-wrap:anywhere;",
            escaped(" · ".join(facts)),
        ),
    )


def _who(quotes: Rows, people: dict[str, Person]) -> str:
    """The legend of speakers: initials, name, role, how many quotes of which kind."""
    entries = []
    for name, person in people.items():
        said = [row for row in quotes if speaker_of(row) == name]
        kinds = Counter(str(row.get("kind")) for row in said)
        role = next((str(row["role"]) for row in said if known(row.get("role"))), "")
        count = (
            plural(len(said), "quote")
            + " ("
            + ", ".join(f"{kinds[kind]} {kind}" for kind in KINDS if kinds[kind])
            + ")"
        )
        entries.append(
            element(
                "span",
                "display:inline-block;margin:2px 20px 2px 0;",
                _chip(person),
                element("b", f"color:{INK};", escaped(name)),
                escaped(f", {role}" if role else ""),
                element("span", f"color:{GREY};", escaped(f" · {count}")),
            )
        )
    return _legend(entries[:12] + [f"and {len(entries) - 12} more speakers"] * (len(entries) > 12))


def _key(quotes: Rows, figures: Rows, themes: Rows, phrases: Rows, colours: dict[str, str]) -> str:
    """The legend of marks: only of those that the text can have."""
    grey, entries = "#6a6a6a", []
    for kind in KINDS if quotes else ():
        entries.append(
            element(
                "span",
                f"background:{tint(grey, DEPTH[kind])};color:{INK};"
                f"border-bottom:2px {EDGES[kind]} {grey};",
                kind,
            )
        )
    if quotes:
        entries.append(
            element(
                "span",
                f"border-bottom:2px solid {grey};color:{INK};",
                "source, ",
                element("i", "", "cue"),
            )
        )
    if figures:
        entries.append(
            element("span", _box(True, True), "figure")
            + element("sup", f"font-size:9px;color:{INK};", "value")
        )
    if themes:
        entries.append(
            element(
                "span",
                f"border-top:2px solid {next(iter(colours.values()))};color:{INK};",
                "words of a theme",
            )
        )
    entries += [element("b", f"color:{INK};", "key phrase")] * bool(phrases)
    return _legend(
        [element("span", "display:inline-block;margin:2px 18px 2px 0;", entry) for entry in entries]
    )


def _legend(entries: list[str]) -> str:
    return (
        element(
            "div",
            f"{SANS};{APART}font-size:12.5px;line-height:1.7;color:{INK};"
            f"padding:5px 0 5px 8px;border-top:1px solid {LINE};",
            *entries,
        )
        if entries
        else ""
    )


def _plain(text: str, parts: Sequence[Span], quotes: Rows, figures: Rows, first: int) -> str:
    lines = [f"¶ {number}  {text[start:end]}" for number, (start, end) in enumerate(parts, first)]
    lines += [f"quote: “{row.get('quote')}” — {quote_facts(row)}" for row in quotes]
    lines += [f"figure: {row.get('text')} = {figure_label(row)}" for row in figures]
    return "\n".join(lines)

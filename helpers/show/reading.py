"""The reading view: a document's own text, with quotes, figures and themes marked in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping

import pandas as pd
from markupsafe import Markup

from ..charts.colours import COLOURS
from ..documents import KitError
from ..text.sentences import paragraphs
from ..text.wording import figure_label, known, pen, plural
from ..themes.evidence import KINDS, UNKNOWN, count_speakers
from .html import Html, Look, by_style, macros, page, shown
from .marks import Mark, Rows, figure_facts, mark_up, quote_facts, records, speaker_of, with_marks

MOST = 400  # paragraphs that are shown when no range is asked for
MOST_PEOPLE = 12  # in the legend
Person = dict[str, object]  # name, number (of the colour, 0 is grey), initials, role, said
LAYERS = {  # what of a text can be looked at alone → the looks of its marks
    "speakers": {"quote"}, "cues and sources": {"cue", "source"}, "figures": {"figure"},
    "themes": {"theme"}, "key phrases": {"phrase"},
}  # fmt: skip
MOST_ALONE = 20_000  # letters of a text of which each layer is shown alone as well
SMALL_WORDS = {"a", "an", "and", "at", "for", "in", "of", "on", "the", "to", "who"}


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
    a paragraph stand beside it.  Key phrases are bold.  Pointing at a mark shows all its facts,
    and a table below the text, which opens with a key as well, has them in words.  Below that
    each layer can be opened alone, which needs no script and no style sheet (neither JupyterLab nor
    GitHub lets a page have them): for texts of up to 20,000 letters.

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
        return page("", "", below="There are no documents.")
    doc = documents.index[0] if doc is None else doc
    if doc not in documents.index:
        raise KitError(
            f"no document {doc!r} — the table has {len(documents)}, such as "
            f"{', '.join(map(repr, documents.index[:3]))}"
        )
    tables = {"quotes": quotes, "figures": figures, "themes": themes, "phrases": phrases}
    rows = {name: records(table, doc) for name, table in tables.items()}
    document = documents.loc[doc]
    view = text_view(document, rows, look=by_style, first=first, last=last)
    title = heading(document, str(doc))
    about = [document[k] for k in ("date", "source", "author") if known(document.get(k))]
    about += [plural(int(document["words"]), "word")] if known(document.get("words")) else []
    about += [doc] * (title != str(doc))
    view |= {"title": title, "about": " · ".join(map(str, about))}
    facts = [(row, "quote", quote_facts(row)) for row in rows["quotes"]]
    facts += [(row, "text", figure_facts(row)) for row in rows["figures"]]
    view["facts"] = [
        {"n": int(row.get("paragraph") or 0) + 1, "words": _short(row[words]), "facts": said}
        for row, words, said in sorted(facts, key=lambda one: one[0]["start"])
    ]
    text, layers = document["text"], view["layers"]
    few = len(layers) > 1 and len(text) <= MOST_ALONE
    view["alone"] = [
        (name, text_view(document, rows, look=by_style, first=first, last=last, only=LAYERS[name]))
        for name in layers * few
    ]
    lines = [f"¶ {part['n']}  {text[slice(*part['place'])]}" for part in view["paragraphs"]]
    lines += [f"quote: “{row.get('quote')}” — {quote_facts(row)}" for row in rows["quotes"]]
    lines += [f"figure: {row.get('text')} = {figure_label(row)}" for row in rows["figures"]]
    return Html(str(macros("reading", view)), "\n".join(lines))


def text_view(
    document: pd.Series,
    rows: Mapping[str, Rows],
    *,
    look: Look,
    first: int = 1,
    last: int | None = None,
    letters: int | None = None,
    base: str = "",
    only: Collection[str] = (),
) -> dict[str, object]:
    """What the macro `reading` shows of a document: paragraphs with marks, legend, key.

    rows : quotes, figures, themes and phrases, as `records` gives them.  A row that has a `name`
        gets a mark of that name, which leads to the row.
    first, last : as in `show_text`; letters : how many of the text are shown; None shows all.
    base : what the names of paragraphs begin with, "" for none.
    only : the looks of the marks that are shown, as in LAYERS; none shows all.
    """
    text = document["text"]
    stop = len(text) if letters is None else letters
    places = [(start, min(end, stop)) for start, end in paragraphs(text) if start < stop]
    begin = max(first - 1, 0)
    end = len(places) if letters is not None else begin + MOST if last is None else last
    parts = places[begin:end]
    people = _people(rows["quotes"])
    colours = _theme_colours(rows["themes"])
    marks = list(_marks(text, rows, people=people, colours=colours, look=look))
    looks = {mark.look.split()[0] for mark in marks}
    marks = [mark for mark in marks if not only or mark.look.split()[0] in only]
    beside: dict[int, dict[str, dict]] = {}
    for row in rows["themes"] if not only or "theme" in only else ():
        theme = str(row["theme"])
        leads = f"#{row['name']}r" if "name" in row and not row.get("unlisted") else ""
        entry = {"theme": theme, "who": colours[theme], "href": leads}
        beside.setdefault(int(row["paragraph"]), {}).setdefault(theme, entry)
    said = list(people.values())
    return {
        "title": "",
        "language": document.get("language") if known(document.get("language")) else None,
        "people": said[:MOST_PEOPLE],
        "others": len(said[MOST_PEOPLE:]),
        "numbers": {person["name"]: person["number"] for person in said},
        "key": list(_key(rows, colours)),
        "beside": bool(beside),
        "paragraphs": [
            {
                "n": at + 1,
                "id": f"{base}p{at + 1}" if base else "",
                "place": part,
                "html": html,
                "themes": list(beside.get(at, {}).values()),
            }
            for at, (part, html) in enumerate(
                zip(parts, mark_up(text, parts, marks, look=look), strict=True), begin
            )
        ],
        "part": (
            "The text goes on: only its beginning is shown here."
            if stop < len(text)
            else f"Paragraphs {begin + 1:,} to {begin + len(parts):,} of {len(places):,}."
            if len(parts) < len(places)
            else ""
        ),
        "facts": [],
        "layers": [name for name, some in LAYERS.items() if some & looks],
        "alone": [],
    }


def heading(document: pd.Series, otherwise: str) -> str:
    """A document's title, or something else where it has none."""
    return str(document["title"]) if known(document.get("title")) else otherwise


def _short(words: object, most: int = 80) -> str:
    said = " ".join(str(words).split())
    return said if len(said) <= most else f"{said[:most]}…"


def _people(quotes: Rows) -> dict[str, Person]:
    """A colour and initials for each speaker, the most quoted first; grey when none is left."""
    taken: set[str] = {"?"}
    people = {}
    known_columns = ["doc", "speaker", "kind", "quote"]
    table = pd.DataFrame(quotes, columns=None if quotes else known_columns)
    for rank, row in enumerate(records(count_speakers(table)), 1):
        unknown = row["speaker"] == UNKNOWN
        initials = "?" if unknown else _initials(row["speaker"], taken)
        taken.add(initials)
        kinds = ", ".join(f"{row[kind]} {kind}" for kind in KINDS if row[kind])
        people[row["speaker"]] = {
            "name": row["speaker"],
            "number": 0 if unknown or rank > len(COLOURS) else rank,
            "initials": initials,
            "role": row["role"],
            "said": f"{plural(row['quotes'], 'quote')} ({kinds})",
        }
    return people


def _initials(name: str, taken: set[str]) -> str:
    """ "RA" for Rashid Alimov, "WO" for the website of the organization; a number when taken."""
    words = [word.strip("\"'“”‘’(),.") for word in name.split()]
    telling = [word for word in words if word[:1].isalnum() and word.lower() not in SMALL_WORDS]
    if len(telling) == 1 and len(telling[0]) <= 4 and telling[0].isupper():
        letters = telling[0]
    else:
        letters = "".join(word[0] for word in telling[:3]).upper() or "·"
    numbered = (f"{letters}{n}" for n in range(2, len(taken) + 3))
    return next(short for short in (letters, *numbered) if short not in taken)


def _theme_colours(themes: Rows) -> dict[str, int]:
    """The number of each theme's colour, the third one first: quotes begin with the first."""
    weights: Counter[str] = Counter()
    for row in themes:
        weights[str(row["theme"])] += len(row.get("evidence") or [None])
    order = sorted(weights, key=lambda name: (-weights[name], name))
    most = len(COLOURS)
    return {name: (i + 2) % most + 1 if i < most else 0 for i, name in enumerate(order)}


def _marks(
    text: str,
    rows: Mapping[str, Rows],
    *,
    people: Mapping[str, Person],
    colours: Mapping[str, int],
    look: Look,
) -> Iterator[Mark]:
    for row in rows["quotes"]:
        person = people[speaker_of(row)]
        facts = {"look": f"quote {row.get('kind')}", "who": person["number"]}
        facts |= {"title": quote_facts(row)}
        named = _named(row) | {"before": _chip(person, row, look)}
        for n, span in enumerate(row.get("spans") or [(row["start"], row["end"])]):
            yield Mark(*with_marks(text, *span), **facts, **({} if n else named))
        for layer in ("cue", "source"):
            title = f"{layer} of what {person['name']} says"
            for start, end in row.get(f"{layer}_spans") or []:
                yield Mark(start, end, layer, person["number"], title)
    for row in rows["figures"]:
        place, label = (int(row["start"]), int(row["end"])), figure_label(row)
        same = "".join(label.split()) == "".join(text[slice(*place)].split())
        said = pen(row) if same else f"{label} {pen(row)}".strip()
        value = Markup("<sup {}>{}</sup>").format(look("value"), shown(said)) if said else said
        yield Mark(*place, "figure", title=figure_facts(row), after=value, **_named(row))
    for layer, column in (("theme", "evidence"), ("phrase", "spans")):
        for row in rows[f"{layer}s"]:
            for n, (start, end) in enumerate(row.get(column) or [], 1):
                yield Mark(
                    start,
                    end,
                    layer,
                    colours.get(str(row.get("theme"))),
                    f"{'theme' if layer == 'theme' else 'key phrase'}: {row[layer]}",
                    f"{row['name']}w{n}" if "name" in row else "",
                )


def _named(row: Mapping[str, object]) -> dict[str, str]:
    """The `id` of a row's mark, and of the row in its table, where it stands in one."""
    row_id = "" if row.get("unlisted") else f"{row.get('name')}r"
    return {"name": str(row["name"]), "row": row_id} if "name" in row else {}


def _chip(person: Person, row: Mapping[str, object], look: Look) -> Markup:
    """The initials before a quote, in the report a link to its row."""
    inferred = row.get("inferred") is True and person["initials"] != "?"
    words = person["initials"] + "?" * inferred + pen(row)
    if "name" not in row or row.get("unlisted"):
        return Markup("<span {}>{}</span>").format(look("chip", person["number"]), shown(words))
    leads = Markup('<a href="#{}r" {}>{}</a>')
    return leads.format(row["name"], look("chip", person["number"]), shown(words))


def _key(rows: Mapping[str, Rows], colours: Mapping[str, int]) -> Iterator[tuple[str, int, str]]:
    """The legend of marks: only of those that the text can have."""
    if rows["quotes"]:
        yield from ((f"quote {kind}", 0, kind) for kind in KINDS)
        yield from (("source", 0, "source"), ("cue", 0, "cue"))
    if rows["figures"]:
        yield "figure", 0, "figure"
    if rows["themes"]:
        yield "theme", next(iter(colours.values())), "words of a theme"
    if rows["phrases"] and "name" not in rows["phrases"][0]:  # the report leaves them plain
        yield "phrase", 0, "key phrase"
    if any(map(pen, [*rows["quotes"], *rows["figures"]])):
        yield "chip", 0, "✎ corrected by a person"

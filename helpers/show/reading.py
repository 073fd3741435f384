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
from ..themes.evidence import KINDS, UNKNOWN, by_size, count_speakers
from .html import Html, Look, by_style, macros, page, shown
from .marks import Mark, Rows, mark_up, records, row_facts, speaker_of, with_marks

MOST = 400  # paragraphs that are shown when no range is asked for
Person = dict[str, object]  # name, number (of the colour, 0 is grey), initials, role, said
LAYERS = {  # what of a text can be looked at alone → the looks of its marks
    "speakers": {"quote"}, "cues and sources": {"cue", "source"}, "figures": {"figure"},
    "themes": {"theme"}, "key phrases": {"phrase"},
}  # fmt: skip
MOST_ALONE = 20_000  # letters of a text of which each layer is shown alone as well
WORDS = (("quote", "quotes"), ("text", "figures"))  # where the words of a row stand, and its table
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
        some = ", ".join(map(repr, documents.index[:3]))
        raise KitError(f"no document {doc!r} — the table has {len(documents)}, such as {some}")
    tables = {"quotes": quotes, "figures": figures, "themes": themes, "phrases": phrases}
    rows = {name: records(table, doc) for name, table in tables.items()}
    document = documents.loc[doc]
    part = {"look": by_style, "first": first, "last": last}
    view = text_view(document, rows, **part)
    title = heading(document, str(doc))
    about = [document[k] for k in ("date", "source", "author") if known(document.get(k))]
    about += [plural(int(document["words"]), "word")] if known(document.get("words")) else []
    about += [doc] * (title != str(doc))
    view |= {"title": title, "about": " · ".join(map(str, about))}
    facts = [(row, row.get(words) or "") for words, kind in WORDS for row in rows[kind]]
    view["facts"] = [
        {"n": int(row.get("paragraph") or 0) + 1, "words": words, "facts": row_facts(row)}
        for row, words in sorted(facts, key=lambda one: one[0]["start"])
    ]
    text, layers = document["text"], view["layers"]
    few = len(layers) > 1 and len(text) <= MOST_ALONE
    view["alone"] = [
        (name, text_view(document, rows, only=LAYERS[name], **part)) for name in layers * few
    ]
    lines = [f"¶ {part['n']}  {text[slice(*part['place'])]}" for part in view["paragraphs"]]
    lines += [f"{words} — {row_facts(row)}" for row, words in facts]
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
        leads = f"#{row['name']}r" if "name" in row and not row.get("unlisted") else ""
        entry = {"theme": row["theme"], "who": colours[row["theme"]], "href": leads}
        beside.setdefault(int(row["paragraph"]), {}).setdefault(row["theme"], entry)
    html = zip(parts, mark_up(text, parts, marks, look=look), strict=True)
    return {
        "language": document.get("language") if known(document.get("language")) else None,
        "people": list(people.values()),
        "key": {name: bool(some) for name, some in rows.items()}
        | {"theme": next(iter(colours.values()), 0)}
        | {"pen": any(map(pen, [*rows["quotes"], *rows["figures"]]))},
        "beside": bool(beside),
        "paragraphs": [
            {
                "n": at + 1,
                "id": f"{base}p{at + 1}" if base else "",
                "place": part,
                "html": words,
                "themes": list(beside.get(at, {}).values()),
            }
            for at, (part, words) in enumerate(html, begin)
        ],
        "part": {"cut": stop < len(text), "first": begin, "shown": len(parts), "of": len(places)},
        "layers": [name for name, some in LAYERS.items() if some & looks],
    }


def heading(document: pd.Series, otherwise: str) -> str:
    """A document's title, or something else where it has none."""
    return str(document["title"]) if known(document.get("title")) else otherwise


def _people(quotes: Rows) -> dict[str, Person]:
    """A colour and initials for each speaker, the most quoted first; grey when none is left."""
    taken: set[str] = {"?"}
    people = {}
    table = pd.DataFrame(quotes).reindex(columns=["doc", "speaker", "role", "kind", "quote"])
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
        weights[row["theme"]] += len(row.get("evidence") or [None])
    most = len(COLOURS)
    order = enumerate(by_size(weights.items()), 2)
    return {name: n % most + 1 if n < most + 2 else 0 for n, name in order}


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
        facts |= {"title": row_facts(row)}
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
        yield Mark(*place, "figure", title=row_facts(row), after=value, **_named(row))
    for layer, what, column in (("theme", "theme", "evidence"), ("phrase", "key phrase", "spans")):
        for row in rows[f"{layer}s"]:
            who, title = colours.get(row.get("theme")), f"{what}: {row[layer]}"
            for n, place in enumerate(row.get(column) or [], 1):
                name = f"{row['name']}w{n}" if "name" in row else ""
                yield Mark(*place, layer, who, title, name)


def _named(row: Mapping[str, object]) -> dict[str, str]:
    """The `id` of a row's mark, and of the row in its table, where it stands in one."""
    row_id = "" if row.get("unlisted") else f"{row.get('name')}r"
    return {"name": str(row["name"]), "row": row_id} if "name" in row else {}


def _chip(person: Person, row: Mapping[str, object], look: Look) -> Markup:
    """The initials before a quote, in the report a link to its row."""
    inferred = row.get("inferred") is True and person["initials"] != "?"
    words = shown(person["initials"] + "?" * inferred + pen(row))
    chip = look("chip", person["number"])
    if row_id := _named(row).get("row"):
        return Markup('<a href="#{}" {}>{}</a>').format(row_id, chip, words)
    return Markup("<span {}>{}</span>").format(chip, words)

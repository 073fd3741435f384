"""The report: one HTML file, complete in itself, in which every row leads to its words.

It loads nothing: its style, its pictures and its one script, which sorts and filters, are inside,
and its content security policy forbids everything else.  Whatever comes from documents is escaped.
Without the script everything is there to read: the browser itself opens what is folded.

Links lead to names: the third document is `d3`, its second paragraph `d3p2`, its quotes `d3q1`, ….
"""

from __future__ import annotations

import base64
import hashlib
import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping

import pandas as pd
from markupsafe import Markup

from .. import charts, show
from ..charts import Chart
from ..figures.claims import checklist
from ..show import Rows, by_class, records
from ..text import paragraphs, read_tables
from ..text.data import DATA
from ..text.wording import known, plural
from ..themes.evidence import count_speakers, count_theme_speakers
from .findings import Finding, find_findings
from .tables import Tables, codebook

PREFIX = {"quotes": "q", "figures": "f", "themes": "t", "phrases": "k"}
MADE_OF = {"evidence": "quotes", "claims": "figures"}  # the same rows, with more beside them
MOST_TEXTS = 100  # documents shown in full: with more, a browser is slow to open the page
MOST_LETTERS = 400_000  # in all the texts shown
MOST_ROWS = 500  # of a table; the CSV files have them all
MOST_CLAIMS = 40  # things of which the claims are shown side by side
MOST_PLACES = 12  # of a phrase or a theme's words that are linked in one row
MOST_DRAWN = 40  # documents in the picture of where themes stand
MOST_BYTES = 250_000  # of a picture as SVG; a larger one is put in as PNG
OPENING = re.compile(r"\s*((?:\S{1,40}\s+){8}\S{1,40})(\s)")  # nine words, and it goes on


def report_html(tables: Tables, *, facts: Mapping[str, object]) -> str:
    """What was read, what was found in it and where: the report as HTML.

    An overview that fits three printed pages comes first; below it everything else, folded: claims
    side by side, the documents with their quotes, figures and themes marked, and the tables.  Shows
    the first documents in full; those beyond are counted, and are in the tables beside the report.

    tables : documents (with `attrs["problems"]`), quotes, figures, phrases, themes, evidence,
        claims; facts : kit, date (of the run), settings, notebooks, as in `run.json`.
    """
    documents, claims = tables["documents"], tables["claims"]
    letters = shown_in_full(documents)
    found = _found(tables, letters)
    rows = {name: records(table) for name, table in found.items()}
    texts = dict(_texts(documents, letters, rows))
    for name, column in (("themes", "evidence"), ("phrases", "spans")):
        for row in rows[name][:MOST_ROWS]:
            row["words"] = list(_words(row, row[column], documents, letters))
    style, script = ((DATA / name).read_text("utf-8") for name in ("report.css", "report.js"))
    script = f"{show.sorting_script()}{script}"
    counts = {name: len(table) for name, table in tables.items()}
    counts |= {"words": int(documents["words"].sum()), "passages": len(tables["themes"])}
    counts |= {"speakers": tables["quotes"]["speaker"].nunique()}
    counts |= {"themes": tables["themes"]["theme"].nunique()}
    many = plural(len(documents), "document")
    page = show.templates(by_class).get_template("report.html.j2")
    return page.render(
        {name: some[:MOST_ROWS] for name, some in rows.items()},
        title=_title(documents.iloc[0]) if len(documents) == 1 else many,
        style=Markup(style),
        code=Markup(script),
        policy=_policy(style, script),
        facts=facts,
        documents=list(_documents(documents, tables, texts)),
        counts=counts,
        problems=records(documents.attrs.get("problems")),
        findings=[_finding(one, found[one.table]) for one in find_findings(tables)],
        claims=_claims(claims, found["figures"]),
        all_claims=claims["claim"].nunique(),
        charts=[_picture(chart) for chart in _charts(tables)],
        speakers=records(count_speakers(tables["quotes"])[:MOST_ROWS]),
        most_rows=MOST_ROWS,
        methods=read_tables("methods.toml"),
        codebook=records(codebook([*PREFIX, "claims", "documents"])),
    )


def shown_in_full(documents: pd.DataFrame) -> dict[object, int]:
    """The first documents, each with the number of letters there is room for.

    >>> shown_in_full(pd.DataFrame({"text": ["It grew.", "It fell."]}))
    {0: 400000, 1: 399992}
    """
    lengths = documents["text"].str.len()
    room = MOST_LETTERS - lengths.cumsum() + lengths
    return room[:MOST_TEXTS][room > 0].to_dict()


def linked(table: pd.DataFrame, prefix: str, letters: Mapping[object, int]) -> pd.DataFrame:
    """The table with the `name` of each row, that of its document (`base`) and a link (`href`).

    The link leads to its mark, of a theme to its paragraph.  Empty where the text is not shown.
    """
    base = table["doc"].map({doc: f"d{n}" for n, doc in enumerate(letters, 1)})
    start = table["start"] if "start" in table else table["spans"].map(lambda spans: spans[0][0])
    name = base + prefix + (table.groupby("doc").cumcount() + 1).astype(str)
    to = base + "p" + (table["paragraph"] + 1).astype(str) if prefix == "t" else name
    href = ("#" + to + "w1" * (prefix == "k")).where(start < table["doc"].map(letters).fillna(0))
    return table.assign(base=base, name=name.fillna(""), href=href.fillna(""))


def passages(tables: Tables, counted: Tables) -> dict[str, list[str]]:
    """For each row of the saved tables the name of its place in the report, "" where it has none.

    A row that the report, made of what is `counted`, does not hold leads to its paragraph.
    """
    letters = shown_in_full(counted["documents"])
    numbers = {doc: f"d{n}" for n, doc in enumerate(letters, 1)}
    found = {"documents": [numbers.get(doc, "") for doc in tables["documents"].index]}
    for name, table in tables.items():
        if (of := MADE_OF.get(name, name)) in PREFIX:
            keys = ["doc", "phrase" if of == "phrases" else "start", *["theme"] * (of == "themes")]
            known = linked(counted[of], PREFIX[of], letters).set_index(keys)["href"].to_dict()
            otherwise = linked(table, "k" if of == "phrases" else "t", letters)["href"]
            places = zip(table.set_index(keys).index, otherwise, strict=True)
            found[name] = [known.get(key, other).lstrip("#") for key, other in places]
    return found


def _found(tables: Tables, letters: Mapping[object, int]) -> dict[str, pd.DataFrame]:
    """The tables with what is shown of a row beside its cells, and what the filters go by.

    That is its name and link, its document's date, and its themes: of a quote those of its own
    words, of a figure those of its paragraph.
    """
    documents, evidence, themes = (tables[name] for name in ("documents", "evidence", "themes"))
    found = {}
    for name, prefix in PREFIX.items():
        table = linked(tables[name], prefix, letters)
        unlisted = pd.RangeIndex(len(table)) >= MOST_ROWS  # marked, but in no table here
        found[name] = table.assign(day=table["doc"].map(documents["date"]), unlisted=unlisted)
    figures, told = found["figures"], evidence["themes"].tolist()
    found["quotes"] = found["quotes"].assign(
        themes=told, figures=evidence["figures"].tolist(), who=0, theme=[*map("\n".join, told)]
    )
    about = themes.groupby(["doc", "paragraph"])["theme"].agg("\n".join).to_dict()
    checked = checklist(figures[:MOST_ROWS], documents)[["means", "sentence", "size"]]
    places = zip(figures["doc"], figures["paragraph"], strict=True)
    found["figures"] = figures.assign(theme=[about.get(place) for place in places]).join(checked)
    return found


def _texts(
    documents: pd.DataFrame, letters: Mapping[object, int], rows: Mapping[str, Rows]
) -> Iterator[tuple[object, dict[str, object]]]:
    """The documents that are shown, as the macro `reading` takes them; quotes get their colour."""
    marked: dict[object, dict[str, Rows]] = {doc: {name: [] for name in rows} for doc in letters}
    for name, some in rows.items():
        for row in some:
            marked.get(row["doc"], {name: []})[name].append(row)
    for n, (doc, most) in enumerate(letters.items(), 1):
        text = documents.loc[doc]
        view = show.text_view(text, marked[doc], look=by_class, letters=most, base=f"d{n}")
        colours = {person["name"]: person["number"] for person in view["people"]}
        for row in marked[doc]["quotes"]:
            row["who"] = colours.get(show.speaker_of(row), 0)
        yield doc, view


def _words(
    row: Mapping[str, object],
    spans: list[tuple[int, int]],
    documents: pd.DataFrame,
    letters: Mapping[object, int],
) -> Iterator[dict[str, object]]:
    """The first words of a theme or a key phrase, each with the name of its mark."""
    text = documents["text"][row["doc"]]
    starts = [start for start, _ in paragraphs(text)]
    for n, (start, end) in enumerate(spans[:MOST_PLACES], 1):
        name = f"{row['name']}w{n}" if end <= letters.get(row["doc"], 0) else ""
        yield {"name": name, "text": text[start:end], "paragraph": bisect_right(starts, start)}


def _title(document: pd.Series) -> str:
    """A document's title or, where it has none, the words it opens with."""
    first = OPENING.match(document["text"])
    opening = f"{first[1].rstrip(',;:')}…" if first else document["text"].strip()[:120]
    return show.heading(document, opening)


def _documents(
    documents: pd.DataFrame, tables: Tables, texts: Mapping[object, Mapping]
) -> Iterator[dict[str, object]]:
    """The first documents: title, what is known and was found of each, and its text if shown."""
    counts = {name: tables[name]["doc"].value_counts() for name in ("quotes", "figures")}
    for n, (doc, document) in enumerate(documents[:MOST_ROWS].iterrows(), 1):
        sizes = [plural(int(count.get(doc, 0)), name[:-1]) for name, count in counts.items()]
        told = [document["path"], plural(int(document["words"]), "word"), *sizes]
        yield {
            "base": f"d{n}" if doc in texts else "",
            "title": _title(document),
            "date": document["date"],
            "facts": [*filter(known, document[["source", "author", "date"]]), *told],
            "text": texts.get(doc),
        }


def _claims(claims: pd.DataFrame, figures: pd.DataFrame) -> list[dict[str, object]]:
    """The first things of which several claims are made, each claim with what its figure has."""
    facts = ["href", "base", "day", "kind", "theme"]
    places = zip(figures["doc"], figures["start"], strict=True)
    told = dict(zip(places, records(figures[facts]), strict=True))
    groups = show.claim_groups(claims, things=MOST_CLAIMS)
    for row in (row for group in groups for row in group["rows"]):
        row |= told[row["doc"], row["start"]]
    return groups


def _charts(tables: Tables) -> Iterator[Chart]:
    documents, figures, themes = (tables[name] for name in ("documents", "figures", "themes"))
    drawn = [
        charts.plot_speakers(tables["quotes"]),
        charts.plot_themes(themes),
        charts.plot_matrix(count_theme_speakers(tables["evidence"])),
        *([charts.plot_dispersion(documents, themes)] if len(documents) <= MOST_DRAWN else []),
        charts.plot_figure_kinds(figures),
        charts.plot_money(figures),
        charts.plot_timeline(figures, documents),
    ]
    return (chart for chart in drawn if chart.data.size)


def _picture(chart: Chart) -> dict[str, object]:
    kind, data = "svg+xml", chart.svg()
    if len(data) > MOST_BYTES:
        kind, data = "png", chart.png()
    counted = isinstance(chart.data.index, pd.RangeIndex)
    table = (chart.data if counted else chart.data.reset_index())[:MOST_ROWS]
    return {
        "title": chart.title,
        "alt": chart.alt,
        "rows": [
            {name: show.cell_words(cell) if known(cell) else "" for name, cell in row.items()}
            for row in table.to_dict("records")
        ],
        "columns": [show.Column(str(name), name) for name in table.columns],
        "source": f"data:image/{kind};base64,{base64.b64encode(data).decode('ascii')}",
    }


def _finding(finding: Finding, table: pd.DataFrame) -> dict[str, object]:
    """A finding with the paragraphs that it was made from, each with the link to its first mark."""
    rows = table.iloc[list(finding.rows)]
    rows = rows.assign(paragraph=rows["paragraph"] + 1, href=rows["href"].replace("", None))
    places = rows.groupby(["doc", "paragraph"], sort=False, as_index=False)["href"].first()
    return {"table": finding.table, "text": finding.text, "places": records(places)}


def _policy(style: str, script: str) -> str:
    """Allows this style, this script and pictures inside the page, and forbids all the rest."""
    digests = [hashlib.sha256(part.encode()).digest() for part in (style, script)]
    own, sorting = (f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)
    return (
        f"default-src 'none'; img-src data:; style-src {own}; script-src {sorting}; "
        "base-uri 'none'; form-action 'none'"
    )

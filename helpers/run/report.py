"""The report: one HTML file, complete in itself, in which every row leads to its words.

It loads nothing: its style, its pictures and its one script, which sorts and filters, are inside,
and its content security policy forbids everything else.  Whatever comes from documents is escaped.
Without the script everything is there to read: the browser itself opens what is folded.
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
from .places import PREFIX, linked, shown_in_full
from .tables import codebook

MOST_ROWS = 500  # of a table; the CSV files have them all
MOST_CLAIMS = 40  # things of which the claims are shown side by side
MOST_LINKS = 8  # after a finding
MOST_PLACES = 12  # of a phrase or a theme's words that are linked in one row
MOST_DRAWN = 40  # documents in the picture of where themes stand
MOST_BYTES = 250_000  # of a picture as SVG; a larger one is put in as PNG
OPENING = re.compile(r"\s*((?:\S{1,40}\s+){8}\S{1,40})(\s)")  # nine words, and it goes on


def report_html(tables: Mapping[str, pd.DataFrame], *, facts: Mapping[str, object]) -> str:
    """What was read, what was found in it and where: the report as HTML.

    An overview that fits three printed pages comes first; below it everything else, folded: claims
    side by side, the documents with their quotes, figures and themes marked, and the tables.  Shows
    the first documents in full; those beyond are counted, and are in the tables beside the report.

    tables : documents (with `attrs["problems"]`), quotes, figures, phrases, themes, evidence,
        claims.
    facts : kit (name and version), date (of the run), settings, notebooks, as in `run.json`.
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
    page = show.templates(by_class).get_template("report.html.j2")
    many = plural(len(documents), "document")
    return page.render(
        {name: some[:MOST_ROWS] for name, some in rows.items()},
        title=_title(documents.iloc[0]) if len(documents) == 1 else many,
        style=Markup(style),
        code=Markup(script),
        policy=_policy(style, script),
        facts=facts,
        documents=list(_documents(documents, tables, texts)),
        counts={name: len(table) for name, table in tables.items()}
        | {"words": int(_lengths(documents).sum()), "passages": len(tables["themes"])}
        | {"speakers": tables["quotes"]["speaker"].nunique()}
        | {"themes": tables["themes"]["theme"].nunique()},
        problems=records(documents.attrs.get("problems")),
        findings=[_finding(one, found[one.table]) for one in find_findings(tables)],
        claims=_claims(claims, found["figures"]),
        all_claims=claims["claim"].nunique(),
        charts=[_picture(chart) for chart in _charts(tables)],
        speakers=_cells(count_speakers(tables["quotes"])[:MOST_ROWS]),
        most_rows=MOST_ROWS,
        methods=read_tables("methods.toml"),
        codebook=records(codebook([*PREFIX, "claims", "documents"])),
    )


def _found(
    tables: Mapping[str, pd.DataFrame], letters: Mapping[object, int]
) -> dict[str, pd.DataFrame]:
    """The tables with what is shown of a row beside its cells, and what the filters go by.

    That is its name and link, its document's date, and its themes: of a quote those of its own
    words, of a figure those of its paragraph.
    """
    documents, evidence, themes = (tables[name] for name in ("documents", "evidence", "themes"))
    found = {name: linked(tables[name], prefix, letters) for name, prefix in PREFIX.items()}
    days = documents.get("date", pd.Series(dtype=object)).to_dict()
    for name, table in found.items():
        unlisted = pd.RangeIndex(len(table)) >= MOST_ROWS  # marked, but in no table here
        found[name] = table.assign(day=table["doc"].map(days), unlisted=unlisted)
    quotes, figures = found["quotes"], found["figures"]
    told, about = evidence["themes"].tolist(), themes.groupby(["doc", "paragraph"])["theme"]
    about = about.agg("\n".join).to_dict()
    found["quotes"] = quotes.assign(themes=told, figures=evidence["figures"].tolist(), who=0)
    found["quotes"]["theme"] = ["\n".join(names) for names in told]
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
        for row in marked[doc]["quotes"]:
            row["who"] = view["numbers"].get(show.speaker_of(row), 0)
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


def _lengths(documents: pd.DataFrame) -> pd.Series:
    return documents.get("words", documents["text"].str.split().str.len())


def _documents(
    documents: pd.DataFrame, tables: Mapping[str, pd.DataFrame], texts: Mapping[object, Mapping]
) -> Iterator[dict[str, object]]:
    """The first documents: title, what is known and was found of each, and its text if shown."""
    counts = {name: tables[name]["doc"].value_counts() for name in ("quotes", "figures")}
    for n, (doc, words) in enumerate(_lengths(documents)[:MOST_ROWS].items(), 1):
        document = documents.loc[doc]
        facts = [document.get(name) for name in ("source", "author", "date")]
        path = document["path"] if known(document.get("path")) else doc
        sizes = [plural(int(count.get(doc, 0)), name[:-1]) for name, count in counts.items()]
        yield {
            "base": f"d{n}" if doc in texts else "",
            "title": _title(document),
            "date": document.get("date"),
            "facts": [*filter(known, facts), path, plural(int(words), "word"), *sizes],
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


def _charts(tables: Mapping[str, pd.DataFrame]) -> Iterator[Chart]:
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
    table = chart.data if counted else chart.data.reset_index()
    return {
        "title": chart.title,
        "alt": chart.alt,
        "rows": _cells(table[:MOST_ROWS]),
        "columns": [show.Column(str(name), str(name)) for name in table.columns],
        "source": f"data:image/{kind};base64,{base64.b64encode(data).decode('ascii')}",
    }


def _cells(table: pd.DataFrame) -> list[dict[str, str]]:
    """The rows of a table as words."""
    return [
        {str(name): "" if value is None else show.cell_words(value) for name, value in row.items()}
        for row in records(table)
    ]


def _finding(finding: Finding, table: pd.DataFrame) -> dict[str, object]:
    """A finding with links to the paragraphs that it was made from, document by document."""
    rows = table.iloc[list(finding.rows)]
    places: dict[tuple[object, int], str] = {}
    for doc, paragraph, href in zip(rows["doc"], rows["paragraph"], rows["href"], strict=True):
        place = doc, int(paragraph) + 1
        places[place] = places.get(place) or href
    groups: dict[object, list[tuple[str, int]]] = {}
    for (doc, paragraph), href in list(places.items())[:MOST_LINKS]:
        if href:
            groups.setdefault(doc, []).append((href, paragraph))
    more = max(0, len(places) - MOST_LINKS) if groups else 0
    facts = {"table": finding.table, "rows": len(finding.rows)}
    return facts | {"text": finding.text, "links": groups, "more": more}


def _policy(style: str, script: str) -> str:
    """Allows this style, this script and pictures inside the page, and forbids all the rest."""
    digests = [hashlib.sha256(part.encode()).digest() for part in (style, script)]
    own, sorting = (f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)
    return (
        f"default-src 'none'; img-src data:; style-src {own}; script-src {sorting}; "
        "base-uri 'none'; form-action 'none'"
    )

"""The report: one HTML file, complete in itself, in which every row leads to its words.

It loads nothing: its style, its pictures and its one script, which sorts tables, are inside, and
its content security policy forbids everything else.  Whatever comes from documents is escaped.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator, Mapping
from importlib.resources import files
from pathlib import Path

import pandas as pd
from markupsafe import Markup

from ... import charts, show
from ...charts import Chart
from ...figures.claims import checklist, compare_claims
from ...show import Rows, records
from ...themes.evidence import count_speakers, count_theme_speakers
from ..scores import methods
from .findings import Finding, find_findings
from .views import document_view, quote_row, rows_in, title_of

MOST_TEXTS = 40  # documents shown in full: with more, a browser is slow to open the page
MOST_LETTERS = 400_000  # in all the texts shown
MOST_ROWS = 200  # in a table over all documents; the CSV files have them all
MOST_CLAIMS = 40  # things of which the claims are shown side by side
MOST_LINKS = 12  # after a finding
UNLINKED = {"who": 0, "cue": None, "source": None, "href": ""}  # a quote without its text
MOST_BYTES = 250_000  # of a picture as SVG; a larger one is put in as PNG


def save_report(
    path: str | Path, tables: Mapping[str, pd.DataFrame], *, facts: Mapping[str, object]
) -> None:
    """Writes the report as one HTML file.

    path : the file; the rest as in `report_html`.
    """
    Path(path).write_text(report_html(tables, facts=facts), "utf-8", errors="replace")


def report_html(tables: Mapping[str, pd.DataFrame], *, facts: Mapping[str, object]) -> str:
    """What was read, what was found in it and where: the report as HTML.

    Shows the first documents in full, with their quotes, figures and themes marked and listed;
    documents beyond that are counted, and are in the tables beside the report.

    tables : documents (with `attrs["problems"]`), quotes, figures, phrases, themes, evidence.
    facts : kit (name and version), date (of the run), settings, notebooks, as in `run.json`.
    """
    documents = tables["documents"]
    groups = {
        name: dict(list(table.groupby("doc", sort=False)))
        for name, table in tables.items()
        if name != "documents"
    }
    views = [
        document_view(
            n, row, {name: groups[name].get(doc, tables[name][:0]) for name in groups}, limit=room
        )
        for n, (doc, row, room) in enumerate(_shown_in_full(documents), 1)
    ]
    links = {name: rows_in(views, tables[name], name) for name in ("quotes", "figures", "themes")}
    style = files("helpers").joinpath("data", "report.css").read_text("utf-8")
    claims = compare_claims(tables["figures"], documents)
    one = title_of(documents.iloc[0]) if len(documents) == 1 else ""
    return (
        show.templates(show.by_class)
        .get_template("report.html.j2")
        .render(
            title=one or f"{len(documents):,} documents",
            style=Markup(style),
            policy=_policy(style, show.sorting_script()),
            facts=facts,
            documents=_documents(documents, groups, views),
            counts=_counts(tables),
            problems=records(documents.attrs.get("problems")),
            findings=[
                _linked(finding, tables, links[finding.table])
                for finding in find_findings(tables | {"claims": claims})
            ],
            claims=_claims(claims, tables["figures"], links["figures"]),
            all_claims=claims["claim"].nunique(),
            figures=_figures(tables["figures"][:MOST_ROWS], documents, links["figures"]),
            charts=[_picture(chart) for chart in _charts(tables)],
            speakers=_cells(count_speakers(tables["quotes"])[:MOST_ROWS]),
            evidence=[
                UNLINKED | quote_row(row) | row | shown | {"name": ""}
                for row, shown in zip(
                    records(tables["evidence"][:MOST_ROWS]), links["quotes"], strict=False
                )
            ],
            views=views,
            most_rows=MOST_ROWS,
            methods=methods(),
        )
    )


def _shown_in_full(documents: pd.DataFrame) -> Iterator[tuple[object, pd.Series, int]]:
    """The first documents, each with the number of letters there is room for."""
    room = MOST_LETTERS
    for doc, row in documents[:MOST_TEXTS].iterrows():
        if room > 0:
            yield doc, row, room
        room -= len(row["text"])


def _counts(tables: Mapping[str, pd.DataFrame]) -> dict[str, int]:
    documents, quotes = tables["documents"], tables["quotes"]
    return {
        "documents": len(documents),
        "words": int(_words(documents).sum()),
        "quotes": len(quotes),
        "speakers": quotes["speaker"].nunique(),
        "figures": len(tables["figures"]),
        "themes": tables["themes"]["theme"].nunique(),
    }


def _words(documents: pd.DataFrame) -> pd.Series:
    return documents.get("words", documents["text"].str.split().str.len())


def _documents(
    documents: pd.DataFrame, groups: Mapping[str, Mapping], views: list[dict[str, object]]
) -> Rows:
    table = documents.reindex(columns=["title", "date", "author", "source"])[:MOST_ROWS]
    rows = records(table.assign(doc=table.index, words=_words(documents)))
    bases = {view["doc"]: f"#{view['base']}" for view in views}
    for row in rows:
        row |= {name: len(groups[name].get(row["doc"], ())) for name in ("quotes", "figures")}
        row |= {"href": bases.get(row["doc"], ""), "words": f"{row['words']:,}"}
    return rows


def _claims(claims: pd.DataFrame, figures: pd.DataFrame, links: Rows) -> list[dict[str, object]]:
    """The first things of which several claims are made, each claim with a link to its place."""
    places = zip(figures["doc"], figures["start"], strict=True)
    shown = dict(zip(places, links, strict=True))
    groups = show.claim_groups(claims, things=MOST_CLAIMS)
    for row in (row for group in groups for row in group["rows"]):
        row["href"] = shown[row["doc"], row["start"]].get("href", "")
    return groups


def _figures(figures: pd.DataFrame, documents: pd.DataFrame, links: Rows) -> Rows:
    """Figures of all documents, each with its sentence and a link to its place."""
    rows = records(checklist(figures, documents))
    for row, shown in zip(rows, links, strict=False):
        size = "" if row["size"] is None else repr(float(row["size"]))
        row |= {"size": size, "href": shown.get("href", "")}
    return rows


def _charts(tables: Mapping[str, pd.DataFrame]) -> list[Chart]:
    documents, figures, themes = (tables[name] for name in ("documents", "figures", "themes"))
    drawn = [
        charts.plot_speakers(tables["quotes"]),
        charts.plot_themes(themes),
        charts.plot_matrix(count_theme_speakers(tables["evidence"])),
        *([charts.plot_dispersion(documents, themes)] if len(documents) <= MOST_TEXTS else []),
        charts.plot_figure_kinds(figures),
        charts.plot_money(figures),
        charts.plot_timeline(figures, documents),
    ]
    return [chart for chart in drawn if chart.data.size]


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


def _linked(finding: Finding, tables: Mapping[str, pd.DataFrame], links: Rows) -> dict[str, object]:
    """A finding with links to the paragraphs that it was made from, document by document."""
    table = tables[finding.table]
    places: dict[tuple[object, int], str] = {}
    for row in finding.rows:
        place = table["doc"].iat[row], int(table["paragraph"].iat[row]) + 1
        places[place] = places.get(place) or str(links[row].get("href", ""))
    groups: dict[object, list[tuple[str, int]]] = {}
    for (doc, paragraph), href in list(places.items())[:MOST_LINKS]:
        if href:
            groups.setdefault(doc, []).append((href, paragraph))
    more = max(0, len(places) - MOST_LINKS) if groups else 0
    return {"text": finding.text, "links": groups, "more": more}


def _policy(style: str, script: str) -> str:
    """Allows this style, this script and pictures inside the page, and forbids all the rest."""
    digests = [hashlib.sha256(part.encode()).digest() for part in (style, script)]
    own, sorting = (f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)
    return (
        f"default-src 'none'; img-src data:; style-src {own}; script-src {sorting}; "
        "base-uri 'none'; form-action 'none'"
    )

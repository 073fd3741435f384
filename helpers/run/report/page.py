"""The report: one HTML file, complete in itself, in which every row leads to its words.

It loads nothing: its style, its pictures and its one script, which sorts tables, are inside, and
its content security policy forbids everything else.  Whatever comes from documents is escaped.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pandas as pd
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from ...charts import (
    Chart,
    plot_dispersion,
    plot_figure_kinds,
    plot_money,
    plot_speakers,
    plot_theme_speakers,
    plot_themes,
    plot_timeline,
)
from ...figures.claims import compare_claims
from ...show.html import sorting_script
from ...show.tables import cell_words
from ...text.wording import known
from ...themes.evidence import count_speakers, count_theme_speakers
from ..scores import methods
from .figures import claim_groups, figure_rows
from .findings import Finding, find_findings
from .text import shown
from .views import Links, document_view, heading, quote_groups

DATA = Path(__file__).resolve().parents[2] / "data"
MOST_TEXTS = 40  # documents shown in full: with more, a browser is slow to open the page
MOST_LETTERS = 400_000  # in all the texts shown
MOST_ROWS = 200  # in a table over all documents; the CSV files have them all
MOST_CLAIMS = 40  # things of which the claims are shown side by side
MOST_LINKS = 12  # after a finding
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
    links = Links(tables, views)
    problems = documents.attrs.get("problems", pd.DataFrame(columns=["path", "problem", "advice"]))
    style, script = (DATA / "report.css").read_text("utf-8"), sorting_script()
    claims = compare_claims(tables["figures"], documents)
    return (
        _environment()
        .get_template("report.html.j2")
        .render(
            title=_title(documents),
            style=Markup(style),
            policy=_policy(style, script),
            facts=facts,
            script=Markup(script),
            documents=_document_rows(documents, groups, links),
            totals=_totals(tables),
            problems=[*problems.to_dict("records"), *_failed(facts)],
            findings=[
                _linked(finding, tables, links)
                for finding in find_findings(tables | {"claims": claims})
            ],
            claims=claim_groups(claims, tables["figures"], most=MOST_CLAIMS, links=links),
            all_claims=claims["claim"].nunique(),
            total_figures=len(tables["figures"]),
            figures=figure_rows(tables["figures"], documents, most=MOST_ROWS, links=links),
            charts=[_picture(chart) for chart in _charts(tables)],
            speakers=_cells(count_speakers(tables["quotes"])[:MOST_ROWS]),
            evidence=quote_groups(tables, most=MOST_ROWS, links=links),
            views=views,
            total=len(documents),
            total_quotes=len(tables["evidence"]),
            most_rows=MOST_ROWS,
            methods=methods(),
        )
    )


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(DATA),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
        finalize=_plain,
    )


def _shown_in_full(documents: pd.DataFrame) -> list[tuple[str, pd.Series, int]]:
    """The first documents, each with the number of letters there is room for."""
    found, room = [], MOST_LETTERS
    for doc, row in documents[:MOST_TEXTS].iterrows():
        if room <= 0:
            break
        found.append((doc, row, room))
        room -= len(row["text"])
    return found


def _title(documents: pd.DataFrame) -> str:
    if len(documents) != 1:
        return f"{len(documents):,} documents"
    return heading(documents.iloc[0])


def _totals(tables: Mapping[str, pd.DataFrame]) -> list[tuple[str, str]]:
    documents, quotes = tables["documents"], tables["quotes"]
    counts = {
        "documents": len(documents),
        "words": int(_words(documents).sum()),
        "quotes": len(quotes),
        "speakers": quotes["speaker"].nunique(),
        "figures": len(tables["figures"]),
        "themes": tables["themes"]["theme"].nunique(),
    }
    return [(f"{n:,}", name if n != 1 else name.removesuffix("s")) for name, n in counts.items()]


def _words(documents: pd.DataFrame) -> pd.Series:
    return documents.get("words", documents["text"].str.split().str.len())


def _failed(facts: Mapping[str, object]) -> list[dict[str, str]]:
    """Notebooks that did not run to their end, as problems."""
    return [
        {
            "path": f"notebook {name}",
            "problem": state,
            "advice": "open it in the folder “notebooks” and see where it stopped",
        }
        for name, state in facts["notebooks"].items()
        if state != "ok"
    ]


def _document_rows(
    documents: pd.DataFrame, groups: Mapping[str, Mapping], links: Links
) -> list[dict[str, object]]:
    words = _words(documents)
    rows = []
    for doc, row in documents[:MOST_ROWS].iterrows():
        rows.append(
            {"name": doc, "href": links.to_document(doc), "words": f"{words[doc]:,}"}
            | {
                name: row[name] if known(row.get(name)) else None
                for name in ("title", "date", "author", "source")
            }
            | {name: len(groups[name].get(doc, ())) for name in ("quotes", "figures")}
        )
    return rows


def _charts(tables: Mapping[str, pd.DataFrame]) -> list[Chart]:
    few = len(tables["documents"]) <= MOST_TEXTS
    charts = [
        plot_speakers(tables["quotes"]),
        plot_themes(tables["themes"]),
        plot_theme_speakers(count_theme_speakers(tables["evidence"])),
    ]
    charts += [plot_dispersion(tables["documents"], tables["themes"])] if few else []
    charts += [
        plot_figure_kinds(tables["figures"]),
        plot_money(tables["figures"]),
        plot_timeline(tables["figures"], tables["documents"]),
    ]
    return [chart for chart in charts if chart.data.size]


def _picture(chart: Chart) -> dict[str, object]:
    kind, data = "svg+xml", chart.svg()
    if len(data) > MOST_BYTES:
        kind, data = "png", chart.png()
    table = chart.data
    if not isinstance(table.index, pd.RangeIndex):
        table = table.reset_index()
    return {
        "title": chart.title,
        "alt": chart.alt,
        "rows": _cells(table[:MOST_ROWS]),
        "columns": list(table.columns),
        "source": f"data:image/{kind};base64,{base64.b64encode(data).decode('ascii')}",
    }


def _cells(table: pd.DataFrame) -> list[dict[str, str]]:
    """The rows of a table as words."""
    return [
        {str(name): cell_words(value) if known(value) else "" for name, value in row.items()}
        for row in table.to_dict("records")
    ]


def _linked(
    finding: Finding, tables: Mapping[str, pd.DataFrame], links: Links
) -> dict[str, object]:
    """A finding with links to the rows that it was made from, document by document."""
    table = tables[finding.table]
    places: dict[tuple[str, int], str | None] = {}
    for row in finding.rows:
        place = table["doc"].iat[row], int(table["paragraph"].iat[row]) + 1
        places[place] = places.get(place) or links.to_row(finding.table, row)
    groups: dict[str, list[dict[str, str]]] = {}
    for (doc, paragraph), href in list(places.items())[:MOST_LINKS]:
        if href:
            groups.setdefault(doc, []).append({"href": href, "label": f"¶ {paragraph}"})
    names = {doc: doc if len(tables["documents"]) > 1 else None for doc in groups}
    return {
        "text": finding.text,
        "links": [(names[doc], found) for doc, found in groups.items()],
        "more": max(0, len(places) - MOST_LINKS) if groups else 0,
    }


def _plain(value: object) -> object:
    """What the template writes: nothing for a missing value, and no characters HTML cannot hold."""
    return value if isinstance(value, Markup) else shown(value) if known(value) else ""


def _policy(style: str, script: str) -> str:
    """Allows this style, this script and pictures inside the page, and forbids all the rest."""
    return (
        f"default-src 'none'; img-src data:; style-src 'sha256-{_digest(style)}'; "
        f"script-src 'sha256-{_digest(script)}'; base-uri 'none'; form-action 'none'"
    )


def _digest(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode("ascii")

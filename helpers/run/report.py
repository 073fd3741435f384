"""The report: one HTML file, complete in itself, in which every row leads to its words.

It loads nothing: its style, its pictures and its one script, which sorts tables, are inside, and
its content security policy forbids everything else.  Whatever comes from documents is escaped.
The third document is named `d3`, its second paragraph `d3p2`, its quotes `d3q1`, `d3q2`, ….
"""

from __future__ import annotations

import base64
import hashlib
import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from importlib.resources import files

import pandas as pd
from markupsafe import Markup

from .. import charts, show
from ..charts import Chart
from ..figures.claims import checklist, compare_claims
from ..show import Rows, by_class, records
from ..text import paragraphs, read_tables
from ..text.wording import known
from ..themes.evidence import count_speakers, count_theme_speakers
from .findings import Finding, find_findings

PREFIX = {"quotes": "q", "figures": "f", "themes": "t", "phrases": "k"}
MOST_TEXTS = 40  # documents shown in full: with more, a browser is slow to open the page
MOST_LETTERS = 400_000  # in all the texts shown
MOST_ROWS = 500  # of a table; the CSV files have them all
MOST_CLAIMS = 40  # things of which the claims are shown side by side
MOST_LINKS = 12  # after a finding
MOST_PLACES = 12  # of a phrase or a theme's words that are linked in one row
MOST_BYTES = 250_000  # of a picture as SVG; a larger one is put in as PNG
OPENING = re.compile(r"\s*((?:\S{1,40}\s+){8}\S{1,40})(\s)")  # nine words, and it goes on


def report_html(tables: Mapping[str, pd.DataFrame], *, facts: Mapping[str, object]) -> str:
    """What was read, what was found in it and where: the report as HTML.

    Shows the first documents in full, with their quotes, figures and themes marked and listed;
    documents beyond that are counted, and are in the tables beside the report.

    tables : documents (with `attrs["problems"]`), quotes, figures, phrases, themes, evidence.
    facts : kit (name and version), date (of the run), settings, notebooks, as in `run.json`.
    """
    documents, evidence = tables["documents"], tables["evidence"]
    letters = _shown_in_full(documents)
    linked = {name: _linked(tables[name], prefix, letters) for name, prefix in PREFIX.items()}
    linked["quotes"] = linked["quotes"].assign(
        themes=evidence["themes"].tolist(), figures=evidence["figures"].tolist()
    )
    rows = {name: records(table[:MOST_ROWS]) for name, table in linked.items()}
    views = list(_views(documents, letters, rows, linked))
    _finish(rows, documents, views, checklist(linked["figures"][:MOST_ROWS], documents))
    claims = compare_claims(tables["figures"], documents)
    findings = find_findings(tables | {"claims": claims})
    style = files("helpers").joinpath("data", "report.css").read_text("utf-8")
    one = _title(documents.iloc[0]) if len(documents) == 1 else ""
    return (
        show.templates(by_class)
        .get_template("report.html.j2")
        .render(
            **rows,
            title=one or f"{len(documents):,} documents",
            style=Markup(style),
            policy=_policy(style, show.sorting_script()),
            facts=facts,
            documents=_documents(documents, tables, views),
            counts=_counts(tables),
            problems=records(documents.attrs.get("problems")),
            findings=[_finding(finding, linked[finding.table]) for finding in findings],
            claims=_claims(claims, linked["figures"]),
            all_claims=claims["claim"].nunique(),
            charts=[_picture(chart) for chart in _charts(tables)],
            speakers=_cells(count_speakers(tables["quotes"])[:MOST_ROWS]),
            views=views,
            most_rows=MOST_ROWS,
            methods=read_tables("methods.toml"),
        )
    )


def _shown_in_full(documents: pd.DataFrame) -> dict[object, int]:
    """The first documents, each with the number of letters there is room for."""
    shown, room = {}, MOST_LETTERS
    for doc, text in documents["text"][:MOST_TEXTS].items():
        if room > 0:
            shown[doc] = room
        room -= len(text)
    return shown


def _linked(table: pd.DataFrame, prefix: str, letters: Mapping[object, int]) -> pd.DataFrame:
    """The table with the name of each row's mark, and a link to it, or of a theme to its paragraph.

    Both are empty where the text is not shown.
    """
    numbers = {doc: f"d{n}" for n, doc in enumerate(letters, 1)}
    names, links = [], []
    rows = table.reindex(columns=["doc", "start", "paragraph"]).fillna({"start": 0, "paragraph": 0})
    for row, n in zip(rows.itertuples(), table.groupby("doc").cumcount() + 1, strict=True):
        names.append(f"{numbers[row.doc]}{prefix}{n}" if row.doc in numbers else "")
        to = f"{numbers.get(row.doc)}p{row.paragraph + 1:.0f}" if prefix == "t" else names[-1]
        links.append(f"#{to}" if row.start < letters.get(row.doc, 0) else "")
    return table.assign(name=names, href=links)


def _views(
    documents: pd.DataFrame,
    letters: Mapping[object, int],
    rows: Mapping[str, Rows],
    linked: Mapping[str, pd.DataFrame],
) -> Iterator[dict[str, object]]:
    """The documents that are shown: facts, and the text as the macro `reading` takes it."""
    marked: dict[object, dict[str, Rows]] = {doc: {name: [] for name in rows} for doc in letters}
    for name, table in linked.items():
        rest = table[MOST_ROWS:].drop(columns=["name", "href"])  # marked, but in no table here
        for row in (*rows[name], *records(rest[rest["doc"].isin(list(letters))])):
            if row["doc"] in marked:
                marked[row["doc"]][name].append(row)
    for n, (doc, most) in enumerate(letters.items(), 1):
        document = documents.loc[doc]
        text = show.text_view(document, marked[doc], look=by_class, letters=most, base=f"d{n}")
        facts = {name: document.get(name) for name in ("date", "author", "source", "path")}
        yield {
            "doc": doc,
            "base": f"d{n}",
            "letters": most,
            "facts": {name: fact if known(fact) else None for name, fact in facts.items()},
            "heading": _title(document),
            "text": text,
        }


def _finish(
    rows: Mapping[str, Rows], documents: pd.DataFrame, views: list[Mapping], checked: pd.DataFrame
) -> None:
    """Adds what the tables show of a row beside its cells: colours, sentences, words with links."""
    shown = {view["doc"]: view for view in views}
    for row in rows["quotes"]:
        colours = shown[row["doc"]]["text"]["numbers"] if row["doc"] in shown else {}
        row["who"] = colours.get(show.speaker_of(row), 0)
    for row, more in zip(rows["figures"], records(checked), strict=True):
        row |= {name: more[name] for name in ("means", "sentence", "size")}
    for name, column in (("themes", "evidence"), ("phrases", "spans")):
        for row in rows[name]:
            text = documents["text"][row["doc"]]
            most = shown[row["doc"]]["letters"] if row["doc"] in shown else 0
            starts = [start for start, _ in paragraphs(text)]
            row["words"] = [
                {
                    "name": f"{row['name']}w{n}" if end <= most else "",
                    "text": text[start:end],
                    "paragraph": bisect_right(starts, start),
                }
                for n, (start, end) in enumerate(row[column][:MOST_PLACES], 1)
            ]


def _title(document: pd.Series) -> str:
    """A document's title or, where it has none, the words it opens with."""
    first = OPENING.match(document["text"])
    opening = f"{first[1].rstrip(',;:')}…" if first else document["text"].strip()[:120]
    return show.heading(document, opening)


def _counts(tables: Mapping[str, pd.DataFrame]) -> dict[str, int]:
    documents, quotes = tables["documents"], tables["quotes"]
    return {
        "documents": len(documents),
        "words": int(_words(documents).sum()),
        "quotes": len(quotes),
        "speakers": quotes["speaker"].nunique(),
        "figures": len(tables["figures"]),
        "themes": tables["themes"]["theme"].nunique(),
        "passages": len(tables["themes"]),
        "phrases": len(tables["phrases"]),
    }


def _words(documents: pd.DataFrame) -> pd.Series:
    return documents.get("words", documents["text"].str.split().str.len())


def _documents(
    documents: pd.DataFrame, tables: Mapping[str, pd.DataFrame], views: list[Mapping]
) -> Rows:
    table = documents.reindex(columns=["title", "date", "author", "source"])[:MOST_ROWS]
    rows = records(table.assign(doc=table.index, words=_words(documents)))
    bases = {view["doc"]: f"#{view['base']}" for view in views}
    counts = {name: tables[name]["doc"].value_counts() for name in ("quotes", "figures")}
    for row in rows:
        row |= {name: int(found.get(row["doc"], 0)) for name, found in counts.items()}
        row["href"] = bases.get(row["doc"], "")
    return rows


def _claims(claims: pd.DataFrame, figures: pd.DataFrame) -> list[dict[str, object]]:
    """The first things of which several claims are made, each claim with a link to its place."""
    places = zip(figures["doc"], figures["start"], strict=True)
    links = dict(zip(places, figures["href"], strict=True))
    groups = show.claim_groups(claims, things=MOST_CLAIMS)
    for row in (row for group in groups for row in group["rows"]):
        row["href"] = links[row["doc"], row["start"]]
    return groups


def _charts(tables: Mapping[str, pd.DataFrame]) -> Iterator[Chart]:
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
    return {"text": finding.text, "links": groups, "more": more}


def _policy(style: str, script: str) -> str:
    """Allows this style, this script and pictures inside the page, and forbids all the rest."""
    digests = [hashlib.sha256(part.encode()).digest() for part in (style, script)]
    own, sorting = (f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)
    return (
        f"default-src 'none'; img-src data:; style-src {own}; script-src {sorting}; "
        "base-uri 'none'; form-action 'none'"
    )

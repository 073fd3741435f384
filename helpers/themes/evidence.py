"""Evidence: the tables joined and crossed: statements with their themes and figures, and counts.

Everything here counts rows of tables that the analyses have made; nothing is analysed again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Literal

import pandas as pd

from ..documents import KitError, english
from ..text import Span, paragraphs

UNKNOWN = "(unknown)"  # the row of quotes whose speaker is missing
NO_THEME = "(no theme)"  # the column of quotes in which no theme's words occur
KINDS = ["direct", "mixed", "indirect"]

EVIDENCE_COLUMNS = (
    "doc start end paragraph date speaker speaker_kind role kind quote themes figures words "
    "inferred confidence spans theme_spans figure_spans"
).split()
SPEAKER_COLUMNS = (
    f"speaker speaker_kind role quotes {' '.join(KINDS)} direct_share words inferred documents"
).split()
COVERAGE = "doc paragraphs with_theme without words theme_words".split()
GROUPS = "theme words paragraphs documents weight".split()

Place = tuple[int, int, object]  # characters, what stands there


def join_evidence(
    documents: pd.DataFrame,
    quotes: pd.DataFrame,
    *,
    themes: pd.DataFrame,
    figures: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Who says what, about which themes, with which figures: one row per quote.

    A theme belongs to a quote when words that say so (its `evidence`) lie inside the quote's
    spans; so a probable theme never counts.  A figure belongs to a quote when all of it lies inside
    one of the spans.  Does not see themes that the reporter names outside the quote, nor figures in
    the frame around it; nested quotes each carry what lies in both.

    documents, quotes, themes, figures : the tables of the same names; empty ones are welcome.

    Returns columns doc, start, end, paragraph, speaker, speaker_kind, role, kind, inferred,
    confidence, quote, spans as in *quotes*; date (of the document, or missing); words (number of
    words in the quote); themes (list of names, in order of their first word); figures (list of
    texts); theme_spans, figure_spans (where those words and figures lie).  Row order is that of
    *quotes*.
    Raises KitError when a table lacks a column that is needed.

    >>> from helpers import load
    >>> table = pd.DataFrame(columns=["doc", "start", "end", "paragraph", "theme", "evidence"])
    >>> len(join_evidence(load("seeds"), table.assign(spans=[], quote=[]), figures=table,
    ...                   themes=table))
    0
    """
    figures = pd.DataFrame(columns=["doc", "start", "end"]) if figures is None else figures
    _require(quotes, "quotes", ["doc", "start", "end", "quote", "spans"])
    _require(figures, "figures", ["doc", "start", "end"])
    _require(themes, "themes", ["doc", "theme", "evidence"])
    said = _places(themes[["doc", "evidence", "theme"]].explode("evidence").dropna())
    at = list(zip(figures["start"], figures["end"], strict=True))
    amounts = _places(figures[["doc"]].assign(at=pd.Series(at, figures.index, object), of=""))
    rows = []
    for doc, spans, quote in zip(quotes["doc"], quotes["spans"], quotes["quote"], strict=True):
        themed, told = (_inside(found.get(doc, []), spans) for found in (said, amounts))
        names, text = list(dict.fromkeys(theme for *_, theme in themed)), documents.at[doc, "text"]
        where = list(dict.fromkeys((start, end) for start, end, _ in themed))
        sums = [(start, end) for start, end, _ in told]
        rows.append((_length(quote), names, [text[a:b] for a, b in sums], where, sums))
    columns = ["words", "themes", "figures", "theme_spans", "figure_spans"]
    found = pd.DataFrame(rows, columns=columns, index=quotes.index)
    dates = documents.get("date", pd.Series(index=documents.index, dtype=object))
    found["date"] = [dates.get(doc) for doc in quotes["doc"]]
    return pd.concat([quotes, found], axis=1).reindex(columns=EVIDENCE_COLUMNS)


def count_theme_speakers(evidence: pd.DataFrame) -> pd.DataFrame:
    """How many of each speaker's quotes touch each theme: one row a speaker, one column a theme.

    A quote on two themes counts for both, so rows do not add up to a speaker's quotes.  Quotes
    without a known speaker are the last row, "(unknown)", and quotes without any theme the last
    column, "(no theme)"; both are left out where there are none.

    evidence : the table of `join_evidence`.

    Returns the matrix, most quoted speakers and most frequent themes first.
    Raises KitError when the table lacks a column that is needed.

    >>> count_theme_speakers(pd.DataFrame({"speaker": ["Li", None],
    ...     "themes": [["trade", "roads"], []]})).to_dict("index")["(unknown)"]
    {'roads': 0, 'trade': 0, '(no theme)': 1}
    """
    _require(evidence, "evidence", ["speaker", "themes"])
    speakers = _speakers(evidence)
    themes = pd.Series([names or [NO_THEME] for names in evidence["themes"]], evidence.index)
    long = pd.DataFrame({"speaker": speakers, "theme": themes}).explode("theme")
    matrix = pd.crosstab(long["speaker"], long["theme"])
    rows = by_size(speakers.value_counts().items(), last=UNKNOWN)
    matrix = matrix.loc[rows, by_size(matrix.sum().items(), last=NO_THEME)]
    matrix.attrs["measure"] = "quotes"
    return matrix


def count_speakers(quotes: pd.DataFrame) -> pd.DataFrame:
    """How much each speaker is quoted and how directly: one row a speaker, most quoted first.

    A speaker is a name: two people of one name are one row, one person under two names is two.
    Quotes without a known speaker are the last row, "(unknown)", and never folded into others.

    quotes : the table of `find_quotes`.

    Returns columns speaker, speaker_kind and role (the most frequent one, or missing), quotes,
    direct, mixed, indirect (numbers of quotes), direct_share (direct ÷ quotes, 0-1), words
    (words in all the quotes), inferred (quotes whose speaker the text does not name), documents.

    >>> count_speakers(pd.DataFrame({"doc": ["a", "a"], "speaker": ["Li", "Li"],
    ...     "kind": ["direct", "indirect"], "quote": ["Yes.", "that it rains"]})
    ...     )[["quotes", "direct_share", "words"]].to_dict("records")
    [{'quotes': 2, 'direct_share': 0.5, 'words': 4}]
    """
    _require(quotes, "quotes", ["doc", "speaker", "kind", "quote"])
    table = quotes.reindex(columns=["doc", "kind", "role", "speaker_kind", "inferred"])
    table = table.assign(speaker=_speakers(quotes), words=quotes["quote"].map(_length))
    table["inferred"] = table["inferred"].eq(True)
    counts = table.groupby("speaker").agg(
        speaker_kind=("speaker_kind", _commonest),
        role=("role", _commonest),
        quotes=("doc", "size"),
        words=("words", "sum"),
        inferred=("inferred", "sum"),
        documents=("doc", "nunique"),
    )
    kinds = pd.crosstab(table["speaker"], table["kind"]).reindex(columns=KINDS, fill_value=0)
    counts = counts.join(kinds).assign(direct_share=kinds["direct"] / counts["quotes"])
    counts = counts.loc[by_size(counts["quotes"].items(), last=UNKNOWN)]
    return counts.reset_index().reindex(columns=SPEAKER_COLUMNS)


def cross_themes(
    documents: pd.DataFrame,
    themes: pd.DataFrame,
    *,
    figures: pd.DataFrame | None = None,
    measure: Literal["count", "per_1000", "share"] = "count",
) -> pd.DataFrame:
    """Where themes occur: one row a theme, one column a document, or a kind of figure.

    Counts the words that say so (`evidence`), so probable themes do not count.

    documents, themes : the tables of these names.
    figures : counts the figures in the paragraphs of each theme instead, by their kind.  To stand
        in one paragraph is not to belong together.
    measure : "count"; "per_1000", by the words of the document; "share", of the row's sum.

    Returns the matrix, rows and columns with the largest counts first, documents in their order;
    `attrs` say what is counted (`of`, `measure`).
    Raises KitError for another measure, and for figures per 1,000 words.

    >>> texts = pd.DataFrame({"text": ["A road to a road.", "Fish."]}, index=["a", "b"])
    >>> rows = pd.DataFrame({"doc": ["a"], "theme": ["roads"], "evidence": [[(2, 6), (12, 16)]]})
    >>> cross_themes(texts, rows, measure="per_1000").loc["roads"].to_dict()
    {'a': 400.0, 'b': 0.0}
    """
    if measure not in ("count", "share", "per_1000")[: 3 if figures is None else 2]:
        raise KitError(f"no measure {measure!r} here — give 'count', 'share' or 'per_1000'")
    said = _said(themes[themes["doc"].isin(documents.index)])
    of, columns = ("words", "document") if figures is None else ("figures", "kind")
    if figures is None:
        sums = said["evidence"].map(len).groupby([said["theme"], said["doc"]]).sum()
        matrix = sums.unstack(fill_value=0).reindex(columns=documents.index, fill_value=0)
    else:
        both = said.merge(figures[["kind", "doc", "paragraph"]], on=["doc", "paragraph"])
        matrix = pd.crosstab(both["theme"], both["kind"])
        matrix = matrix[by_size(matrix.sum().items())]
    matrix = matrix.loc[by_size(matrix.sum(axis=1).items())].rename_axis(columns=columns)
    if measure == "share":
        matrix = matrix.div(matrix.sum(axis=1), axis="index")
    if measure == "per_1000":
        matrix = 1000 * matrix / [max(1, _length(text)) for text in documents["text"]]
    matrix.attrs = {"measure": measure, "of": of}
    return matrix


def count_theme_documents(documents: pd.DataFrame, themes: pd.DataFrame) -> pd.DataFrame:
    """How often each document uses the words of each theme: one row a document, one column a theme.

    documents : the documents table; those without any theme have a row of zeros.
    themes : the table of `find_themes`; probable themes, which have no evidence, do not count.

    Returns the matrix, the themes of most documents first; a part of a theme ("transport/rail")
    has no column, as its words count for the whole ("transport").

    >>> themes = pd.DataFrame({"doc": ["a"], "theme": ["roads"], "evidence": [[(0, 5)]]})
    >>> count_theme_documents(pd.DataFrame(index=["a", "b"]), themes)["roads"].tolist()
    [1, 0]
    """
    matrix = cross_themes(documents, themes).T.rename_axis(index=documents.index.name)
    matrix = matrix[by_size((matrix > 0).sum().items())]
    return matrix[[name for name in matrix if name.rpartition("/")[0] not in matrix]]


def count_coverage(documents: pd.DataFrame, themes: pd.DataFrame) -> pd.DataFrame:
    """How much of each document the themes cover, and what they leave out: one row a document.

    A large share without a theme means that the dictionary was made for other texts.

    documents, themes : the tables of these names; documents in another language than English
        are left out, as `find_themes` does.

    Returns columns doc, paragraphs, with_theme (paragraphs with a word that says so), without
    (the share of the others, 0-1), words, theme_words (places that say so, each counted once).

    >>> texts = pd.DataFrame({"text": ["A road.\\n\\nFish."]}, index=["a"])
    >>> rows = pd.DataFrame({"doc": ["a"], "paragraph": [0], "theme": ["x"],
    ...                      "evidence": [[(2, 6)]]})
    >>> count_coverage(texts, rows)[["paragraphs", "with_theme", "without"]].values.tolist()
    [[2.0, 1.0, 0.5]]
    """
    texts, said = english(documents)["text"], _said(themes)
    places = said[["doc", "evidence"]].explode("evidence").drop_duplicates()["doc"].value_counts()
    table = pd.DataFrame({"paragraphs": [len(paragraphs(t)) for t in texts]}, texts.index)
    table["with_theme"] = said.groupby("doc")["paragraph"].nunique()
    table["theme_words"], table["words"] = places, texts.map(_length)
    table = table.fillna(0).astype(int).rename_axis("doc").reset_index()
    table["without"] = 1 - table["with_theme"] / table["paragraphs"].where(lambda n: n > 0)
    return table.fillna({"without": 0.0})[COVERAGE]


def count_groups(documents: pd.DataFrame, themes: pd.DataFrame) -> pd.DataFrame:
    """What each theme is made of: one row a theme, the heaviest first.

    documents, themes : the tables of these names.

    Returns columns theme; words (its words as written, the commonest first, with their counts);
    paragraphs, documents (how many have it); weight (how many words say so).

    >>> rows = pd.DataFrame({"doc": [0], "theme": ["x"], "evidence": [[(0, 5)]]})
    >>> count_groups(pd.DataFrame({"text": ["Roads!"]}), rows).values.tolist()
    [['x', 'Roads', 1, 1, 1]]
    """
    rows = []
    for theme, group in themes.groupby("theme", sort=True):
        words = Counter[str]()
        for doc, spans in zip(group["doc"], group["evidence"], strict=True):
            words.update(" ".join(documents.at[doc, "text"][a:b].split()) for a, b in spans)
        told = ", ".join(f"{word} {n}" if n > 1 else word for word, n in words.most_common(8))
        rows.append((theme, told, len(group), group["doc"].nunique(), words.total()))
    return pd.DataFrame(sorted(rows, key=lambda row: -row[4]), columns=GROUPS)


def _said(themes: pd.DataFrame) -> pd.DataFrame:
    """The rows with words that say so, without probable themes."""
    return themes[themes["evidence"].map(len) > 0]


def _speakers(table: pd.DataFrame) -> pd.Series:
    return table["speaker"].astype(object).where(table["speaker"].notna(), UNKNOWN)


def _places(table: pd.DataFrame) -> dict[object, list[Place]]:
    """For each document what stands where, in order; the columns are document, span and what."""
    found: dict[object, list[Place]] = {}
    for doc, (start, end), what in table.itertuples(index=False, name=None):
        found.setdefault(doc, []).append((int(start), int(end), what))
    return {doc: sorted(own, key=lambda place: place[:2]) for doc, own in found.items()}


def _inside(places: Sequence[Place], spans: Sequence[Span]) -> list[Place]:
    """The places that lie wholly inside one of the spans."""
    return [one for one in places if any(a <= one[0] and one[1] <= b for a, b in spans)]


def _require(table: pd.DataFrame, name: str, columns: list[str]) -> None:
    missing = [column for column in columns if column not in table.columns]
    if missing:
        raise KitError(
            f"the {name} table has no column {', '.join(missing)} — it has "
            f"{', '.join(map(str, table.columns)) or 'none'}; give the table of the contract"
        )


def _length(text: object) -> int:
    """The number of words; the " … " between the pieces of a split quotation is none."""
    return sum(any(map(str.isalnum, word)) for word in str(text).split())


def _commonest(values: pd.Series) -> str | None:
    return next(iter(by_size(values.dropna().value_counts().items())), None)


def by_size(sizes: Iterable[tuple[str, float]], *, last: str | None = None) -> list[str]:
    """Names by size, then alphabet; the one that stands for the rest at the end."""
    return [n for n, _ in sorted(sizes, key=lambda pair: (pair[0] == last, -pair[1], str(pair[0])))]

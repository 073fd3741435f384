"""Figures: every number of a news text, normalised, with what it measures, when and whose it is.

Rules stand as rows of data: `currencies.toml`, `units.toml` and `calendar.toml` (what stands
beside a number), `number_rules.toml` (what a number without a unit is), `date_rules.toml` (times),
over the atoms of `figure_patterns.toml`; `rules.py` runs them and the longest wins.  The column
`rule` names the row that read a figure: `currencies.EUR` is the row EUR of currencies.toml.  To
add a currency, a unit or a date, add its row.  `of` and `when` are no rules but the reader's:
`helpers.reader.measures(doc_of(text))(amount, times)` gives both, with how sure it is of each.
"""

from .exchange import convert
from .model import Figure
from .table import figures_in, find_figures

__all__ = ["Figure", "convert", "figures_in", "find_figures"]

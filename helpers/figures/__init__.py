"""Figures: every number of a news text, normalised, with what it measures, when and whose it is."""

from .exchange import convert
from .model import Figure
from .table import figures_in, find_figures

__all__ = ["Figure", "convert", "figures_in", "find_figures"]

"""Figures: every number of a news text, normalised, with what it measures, when and whose it is."""

from helpers.figures.exchange import convert
from helpers.figures.model import Figure
from helpers.figures.table import figures_in, find_figures

__all__ = ["Figure", "convert", "figures_in", "find_figures"]

"""Charts: each `plot_*` takes tables and returns a `Chart`; nothing is analysed here."""

from .bars import (
    plot_figure_kinds,
    plot_keyness,
    plot_periods,
    plot_phrases,
    plot_speakers,
    plot_themes,
    plot_topics,
    plot_trends,
)
from .base import Chart
from .lanes import plot_dispersion, plot_money, plot_timeline
from .pairs import plot_matrix, plot_mentions, plot_network, plot_reliability

__all__ = [
    "Chart", "plot_dispersion", "plot_figure_kinds", "plot_keyness", "plot_matrix",
    "plot_mentions", "plot_money", "plot_network", "plot_periods", "plot_phrases",
    "plot_reliability", "plot_speakers", "plot_themes", "plot_timeline", "plot_topics",
    "plot_trends",
]  # fmt: skip

"""Charts: each `plot_*` takes tables and returns a `Chart`; nothing is analysed here."""

from .arcs import plot_mentions, plot_network
from .bars import (
    plot_figure_kinds,
    plot_keyness,
    plot_periods,
    plot_phrases,
    plot_speakers,
    plot_themes,
    plot_topics,
)
from .base import Chart
from .heat import plot_matrix
from .lines import plot_reliability, plot_trends
from .money import plot_money
from .places import plot_dispersion
from .timeline import plot_timeline

__all__ = [
    "Chart", "plot_dispersion", "plot_figure_kinds", "plot_keyness", "plot_matrix",
    "plot_mentions", "plot_money", "plot_network", "plot_periods", "plot_phrases",
    "plot_reliability", "plot_speakers", "plot_themes", "plot_timeline", "plot_topics",
    "plot_trends",
]  # fmt: skip

"""Charts: each `plot_*` takes tables and returns a `Chart`; nothing is analysed here."""
from .base import Chart
from .dispersion import plot_dispersion
from .figures import plot_figure_kinds, plot_money
from .speakers import plot_speakers
from .themes import (
    plot_phrases,
    plot_theme_progress,
    plot_theme_speakers,
    plot_themes,
)
from .timeline import plot_timeline

__all__ = [
    "Chart", "plot_dispersion", "plot_figure_kinds", "plot_money", "plot_phrases",
    "plot_speakers", "plot_theme_progress", "plot_theme_speakers", "plot_themes", "plot_timeline",
]

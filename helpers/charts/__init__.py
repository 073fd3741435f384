"""Charts: each `plot_*` takes tables and returns a `Chart`; nothing is analysed here."""

from .base import Chart
from .dispersion import plot_dispersion
from .figures import plot_figure_kinds, plot_money
from .matrices import plot_matrix, plot_theme_speakers
from .mentions import plot_mentions
from .network import plot_network
from .speakers import plot_reliability, plot_speakers, plot_tones
from .themes import plot_phrases, plot_theme_progress, plot_themes
from .timeline import plot_timeline

__all__ = [
    "Chart",
    "plot_dispersion",
    "plot_figure_kinds",
    "plot_matrix",
    "plot_mentions",
    "plot_money",
    "plot_network",
    "plot_phrases",
    "plot_reliability",
    "plot_speakers",
    "plot_theme_progress",
    "plot_theme_speakers",
    "plot_themes",
    "plot_timeline",
    "plot_tones",
]

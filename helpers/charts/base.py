"""What all charts share: the Chart itself, its colours, its type, and how it is saved.

Figures are made without pyplot, so nothing is left open and nothing depends on a display, and
they are drawn with one style, whatever the reader's own matplotlib settings say.
"""

from __future__ import annotations

import base64
import functools
import html
import io
import os
import tempfile
import textwrap
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import ParamSpec

import matplotlib
import pandas as pd
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.ft2font import FT2Font
from matplotlib.textpath import TextToPath

from ..text.wording import listed, plural
from .colours import GREY, INK, PALE

Taken = ParamSpec("Taken")

DPI = 150
_RULER = TextToPath()
WIDTH = 8.0  # inches: a page of a paper, and a notebook's cell
MARGIN = 0.12  # inches
TITLE_SIZE, NOTE_SIZE = 12, 8.5  # points
STYLE = {
    "font.family": ["DejaVu Sans"],
    "font.size": 9.5,
    "text.parse_math": False,
    "text.usetex": False,
    "text.color": INK,
    "axes.labelcolor": INK,
    "axes.edgecolor": GREY,
    "axes.labelsize": 9,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.axisbelow": True,
    "axes.grid": False,
    "grid.color": PALE,
    "grid.linewidth": 0.8,
    "xtick.color": GREY,
    "ytick.color": GREY,
    "xtick.labelcolor": INK,
    "ytick.labelcolor": INK,
    "figure.facecolor": "white",
    "axes.facecolor": "white",
    "savefig.facecolor": "white",
    "figure.dpi": DPI,
    "savefig.dpi": DPI,
    "svg.hashsalt": "communique",
    "svg.fonttype": "path",
    "legend.frameon": False,
    "legend.fontsize": 9,
    "hatch.linewidth": 0.6,
}


@dataclass(frozen=True, eq=False)
class Chart:
    """A picture with the words that go with it.

    figure : the matplotlib Figure.  title : what the data say, computed from them.
    alt : the picture in words, for those who do not see it.  data : the numbers drawn.
    """

    figure: Figure
    title: str
    alt: str
    data: pd.DataFrame

    def png(self) -> bytes:
        """The picture as PNG: the same bytes every time, without a time or a program's name."""
        return _rendered(self.figure, "png")

    def svg(self) -> bytes:
        """The picture as SVG, its letters as outlines: the same bytes every time."""
        return _rendered(self.figure, "svg")

    def save(self, folder: str | Path | None, name: str) -> list[Path]:
        """Writes NAME.png and NAME.svg below a folder and returns their paths.

        Each file is written under a passing name and then renamed, so that an interrupted run
        leaves the old picture or the new one.  Without a folder (None) it writes nothing and
        returns an empty list.
        """
        if folder is None:
            return []
        folder = Path(folder)
        folder.mkdir(parents=True, exist_ok=True)
        paths = [folder / f"{name}.png", folder / f"{name}.svg"]
        for path, data in zip(paths, (self.png(), self.svg()), strict=True):
            _replace(path, data)
        return paths

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        picture = base64.b64encode(self.png()).decode("ascii")
        words = f"{self.title}\n{self.alt}"
        return {
            "text/html": f'<img alt="{html.escape(words)}" style="max-width:100%;height:auto" '
            f'width="{round(self.figure.get_figwidth() * 100)}" '
            f'src="data:image/png;base64,{picture}">',
            "image/png": picture,
            "text/plain": words,
        }

    def __repr__(self) -> str:
        return f"Chart({self.title!r}, {len(self.data)} rows)"


def styled(plot: Callable[Taken, Chart]) -> Callable[Taken, Chart]:
    """A plot function that draws in the kit's look, whatever the reader's own settings say."""

    @functools.wraps(plot)
    def drawn(*args: Taken.args, **settings: Taken.kwargs) -> Chart:
        with matplotlib.rc_context(STYLE):
            return plot(*args, **settings)

    return drawn


def new_figure(
    height: float, *, rows: int = 1, ratios: Sequence[float] | None = None
) -> tuple[Figure, list[Axes]]:
    """A figure of the usual width with axes one below the other; `height` in inches, no title."""
    figure = Figure(figsize=(WIDTH, height), layout="constrained")
    axes = figure.subplots(rows, 1, squeeze=False, height_ratios=ratios)[:, 0]
    return figure, list(axes)


def finish(figure: Figure, *, title: str, note: str, alt: str, data: pd.DataFrame) -> Chart:
    """Puts the title and the note over the picture, making room for them, and makes the Chart."""
    title, note = " ".join(drawable(title).split()), drawable(note)
    head = fitted(title, TITLE_SIZE, bold=True)
    below = fitted(note, NOTE_SIZE) if note else []
    title_height = len(head) * TITLE_SIZE * 1.35 / 72
    note_height = len(below) * NOTE_SIZE * 1.4 / 72
    room = MARGIN + title_height + note_height + 0.06
    height = figure.get_figheight() + room
    figure.set_figheight(height)
    for lines, top, size, bold, colour in (
        (head, MARGIN, TITLE_SIZE, "bold", INK),
        (below, MARGIN + title_height + 0.03, NOTE_SIZE, "normal", GREY),
    ):
        figure.text(
            MARGIN / WIDTH,
            1 - top / height,
            "\n".join(lines),
            ha="left",
            va="top",
            fontsize=size,
            fontweight=bold,
            color=colour,
            linespacing=1.25,
        )
    figure.get_layout_engine().set(w_pad=MARGIN, h_pad=0.06, rect=(0, 0, 1, 1 - room / height))
    return Chart(figure, title, " ".join(drawable(alt).split()), data)


@styled
def empty_chart(nothing: str, data: pd.DataFrame) -> Chart:
    """A calm picture that says that nothing was found."""
    figure, (axes,) = new_figure(1.3)
    axes.set_axis_off()
    axes.text(
        0.5,
        0.5,
        "\n".join(fitted(nothing, TITLE_SIZE)),
        ha="center",
        va="center",
        fontsize=11,
        color=GREY,
        transform=axes.transAxes,
    )
    return Chart(figure, nothing, f"An empty chart: {nothing}", data)


def fitted(text: str, size: float, *, bold: bool = False) -> list[str]:
    """Text in lines that fit the figure's width at a size in points."""
    letters = FontProperties(family="DejaVu Sans", size=size, weight="bold" if bold else "normal")
    room = (WIDTH - 2 * MARGIN) * 72 * 0.98
    lines = [""]
    for word in text.split():
        for part in textwrap.wrap(word, 50):
            longer = f"{lines[-1]} {part}".strip()
            if _RULER.get_text_width_height_descent(longer, letters, False)[0] <= room:
                lines[-1] = longer
            else:
                lines.append(part)
    return lines


def wrapped(text: object, width: int, *, lines: int = 0) -> str:
    """Text in lines of at most so many letters; cut with "…" after so many lines (0: never).

    A single word, such as the name of a file, keeps its end as well.
    """
    text = " ".join(drawable(text).split())
    if lines == 1 and len(text) > width and " " not in text:
        return f"{text[: width // 2]}…{text[1 - (width + 1) // 2 :]}"
    found = textwrap.wrap(text, width) or [""]
    if lines and len(found) > lines:
        found = [
            *found[: lines - 1],
            textwrap.shorten(" ".join(found[lines - 1 :]), width - 1, placeholder="") + "…",
        ]
    return "\n".join(found)


def drawable(text: object) -> str:
    """Text with what the chart's font cannot draw (most emoji, Chinese) shown as "□"."""
    known = _letters()
    return "".join(
        letter
        if letter == "\n" or ord(letter) in known
        else " "
        if letter.isspace() or not letter.isprintable()
        else "□"
        for letter in str(text)[:2000]
    )


def horizontal(axes: Axes, labels: Sequence[str], *, grid: bool = True) -> None:
    """Rows for named bars: labels at the left, first on top, light lines to read along."""
    axes.set_yticks(range(len(labels)), labels)
    axes.set_ylim(len(labels) - 0.4, -0.6)
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_visible(False)
    if grid:
        axes.grid(axis="x")


def beside(
    axes: Axes, end: float, row: float, words: str, *, before: bool = False, soft: bool = False
) -> None:
    """Words behind the end of a row's bar, or before it; soft ones are small and grey."""
    axes.annotate(
        words,
        (end, row),
        xytext=(-4 if before else 4, 0),
        va="center",
        textcoords="offset points",
        ha="right" if before else "left",
        fontsize=7.5 if soft else 8.5,
        color=GREY if soft else INK,
    )


def not_drawn(*counts: tuple[int, str]) -> str:
    """What is left out, as the end of a note; nothing where all is drawn.

    >>> not_drawn((2, "theme"), (0, "document"))
    ' Not drawn: 2 themes.'
    """
    rest = listed([plural(n, noun) for n, noun in counts if n > 0])
    return f" Not drawn: {rest}." if rest else ""


@cache
def _letters() -> frozenset[int]:
    font = FT2Font(font_manager.findfont("DejaVu Sans"))
    return frozenset(font.get_charmap()) - {10}


def _rendered(figure: Figure, kind: str) -> bytes:
    buffer = io.BytesIO()
    with matplotlib.rc_context(STYLE):
        figure.set_dpi(DPI)  # writing an SVG leaves it at 72
        if kind == "png":
            canvas = FigureCanvasAgg(figure)
            canvas.print_png(buffer, metadata={"Software": None})
        else:
            canvas = FigureCanvasSVG(figure)
            canvas.print_svg(buffer, metadata={"Date": None, "Creator": None})
    return buffer.getvalue()


def _replace(path: Path, data: bytes) -> None:
    handle, passing = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        os.chmod(passing, 0o644)
        os.replace(passing, path)
    except BaseException:
        Path(passing).unlink(missing_ok=True)
        raise

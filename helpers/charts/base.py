"""What all charts share: a Chart has its words, draws itself, shows itself and saves itself.

Figures are made without pyplot, so that nothing is left open, and in the kit's own look
(`data/charts.mplstyle`), whatever the reader's settings say.
"""

from __future__ import annotations

import base64
import html
import io
import textwrap
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from pathlib import Path

import pandas as pd
from matplotlib import font_manager, rc_params_from_file, style
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ft2font import FT2Font

from ..text.wording import listed, plural
from .colours import DARK, GREY

WIDTH = 5.0  # inches; where it is shown 390 px wide, 10 points are 11 px
SHOWN = 560  # px: the width on a wide page
LARGE = 400_000  # bytes of an SVG; notebooks show the PNG instead
LOOK = rc_params_from_file(
    files("helpers").joinpath("data", "charts.mplstyle"), use_default_template=False
)
LETTERS = frozenset(FT2Font(font_manager.findfont("DejaVu Sans")).get_charmap())


@dataclass(frozen=True, eq=False)
class Chart:
    """A picture with the words that go with it.

    title : what was counted, computed from the data; data : the numbers drawn.
    alt : the picture in words; caption : how to read it, and what is not drawn.
    height : of the picture alone, in inches; 0: there is nothing to draw, and the title says so.
    paint : draws into an empty figure.
    """

    title: str
    data: pd.DataFrame
    alt: str = ""
    caption: str = ""
    height: float = 0.0
    paint: Callable[[Figure], None] = lambda figure: None

    @cached_property
    def figure(self) -> Figure:
        """The picture as matplotlib has it, drawn when it is first asked for."""
        head = textwrap.wrap(drawable(self.title), 43)
        foot = textwrap.wrap(drawable(self.caption), 64)
        height = self.height + 0.22 * len(head) + 0.17 * len(foot) + 0.1
        with style.context(LOOK, after_reset=True):
            figure = Figure(figsize=(WIDTH, height))
            self.paint(figure)
            figure.suptitle("\n".join(head), x=0.015, ha="left")
            figure.supxlabel("\n".join(foot), x=0.015, ha="left", color=GREY)
            figure.draw_without_rendering()  # every layout differs a little from the one before
            figure.set_layout_engine("none")
        return figure

    @cached_property
    def _files(self) -> dict[str, bytes]:
        found, figure = {}, self.figure
        metadata = {"png": {"Software": None}, "svg": {"Date": None, "Creator": None}}
        with style.context(LOOK, after_reset=True):
            for kind, without in metadata.items():
                figure.savefig(buffer := io.BytesIO(), format=kind, metadata=without)
                found[kind] = buffer.getvalue()
        found["svg"] = found["svg"].replace(b"</style>", DARK.encode() + b"</style>", 1)
        return found

    def png(self) -> bytes:
        """The picture as PNG, on white: the same bytes every time."""
        return self._files["png"]

    def svg(self) -> bytes:
        """The picture as SVG, letters as outlines: on white, but light where a page is dark."""
        return self._files["svg"]

    def save(self, folder: str | Path | None, name: str) -> Chart:
        """Writes NAME.png and NAME.svg into a folder (None: writes nothing); returns the chart.

        >>> Chart("No quotes were found", pd.DataFrame()).save(None, "speakers")
        Chart('No quotes were found')
        """
        if folder is not None and self.height:
            Path(folder).mkdir(parents=True, exist_ok=True)
            Path(folder, f"{name}.png").write_bytes(self.png())
            Path(folder, f"{name}.svg").write_bytes(self.svg())
        return self

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        words = html.escape(_printable(f"{self.title}. {self.alt}"))
        if not self.height:
            return {"text/html": f"<p>{words}</p>", "text/plain": self.title}
        png, svg = self.png(), self.svg()
        kind, data = ("svg+xml", svg) if len(svg) < LARGE else ("png", png)
        return {
            "text/html": f'<img alt="{words}" style="width:100%;max-width:{SHOWN}px;height:auto" '
            f'src="data:image/{kind};base64,{base64.b64encode(data).decode()}">',
            "image/png": base64.b64encode(png).decode(),
            "text/plain": f"{self.title}\n{self.alt}",
        }

    def __repr__(self) -> str:
        return f"Chart({self.title!r})"


def lanes(axes: Axes, names: Sequence[object], *, width: int = 22) -> None:
    """Rows with a name of at most two lines at the left, the first on top."""
    axes.set_yticks(range(len(names)), [wrapped(name, width, lines=2) for name in names])
    axes.set_ylim(len(names) - 0.4, -0.6)
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_visible(False)


def legend(axes: Axes) -> None:
    """The legend above the picture, where it covers nothing."""
    axes.legend(loc="lower right", bbox_to_anchor=(1, 1), ncols=3)


def leading(what: str, sizes: pd.Series, size: str, *, alone: str = "") -> str:
    """The names of the largest in words: "Most quoted: Li and Xu, 2 of 5 quotes each".

    sizes : {name: size}; size : the largest in words; alone : added where there is only one.
    """
    first = [str(name) for name in sizes.index[sizes == sizes.max()]]
    names = listed(first) if len(first) < 4 else f"{len(first):,} alike"
    return f"{what}: {names}, {size}{' each' if len(first) > 1 else alone}"


def not_drawn(*counts: tuple) -> str:
    """What is left out, by numbers and nouns, as the end of a caption: " Not drawn: 2 themes."."""
    rest = listed([plural(*count) for count in counts if count[0] > 0])
    return f" Not drawn: {rest}." if rest else ""


def wrapped(text: object, width: int, *, lines: int | None = None) -> str:
    """Text in lines of at most so many letters; what is cut after so many lines ends in "…".

    A single word, such as the name of a file, keeps its end as well.
    """
    text = drawable(text)
    if lines == 1 and len(text) > width and " " not in text:
        return f"{text[: width // 2]}…{text[1 - (width + 1) // 2 :]}"
    return "\n".join(textwrap.wrap(text, width, max_lines=lines, placeholder="…"))


def drawable(text: object) -> str:
    """Text in one line, with what the charts' font cannot draw (emoji, Chinese) as "□"."""
    return "".join(c if ord(c) in LETTERS else "□" for c in _printable(str(text)[:2000]))


def _printable(text: str) -> str:
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())

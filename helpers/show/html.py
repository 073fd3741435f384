"""HTML for notebooks: every text escaped, every style inline, legible on light and dark pages.

JupyterLab drops `<style>` from notebooks that are not trusted, so each element carries its own;
and since a page may be dark, each block says both its colour and its background.
"""
from __future__ import annotations

import html
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

INK, GREY, LINE, PAPER, SHADE = "#1a1a1a", "#595959", "#d9d9d9", "#ffffff", "#f5f5f5"
SANS = "font-family:system-ui,-apple-system,'Segoe UI','Helvetica Neue',Arial,sans-serif"
SERIF = "font-family:Charter,'Bitstream Charter','Iowan Old Style',Georgia,'DejaVu Serif',serif"


@dataclass(frozen=True)
class Html:
    """Something to look at: `html` for notebooks and reports, `text` for where there is none."""

    html: str
    text: str

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        return {"text/html": self.html, "text/plain": self.text}

    def __repr__(self) -> str:
        return self.text


def escaped(text: object) -> str:
    """Text as HTML shows it, letter by letter; control characters, which it forbids, are "�".

    >>> escaped('<b title="x">\\x00')
    '&lt;b title=&quot;x&quot;&gt;�'
    """
    return html.escape(str(text).translate(_FORBIDDEN))


def element(tag: str, style: str, *inner: str, **attributes: str) -> str:
    """An element with its inline style; `inner` is HTML already, attributes are escaped here.

    >>> element("b", "color:#000", "x", title='"')
    '<b style="color:#000" title="&quot;">x</b>'
    """
    more = "".join(f' {name}="{escaped(value)}"' for name, value in attributes.items() if value)
    return f'<{tag} style="{html.escape(style)}"{more}>{"".join(inner)}</{tag}>'


def tint(colour: str, share: float) -> str:
    """A colour mixed with white: share 0 is white, 1 the colour itself.

    >>> tint("#0072B2", 0.0), tint("#0072B2", 1.0)
    ('#ffffff', '#0072b2')
    """
    parts = [int(colour[i:i + 2], 16) for i in (1, 3, 5)]
    return "#" + "".join(f"{round(255 - share * (255 - part)):02x}" for part in parts)


def on(colour: str) -> str:
    """The colour of letters on a background: black or white, whichever stands out more.

    >>> on("#F0E442"), on("#0072B2")
    ('#000000', '#ffffff')
    """
    parts = [int(colour[i:i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    light = sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear,
                                                      strict=True))
    return "#000000" if (light + 0.05) / 0.05 > 1.05 / (light + 0.05) else "#ffffff"


@cache
def sorting_script() -> str:
    """The script that makes tables marked `data-sortable` sortable; it holds nothing of a text."""
    return files("helpers").joinpath("data", "sortable.js").read_text("utf-8")


_FORBIDDEN = {code: "\ufffd" for code in [*range(9), 11, *range(14, 32), 127,
                                          *range(0xD800, 0xE000)]}

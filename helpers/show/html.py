"""HTML for notebooks: every text escaped, every style inline, legible on light and dark pages.

JupyterLab drops `<style>` from notebooks that are not trusted, so each element carries its own;
and since a page may be dark, each block says both its colour and its background.
"""

from __future__ import annotations

import html
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from ..charts.colours import GREY, INK

LINE, PAPER, SHADE = "#d9d9d9", "#ffffff", "#f5f5f5"
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


def page(*inner: str, below: str = "", more: str = "") -> str:
    """A block that is legible on light and dark pages, with a grey line of text below it.

    inner : HTML already; more : style.
    """
    return element(
        "div",
        f"{SANS};font-size:13px;line-height:1.45;color:{INK};background:{PAPER};"
        f"padding:6px 10px;{more}",
        *inner,
        *([element("div", f"color:{GREY};padding:6px 0 2px;", escaped(below))] * bool(below)),
    )


@cache
def sorting_script() -> str:
    """The script that makes tables marked `data-sortable` sortable; it holds nothing of a text."""
    return files("helpers").joinpath("data", "sortable.js").read_text("utf-8")


_FORBIDDEN = {
    code: "\ufffd" for code in [*range(9), 11, *range(14, 32), 127, *range(0xD800, 0xE000)]
}

"""HTML for notebooks and the report: the same templates, everything escaped, two ways to look.

In the report the look of a thing is a class, and its style sheet knows the rest.  JupyterLab drops
`<style>` from notebooks that are not trusted, so each element carries its style there, from
`data/looks.toml`; those name neither ink nor paper, so that a page stays light or dark.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from ..charts.colours import COLOURS, on
from ..text import read_tables
from ..text.data import DATA
from ..text.wording import figure_label, known, listed, number, pen, plural

OTHERS = "#8a8a8a"  # speakers and themes for which no colour is left
UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]")

Look = Callable[..., Markup]


@dataclass(frozen=True)
class Html:
    """Something to look at: `html` for notebooks and reports, `text` for where there is none."""

    html: str
    text: str

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        return {"text/html": self.html, "text/plain": self.text}

    def __repr__(self) -> str:
        return self.text


@dataclass(frozen=True)
class Column:
    """A column of a table: its name, and where its cells come from."""

    name: str
    key: object = ""  # of a row
    look: str = ""  # of its cells
    cell: str = "text"  # the macro that writes them
    by: object = ""  # the key of what it is sorted by, where that is not what it shows


def shown(words: object) -> str:
    """Words without the characters that HTML cannot hold."""
    return UNSEEN.sub("\ufffd", str(words))


def by_class(names: str, who: int | None = None) -> Markup:
    """The look of a thing in the report; who : the number of a colour, from 1; 0 is grey.

    >>> by_class("quote direct", 2)
    Markup('class="quote direct s2"')
    """
    return Markup('class="{}"').format(names if who is None else f"{names} s{who}")


@cache
def by_style(names: str, who: int | None = None) -> Markup:
    """The look of a thing in a notebook.

    >>> by_style("source", 1)
    Markup('style="border-bottom:2px solid rgb(0,114,178);"')
    """
    colour = COLOURS[who - 1] if who else OTHERS
    parts = ",".join(str(int(colour[at : at + 2], 16)) for at in (1, 3, 5))
    looks = read_tables("looks.toml")
    style = "".join(looks.get(name, "") for name in names.split())
    style = style.replace("{who}", parts).replace("{on}", on(colour))
    return Markup('style="{}"').format(style) if style else Markup("")


@cache
def templates(look: Look) -> Environment:
    """The templates in `data`, which ask `look` how things look."""
    strict = {"autoescape": True, "undefined": StrictUndefined, "finalize": _plain}
    made = Environment(
        loader=FileSystemLoader(DATA), trim_blocks=True, lstrip_blocks=True, **strict
    )
    made.globals |= {"look": look, "col": Column, "script": sorting_script, "number": number}
    made.globals["page"] = look is by_class
    made.filters["pen"] = pen
    return made


def page(inner: str, text: str, *, below: str = "", **more: object) -> Html:
    """A block to look at, as Markup and as text, with a line below it; more : caption, sortable."""
    html = macros("block", inner, below=below, **more)
    return Html(str(html), "\n".join(filter(None, [text, below])))


def macros(name: str, *arguments: object, **more: object) -> Markup:
    """What a macro of `data/show.html.j2` makes of the arguments in a notebook."""
    module: Any = templates(by_style).get_template("show.html.j2").module
    return getattr(module, name)(*arguments, **more)


def written(name: str, /, **facts: object) -> str:
    """What a template of `data` makes of facts as plain text, or as JSON."""
    return plain_templates().get_template(name).render(facts).strip() + "\n"


@cache
def plain_templates() -> Environment:
    """The templates whose text is no HTML: nothing is escaped in them but by themselves."""
    made = templates(by_class).overlay(autoescape=False)
    made.policies = made.policies | {"json.dumps_kwargs": {"ensure_ascii": False}}
    made.globals |= {"count": plural, "listed": listed, "label": figure_label, "known": known}
    return made


@cache
def sorting_script() -> str:
    """The script that makes tables marked `data-sortable` sortable; it holds nothing of a text."""
    return (DATA / "sortable.js").read_text("utf-8")


def _plain(value: object) -> object:
    """What a template writes: nothing for a missing value, and no characters HTML cannot hold."""
    return value if isinstance(value, Markup) else shown(value) if known(value) else ""

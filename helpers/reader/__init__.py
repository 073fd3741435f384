"""The reader: the trained model that finds who says what, and what an amount measures.

Another may find the quotes, `find_quotes(documents, reader=OTHER)`: a call that takes a `Doc` and
gives its statements, each an `Attribution` without `signs`, and `read(doc)`, which tells speakers.
"""

from collections.abc import Callable

from ..text import Doc, large_view
from .attribution import Attribution, Span, Spans
from .encoder import Reading, readings_of
from .measures import Measure, Measures
from .statements import FEATURES, statements

__all__ = [
    "FEATURES", "Attribution", "Found", "Measure", "Reader", "Reading", "Span", "Spans", "measures",
    "read", "read_statements",
]  # fmt: skip

Found = tuple[list[Attribution], list[Reading]]
Reader = Callable[[Doc], Found]
TOGETHER = 48  # readings that are worked off together: what bounds the memory of a long text


@large_view
def read_statements(doc: Doc) -> Found:
    """The statements of a text, before their speakers are known, and the readings of `read`.

    >>> text = "The mayor said the bridge would open in May."
    >>> [text[a:b] for one in read_statements(text)[0] for a, b in one.source]
    ['The mayor']
    """
    read = readings_of(doc)
    found: list[Attribution] = []
    kept: list[Reading] = []
    for first in range(0, len(read.parts), TOGETHER):
        block = [read.whole(k) for k in range(len(read.parts))[first : first + TOGETHER]]
        found += statements(block, read.model.numbers)
        kept += [reading.slim() for reading in block]
    return found, kept


def read(text: str | Doc) -> list[Reading]:
    """The readings of a text's paragraphs, in order, with what tells names and same mentions."""
    return read_statements(text)[1]


@large_view
def measures(doc: Doc) -> Measures:
    """What answers for the amounts of a text: a call with an amount's place and those of times.

    >>> text = "The bridge will cost $40 million."
    >>> found = measures(text)((21, 32), [])
    >>> text[slice(*found.of)]
    'bridge'
    """
    return Measures(doc)

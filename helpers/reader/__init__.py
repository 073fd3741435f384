"""The reader: the trained model that finds who says what, and what an amount measures."""

from collections.abc import Sequence

from .attribution import Attribution, Span, Spans
from .encoder import Reading, load, readings
from .measures import Measure, Measures
from .statements import FEATURES, statements

__all__ = [
    "FEATURES",
    "Attribution",
    "Measure",
    "Reading",
    "Span",
    "Spans",
    "measures",
    "read",
    "read_statements",
]


def read(text: str) -> list[Reading]:
    """The readings of a text's paragraphs, in order."""
    return list(readings(text, load()))


def read_statements(text: str) -> list[Attribution]:
    """The statements of a text, before their speakers are known.

    >>> text = "The mayor said the bridge would open in May."
    >>> [text[a:b] for one in read_statements(text) for a, b in one.source]
    ['The mayor']
    """
    return statements(read(text), load().numbers)


def measures(text: str, places: Sequence[int]) -> Measures:
    """What answers for the amounts that begin at some places of a text, in order.

    >>> text = "The bridge will cost $40 million."
    >>> found = measures(text, [21])((21, 32), [])
    >>> text[slice(*found.of)]
    'bridge'
    """
    model = load()
    return Measures(text, list(readings(text, model, places=places)), model.numbers)

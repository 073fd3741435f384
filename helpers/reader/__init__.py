"""The reader: the trained model that finds who says what, and what an amount measures."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

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


TOGETHER = 48  # readings


def read(text: str) -> list[Reading]:
    """The readings of a text's paragraphs, in order, with what tells names and same mentions."""
    return [reading.slim() for block in _blocks(readings(text, load())) for reading in block]


def read_statements(text: str) -> tuple[list[Attribution], list[Reading]]:
    """The statements of a text, before their speakers are known, and the readings of `read`.

    >>> text = "The mayor said the bridge would open in May."
    >>> [text[a:b] for one in read_statements(text)[0] for a, b in one.source]
    ['The mayor']
    """
    found: list[Attribution] = []
    kept: list[Reading] = []
    model = load()
    for block in _blocks(readings(text, model)):
        found += statements(block, model.numbers)
        kept += [reading.slim() for reading in block]
    return found, kept


def _blocks(read: Iterable[Reading]) -> Iterator[list[Reading]]:
    """Readings in groups that are worked off together: what bounds the memory of a long text."""
    read = iter(read)
    while block := list(islice(read, TOGETHER)):
        yield block


def measures(text: str, places: Sequence[int]) -> Measures:
    """What answers for the amounts that begin at some places of a text, in order.

    >>> text = "The bridge will cost $40 million."
    >>> found = measures(text, [21])((21, 32), [])
    >>> text[slice(*found.of)]
    'bridge'
    """
    model = load()
    return Measures(text, list(readings(text, model, places=places)), model.numbers)

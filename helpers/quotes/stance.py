"""Stance: is a statement said to be made, denied, asked, or only thought of?"""

from __future__ import annotations

from functools import partial

from ..reader import Attribution
from ..text import read_pattern

AFFIRMED, NEGATED, ASKED, HYPOTHETICAL = "affirmed", "negated", "asked", "hypothetical"
NEGATION, NOBODY, QUESTION, OPENING, THOUGHT_OF, CONDITION = map(
    partial(read_pattern, "quotes_patterns.toml"),
    ("negation", "nobody", "question", "opening", "thought_of", "condition"),
)
BEFORE = 60  # characters before a source in which "if" may stand


def stance_of(text: str, found: Attribution) -> str:
    """`affirmed`, `negated` ("did not say that"), `asked`, or `hypothetical` ("if he says").

    Read off the cue, the word before the source, and the end of the content. Not caught: irony,
    and a negation that stands farther away ("It is not true that she said …").

    >>> cue = Attribution(content=((17, 27),), cue=((3, 12),), source=((0, 2),))
    >>> stance_of("He never said that it rained.", cue)
    'negated'
    """
    cue = " ".join(text[a:b] for a, b in found.cue)
    source = text[slice(*found.source[0])] if found.source else ""
    content = text[slice(*found.content[0])]
    last = text[slice(*found.content[-1])].rstrip("\"”’' ")
    if NEGATION.search(cue) or cue and NOBODY.match(source):
        return NEGATED
    if QUESTION.search(cue) and (OPENING.match(content) or last.endswith("?")):
        return ASKED
    if found.kind != "indirect" and last.endswith("?"):
        return ASKED
    anchor = min((s for spans in (found.source, found.cue) for s, _ in spans), default=None)
    spoken = found.content if found.kind == "direct" and anchor is not None else ()
    said = max((end for _, end in spoken if end <= anchor), default=0)
    before = text[max(said, anchor - BEFORE) : anchor] if anchor is not None and cue else ""
    if THOUGHT_OF.search(cue) or CONDITION.search(before.rpartition(".")[2]):
        return HYPOTHETICAL
    return AFFIRMED

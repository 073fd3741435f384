"""Stance: is a statement said to be made, denied, asked, or only thought of?"""

from __future__ import annotations

import re

from ..reader import Attribution

AFFIRMED, NEGATED, ASKED, HYPOTHETICAL = "affirmed", "negated", "asked", "hypothetical"
NEGATION = re.compile(  # did not say, never claimed, declined to say, denied
    r"\b(?:not|never|no longer|cannot|den(?:y|ies|ied|ying)|refut\w+|disavow\w*"
    r"|rul(?:e|es|ed|ing) out|refus\w+|declin\w+|fail\w*|stop\w* short)\b|n['’]t\b",
    re.I)  # fmt: skip
NOBODY = re.compile(r"(?:nobody|no one|none|neither)\b", re.I)
QUESTION = re.compile(
    r"\b(?:ask(?:s|ed|ing)?|wonder\w*|inquir\w+|enquir\w+|question(?:s|ed|ing)?|quer(?:y|ies|ied))\b",
    re.I)  # fmt: skip
OPENING = re.compile(r"(?:if|whether|who|what|when|where|why|how|which)\b", re.I)
THOUGHT_OF = re.compile(r"\b(?:would|could|might|may|should|were to)\b", re.I)
CONDITION = re.compile(r"\b(?:if|unless|suppose|supposing|imagine)\s+(?:\S+\s+){0,6}\Z", re.I)
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

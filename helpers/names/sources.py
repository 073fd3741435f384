"""Sources: the names that a source phrase holds itself, and the labels of transcripts."""

from __future__ import annotations

import re
from bisect import bisect_left

from ..tokens import Annotated, annotate
from .entities import MOST_LOOKED_AT, Cast, Entity
from .lists import COURTESY, GROUPS, ORGANISATIONS, PRESS, TIME_NOUNS, is_role
from .mentions import ORGANISATION, PERSON, UNKNOWN, mentions
from .offices import role_before
from .phrases import Phrase, gender_of

Span = tuple[int, int]

MENTIONED = re.compile(
    r"\b(?:who|which|whose|of|for|at|to|with|by|from|in|including|like)\b|such as"
)
INTERVIEW = re.compile(
    r"\b(?:interview|conversation|q ?& ?a|(?:speaks?|spoke|talks?|talked|sat down|chat) (?:to|with)"
    r"|we (?:asked|met|called)|in (?:his|her) own words)",
    re.I,
)
MOST_INTRODUCED = 4000  # letters before the first question
APPOSING = frozenset((*",(—–―:-", "--"))


def names_in(note: Annotated, cast: Cast, phrase: Phrase) -> tuple[list[Entity], list[Entity]]:
    """People and organisations that are the source themselves, not those it only mentions."""
    head_start, head_end = phrase.offsets[phrase.head]
    core = phrase.offsets[phrase.core_end - 1][1]
    people: list[Entity] = []
    organisations: list[Entity] = []
    last = core
    for start, end, entity, mention in cast.between(phrase.start - 12, phrase.end):
        if end <= phrase.start:
            continue
        between = note.text[head_end:start]
        listed = end <= head_start and re.match(r"\s*(?:,|and\b|&)", note.text[end:head_start])
        apposed = (
            start >= core
            and phrase.words[phrase.core_end] in APPOSING
            and not MENTIONED.search(between)
        )
        title = role_before(note, mention.token) if start > head_end else None
        opening = note.starts[title[1] if title else mention.token]
        shared = title is not None and end >= core and is_role(phrase.noun) and " and " in between
        if not (opening <= head_start < end or listed or apposed or shared):
            continue  # shared: "Former Secretary of State and candidate Ann Lee"
        alone = mention.words[0].lower() if len(mention.words) == 1 else ""
        if alone and entity.kind == UNKNOWN:
            if alone in ORGANISATIONS and phrase.words[0] == "the":
                continue  # "The Company", a description with a capital
            if (
                mention.opens
                and (not (entity.votes or entity.inside) or alone in GROUPS)
                and phrase.tags[0] != "PROPN"
            ):
                continue
        last = start
        if entity.kind == PERSON:
            people += [entity] if entity not in people else []
        elif not apposed or phrase.tags[phrase.head] != "PROPN":
            organisations.append(entity)  # "Dean, a Committee chairman" is not the Committee
    if not re.search(r"\band\b|&", phrase.text[: max(last, core) - phrase.start]):
        people, organisations = people[:1], organisations[:1]
    return people, organisations


def labelled(note: Annotated, cast: Cast, phrase: Phrase) -> Entity | None:
    """`WS` before a colon is Wendeline Strobach, `SMITH` is Ann Smith."""
    text = phrase.text
    behind = note.text[phrase.end : phrase.end + 1]
    if behind != ":" or not text.isupper():
        return None
    named = [e for e in cast.entities[:MOST_LOOKED_AT] if len(e.words) > 1]
    for entity in named:
        if "".join(w[0] for w in entity.words) == text and len(text) > 1:
            return entity
    for entity in named:
        if entity.words[-1].upper() == text.split()[-1] and entity.name.upper() != text:
            return entity
    if len(text) > 4 and not is_role(phrase.noun):
        words = [w for w in text.split() if w.lower().rstrip(".") not in COURTESY] or [text]
        return Entity(" ".join(words), PERSON, tuple(words))
    return None


def is_turn_letter(note: Annotated, span: Span) -> bool:
    """Is a source the `Q` or `A` in front of a question or an answer, and so no name?"""
    return note.text[slice(*span)] in ("Q", "A") and note.text[span[1] : span[1] + 1] in (":", ".")


def interviewee(note: Annotated, cast: Cast, first: int, *, title: str | None) -> Entity | None:
    """The only person named before the first question, where an interview is announced."""
    begin = max(0, first - MOST_INTRODUCED)
    if not INTERVIEW.search(f"{title or ''}\n{note.text[begin:first]}"):
        return None
    named = {id(e): e for _, _, e, _ in cast.between(begin, first)}.values()
    people = [e for e in named if e.kind == PERSON]
    people = people or [e for e in named if e.kind == UNKNOWN and len(e.words) > 1]
    return people[0] if len(people) == 1 else None


def signing(cast: Cast, author: str | None) -> Entity | None:
    """The person who signs a text, by its author line; None for a body, or several people."""
    names = mentions(annotate(author)) if author else []
    if len(names) != 1 or names[0].kind == ORGANISATION or len(names[0].words) < 2:
        return None
    words = names[0].words
    if {word.lower() for word in words} & (ORGANISATIONS | PRESS | GROUPS):
        return None  # Evening Post Staff
    for entity in cast.entities:
        if entity.kind != ORGANISATION and (entity.words[0], entity.words[-1]) == (
            words[0],
            words[-1],
        ):
            entity.kind = PERSON
            return entity
    return Entity(names[0].text, PERSON, words, names[0].role)


def noun_before(note: Annotated, place: int) -> Span:
    """The noun phrase in front of "who", "which"; empty where there is none."""
    last = bisect_left(note.starts, place) - 1
    while last >= 0 and note.words[last].lower() in (",", "and", "or", "but"):
        last -= 1
    last = _before_a_time(note, last)
    k = last
    while k > 0 and last - k < 12:
        previous, low = note.pos[k - 1], note.words[k - 1].lower()
        if previous in ("NOUN", "PROPN", "ADJ", "NUM") or low in ("of", "-", "'s", "’s", "and"):
            k -= 1
        elif previous == "DET" or low in ("his", "her", "its", "their"):
            k -= 1
            if k < 2 or note.words[k - 1].lower() != "of":
                break
        else:
            break
    while k < last and note.words[k].lower() in ("of", "and", "'s", "’s", "-"):
        k += 1
    bare = note.pos[k] == "NOUN" and not note.words[k].endswith("s")
    if bare:  # "took note of the report, which": the report
        k = next((j + 1 for j in range(k, last) if note.words[j].lower() == "of"), k)
    return (note.starts[k], note.ends[last]) if last >= 0 else (place, place)


def _before_a_time(note: Annotated, last: int) -> int:
    """The last word of "the guidance for the year" that is not about when: guidance."""
    k = last
    while k > 0 and (note.words[k].lower() in TIME_NOUNS or note.pos[k] in ("DET", "NUM", "ADJ")):
        k -= 1
    timed = k < last and note.words[last].lower() in TIME_NOUNS
    noun = k > 0 and note.pos[k] == "ADP" and note.pos[k - 1] in ("NOUN", "PROPN")
    return k - 1 if timed and noun else last


def own_entity(phrase: Phrase, kind: str) -> Entity:
    """A source under its own words, for want of a name."""
    words = phrase.own_words()
    return Entity(words, kind, tuple(words.split()), gender=gender_of(phrase))

"""Quotation marks of all houses, apostrophes, inches, odd and nested marks."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.text.marks import quotations

# (id, text, [(inner text, depth, closed, continues)])
CASES = [
    ("curly", "“Yes,” he said.", [("Yes,", 0, True, False)]),
    ("straight", '"Yes," he said. "No."', [("Yes,", 0, True, False), ("No.", 0, True, False)]),
    ("single, apostrophe inside", "‘It’s late,’ he said.", [("It’s late,", 0, True, False)]),
    ("single, plural possessive inside", "'The workers' rights matter,' he said.",
     [("The workers' rights matter,", 0, True, False)]),
    ("typewriter", "''Queen of the West,'' and ``Not I,'' she said.",
     [("Queen of the West,", 0, True, False), ("Not I,", 0, True, False)]),
    ("german", "„So ist es“, sagte er.", [("So ist es", 0, True, False)]),
    ("french", "«Oui,» said he.", [("Oui,", 0, True, False)]),
    ("french, spaced", "« Oui », said he.", [("Oui", 0, True, False)]),
    ("reversed guillemets", "»Gut«, said she.", [("Gut", 0, True, False)]),
    ("single guillemets", "‹Gut›, said she.", [("Gut", 0, True, False)]),
    ("swedish", "”Hej”, said she.", [("Hej", 0, True, False)]),
    ("mixed kinds of one mark", "“Yes,\" he said.", [("Yes,", 0, True, False)]),
    ("nested", "“She said ‘go’ twice,” he said.",
     [("She said ‘go’ twice,", 0, True, False), ("go", 1, True, False)]),
    ("nested, british", "‘She said “go” twice,’ he said.",
     [("She said “go” twice,", 0, True, False), ("go", 1, True, False)]),
    ("nested, the same mark", "“He said “go” and left” today.",
     [("He said “go” and left", 0, True, False), ("go", 1, True, False)]),
    ("each paragraph opens", "“One.\n“Two.\n“Three.”",
     [("One.", 0, False, False), ("Two.", 0, False, True), ("Three.", 0, True, True)]),
    ("a later paragraph only closes", "“One.\nTwo.” Then “Three.”",
     [("One.", 0, False, False), ("Two.", 0, True, True), ("Three.", 0, True, False)]),
    ("a middle paragraph without marks", "“One.\nTwo.\nThree.”", [("One.", 0, False, False)]),
    ("odd mark holds to its paragraph", "“One.\nTwo. “Three.”",
     [("One.", 0, False, False), ("Three.", 0, True, False)]),
    ("odd mark before another", "“A. He went “B.” then.", [("A.", 0, False, False), ("B.", 0, True, False)]),
    ("odd mark, the cue inside", '"Nobody asked us, she said on Monday. It rained.', [("Nobody asked us", 0, False, False)]),
    ("odd mark, the cue behind a question", "“Is it safe? the mayor asked.", [("Is it safe?", 0, False, False)]),
    ("odd mark, somebody told of", '"We came, he said no, and we left.', [("We came, he said no, and we left.", 0, False, False)]),
    ("a stray closing mark", "One.” Two. “Three.”", [("Three.", 0, True, False)]),
    ("inches", "A 12\" pizza, 6'2\" tall, and \"yes\".", [("yes", 0, True, False)]),
    ("inches inside", '"It is 12" wide now," he said.', [('It is 12" wide now,', 0, True, False)]),
    ("a number before the closing mark", '"We have 12", he said.', [("We have 12", 0, True, False)]),
    ("elisions", "Rock 'n' roll, 'em and the ’90s.", []),
    ("contractions", "It's the dogs' dinner, isn't it?", []),
    ("names", "O'Neill and d’Estaing left.", []),
    ("empty", '"" and “ ”', []),
]


@pytest.mark.parametrize("text, expected", [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_marks(text: str, expected: list[tuple]) -> None:
    assert [(text[slice(*q.inner)], q.depth, q.closed, q.continues) for q in quotations(text)] == expected


@settings(max_examples=80, deadline=None)
@given(st.text(alphabet="“”„«»‹›\"'‘’`´,.-—1s ab\n", max_size=80))
def test_any_marks(text: str) -> None:
    before = -1
    for q in quotations(text):
        assert 0 <= q.start <= q.inner[0] < q.inner[1] <= q.end <= len(text)
        assert q.start > before and "\n" not in text[q.start : q.end]
        before = q.start

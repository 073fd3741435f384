"""Names: who a source is, by kind of reference."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.names import merge_speakers, speakers_of
from helpers.names.entities import cast_of
from helpers.names.mentions import mentions
from helpers.quotes import quotes_in
from helpers.quotes.finder import attributions
from helpers.tokens import annotate

LEE_AND_ROE = ("Transport Minister Ann Lee met Mayor Bob Roe in Zell on Monday. Ms Lee brought plans; "
               "Mr Roe had none.\n\n")
FARROWS = ("Wesley Farrow, 66, who directs, met Jonah Farrow, 63, who keeps the books. "
           "They are brothers.\n\n")
FIRM = "Zell Water plc, the utility, raised its prices in May.\n\n"

# (id, text, speaker of the last quote, kind, role)
CASES = [
    ("full name and title", LEE_AND_ROE + "Transport Minister Ann Lee said it was late.",
     "Ann Lee", "person", "Transport Minister"),
    ("surname", LEE_AND_ROE + "Roe said it was late.", "Bob Roe", "person", "Mayor"),
    ("courtesy title", LEE_AND_ROE + "Mr Roe said it was late.", "Bob Roe", "person", "Mayor"),
    ("given name", LEE_AND_ROE + "Ann said it was late.", "Ann Lee", "person", "Transport Minister"),
    ("title alone", LEE_AND_ROE + "The minister said it was late.", "Ann Lee", "person",
     "Transport Minister"),
    ("other title alone", LEE_AND_ROE + "The mayor said it was late.", "Bob Roe", "person", "Mayor"),
    ("another minister", LEE_AND_ROE + "The finance minister said it was late.",
     "finance minister", "unnamed", None),
    ("she", LEE_AND_ROE + "She said it was late.", "Ann Lee", "person", "Transport Minister"),
    ("he", LEE_AND_ROE + "He said it was late.", "Bob Roe", "person", "Mayor"),
    ("he, after another spoke",
     LEE_AND_ROE + "Roe said it was late. Lee nodded. He said it was too late.",
     "Bob Roe", "person", "Mayor"),
    ("age", FARROWS + "The 63-year-old said it was late.", "Jonah Farrow", "person", None),
    ("the elder", FARROWS + "The elder said it was late.", "Wesley Farrow", "person", None),
    ("the younger Farrow", FARROWS + "The younger Farrow said it was late.", "Jonah Farrow",
     "person", None),
    ("what he does", FARROWS + "The bookkeeper said it was late.", "Jonah Farrow", "person", None),
    ("his brother", FARROWS + "“I ran,” Wesley Farrow said.\n\n“He hid,” his brother said.",
     "Jonah Farrow", "person", None),
    ("one surname, two people", FARROWS + "Jonah Farrow said it was late.", "Jonah Farrow",
     "person", None),
    ("surname means the last one", FARROWS + "Wesley Farrow left. Farrow said it was late.",
     "Wesley Farrow", "person", None),
    ("role behind the name", "Hugh Hill, a doctor, said it was late.", "Hugh Hill", "person",
     "doctor"),
    ("role before the name", "The team director, Hugh Hill, said it was late.", "Hugh Hill",
     "person", "team director"),
    ("role with of", "The head of the council, Hugh Hill, said it was late.", "Hugh Hill", "person",
     "head"),
    ("title of a state", "Minister of State Shri Alok Nath Singh said it was late.",
     "Alok Nath Singh", "person", "Minister of State"),
    ("many capitals are no headline", "New Zell: Union Road Minister Shri Raghav Desh today opened the "
     "National Millet Mission. Shri Desh said it was late.", "Raghav Desh", "person",
     "Union Road Minister"),
    ("headline", "Ann Lee Says Plan Could Work Again\n\nMayor Ann Lee left. Lee said it was late.",
     "Ann Lee", "person", "Mayor"),
    ("a name that is an office", "Howard Dean left. Dean, a former party chairman, said it was late.",
     "Howard Dean", "person", "former party chairman"),
    ("a president by surname only", "Obama Speaks\n\nPresident Obama and Vice President Joe Bell met. "
     "The president said it was late.", "Obama", "person", "President"),
    ("a country", "North Korea said it was late.", "North Korea", "organisation", None),
    ("excellency", "H.E. Mr. Marat Iskakov said it was late.", "Marat Iskakov", "person", None),
    ("party word", "Republican Donald Hart left. Hart said it was late.", "Donald Hart", "person",
     None),
    ("particle", "Brechtje van Wallen, 34, fell. Van Wallen said it was late.",
     "Brechtje van Wallen", "person", None),
    ("company", FIRM + "The company said it was late.", "Zell Water plc", "organisation", None),
    ("its short name", FIRM + "Zell Water said it was late.", "Zell Water plc", "organisation", None),
    ("it", FIRM + "Zell Water met its critics. It said it was late.", "Zell Water plc",
     "organisation", None),
    ("spokesman", FIRM + "A spokesman for Zell Water said it was late.", "Zell Water plc",
     "organisation", None),
    ("named spokesman", FIRM + "Zell Water spokesman Hugh Hill said it was late.", "Hugh Hill",
     "person", "spokesman"),
    ("website", FIRM + "It was late, according to the company's website.", "Zell Water plc",
     "organisation", None),
    ("acronym", "The Asian Road Bank (ARB) met. ARB said it was late.", "Asian Road Bank",
     "organisation", None),
    ("head of the name", "The Brindle Hill Zoo closed. The zoo said it was late.",
     "Brindle Hill Zoo", "organisation", None),
    ("report", "A report by the council said it was late.", "report by the council", "document",
     None),
    ("group", "Several members said it was late.", "Several members", "group", None),
    ("analysts of somebody", "Analysts at Pennick Gould said it was late.",
     "Analysts at Pennick Gould", "group", None),
    ("unnamed", "A senior official said it was late.", "senior official", "unnamed", None),
    ("I in a quotation", "“I said it was late,” Ann Lee said.", "Ann Lee", "person", None),
    ("nobody", "It is rumoured that it was late.", None, None, None),
    ("calling itself", "A group calling itself BoneSaw said it was late.", "BoneSaw",
     "organisation", None),
]


@pytest.mark.parametrize("text, name, kind, role", [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_who(text: str, name: str | None, kind: str | None, role: str | None) -> None:
    last = max(quotes_in(text, finder=attributions), key=lambda q: q.source_spans or q.cue_spans)
    assert (last.speaker, last.speaker_kind, last.role) == (name, kind, role)


def test_a_role_ends_before_its_clause() -> None:
    text = "Jorge Castellan, a former harbour minister who is no friend of Mr. Lee, argued that it was late."
    assert [(q.speaker, q.role) for q in quotes_in(text)] == [("Jorge Castellan", "former harbour minister")]


def test_title_gives_the_full_name() -> None:
    assert quotes_in("Lee said it was late.", title="Ann Lee speaks")[0].speaker == "Ann Lee"


def test_inferred_only_without_a_source() -> None:
    found = quotes_in("“We came,” Ann Lee said.\n\n“We saw the wide sea.”")
    assert [(q.speaker, q.inferred) for q in found] == [("Ann Lee", False), ("Ann Lee", True)]


def test_gender_from_the_text_overrules_the_name() -> None:
    text = "Robin Ray, who is 30, kissed his wife. Jean Ray, 31, raised his hand. He was tired."
    cast = cast_of(annotate(text))
    assert {e.name: e.gender for e in cast.entities}["Jean Ray"] == "male"


MENTIONS = [
    ("Mayor Ann Lee left.", [("Ann Lee", "person")]),
    ("The Ministry of Digital Affairs left.", [("Ministry of Digital Affairs", "organisation")]),
    ("The Secretary General left on Monday.", []),
    ("He left in May with Dr. Suyin Mard.", [("Suyin Mard", "person")]),
]


@pytest.mark.parametrize("text, expected", MENTIONS)
def test_mentions(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(m.text, m.kind) for m in mentions(annotate(text))] == expected


def test_speakers_merge_across_documents() -> None:
    people = [("a", "Ann Lee", "person", "minister"), ("b", "Ann B. Lee", "person", "minister"),
              ("c", "Bob Lee", "person", None), ("d", "Lee", "person", None)]
    merged = merge_speakers([p[1:] for p in people])
    assert merged == ["Ann B. Lee", "Ann B. Lee", "Bob Lee", "Lee"]


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=200))
def test_any_text(text: str) -> None:
    for mention in mentions(annotate(text)):
        assert 0 <= mention.start < mention.end <= len(text)
    assert speakers_of(text, []) == []

"""Who a source of a press text is: labels of turns, capitals, metadata, signatures, short names."""

from __future__ import annotations

import re

import pytest

from helpers.names import speakers_of
from helpers.reader import Attribution, read

# (kind, text with the source of each statement in [[…]], the speakers in order)
CASES = [
    ("surname in capitals", "SEN. OLBERG WINS GRANT FOR HALMAR\n\nSenator Nils Olberg today praised the grant. "
     "“It is good news,” said [[Olberg]].", ["Nils Olberg"]),
    ("source in capitals", "[[OLBERG]] SAYS GRANT IS LATE\n\nSenator Nils Olberg praised the town. Olberg left.",
     ["Nils Olberg"]),
    ("name in capitals", "HARBOUR NEWS\n\nMARTA ILVES spoke first. “We wait,” said [[MARTA ILVES]].", ["Marta Ilves"]),
    ("label with an office", "Secretary Ann J. Blake at a Press Availability\n\nSecretary Ann J. Blake\n\n"
     "[[SECRETARY BLAKE]]: Good morning. We had useful talks.\n\n[[MR. OSEI]]: Thank you all for coming.",
     ["Ann J. Blake", "Osei"]),
    ("label with role and house", "[[GRETA HOLM, HOST]]: Good evening to you all.\n\n[[HOLM (voice-over)]]: It rained for a week.",
     ["Greta Holm", "Greta Holm"]),
    ("label with a party", "[[REP. CARLA DIAZ (R-TX)]]: I thank the chair for the time.", ["Carla Diaz"]),
    ("two people", "Ministers Ann Lee and Bob Roe met in Zell. [[Ann Lee and Bob Roe]] said it was late.",
     ["Ann Lee; Bob Roe"]),
    ("acronym", "The European Harbour Agency (EHA) met in Zell. [[The EHA]] said it was late.", ["European Harbour Agency"]),
    ("short name of a company", "Norair Airline has 40 aircraft. [[Norair]] said it was late.", ["Norair Airline"]),
    ("honourable", "[[Senator the Hon. Ann Hull]] said it was late.", ["Ann Hull"]),
    ("spokesman of a body", "The Harbour Ministry opened a school. [[A spokesman for the Harbour Ministry]] said it was late.",
     ["Harbour Ministry"]),
    ("I in a quotation", "“[[I]] said it was late,” [[Ann Lee]] told reporters.", ["Ann Lee", "Ann Lee"]),
    ("label with role, then the surname", "[[KARIN ADLER, CHANNEL 4 ANALYST]]: The base is old.\n\n[[DEV BRAND, ANCHOR]]: How old?\n\n"
     "[[ADLER]]: Built in 1951.", ["Karin Adler", "Dev Brand", "Karin Adler"]),
    ("label of a senator", "[[SEN. ALMA RUIZ (D-NM)]]: I will vote no.\n\n[[SEN. PAUL KEMP (R-TX)]]: I will.\n\n[[SEN. RUIZ]]: So be it.",
     ["Alma Ruiz", "Paul Kemp", "Alma Ruiz"]),
    ("label of the letters of a name", "Milena Krstova leads the union.\n\n[[S&S]]: What do you want?\n\n[[MK]]: We want to go back to work.",
     ["S&S", "Milena Krstova"]),
    ("label of an office whose holder is named", "[[PREMIER]]: I am glad.\n\n[[JOURNALIST]]: Will you swim?\n\nPremier Bo Lanes left.",
     ["Bo Lanes", "JOURNALIST"]),
    ("question", "[[QUESTION]]: Is it late?\n\n[[MINISTER LEE]]: It is.\n\nMinister Ann Lee left.", [None, "Ann Lee"]),
    ("one of some", "“He hid,” [[Hugh Marr]] said. [[One of my neighbours]] said it was late.", ["Hugh Marr", "One of my neighbours"]),
    ("own words of a document", "The Harbour Council met in Zell. [[A survey by the Harbour Council]] said it was late.",
     ["survey by the Harbour Council"]),
    ("owner of a mouthpiece", "The Port Union wrote. [[Its spokeswoman]] said it was late.", ["Port Union"]),
    ("two with their offices", "[[Shadow Minister for Ports, Ann Lee and Shadow Minister for Trade, Bob Roe]] said it was late.",
     ["Ann Lee; Bob Roe"]),
    ("officials are new", "Ann Lee spoke. Bob Roe came. [[Officials in Zell]] said it was late.", ["Officials in Zell"]),
]


def marked(text: str) -> tuple[str, list[Attribution]]:
    """The text without its brackets, and a statement for each source in them."""
    places, plain, at = [], "", 0
    for match in re.finditer(r"\[\[(.+?)\]\]", text):
        plain += text[at : match.start()]
        places.append((len(plain), len(plain) + len(match[1])))
        plain += match[1]
        at = match.end()
    plain += text[at:]
    found = []
    for start, end in places:
        before = re.search(r"“([^”]+)”[^“”]*$", plain[:start])
        said = re.compile(r"[^\n.”]+").search(plain, end + 1)
        if plain[end : end + 1] == ":":
            found.append(Attribution((said.span(),), (), ((start, end),), "direct"))
        elif before:
            found.append(Attribution((before.span(1),), ((before.end(1) + 1, before.end(1) + 2),), ((start, end),), "direct"))
        else:
            found.append(Attribution(((end + 6, said.end()),), ((end + 1, end + 5),), ((start, end),), "indirect"))
    order = sorted(range(len(found)), key=lambda k: (found[k].start, -found[k].end))
    assert order == list(range(len(found))) or len(found) == 2
    return plain, [found[k] for k in order]


@pytest.mark.parametrize(("text", "names"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_who_is_meant(text: str, names: list[str]) -> None:
    plain, said = marked(text)
    assert [one.name for one in speakers_of(plain, said, readings=read(plain))] == names

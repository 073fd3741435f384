"""Exports of press databases: every article by itself, with its own facts, and nothing else."""
from __future__ import annotations

import textwrap

import pytest
import samples
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import load
from helpers.documents.presses import split_bundle

AGREE, PLAN = "Ministers agree on ferry timetable", "Shipping companies welcome the plan"
FIRST = ("The ministers agreed on Thursday that trade between the lake provinces should grow by 12 per cent.\n\n"
         '"We want the ferries to run on time," said Ann Lee, the transport minister.')
SECOND = "Shipping companies welcomed the plan. Country: that is what they said.\n\nIt costs $ 52 million."
WRAPPED = "\n\n".join(textwrap.fill(paragraph, 66) for paragraph in FIRST.split("\n\n"))
LEXIS_OLD = f"""
                               1 of 2 DOCUMENTS


                              The Lake Courier (Belhaven)

                           November 23, 2017 Thursday
                                 Final Edition

Ministers agree on
ferry timetable

BYLINE: By Ann Writer, Transport Correspondent

SECTION: NEWS; Pg. 3

LENGTH: 212 words

DATELINE: BELHAVEN

{WRAPPED}

GRAPHIC: A ferry leaves the harbour. PHOTO: BO EK

LOAD-DATE: November 24, 2017

LANGUAGE: ENGLISH

                    Copyright 2017 Lake Courier Newspapers Limited
                              All Rights Reserved


                               2 of 2 DOCUMENTS


                       Copyright 2017 Harbour Times
                           All Rights Reserved
                              Harbour Times

                             24 November 2017

HEADLINE: {PLAN}

SECTION: BUSINESS

LENGTH: 99 words

{SECOND}

SUBJECT: SHIPPING (90%); TRADE (85%)

LOAD-DATE: November 25, 2017
"""
LEXIS_NEW = f"""User Name: Reader One
Date and Time: Monday, November 27, 2017 10:15:00 AM EST
Job Number: 55512345
Documents (2)
1. {AGREE}
Client/Matter: -None-
Search Terms: ferry AND minister
Narrowed by:
2. {PLAN}
Search Terms: ferry AND minister
About LexisNexis | Privacy Policy | Terms & Conditions | Copyright © 2017 LexisNexis

{AGREE}
The Lake Courier (Belhaven)
November 23, 2017 Thursday, Final Edition

Copyright 2017 Lake Courier Newspapers Limited All Rights Reserved

Section: NEWS; Pg. 3
Length: 212 words
Byline: Ann Writer, Transport Correspondent
Highlight: Nine hours of talks.
Body

{FIRST.split(chr(10))[0]}

Page 2 of 3
{AGREE}

{FIRST.split(chr(10))[2]}

Classification

Language: ENGLISH
Publication-Type: Newspaper
Load-Date: November 24, 2017

End of Document

{PLAN}
Harbour Times
November 24, 2017 Friday 4:15 AM GMT

Copyright 2017 Harbour Times All Rights Reserved

Length: 99 words
Body

{SECOND}

Load-Date: November 25, 2017

End of Document
"""
FACTIVA_CODES = f"""HD
{AGREE}
BY
By Ann Writer, Transport Correspondent
WC
212 words
PD
23 November 2017
SN
The Lake Courier (Belhaven)
LA
English
CY
Copyright 2017. Lake Courier.

LP
{FIRST.split(chr(10))[0]}

TD
{FIRST.split(chr(10))[2]}

CO
lkc : Lake Company
NS
gtrade : Trade
AN
Document LKCR000020171123edbn0001a

HD
{PLAN}
WC
99 words
PD
24 November 2017
SN
Harbour Times
LA
English

LP
{SECOND.split(chr(10))[0]}
TD
{SECOND.split(chr(10))[2]}

AN
Document HBTM000020171124edbo0000b

Search Summary
Text
ferry
"""
FACTIVA_FULL = f"""World News
{AGREE}
By Ann Writer, Transport Correspondent
212 words
23 November 2017
10:15
The Lake Courier (Belhaven)
LKCR
English
Copyright 2017 Lake Courier. All rights reserved.

{FIRST}

Lake Courier Newspapers Ltd.

Document LKCR000020171123edbn0001a

{PLAN}
99 words
24 November 2017
Harbour Times
HBTM
English
© 2017 Harbour Times

{SECOND}

Document HBTM000020171124edbo0000b

Page 1 of 1 © 2017 Factiva, Inc. All rights reserved.
"""
EXPORTS = {"lexis_old": LEXIS_OLD, "lexis_new": LEXIS_NEW, "factiva_codes": FACTIVA_CODES, "factiva_full": FACTIVA_FULL}


@pytest.mark.parametrize("export", EXPORTS)
def test_articles_and_their_facts(export):
    first, second = split_bundle(EXPORTS[export])
    assert first.facts.pop("language", "en") == second.facts.pop("language", "en") == "en"
    assert first.facts == {"title": AGREE, "date": "2017-11-23", "author": "Ann Writer, Transport Correspondent",
                           "source": "The Lake Courier (Belhaven)"}
    assert second.facts == {"title": PLAN, "date": "2017-11-24", "source": "Harbour Times"}
    assert (first.text, second.text) == (FIRST, SECOND)


def renumbered(export: str, *numbers: str) -> str:
    """A Factiva export with other accession numbers."""
    for old, new in zip(("LKCR000020171123edbn0001a", "HBTM000020171124edbo0000b"), numbers, strict=True):
        export = export.replace(old, new)
    return export


@pytest.mark.parametrize("export", ["factiva_codes", "factiva_full"])
@pytest.mark.parametrize("numbers", [
    ("LAKECR0020171123edbn0001a", "HARBT00020171124edbo0000b"), ("J000000020171123edbn0001a", "LAKECOUR20171124edbo0000b"),
    ("LBA0000020171123edbn0001a", "HBTM000020171124edbo0000b"), ("LAKECOURI020171123edbn0001a", "T24H00002017112edbo"),
], ids=["six and five letters", "one and eight", "mixed", "no number at the end"])
def test_factiva_numbers_of_any_source(export, numbers):
    first, second = split_bundle(renumbered(EXPORTS[export], *numbers))
    assert first.text == FIRST and second.text.startswith(SECOND[:60])
    assert [part.facts["title"] for part in (first, second)] == [AGREE, PLAN]


def test_exports_put_together_in_one_file_are_taken_apart():
    texts = [part.text for part in split_bundle("\n".join([FACTIVA_CODES, FACTIVA_FULL, LEXIS_NEW, LEXIS_OLD]))]
    assert texts == [FIRST, SECOND] * 4


@pytest.mark.parametrize("export", [FACTIVA_FULL.rpartition("Document ")[0], FACTIVA_CODES.rpartition("AN\n")[0],
                                    LEXIS_NEW.rpartition("End of")[0]], ids=["Factiva", "Factiva with codes", "LexisNexis"])
def test_an_article_that_was_cut_off_is_not_lost(export):
    assert [part.text for part in split_bundle(export)] == [FIRST, SECOND]


def test_codes_that_are_not_known_are_no_text():
    export = FACTIVA_CODES.replace("AN\nDocument LKCR", "ZQX\nlakes\nDE  ferry | plan\nAN\nDocument LKCR")
    assert [part.text for part in split_bundle(export)] == [FIRST, SECOND]


@pytest.mark.parametrize("title", ["3 October 1990: a country again", "June 5, 1967 changed the map of the region",
                                   "7 things to know about ferries", "12 May 2001", "1914 to 1918, day by day"])
@pytest.mark.parametrize("export", ["lexis_old", "lexis_new"])
def test_titles_that_begin_with_a_day_or_a_number(export, title):
    first = split_bundle(EXPORTS[export].replace("Ministers agree on\nferry timetable", title).replace(AGREE, title))[0]
    assert (first.facts["title"], first.facts["date"]) == (title, "2017-11-23")
    assert first.facts["source"] == "The Lake Courier (Belhaven)"


@pytest.fixture(scope="module")
def documents(tmp_path_factory):
    folder = tmp_path_factory.mktemp("exports")
    for name in ("lexis_new", "factiva_full"):
        lines = EXPORTS[name].replace("Ann Lee", f"Ann Lee of {name}").split("\n")
        (folder / f"{name}.txt").write_text("\n".join(lines), "utf-8")
        own = [line.replace(name, f"{name} in Word") for line in lines if line]  # Word has no empty lines between paragraphs
        (folder / f"{name}.docx").write_bytes(samples.word(own, title=""))
        (folder / f"{name}.rtf").write_bytes(samples.rtf([line.replace(name, f"{name} in RTF").replace("©", "\\'a9") for line in lines]))
        page = "".join(f"<p>{line.replace('&', '&amp;')}</p>" for line in lines)
        (folder / f"{name}.html").write_text(f"<html><body>{page.replace(name, name + ' in HTML')}</body></html>", "utf-8")
    blocks = ("HD\n" + AGREE, "PD\n23 November 2017", "SN\nThe Web", "LP\n" + FIRST, "CO\nlkc : Lake Company")
    codes = [block.split("\n", 1) for block in blocks]
    rows = "".join(f"<tr><td><b>{code}</b></td><td><p>{value}</p></td></tr>" for code, value in codes)
    (folder / "table.html").write_text(f"<table>{rows}<tr><td>AN</td><td>Document LKCR000020171123edbn0001a</td></tr></table>")
    return load(folder)


@pytest.mark.parametrize("name", ["lexis_new", "factiva_full"])
@pytest.mark.parametrize(("suffix", "word"), [("txt", None), ("docx", "Word"), ("rtf", "RTF"), ("html", "HTML")])
def test_exports_in_every_format(documents, name, suffix, word):
    row = documents[documents["path"] == f"{name}.{suffix}#1"].iloc[0]
    assert row["text"].split() == FIRST.replace("Ann Lee", f"Ann Lee of {name}" + (f" in {word}" if word else "")).split()
    assert list(row[["title", "date", "source"]]) == [AGREE, "2017-11-23", "The Lake Courier (Belhaven)"]
    assert row["text"].count("\n\n") == 1


def test_a_factiva_table(documents):
    row = documents.loc["table"]
    assert list(row[["title", "date", "source"]]) == [AGREE, "2017-11-23", "The Web"] and row["text"].startswith("The ministers")
    assert "Lake Company" not in row["text"]


@pytest.mark.parametrize("text", [
    "The report is the first of 25 documents.", "The year 2017 was good.\n\nLength: 5 words", "Document A1 was signed.",
    "He closed the End of Document Formats conference.", "1 of 25 documents was lost, the ministry said.", "HD\nBY\nPD\n", "",
], ids=str)
def test_other_texts_are_left_alone(text):
    assert split_bundle(text) is None


@settings(max_examples=50, deadline=None)
@given(st.lists(st.sampled_from([*"\n".join(EXPORTS.values()).split("\n"), "", "  "]), max_size=60).map("\n".join))
def test_any_mixture_of_lines_is_survived(text):
    for part in split_bundle(text) or []:
        assert part.text and set(part.facts) <= {"title", "date", "author", "source", "language"}

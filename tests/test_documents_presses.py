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
    codes = [block.split("\n", 1) for block in ("HD\n" + AGREE, "PD\n23 November 2017", "SN\nThe Web", "LP\n" + FIRST)]
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

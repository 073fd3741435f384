"""Texts and files that once broke the kit, made small; `tests/benchmarks/fuzz.py` finds them."""
from __future__ import annotations

import os

import pandas as pd
import pytest

from helpers import find_figures, find_phrases, find_quotes, find_themes, load, tokenize

CALLS = {"tokens": tokenize, "figures": find_figures, "phrases": find_phrases,
         "quotes": find_quotes, "themes": find_themes}
TEXTS = [
    ("a figure before a last article", "figures", "It took 5 per cent of the"),
    ("a sum before a last article", "figures", "He spent $5 on the"),
    ("small words and spaces before a year", "figures", "5 per cent " + "a  " * 19 + "2016."),
    ("a half after a hyphen", "figures", "It grew by 1-½ per cent, or 1 - ½ points."),
    ("a row of dashes between two sums", "figures", "The price rose from $ 5 " + "-" * 38 + " 7 apples."),
    ("a row of ones after a label", "figures", "See Articles " + "1," * 18 + " 5 of them."),
    ("old and foreign letters in number words", "figures",
     "On 5 Auguſt ſix thouſand men, lesſ than five mıllıon or 7 mıllion, İn 2016, waited two weekſ laſt Frıday."),
    ("a long row of capitals with a number", "figures", "A" * 60 + "(5) per cent."),
]


@pytest.mark.parametrize(("call", "text"), [row[1:] for row in TEXTS], ids=[row[0] for row in TEXTS])
def test_is_analysed(call, text):
    table = CALLS[call](pd.DataFrame({"text": [text], "date": ["2017-11-23"]}))
    assert "doc" in table.columns


def test_a_mail_header_with_bytes_that_are_no_text(tmp_path):
    (tmp_path / "a.eml").write_bytes(b"Subject: Trade\xfb grew\nFrom: The \x95 Office\n\nIt grew by 5 %.\n")
    assert load(tmp_path)["title"].tolist() == ["Trade\ufffd grew"]


@pytest.mark.skipif(os.name == "nt", reason="names are text there")
def test_a_file_name_that_is_no_text(tmp_path):
    for name in (b"a\xff.txt", b"a\xfe.txt"):
        try:
            with open(os.path.join(os.fsencode(tmp_path), name), "w") as file:
                file.write(f"The minister said that {name[1]} roads are open.")
        except OSError:
            pytest.skip("this file system takes no such names")
    assert sorted(load(tmp_path)["path"]) == ["a\\udcfe.txt", "a\\udcff.txt"]


def test_a_web_page_with_an_accent_after_a_tag(tmp_path):
    (tmp_path / "a.html").write_text("<p>The minister said that the <b>cafe</b>\u0301s are open.</p>")
    assert "caf\u00e9s" in load(tmp_path)["text"].iloc[0]

"""Tables, the reading view and concordances: complete, escaped, and legible everywhere."""
from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser

import handmade as h
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import find_quotes
from helpers.charts.colours import on
from helpers.documents import KitError
from helpers.show import (
    left_out,
    pick_documents,
    show_claims,
    show_concordance,
    show_table,
    show_text,
)
from helpers.show.html import sorting_script

TAGS = {"div", "span", "table", "thead", "tbody", "tr", "th", "td", "b", "br", "sup", "small", "details", "summary"}
EVIL = "<script>alert('1')</script><img src=x onerror=y>\"'&$x$ \x00\u202e"


class Reader(HTMLParser):
    """The visible text of a page, without what cannot be selected; checks tags and nesting."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[tuple[str, bool]] = []
        self.said: list[str] = []
        self.titles: list[str] = []
        self.feed(page)
        assert not self.open

    def handle_starttag(self, tag, attributes):
        facts = dict(attributes)
        assert tag in TAGS and set(facts) <= {"style", "title", "scope", "lang"}, (tag, facts)
        hidden = "user-select:none" in facts.get("style", "") or (self.open and self.open[-1][1])
        if tag != "br":
            self.open.append((tag, bool(hidden)))
        self.titles += [facts["title"]] if "title" in facts else []

    def handle_endtag(self, tag):
        assert self.open.pop()[0] == tag

    def handle_data(self, data):
        if not (self.open and self.open[-1][1]):
            self.said.append(data)

    @property
    def text(self) -> str:
        return "".join(self.said)


def seed_view(**tables):
    return show_text(h.documents(), **({"quotes": h.quotes(), "figures": h.figures(),
                                        "themes": h.themes()} | tables))


def test_what_can_be_selected_is_the_documents_text():
    page = Reader(seed_view(phrases=h.phrases()).html)
    squeezed = "".join(h.text().split())
    assert squeezed in "".join(page.text.split())


def test_speakers_kinds_and_values_are_shown():
    page = seed_view().html.partition("alone</summary>")[0]
    assert page.count(">RA</span>") == 7 + 1 and page.count(">WO</span>") == 1 + 1
    assert "7 quotes (3 direct, 1 mixed, 3 indirect)" in page
    assert "&gt; 40 billion USD" in page and "XXXX-11-21/XXXX-11-24" in page
    assert all(f"2px {edge} " in page for edge in ("solid", "dashed", "dotted"))


def test_pointing_at_a_mark_tells_all_its_facts():
    titles = "\n".join(Reader(seed_view().html).titles)
    for fact in ("Rashid Alimov (Secretary-General) · person · direct · cue: noted",
                 "of: mutual accumulated investments of the SCO member states", "when: 2016",
                 "modifier: over", "theme: transport", "confidence 0.90"):
        assert fact in titles


def test_each_layer_can_be_opened_alone_without_script_or_style_sheet():
    page = seed_view().html
    alone = re.findall(r"<details[^>]*><summary[^>]*>The text with its (.*?) alone</summary>(.*?)</details>", page, re.DOTALL)
    assert [name for name, _ in alone] == ["speakers", "cues and sources", "figures", "themes"]
    kinds = [set(re.findall(r'title="(cue|source|theme|money|date|ordinal|Rashid Alimov|the website)\b', part)) for _, part in alone]
    assert kinds == [{"Rashid Alimov", "the website"}, {"cue", "source"}, {"money", "date", "ordinal"}, {"theme"}]
    assert all("On <" in part or "On November" in part for _, part in alone)
    one = seed_view(figures=None, themes=None, quotes=None, phrases=h.phrases())
    assert "alone</summary>" not in one.html


def test_of_a_long_text_the_layers_are_not_repeated(monkeypatch):
    monkeypatch.setattr("helpers.show.reading.MOST_ALONE", 100)
    assert "alone</summary>" not in seed_view().html


def test_quotation_marks_are_coloured_with_the_quote():
    text = 'He said: “Go.” and ‘no’, it\'s "so'
    spans = [(text.index(words), text.index(words) + len(words)) for words in ("Go.", "no", "so")]
    row = {"doc": "a", "start": 0, "end": 9, "kind": "direct", "speaker": "He", "quote": "Go.", "spans": spans}
    page = show_text(pd.DataFrame({"text": [text]}, index=["a"]), quotes=pd.DataFrame([row])).html
    marked = [re.sub("<[^>]*>", "", found) for found in re.findall('<span title="He[^>]*>(.*?)</span>', page)]
    assert marked == ["“Go.”", "‘no’", "&#34;so"]


def test_the_facts_of_all_marks_can_be_opened_with_a_key():
    """A title shows only to a mouse; a summary can be reached and opened with the keyboard."""
    inside = re.search("<details.*?<summary[^>]*>(.*?)</summary>(.*)</details>", seed_view().html, re.DOTALL)
    assert "facts" in inside[1] and inside[2].count("<tr>") == 1 + 8 + 8
    for fact in ("of: mutual accumulated investments of the SCO member states", "cue: noted", "confidence 0.90"):
        assert fact in inside[2]
    assert "<details" not in show_text(h.documents()).html


@pytest.mark.parametrize("left_out", ["quotes", "figures", "themes", "all"])
def test_the_view_needs_none_of_the_tables(left_out):
    empty = {"quotes": h.empty(h.QUOTE_COLUMNS), "figures": h.empty(h.FIGURE_COLUMNS),
             "themes": h.empty(h.THEME_COLUMNS), "phrases": h.empty(h.PHRASE_COLUMNS)}
    shown = seed_view(**(empty if left_out == "all" else {left_out: empty[left_out]}))
    assert "On November 23" in shown.text
    assert (">RA<" in shown.html) == (left_out not in ("quotes", "all"))


def test_no_documents_and_wrong_names():
    assert show_text(h.documents()[:0]).text == "There are no documents."
    with pytest.raises(KitError, match="no document 'x'"):
        show_text(h.documents(), "x")


def test_a_range_of_paragraphs_says_so():
    shown = seed_view(first=3, last=5)
    assert "Paragraphs 3 to 5 of 10." in shown.html
    assert shown.text.startswith("¶ 3  He recalled") and "On November 23" not in shown.html


def test_unknown_and_inferred_speakers_are_told_apart():
    quotes = h.quotes().assign(inferred=True)
    quotes.loc[0, "speaker"] = None
    page = seed_view(quotes=quotes).html
    assert ">RA?</span>" in page and ">?</span>" in page and "(unknown)" in page


def test_two_speakers_of_the_same_initials_get_different_ones():
    quotes = h.quotes()
    quotes["speaker"] = ["Ana Roy", "Al Rey", "ADB", "the ADB board", "?", "«»", "A R", "x"]
    legend = re.findall(r'">([^<]*)</span><b', seed_view(quotes=quotes).html)
    assert len(legend) == len(set(legend)) == 8


def test_nothing_in_a_document_becomes_html():
    documents = pd.DataFrame({"text": [EVIL], "title": [EVIL], "author": [EVIL]}, index=[EVIL])
    n = len(EVIL)
    quotes = pd.DataFrame([[EVIL, 0, n, 0, "direct", EVIL, [(0, n)], [], [], EVIL, EVIL, EVIL,
                            "person", EVIL, False, EVIL, 1.0]], columns=h.QUOTE_COLUMNS)
    figures = pd.DataFrame([{"doc": EVIL, "start": 2, "end": 9, "text": EVIL, "kind": EVIL,
                             "unit": EVIL, "value": 1.0}], columns=h.FIGURE_COLUMNS)
    themes = pd.DataFrame([[EVIL, 0, 0, n, EVIL, 1.0, [(1, 8)]]], columns=h.THEME_COLUMNS)
    for page in (show_text(documents, quotes=quotes, figures=figures, themes=themes),
                 show_table(quotes, caption=EVIL), show_table(documents), show_concordance(
                     pd.DataFrame({"doc": [EVIL], "start": [0], "left": [EVIL], "match": [EVIL],
                                   "right": [EVIL]}))):
        assert "<script" not in page.html and "onerror=y>" not in page.html
        assert "\x00" not in page.html
        Reader(page.html)


@given(st.text(max_size=200))
@settings(max_examples=50, deadline=None)
def test_any_text_can_be_shown(text):
    documents = pd.DataFrame({"text": [text]}, index=["d"])
    half = len(text) // 2
    figures = pd.DataFrame([{"doc": "d", "start": 0, "end": half, "text": text[:half],
                             "kind": "number", "value": 1.0}], columns=h.FIGURE_COLUMNS)
    Reader(show_text(documents, figures=figures).html)
    Reader(show_table(documents).html)


def test_tables_show_full_text_and_leave_spans_out():
    shown = show_table(h.quotes())
    assert h.quotes()["quote"].iloc[4] in shown.html
    assert "cue_spans" not in shown.html and f"all of document {h.doc()}" in shown.html
    asked = show_table(h.quotes(), columns=["speaker", "spans"])
    assert "378–638" in asked.html and "quote" not in asked.html.split("<tbody>")[0]


@pytest.mark.parametrize(("value", "cell"), [
    pytest.param(None, "—", id="none"), pytest.param(float("nan"), "—", id="nan"),
    pytest.param(pd.NaT, "—", id="nat"), pytest.param(pd.NA, "—", id="na"), pytest.param([], "—", id="no items"),
    pytest.param(40000000000.0, "40,000,000,000", id="large"),
    pytest.param(0.428571, "0.4286", id="share"), pytest.param(True, "yes", id="true"),
    pytest.param(["a", "b"], "a; b", id="list"), pytest.param((3, 9), "3–9", id="span"),
    pytest.param(np.str_("text"), "text", id="numpy text"),
    pytest.param(np.int64(12345), "12,345", id="numpy number"),
    pytest.param(pd.Timestamp("2017-11-24"), "2017-11-24 00:00:00", id="time"),
    pytest.param([(3, 9), (11, 12)], "3–9; 11–12", id="spans"), pytest.param(0, "0", id="zero"),
    pytest.param("x" * 5000, "x" * 4000 + "… (5,000 letters in all)", id="too long"),
])
def test_cells(value, cell):
    shown = show_table(pd.DataFrame({"a": pd.Series([value], dtype=object)}))
    assert f">{cell}</td>" in shown.html


def test_tables_say_how_much_they_show():
    frame = pd.DataFrame({"n": range(812)})
    assert "50 of 812 rows" in show_table(frame).html and "50 of 812 rows" in show_table(frame).text
    assert "no rows" in show_table(frame[:0]).html
    assert "of 812" not in show_table(frame, rows=1000).html


def test_paragraphs_count_from_one_for_readers():
    frame = pd.DataFrame({"paragraph": [0, 5]})
    assert show_table(frame).text.split() == ["¶", "0", "1", "1", "6"]


def test_a_named_index_is_shown_and_unknown_columns_are_refused():
    assert h.doc() in show_table(h.documents(), columns=["words"]).html
    with pytest.raises(KitError, match="no column 'nope'"):
        show_table(h.quotes(), columns=["nope"])
    pairs = pd.Series([1, 2], index=pd.MultiIndex.from_tuples([("x", 1), ("y", 2)]), name="n")
    assert show_table(pairs.to_frame()).text.split()[-3:] == ["y", "2", "2"]
    assert "a" in show_table(pd.DataFrame([[1, 2]], columns=["a", "a"], index=["k"])).html


def test_concordance_lines_keep_their_blanks_and_say_their_places():
    table = pd.DataFrame([["d", 9, 12, "the big ", "SCO", ", so"]],
                         columns=["doc", "start", "end", "left", "match", "right"])
    shown = show_concordance(table)
    assert "the big [SCO], so" in shown.text and "d:9" in shown.html and "1 line" in shown.html
    assert "<b>SCO</b>, so" in shown.html
    assert "<b>SCO</b> says" in show_concordance(table.assign(right="says")).html
    assert "no lines" in show_concordance(table[:0]).text
    with pytest.raises(KitError, match="no column match"):
        show_concordance(table.drop(columns="match"))


@pytest.mark.parametrize("page", ["view", "table", "claims", "lines"])
def test_pages_stay_light_or_dark(page):
    """No block says what ink or paper is: only chips have both, and tints let the paper through."""
    line = pd.DataFrame([["d", 0, 1, "a", "b", "c"]], columns=["doc", "start", "end", "left", "match", "right"])
    html = {"view": seed_view(), "table": show_table(h.quotes()), "claims": show_claims(claims_table()),
            "lines": show_concordance(line, documents=pd.DataFrame({"text": ["abc"]}, index=["d"]))}[page].html
    styles = re.findall('style="([^"]*)"', html)
    for style in styles:
        facts = dict(fact.split(":", 1) for fact in unescape(style).split(";") if fact)
        assert ("color" in facts) == facts.get("background", "").startswith("rgb("), style
    assert not re.search("[0-9]fr[, ;)]", html)  # JupyterLab lets no grid of fractions into what it does not trust
    assert styles and "http" not in html and "<style" not in html and "class=" not in html


def test_names_of_columns_say_that_they_are_and_nothing_is_cut_off():
    table = pd.DataFrame({"doc": ["2022-03-08_bridge-approved.txt"], "sha256": ["0123456789abcdef" * 4], "n": [1]})
    shown = show_table(table).html
    assert shown.count('<th scope="col"') == 3 and "0123456789abcdef" * 4 in shown
    assert shown.count("word-break:break-all") == 2 and "hidden" not in shown
    lines = pd.DataFrame([["a-long-name-of-a-document.txt", "left " * 30, "match", " right" * 30]],
                         columns=["doc", "left", "match", "right"])
    shown = show_concordance(lines).html
    assert "a-long-name-of-a-document.txt" in shown and "hidden" not in shown and "nowrap" not in shown


@pytest.mark.parametrize(("languages", "problems", "said"), [
    (["en", "en"], [], "2 documents read."),
    ([None, "fr"], [], "2 documents read; 1 is in another language and left out of the analyses: 1 (French)."),
    (["de"] * 7, [], "7 documents read; 7 are in another language and left out of the analyses: 0 (German), 1 (German), "
     "2 (German), 3 (German), 4 (German) and 2 more."),
    (["en"], ["a.pdf", "0.txt#3"], "1 document read; 1 file not among them: notebook 01 says why."),
], ids=["none", "one", "many", "a file"])
def test_what_was_left_out_is_said(languages, problems, said):
    documents = pd.DataFrame({"text": "x", "language": languages, "path": [f"{n}.txt" for n in range(len(languages))]})
    documents.attrs["problems"] = pd.DataFrame({"path": problems, "problem": "p", "advice": "a"})
    assert left_out(documents) == said
    assert left_out(pd.DataFrame({"text": ["x"]})) == "1 document read."
    with pytest.raises(KitError, match="a table of documents is wanted"):
        left_out("x")


def test_letters_stand_out_from_their_background():
    assert [on(colour) for colour in ("#000000", "#ffffff", "#E69F00")] == ["#ffffff", "#000000",
                                                                            "#000000"]


@pytest.mark.parametrize(("sort", "order"), [
    ("", "b a c"), ("size", "a b c"), ("-size", "b a c"), ("name", "a b c"), ("-name", "c b a")])
def test_tables_are_sorted_before_rows_are_cut_and_missing_values_stay_last(sort, order):
    frame = pd.DataFrame({"name": ["b", "a", "c"], "size": [1200.0, 3.0, None]})
    shown = show_table(frame, sort=sort, rows=2)
    assert [row.split()[1] for row in shown.text.splitlines()[1:3]] == order.split()[:2]
    assert [row.split()[0] for row in shown.text.splitlines()[1:3]] == ["0", "1"]


def test_a_table_is_sorted_by_its_columns_only():
    with pytest.raises(KitError, match="no column 'nope'"):
        show_table(pd.DataFrame({"a": [1]}), sort="-nope")


def test_sortable_tables_hold_the_script_and_look_the_same_without_it():
    frame = pd.DataFrame({"name": [EVIL, "x"], "size": [1200, None]})
    shown = show_table(frame, sortable=True).html
    assert shown.count("<script") == 1 and f"<script>{sorting_script()}</script>" in shown
    assert 'data-value="1200.0"' in shown and EVIL not in shown
    bare = shown.replace(f"<script>{sorting_script()}</script>", "").replace(' data-sortable="yes"', "")
    assert re.sub(' data-value="[^"]*"', "", bare) == show_table(frame).html


def claims_table(words="2.3 billion euros"):
    row = {"claim": 1, "verdict": "differs", "note": f"{words}: 5", "about": words, "doc": words,
           "date": "2023-05-16", "speaker": words, "text": words, "kind": "money", "modifier": None, "value": 2.3e9,
           "low": None, "high": None, "unit": "EUR", "when": words, "sentence": f"It cost {words}.", "repeated_in": [words] * 5}
    return pd.DataFrame([row, row | {"speaker": None, "verdict": "agrees", "repeated_in": []}])


def test_claims_stand_below_their_thing_with_the_figure_marked():
    shown = show_claims(claims_table())
    assert "1 of 2 differ" in shown.html and "the text itself" in shown.html and "2.3 billion EUR" in shown.html
    assert re.search(r"It cost <span[^>]*>2.3 billion euros</span>\.", shown.html)
    assert "word for word in 2.3 billion euros" in shown.text and "and 2 more" in shown.text
    assert "on 1 of them claims differ" in shown.text
    Reader(shown.html)


def test_claims_never_become_html_and_none_is_said():
    Reader(show_claims(claims_table(EVIL)).html)
    assert "<script" not in show_claims(claims_table(EVIL)).html
    none = claims_table()[:0]
    assert "No claims" in show_claims(none).text
    none.attrs["documents"] = 1
    assert "tests/documents" in show_claims(none).text
    none.attrs["things"] = 3  # there were claims, and the reader filtered them away
    assert "No claims" not in show_claims(none).text and "3 things, none of these" in show_claims(none).text
    assert "the first 1 are shown" in show_claims(pd.concat([claims_table(), claims_table().assign(claim=2)]), things=1).text


def test_the_folders_near_by_are_offered_and_a_choice_is_kept(tmp_path, monkeypatch):
    for name in ("press/a.txt", "press/deep/b.txt", "press <b>/c.md", "results/report.html", "results/quotes.csv", "code/x.py", "code/x.txt", ".hidden/d.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("It rained.")
    (tmp_path / "empty").mkdir()
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "corrections.csv").write_text("doc\n")
    monkeypatch.chdir(tmp_path)
    mine = [str(tmp_path / "press"), str(tmp_path / "press <b>")]
    first = pick_documents("seeds")
    values = [value for _, value in first.options]
    assert first.value == "seeds" and set(mine) <= set(values)
    assert not any(word in value for value in values for word in ("results", "code", "hidden", "empty", "own", "deep"))
    first.value = mine[0]
    assert pick_documents("seeds").value == mine[0] and pick_documents("elsewhere").value == "elsewhere"
    data = first._repr_mimebundle_()
    assert "press &lt;b&gt; (1 file)" in data["text/html"] and len(data) == 3
    (tmp_path / "press" / "a.txt").unlink()
    (tmp_path / "press" / "deep" / "b.txt").unlink()
    assert pick_documents("seeds").value == "seeds"  # what was chosen has gone


def test_each_row_opens_its_passage_in_place():
    documents = pd.DataFrame({"text": [f"{EVIL} The mayor spoke.\n\n“The dues rise,” said Ann Lee.", "It rained."]}, index=["a", "b"])
    table = find_quotes(documents)
    shown = show_table(table, columns=["speaker"], documents=documents).html
    Reader(shown)
    assert shown.count("<details>") == len(table) == 1 and ">¶ 2</summary>" in shown and "The mayor spoke." in shown
    assert "<script" not in shown and "passage" not in show_table(table, documents=documents).text
    gone = table.assign(doc="elsewhere")
    assert "<details>" not in show_table(gone, documents=documents).html
    phrases = pd.DataFrame({"doc": ["b"], "phrase": ["rained"], "spans": [[(3, 9)]]})
    assert ">¶ 1</summary>" in show_table(phrases, documents=documents).html

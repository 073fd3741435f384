"""The report: every link leads somewhere, and no document can put anything of its own into it."""
from __future__ import annotations

import base64
import hashlib
import html
import re
from functools import cache
from html.parser import HTMLParser

import handmade
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markupsafe import Markup

from helpers.figures.claims import compare_claims
from helpers.run import find_findings, report
from helpers.run.report import report_html
from helpers.show.html import by_class, by_style, shown, sorting_script
from helpers.show.marks import Mark, mark_up
from helpers.text.sentences import paragraphs
from helpers.themes.evidence import join_evidence

FACTS = {"kit": "communique 1.2.3", "date": "2026-11-24", "settings": {"themes": None, "words": None},
         "notebooks": {"00_start_here": "ok"}}
HOSTILE = ['<script>alert(1)</script>', '"><img src=x onerror=alert(1)>', "javascript:alert(1)",
           "' onmouseover='alert(1)", "{{ 7 * 7 }}{% raw %}", "</style><b>", "<!--", "a\x00b\x1bc",
           "\u202egnp.exe", "&lt;b&gt;"]


def tables(**changed: pd.DataFrame) -> dict[str, pd.DataFrame]:
    found = {"documents": handmade.documents(), "quotes": handmade.quotes(),
             "figures": handmade.figures(), "phrases": handmade.phrases(),
             "themes": handmade.themes()} | changed
    return found | {"claims": compare_claims(found["figures"], found["documents"]),
                    "evidence": join_evidence(found["documents"], found["quotes"],
                                              figures=found["figures"], themes=found["themes"])}


class Reader(HTMLParser):
    """What the tests want to know about a page."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.ids: list[str] = []
        self.links: list[str] = []
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.open: list[str] = []
        self.words = ""
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)
        self.attributes += attributes
        facts = dict(attributes)
        assert not (tag == "a" and "a" in self.open), "a link in a link"
        if tag not in ("meta", "img", "br", "link", "input"):
            self.open.append(tag)
        if "id" in facts:
            self.ids.append(facts["id"])
        if "href" in facts:
            self.links.append(facts["href"])

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if not {"style", "script"} & set(self.open):
            self.words += data


@pytest.fixture
def no_charts(monkeypatch):
    """Leaves the pictures out: they take most of the time."""
    monkeypatch.setattr(report, "_charts", lambda tables: [])


@cache
def whole() -> str:
    return report_html(tables(), facts=FACTS)


class TestWhole:
    def test_is_one_file_that_loads_nothing(self):
        reader = Reader(whole())
        assert not {"link", "iframe", "object", "form", "base"} & set(reader.tags)
        assert reader.tags.count("script") == 1
        assert all(value.startswith("data:image/") for name, value in reader.attributes
                   if name == "src")
        assert not [name for name, _ in reader.attributes if name.startswith("on")]
        assert not [name for name, _ in reader.attributes if name == "style"]

    def test_its_policy_allows_its_style_and_nothing_else(self):
        style = re.search(r"<style>(.*?)</style>", whole(), re.DOTALL)[1]
        digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
        policy = html.unescape(re.search(r'Content-Security-Policy" content="([^"]*)', whole())[1])
        assert policy.startswith("default-src 'none'; img-src data:;")
        assert f"style-src 'sha256-{digest}'" in policy
        assert "url(" not in style and "@import" not in style

    def test_its_only_script_is_the_kits_own_and_loads_nothing(self):
        script = re.search(r"<script>(.*?)</script>", whole(), re.DOTALL)[1]
        digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
        assert f"script-src &#39;sha256-{digest}&#39;" in whole()
        assert script.startswith(sorting_script())
        for forbidden in ("fetch", "import", "http", "eval", "innerHTML", "setTimeout", "style="):
            assert forbidden not in script

    def test_is_well_formed(self):
        reader = Reader(whole())
        assert reader.open == [] and len(reader.ids) == len(set(reader.ids))

    def test_every_link_leads_somewhere(self):
        reader = Reader(whole())
        assert {link[1:] for link in reader.links} <= set(reader.ids)
        assert all(link.startswith("#") for link in reader.links)

    @pytest.mark.parametrize(("kind", "name", "column"), [
        ("quotes", "q", "spans"), ("figures", "f", None), ("themes", "t", "evidence"),
        ("phrases", "k", "spans")])
    def test_every_row_leads_to_its_own_words(self, kind, name, column):
        for n, row in enumerate(tables()[kind].to_dict("records"), 1):
            mark = f"d1{name}{n}" + ("w1" if kind in ("themes", "phrases") else "")
            assert f'href="#{mark}"' in whole()
            start, end = row[column][0] if column else (row["start"], row["end"])
            inside = re.search(rf'id="{mark}"[^>]*>(.*?)</div>', whole(), re.DOTALL)[1]
            inside = re.sub(r'<a [^>]*class="chip.*?</a>|<sup.*?</sup>', "", inside)
            words = html.unescape(re.sub("<[^>]*>", "", inside))
            assert words.lstrip("“\"").startswith(handmade.text()[start:end])

    def test_pictures_are_told_in_words(self):
        alts = [value for name, value in Reader(whole()).attributes if name == "alt"]
        assert len(alts) >= 6 and all(len(alt) > 30 for alt in alts)

    def test_says_what_was_found(self):
        words = Reader(whole()).words
        assert "Rashid Alimov (Secretary-General) is quoted most: 7 of 8 quotes" in words
        assert "The only sum of money is “$ 40 billion” (> 40 billion USD)" in words

    def test_marks_what_a_person_has_corrected(self, no_charts):
        assert "✎" not in Reader(report_html(tables(), facts=FACTS)).words
        for name in ("quotes", "figures"):
            table = getattr(handmade, name)()
            table["checked"] = ["corrected", "right", *[None] * (len(table) - 2)]
            table = table.assign(role="chief", organisation="Zell Fund") if name == "quotes" else table
            own = FACTS | {"settings": FACTS["settings"] | {"speakers": {"file": "speakers.csv"}}}
            words = Reader(report_html(tables(**{name: table}), facts=own)).words
            assert words.count("✎") == 4  # in the text, its key, the table, and above it
            assert "chief, Zell Fund" in words if name == "quotes" else "chief" not in words
            assert "✎ marks what a person has corrected" in words and "as in speakers.csv" in words

    def test_is_the_same_every_time(self, no_charts):
        assert report_html(tables(), facts=FACTS) == report_html(tables(), facts=FACTS)


def hostile_tables(words: str) -> dict[str, pd.DataFrame]:
    text = f"{words} said that {words} cost 5."
    span = (0, len(words))
    said = (len(words) + 11, 2 * len(words) + 11)
    documents = pd.DataFrame(
        {"title": [words], "date": [words], "author": [words], "source": [words],
         "language": [words], "words": [5], "path": [words], "sha256": ["0"], "text": [text]},
        index=pd.Index([words], name="doc"))
    documents.attrs["problems"] = pd.DataFrame([{"path": words, "problem": words, "advice": words}])
    quotes = pd.DataFrame([[words, *said, 0, "indirect", words, [said], [span], [span], words,
                            words, words, "person", words, True, words, 0.5]],
                          columns=handmade.QUOTE_COLUMNS)
    figure = {"doc": words, "start": said[0], "end": said[1], "paragraph": 0, "text": words,
              "kind": "money", "value": 5.0, "unit": words, "of": words, "speaker": words,
              "when": words, "timex": words, "modifier": words}
    figures = pd.DataFrame([figure], columns=handmade.FIGURE_COLUMNS)
    phrases = pd.DataFrame([[words, words, 1.0, 1, [span]]], columns=handmade.PHRASE_COLUMNS)
    themes = pd.DataFrame([[words, 0, 0, len(text), words, 0.5, [said]]],
                          columns=handmade.THEME_COLUMNS)
    return tables(documents=documents, quotes=quotes, figures=figures, phrases=phrases,
                  themes=themes)


@pytest.mark.parametrize("words", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_words_stay_words(words, no_charts):
    facts = FACTS | {"settings": {"themes": {"file": words}, "words": {"file": words}}, "notebooks": {words: words}}
    text = report_html(hostile_tables(words), facts=facts)
    reader = Reader(text)
    assert set(reader.tags) == set(Reader(report_html(
        hostile_tables("plain"), facts=facts | {"notebooks": {"x": "y"}})).tags)
    assert not [name for name, _ in reader.attributes if name.startswith("on")]
    assert all(link.startswith("#") for link in reader.links)
    assert not re.search("[\x00-\x08\x0b-\x1f]", text)
    assert shown(words) in reader.words


def test_pictures_cannot_be_broken_out_of():
    reader = Reader(report_html(hostile_tables(HOSTILE[1]), facts=FACTS))
    assert not [name for name, _ in reader.attributes if name.startswith("on")]
    assert all(value.startswith("data:image/") for name, value in reader.attributes
               if name == "src")


class TestSizes:
    def many(self, n: int) -> dict[str, pd.DataFrame]:
        docs = [f"d{i:03}" for i in range(n)]
        found = tables()
        document = handmade.documents().iloc[0].to_dict()
        changed = {name: pd.concat([found[name].assign(doc=doc) for doc in docs],
                                   ignore_index=True)
                   for name in ("quotes", "figures", "phrases", "themes")}
        documents = pd.DataFrame([document] * n, index=pd.Index(docs, name="doc"))
        documents.attrs["problems"] = handmade.documents().attrs["problems"]
        return tables(documents=documents, **changed)

    def test_several_documents(self, no_charts):
        text = report_html(self.many(3), facts=FACTS)
        reader = Reader(text)
        assert {link[1:] for link in reader.links} <= set(reader.ids)
        assert {"d1", "d2", "d3", "d3q8", "quotes", "documents"} <= set(reader.ids)
        assert "3 documents" in text and len(reader.ids) == len(set(reader.ids))

    def test_only_the_first_of_many_are_shown_in_full(self, no_charts, monkeypatch):
        monkeypatch.setattr(report, "MOST_TEXTS", 2)
        monkeypatch.setattr(report, "MOST_ROWS", 30)
        text = report_html(self.many(4), facts=FACTS)
        reader = Reader(text)
        assert {link[1:] for link in reader.links} <= set(reader.ids)
        assert "d2" in reader.ids and "d3" not in reader.ids
        assert "The texts of the first 2 of 4 documents" in text
        assert "The first 30 of 32; quotes.csv beside this report holds all of them." in text

    def test_rows_that_no_table_has_room_for_are_marked_in_the_text(self, no_charts, monkeypatch):
        monkeypatch.setattr(report, "MOST_ROWS", 3)
        reader = Reader(report_html(tables(), facts=FACTS))
        assert {"d1q3", "d1q3r", "d1q8", "d1f8"} <= set(reader.ids) and "d1q8r" not in reader.ids
        assert {link[1:] for link in reader.links} <= set(reader.ids)

    def test_a_long_text_is_cut_and_says_so(self, no_charts, monkeypatch):
        monkeypatch.setattr(report, "MOST_LETTERS", 1000)
        text = report_html(tables(), facts=FACTS)
        reader = Reader(text)
        assert "The text goes on" in text
        assert {link[1:] for link in reader.links} <= set(reader.ids)

    def test_nothing_found(self):
        text = report_html(tables(
            quotes=handmade.empty(handmade.QUOTE_COLUMNS),
            figures=handmade.empty(handmade.FIGURE_COLUMNS),
            phrases=handmade.empty(handmade.PHRASE_COLUMNS),
            themes=handmade.empty(handmade.THEME_COLUMNS)), facts=FACTS)
        assert text.count("No quotes were found") == 2 and Reader(text).open == []

    def test_what_was_not_read_is_said(self, no_charts):
        documents = handmade.documents()
        documents.attrs["problems"] = pd.DataFrame(
            [{"path": "scan.pdf", "problem": "holds no text", "advice": "run OCR"}])
        text = report_html(tables(documents=documents), facts=FACTS | {
            "notebooks": {"03_quotes": "KeyError: 'x' (cell 4)"}})
        words = Reader(text).words
        assert "scan.pdf" in words and "run OCR" in words and "KeyError: 'x'" in words


def two_sources() -> dict[str, pd.DataFrame]:
    """Two documents that contradict each other on what a bridge costs."""
    texts = ["The Halmar Strait Bridge will cost 2.3 billion euros, minister Ilse Marrow said.",
             "The Halmar Strait Bridge will cost 2.6 billion euros, auditor Beatrix Onslow said."]
    documents = pd.DataFrame({"text": texts, "date": "2023-05-16", "words": 13, "path": ["m.txt", "a.txt"]},
                             index=pd.Index(["ministry", "audit"], name="doc"))
    documents = documents.reindex(columns=handmade.documents().columns)
    documents.attrs["problems"] = handmade.documents().attrs["problems"]
    rows = [{"doc": doc, "start": text.index("2."), "end": text.index(" euros") + 6, "paragraph": 0,
             "text": text[text.index("2."):text.index(" euros") + 6], "kind": "money", "unit": "EUR",
             "value": float(text[text.index("2."):][:3]) * 1e9, "of": "Halmar Strait Bridge"}
            for doc, text in zip(documents.index, texts, strict=True)]
    empty = {name: handmade.empty(columns) for name, columns in (
        ("quotes", handmade.QUOTE_COLUMNS), ("phrases", handmade.PHRASE_COLUMNS),
        ("themes", handmade.THEME_COLUMNS))}
    return tables(documents=documents, figures=pd.DataFrame(rows, columns=handmade.FIGURE_COLUMNS), **empty)


class TestFigures:
    def test_contradictions_stand_first_and_lead_to_their_words(self, no_charts):
        text = report_html(two_sources(), facts=FACTS)
        reader = Reader(text)
        assert "Claims differ on 1 thing: “Halmar Strait Bridge (cost)”." in reader.words
        assert reader.words.index("Claims differ on") < reader.words.index("No quotes were found")
        section = re.search(r'id="claims">(.*?)</details>', text, re.DOTALL)[1]
        assert section.count('class="verdict s4">differs') == 2
        assert "audit: 2.6 billion EUR" in html.unescape(section)
        assert 'href="#d1f1"' in section and 'href="#d2f1"' in section
        assert '<span class="found">2.3 billion euros</span>' in section

    def test_all_figures_can_be_sorted_and_have_their_sentence(self, no_charts):
        text = report_html(two_sources(), facts=FACTS)
        section = re.search(r'id="figures">(.*?)</details>', text, re.DOTALL)[1]
        assert "data-sortable" in section and 'data-value="2300000000.0"' in section
        assert "The Halmar Strait Bridge will cost 2.3 billion euros" in section

    def test_one_document_without_claims_has_no_section_for_them_and_its_text_is_unfolded(self):
        assert 'id="claims"' not in whole()
        assert '<details class="doc" data-base="d1" data-day="" open>' in whole()


CHIP = Markup("<a>1</a>")
MARKS = [
    ("none", "One.", [], ["One."]),
    ("one", "One two.", [Mark(4, 7, name="a")], ['One <span id="a">two</span>.']),
    ("a look", "ab", [Mark(0, 2, "quote direct", 2)], ['<span class="quote direct s2">ab</span>']),
    ("one in another", "One two.", [Mark(4, 7, name="b"), Mark(0, 8, name="a")],
     ['<span id="a">One <span id="b">two</span>.</span>']),
    ("two that cross", "abcdef", [Mark(0, 4, name="a"), Mark(2, 6, name="b", after=CHIP)],
     ['<span id="a">ab<span id="b">cd</span></span><span>ef</span><a>1</a>']),
    ("over paragraphs", "One.\n\nTwo.", [Mark(0, 10, name="a", before=CHIP)],
     ['<a>1</a><span id="a">One.</span>', "<span>Two.</span>"]),
    ("one after another", "ab", [Mark(0, 1, name="a"), Mark(1, 2, name="b")],
     ['<span id="a">a</span><span id="b">b</span>']),
    ("a link before it", "ab", [Mark(0, 2, name="a", before=CHIP, row="r")],
     ['<a>1</a><span id="a">ab</span>']),
    ("a link", "ab", [Mark(0, 2, name="a", row="r")], ['<a id="a" href="#r">ab</a>']),
    ("a link in a link", "ab", [Mark(0, 2, name="a", row="r"), Mark(0, 1, name="b", row="s")],
     ['<a id="a" href="#r"><span id="b">a</span>b</a>']),
    ("of nothing", "ab", [Mark(1, 1, name="a")], ["ab"]),
    ("behind the end", "ab", [Mark(1, 9, name="a"), Mark(9, 12, name="b")], ['a<span id="a">b</span>']),
    ("with a title", "ab", [Mark(0, 2, title='"<')], ['<span title="&#34;&lt;">ab</span>']),
]


@pytest.mark.parametrize(("text", "marks", "expected"), [row[1:] for row in MARKS],
                         ids=[row[0] for row in MARKS])
def test_marks(text, marks, expected):
    assert [str(part) for part in mark_up(text, paragraphs(text), marks, look=by_class)] == expected


@pytest.mark.parametrize("look", [by_class, by_style], ids=["report", "notebook"])
@settings(max_examples=40, deadline=None)
@given(st.text(max_size=60), st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)),
                                      max_size=8))
def test_marks_never_change_a_text(look, text, spans):
    marks = [Mark(start, end, "quote", n % 7, name=f"m{n}") for n, (start, end) in enumerate(spans)]
    plain, marked = ([str(part) for part in mark_up(text, paragraphs(text), some, look=look)]
                     for some in ([], marks))
    assert [re.sub("<[^>]*>", "", part) for part in marked] == plain
    for part in marked:
        assert Reader(part).open == []


class TestFindings:
    def test_of_the_seed(self):
        found = [finding.text for finding in find_findings(tables())]
        assert found == [
            "Rashid Alimov (Secretary-General) is quoted most: 7 of 8 quotes, 3 of them wholly in "
            "direct speech.",
            "The themes in most passages are “transport” (4 passages), “finance” (3 passages) and "
            "“institutions” (3 passages).",
            "Rashid Alimov speaks most often of “transport”: in 4 quotes.",
            "The only sum of money is “$ 40 billion” (> 40 billion USD): mutual accumulated "
            "investments of the SCO member states, 2016, says Rashid Alimov.",
            "8 figures: 4 dates, 3 ordinals and 1 sum of money; 2 of them are quoted speakers’ "
            "claims."]

    def test_name_the_rows_they_come_from(self):
        found = tables()
        for finding in find_findings(found):
            assert all(0 <= row < len(found[finding.table]) for row in finding.rows)

    def test_unknown_speakers_are_said(self):
        quotes = handmade.quotes()
        quotes.loc[[1, 3], "speaker"] = None
        found = find_findings(tables(quotes=quotes))
        assert found[1].text == "For 2 quotes no speaker was found."
        assert found[1].rows == (1, 3)

    def test_equals_are_named_together(self):
        quotes = handmade.quotes()[:2]
        assert find_findings(tables(quotes=quotes))[0].text == (
            "Rashid Alimov and the website of the organization are quoted most: 1 time each, of "
            "2 quotes.")

    def test_parts_of_themes_are_no_main_themes_beside_their_whole(self):
        themes = pd.concat([handmade.themes().assign(theme=name) for name in
                            ("transport", "transport/road", "sea/ports")], ignore_index=True)
        (found,) = [finding.text for finding in find_findings(tables(themes=themes))
                    if finding.table == "themes"]
        assert "“sea/ports” (" in found and "“transport” (" in found and "road" not in found

    def test_each_paragraph_is_linked_once(self, no_charts):
        quotes = pd.concat([handmade.quotes()] * 3, ignore_index=True)
        text = report_html(tables(quotes=quotes), facts=FACTS)
        places = re.search(r'quoted most.*?<span class="places">(.*?)</span>', text, re.DOTALL)[1]
        labels = re.findall("¶ [0-9]+", places)
        assert labels and len(labels) == len(set(labels))

    def test_nobody_is_said_to_speak_of_himself(self):
        themes = handmade.themes().assign(theme=handmade.ALIMOV)
        assert not [finding.text for finding in find_findings(tables(themes=themes))
                    if "speaks most often" in finding.text]

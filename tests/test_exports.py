"""Exports: what other tools read in the files is what the tables say, and corrections come home."""
from __future__ import annotations

import getpass
import io
import json
import re
import warnings
import zipfile

import pandas as pd
import pytest

from helpers import KitError, export, find_figures, find_quotes, import_xmi, tokenize
from helpers.__main__ import main
from helpers.check import (
    FACTS,
    TYPES,
    add_corrections,
    corrected,
    error_rates,
    judged,
    read_corrections,
    sample,
)
from helpers.run.exports import file_names

cassis = pytest.importorskip("cassis", reason="dkpro-cassis (pip install -e '.[test]') is not installed")
conllu = pytest.importorskip("conllu", reason="conllu (pip install -e '.[test]') is not installed")

TEXT = ("Mayor Ann Lee 😀 spoke on Monday. “The bridge will cost € 12 million,” said Lee, “and more.”\r\n\r\n"
        "“It is\tfar\ntoo much,” said Eva Roe. It would open in 2031, Roe added.\n\n"
        "He said that Ann Lee had said that 10 to 15 per cent of it “was paid”. “Nobody knows.”")
PLAIN = "Rain fell on the old bridge."
HOSTILE = "The <b>ferry</b> & “train” \x01 stopped\uffff; \"Why?\" asked Eva Roe ]]> 😀."


# pieces of the content, cue, source, speaker, kind, checked
QUOTES = {
    "news/a.txt": [
        (["The bridge will cost € 12 million,", "and more."], "said", "Lee", "Ann Lee", "direct", "right"),
        (["It is\tfar\ntoo much,"], "said", "Eva Roe", "Eva Roe", "direct", "corrected"),
        (["It would open in 2031"], "added", "Roe", "Eva Roe", "indirect", "added"),
        (["that Ann Lee had said that 10 to 15 per cent of it “was paid”"], "said", "He", None, "mixed", None),
        (["that 10 to 15 per cent of it “was paid”"], "had said", "Ann Lee", "Ann Lee", "mixed", None),
        (["Nobody knows."], None, None, None, "direct", None)],
    "=c": [(["Why?"], "asked", "Eva Roe", "Eva Roe", "direct", None)],
}


def find(text, words, near=0):
    """The place of some words nearest to a place."""
    if words is None:
        return []
    spans = [match.span() for match in re.finditer(re.escape(words), text)]
    return [min(spans, key=lambda span: abs(span[0] - near))]


@pytest.fixture(scope="module")
def documents():
    return pd.DataFrame({"text": [TEXT, PLAIN, HOSTILE, "", None]}, index=["news/a.txt", "../b", "=c", "empty", "none"])


@pytest.fixture(scope="module")
def quotes(documents):
    rows = []
    for doc, some in QUOTES.items():
        text = documents.at[doc, "text"]
        for pieces, cue, source, speaker, kind, checked in some:
            spans = [find(text, piece)[0] for piece in pieces]
            cues = find(text, cue, spans[0][0])
            rows.append({
                "doc": doc, "start": spans[0][0], "end": spans[-1][1], "kind": kind, "quote": " … ".join(pieces),
                "spans": spans, "cue_spans": cues, "source_spans": find(text, source, spans[0][0]), "cue": cue,
                "source": source, "speaker": speaker, "speaker_kind": "person" if speaker else None, "role": None,
                "inferred": False, "stance": "affirmed", "confidence": 0.8, "checked": checked})
    table = pd.DataFrame(rows)
    return table.astype(object).where(table.notna(), None)


@pytest.fixture(scope="module")
def figures(documents, quotes):
    return find_figures(documents, quotes=quotes)


@pytest.fixture
def written(tmp_path, documents, quotes, figures):
    def write(format):
        return {path.name: path for path in export(documents, quotes, figures, tmp_path / format, format=format)}
    return write


def words(text, spans):
    return [text[start:end] for start, end in spans]


class TestFolder:
    @pytest.mark.parametrize("docs", [
        ["news/a.txt", "../../etc/passwd", "C:\\x", "CON", "nul", "com1", "aux", ".hidden", "a" * 300, "😀", "", "née", 7],
        ["a", "A", "a-2", "á", "a/", "a?", "a-5", "a-6"], ["😀", "😎", "document-2", "document"],
    ])
    def test_has_names_that_every_system_takes(self, docs):
        names = list(file_names(docs))
        assert len({name.lower() for name in names}) == len(docs)
        for name in names:
            assert re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_-]{0,79}", name), name
            assert not re.fullmatch(r"(?i)con|prn|aux|nul|(com|lpt)\d", name), name

    @pytest.mark.parametrize("format", ["webanno", "brat", "xmi", "conllu"])
    def test_with_something_in_it_is_left_alone(self, format, tmp_path, documents):
        (tmp_path / "mine.txt").write_text("mine", "utf-8")
        with pytest.raises(KitError, match="name a new folder"):
            export(documents, None, None, tmp_path, format=format)
        assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]

    def test_that_is_a_file_is_left_alone(self, tmp_path, documents):
        (tmp_path / "mine").write_text("mine", "utf-8")
        with pytest.raises(KitError, match="cannot be written"):
            export(documents, None, None, tmp_path / "mine", format="brat")

    def test_says_which_document_each_file_is(self, written):
        index = pd.read_csv(written("brat")["index.csv"], dtype=str)
        assert index.values.tolist() == [["news_a_txt", "news/a.txt"], ["b", "../b"], ["c", "'=c"],
                                         ["empty", "empty"], ["none", "none"]]

    @pytest.mark.parametrize("format", ["webanno", "brat", "xmi", "conllu"])
    @pytest.mark.parametrize("rows", [slice(0, 0), slice(0, 4)], ids=["no documents", "documents without rows"])
    def test_takes_empty_tables(self, format, rows, documents, quotes, figures, tmp_path):
        for n, (some, others) in enumerate([(None, None), (quotes[:0], figures[:0]), (pd.DataFrame(), pd.DataFrame())]):
            assert (tmp_path / str(n) / "index.csv") in export(
                documents.iloc[rows], some, others, tmp_path / str(n), format=format)

    def test_takes_no_other_tables(self, documents, quotes, figures, tmp_path):
        with pytest.raises(KitError, match="another table"):
            export(documents, figures, quotes, tmp_path, format="brat")
        with pytest.raises(KitError, match="other documents"):
            export(documents[1:], quotes, figures, tmp_path, format="brat")
        with pytest.raises(KitError, match="one of webanno, brat, xmi, conllu"):
            export(documents, quotes, figures, tmp_path, format="tei")
        assert not list(tmp_path.iterdir())

    def test_comes_from_the_command_line(self, tmp_path, capsys):
        (tmp_path / "in").mkdir()
        (tmp_path / "in" / "a.txt").write_text("Mayor Ann Lee spoke. “It works,” said Lee.", "utf-8")
        assert main(["export", str(tmp_path / "in"), "--out", str(tmp_path / "in" / "out"), "--format", "brat"]) == 1
        assert "lies inside the documents" in capsys.readouterr().err
        assert main(["export", str(tmp_path / "in"), "--out", str(tmp_path / "out"), "--format", "brat"]) == 0
        assert "speaker: Ann Lee" in (tmp_path / "out" / "a.ann").read_text("utf-8")
        assert main(["export", str(tmp_path / "in"), "--out", str(tmp_path / "out"), "--format", "brat"]) == 1

    def test_names_a_folder_or_format_that_is_not_there(self, tmp_path, capsys):
        assert main(["export", "no-such-folder", "--out", "out", "--format", "brat"]) == 1
        assert "no-such-folder" in capsys.readouterr().err
        with pytest.raises(SystemExit, match="2"):
            main(["export", "seeds", "--out", str(tmp_path / "out"), "--format", "tei"])
        assert "invalid choice: 'tei'" in capsys.readouterr().err


class TestWebAnnotation:
    """W3C Web Annotation Data Model: what it requires of each class."""

    @staticmethod
    def items(path):
        found = json.loads(path.read_text("utf-8"))
        assert found["@context"] == "http://www.w3.org/ns/anno.jsonld" and found["type"] == "AnnotationCollection"
        page = found.get("first", {"items": []})
        assert found["total"] == len(page["items"]) and ("first" in found) == bool(page["items"])
        if page["items"]:
            assert page["type"] == "AnnotationPage" and page["startIndex"] == 0
            assert len({found["id"], page["id"], *(one["id"] for one in page["items"])}) == found["total"] + 2
        return page["items"]

    @staticmethod
    def selected(part, text):
        assert re.fullmatch("urn:sha256:[0-9a-f]{64}", part["source"])
        place, quote = part["selector"]
        assert (place["type"], quote["type"]) == ("TextPositionSelector", "TextQuoteSelector")
        start, end = place["start"], place["end"]
        assert text[start:end] == quote["exact"]
        assert text[:start].endswith(quote["prefix"]) and text[end:].startswith(quote["suffix"])
        assert (quote["prefix"] + quote["exact"] + quote["suffix"]) in text
        return start, end

    def test_has_each_row_with_its_places_and_facts(self, written, quotes, figures):
        items = self.items(written("webanno")["news_a_txt.jsonld"])
        mine = quotes[quotes["doc"] == "news/a.txt"].to_dict("records")
        theirs = figures[figures["doc"] == "news/a.txt"].to_dict("records")
        assert len(items) == len(mine) + len(theirs) and len(mine) > 4 and len(theirs) > 2
        for item, row in zip(items, mine + theirs, strict=True):
            assert item["type"] == "Annotation" and item["target"]
            tags = {body["label"]: body["value"] for body in item["body"] if body["purpose"] == "tagging"}
            links = {label: [self.selected(body, TEXT) for body in item["body"] if body["label"] == label and body["purpose"] == "linking"]
                     for label in ("cue", "source")}
            assert links == {"cue": row.get("cue_spans", []), "source": row.get("source_spans", [])}
            assert [self.selected(part, TEXT) for part in item["target"]] == row.get("spans", [(row["start"], row["end"])])
            assert tags.get("speaker") == (row["speaker"] if isinstance(row["speaker"], str) else None)
            assert tags["checked"] == (row.get("checked") or "unchecked") and tags["kind"] == row["kind"]

    def test_keeps_a_quotation_in_pieces_in_pieces(self, written):
        first = self.items(written("webanno")["news_a_txt.jsonld"])[0]
        assert [part["selector"][1]["exact"] for part in first["target"]] == ["The bridge will cost € 12 million,", "and more."]

    def test_of_documents_with_one_text_is_of_both(self, tmp_path):
        text = "Mayor Ann Lee spoke. “It works,” said Lee."
        documents = pd.DataFrame({"text": [text, text]}, index=["a", "b"])
        one, two = export(documents, find_quotes(documents), None, tmp_path, format="webanno")[:2]
        one, two = self.items(one), self.items(two)
        assert one[0]["target"] == two[0]["target"] and one[0]["id"] != two[0]["id"]


def read_brat(text, annotation, settings):
    """brat's standoff, strictly: https://brat.nlplab.org/standoff.html; gives rows by their ids."""
    values = dict(re.findall(r"(?m)^(\w+)\tArg:\S+, Value:(\S+)$", settings))
    found, parts = {}, {"T": {}, "E": {}}
    assert annotation == "" or annotation.endswith("\n")
    for line in annotation.split("\n")[:-1]:
        assert line == line.rstrip("\r") and len(line.splitlines()) == 1
        name, *rest = line.split("\t")
        assert re.fullmatch(r"[TEA#][1-9]\d*", name) and name not in found
        found[name] = rest
    for name, (what, *rest) in found.items():
        label, *cells = what.split(" ")
        if name[0] == "T":
            spans = [tuple(map(int, one.split())) for one in what.partition(" ")[2].split(";")]
            assert label in ("Quotation", "Cue", "Source", "Figure")
            assert all(start < end for start, end in spans) and spans == sorted(spans)
            assert rest == [" ".join(words(text, spans))]
            parts["T"][name] = (label, spans)
        elif name[0] == "E":
            roles = dict(cell.split(":") for cell in cells)
            (label, trigger) = label.split(":")
            assert label == "Quotation" == parts["T"][trigger][0] and not rest
            assert all(parts["T"][one][0] == role for role, one in roles.items())
            parts["E"][name] = {"content": parts["T"][trigger][1]} | {role: parts["T"][one][1] for role, one in roles.items()}
    rows = {name: {"places": places} for name, places in parts["E"].items()}
    rows |= {name: {"places": {"content": spans}} for name, (label, spans) in parts["T"].items() if label == "Figure"}
    for name, (what, *rest) in found.items():
        label, *cells = what.split(" ")
        if name[0] == "A":
            assert cells[1] in values[label].split("|") and not rest
            rows[cells[0]][label] = cells[1]
        elif name[0] == "#":
            assert label == "AnnotatorNotes" and len(rest) == 1
            rows[cells[0]]["note"] = rest[0]
    return list(rows.values())


class TestBrat:
    def test_has_each_row_with_its_places_and_facts(self, written, quotes, figures, documents):
        files = written("brat")
        settings = files["annotation.conf"].read_text("utf-8")
        for doc, name in (("news/a.txt", "news_a_txt"), ("=c", "c"), ("../b", "b"), ("none", "none")):
            text = files[f"{name}.txt"].read_bytes().decode("utf-8")
            mine = quotes[quotes["doc"] == doc].to_dict("records") + figures[figures["doc"] == doc].to_dict("records")
            rows = read_brat(text, files[f"{name}.ann"].read_bytes().decode("utf-8"), settings)
            assert len(rows) == len(mine)
            for found, row in zip(rows, mine, strict=True):
                spans = row.get("spans", [(row["start"], row["end"])])
                assert found["places"]["content"][0][0] == spans[0][0] and found["places"]["content"][-1][1] == spans[-1][1]
                assert "".join(words(text, found["places"]["content"])).split() == "".join(words(text, spans)).split() or "\n" in row["quote"] or "\t" in row["quote"]
                assert found["places"].get("Cue", []) == row.get("cue_spans", [])
                assert found["places"].get("Source", []) == row.get("source_spans", [])
                assert found["Kind"] == row["kind"] and found["Checked"] == (row.get("checked") or "unchecked")
                assert (f"speaker: {row['speaker']};" in found["note"]) == isinstance(row["speaker"], str)

    def test_keeps_the_text_with_its_line_ends_and_tabs(self, written):
        files = written("brat")
        assert files["news_a_txt.txt"].read_bytes() == TEXT.encode()
        assert files["c.txt"].read_bytes().decode() == HOSTILE.replace("\x01", "�").replace("\uffff", "�")

    def test_parts_marks_where_lines_end(self, written):
        ann = written("brat")["news_a_txt.ann"].read_text("utf-8")
        start = TEXT.index("It is")
        assert f"Quotation {start} {start + 5};{start + 6} {start + 9};{start + 10} {start + 19}\tIt is far too much," in ann


class TestConllu:
    def test_is_read_with_all_words(self, written, documents):
        path = written("conllu")["news_a_txt.conllu"]
        sentences = conllu.parse(path.read_text("utf-8"))
        table = tokenize(documents.iloc[:1])
        assert len(sentences) == table["sentence"].nunique()
        found = [word for sentence in sentences for word in sentence]
        for word, row in zip(found, table.to_dict("records"), strict=True):
            assert (word["form"], word["lemma"], word["upos"]) == (row["token"], row["lemma"], row["pos"])
            assert word["misc"]["TokenRange"] == f"{row['start']}:{row['end']}" and TEXT[row["start"]:row["end"]] == word["form"]
        assert [sentence.metadata.get("newpar", "") is None for sentence in sentences].count(True) == table["paragraph"].nunique()

    def test_has_the_text_of_each_sentence(self, written):
        sentences = conllu.parse(written("conllu")["c.conllu"].read_text("utf-8"))
        assert sentences[0].metadata["newdoc id"] == "=c"
        for number, sentence in enumerate(sentences, 1):
            said = "".join(word["form"] + " " * ((word["misc"] or {}).get("SpaceAfter") != "No") for word in sentence)
            assert sentence.metadata["text"] == said.strip() and sentence.metadata["sent_id"] == f"=c-{number}"
            assert [word["id"] for word in sentence] == list(range(1, len(sentence) + 1))

    def test_has_no_file_without_words(self, written):
        assert set(written("conllu")) == {"index.csv", "news_a_txt.conllu", "b.conllu", "c.conllu"}


LINK, QUOTATION, FIGURE = (f"webanno.custom.{name}" for name in ("QuotationLink", "Quotation", "Figure"))


class TestXmi:
    @staticmethod
    def read(files, name):
        types = cassis.load_typesystem(files["TypeSystem.xml"])
        return cassis.load_cas_from_xmi(files[name], typesystem=types)

    def test_has_each_row_with_its_places_and_facts(self, written, quotes, figures):
        cas = self.read(written("xmi"), "news_a_txt.xmi")
        assert cas.sofa_string == TEXT
        spans, links = list(cas.select(QUOTATION)), list(cas.select(LINK))
        mine = quotes[quotes["doc"] == "news/a.txt"].to_dict("records")
        heads = [span for span in spans if span.checked]
        assert len(heads) == len(mine)
        for row in mine:
            [head] = [one for one in heads if one.row == f"{row['start']}-{row['end']}"]
            parts = [("content", head)] + [(link.part, link.Dependent) for link in links if link.Governor is head]
            for part, column in (("content", "spans"), ("cue", "cue_spans"), ("source", "source_spans")):
                assert [(one.begin, one.end) for label, one in parts if label == part] == row[column]
                assert all(one.part == label and one.row == head.row for label, one in parts)
            assert head.speaker == (row["speaker"] if isinstance(row["speaker"], str) else None)
            assert (head.kind, head.stance, head.checked) == (row["kind"], row["stance"], row["checked"] or "unchecked")
        theirs = figures[figures["doc"] == "news/a.txt"].to_dict("records")
        for one, row in zip(cas.select(FIGURE), theirs, strict=True):
            assert one.get_covered_text() == row["text"] and (one.unit, one.of, one.when) == (row["unit"], row["of"], row["when"])
        assert [one.value for one in cas.select(FIGURE)] == ["12000000", "2031", "10–15"]

    def test_counts_in_utf_16_units(self, written):
        xmi = written("xmi")["news_a_txt.xmi"].read_text("utf-8")
        begin = len(TEXT[:TEXT.index("The bridge")].encode("utf-16-le")) // 2
        assert begin == TEXT.index("The bridge") + 1 and f'begin="{begin}"' in xmi

    def test_keeps_hostile_texts(self, written):
        files = written("xmi")
        assert self.read(files, "c.xmi").sofa_string == HOSTILE.replace("\x01", "�").replace("\uffff", "�")
        assert not list(self.read(files, "empty.xmi").select(QUOTATION))

    def test_knows_every_fact(self):
        types = cassis.load_typesystem(TYPES)
        for layer, facts in FACTS.items():
            features = {feature.name for feature in types.get_type(f"webanno.custom.{layer}").features}
            assert features == {*facts, "part", "checked", "row"}


class TestImport:
    """What comes back from INCEpTION, here changed by cassis as a person would."""

    @pytest.fixture
    def home(self, tmp_path, documents, quotes, figures):
        quotes = quotes.drop(columns="checked")
        files = {path.name: path for path in export(documents, quotes, figures, tmp_path / "xmi", format="xmi")}
        (tmp_path / "corpus").mkdir()
        types = cassis.load_typesystem(files["TypeSystem.xml"])
        token = types.create_type("de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Token")
        types.create_feature(types.get_type(FIGURE), "remark", "uima.cas.String")
        cas = cassis.load_cas_from_xmi(files["news_a_txt.xmi"], typesystem=types)
        cas.add(token(begin=0, end=5))  # INCEpTION adds such

        class Home:
            xmi, corpus = tmp_path / "xmi", tmp_path / "corpus"
            back = tmp_path / "back.xmi"

            def __init__(self):
                self.cas, self.quotes, self.figures = cas, quotes, figures
                self.spans = {one.row: one for one in cas.select(QUOTATION) if one.checked}
                self.numbers = {one.row: one for one in cas.select(FIGURE)}
                self.rows = [f"{row.start}-{row.end}" for row in quotes.itertuples() if row.doc == "news/a.txt"]

            def remove(self, row):
                for link in [link for link in cas.select(LINK) if link.Governor.row == row]:
                    cas.remove(link)
                for one in [one for one in cas.select(QUOTATION) if one.row == row]:
                    cas.remove(one)

            def come(self, back=None):
                self.cas.to_xmi(self.back)
                return import_xmi(back or self.back, self.xmi, documents, self.corpus)

            def after(self):
                return corrected(quotes, documents, self.corpus), corrected(figures, documents, self.corpus)

        return Home()

    def test_of_nothing_changed_adds_nothing(self, home):
        assert home.come().empty and import_xmi(home.xmi, home.xmi, pd.DataFrame({"text": [TEXT]}), home.corpus).empty is False
        assert not (home.corpus / "corrections.csv").exists()

    def test_brings_each_kind_of_correction(self, home):
        right, whose, words_of, none = home.rows[:4]
        home.spans[right].checked = "right"
        home.spans[whose].speaker = " Ann Lee "
        home.spans[words_of].end -= 8
        home.remove(none)
        start = TEXT.index("Rain") if "Rain" in TEXT else TEXT.index("spoke")
        home.cas.add(home.cas.typesystem.get_type(QUOTATION)(begin=start, end=start + 15, speaker="Eva Roe"))
        told = home.come()
        assert sorted(told["verdict"]) == ["missed", "not a statement", "right", "wrong", "wrong"]
        assert set(told["who"]) == {getpass.getuser()} and not any(told["why"]) and set(told["doc"]) == {"news/a.txt"}
        now, _ = home.after()
        by_row = {f"{row.start}-{row.end}": row for row in now.itertuples() if row.doc == "news/a.txt"}
        assert by_row[right].checked == "right" and by_row[right].spans == home.quotes["spans"].iloc[0]
        assert by_row[whose].speaker == "Ann Lee" and by_row[whose].checked == "corrected"
        assert by_row[f"{start}-{start + 15}"].speaker == "Eva Roe" and by_row[f"{start}-{start + 15}"].checked == "added"
        first = int(words_of.split("-")[0])
        assert by_row[f"{first}-{int(words_of.split('-')[1]) - 8}"].checked == "corrected"
        assert none not in by_row and not len(now.attrs["stale"])

    def test_leaves_the_verdicts_on_rows_drawn_at_random(self, home, documents):
        drawn = sample(home.quotes, documents, n=len(home.quotes))
        add_corrections([judged(drawn, n, "right", who="Ann") for n in range(len(home.quotes))], home.corpus)
        before = error_rates(home.quotes, documents, home.corpus)
        home.remove(home.rows[0])
        assert home.come()["verdict"].tolist() == ["not a statement"]
        assert len(before) and error_rates(home.quotes, documents, home.corpus).equals(before)

    def test_brings_figures(self, home):
        money, year, share = home.numbers.values()
        money.value, money.of, share.unit = "13,000,000", "new bridge", "pp"
        home.cas.remove(year)
        assert sorted(home.come()["verdict"]) == ["not a figure", "wrong", "wrong"]
        _, now = home.after()
        rows = now[now["doc"] == "news/a.txt"]
        assert rows["value"].tolist()[0] == 13e6 and rows["of"].tolist()[0] == "new bridge"
        assert rows["unit"].tolist() == ["EUR", "pp"] and rows["high"].tolist()[1] == 15

    def test_joins_the_pieces_of_a_new_quotation(self, home):
        kind, link = (home.cas.typesystem.get_type(name) for name in (QUOTATION, LINK))
        one, two = kind(begin=6, end=13), kind(begin=17, end=22)
        home.cas.add_all([one, two, link(begin=17, end=22, Governor=one, Dependent=two)])
        assert home.come()[["verdict", "start", "end", "words"]].values.tolist() == [["missed", "6", "22", "6-22 " + TEXT[6:22]]]

    def test_is_a_word_of_the_command_line(self, tmp_path, capsys):
        (tmp_path / "in").mkdir()
        (tmp_path / "in" / "a.txt").write_text("Mayor Ann Lee met Eva Roe. “It works,” said Lee.", "utf-8")
        assert main(["export", str(tmp_path / "in"), "--out", str(tmp_path / "xmi"), "--format", "xmi"]) == 0
        back = tmp_path / "back.xmi"
        back.write_text((tmp_path / "xmi" / "a.xmi").read_text("utf-8").replace("Ann Lee\"", "Eva Roe\""), "utf-8")
        told = ["import-xmi", str(back), str(tmp_path / "xmi"), str(tmp_path / "in")]
        assert main(told) == 0 and "wrong" in capsys.readouterr().out
        assert main(told) == 0 and "Nothing else was changed" in capsys.readouterr().out
        assert read_corrections(tmp_path / "in")["speaker"].tolist() == ["Eva Roe"]
        assert main(["import-xmi", "no-such.xmi", *told[2:]]) == 1 and "no-such.xmi" in capsys.readouterr().err

    def test_adds_nothing_twice_and_changes_nothing(self, home):
        home.spans[home.rows[0]].speaker = "Eva Roe"
        home.come()
        before = (home.corpus / "corrections.csv").read_bytes()
        assert home.come().empty and (home.corpus / "corrections.csv").read_bytes() == before
        home.spans[home.rows[0]].speaker = "Mr Lee"
        assert len(home.come()) == 1
        assert (home.corpus / "corrections.csv").read_bytes().startswith(before)
        assert home.after()[0]["speaker"].iloc[0] == "Mr Lee"

    def test_knows_a_row_whose_words_were_corrected_before(self, home, documents, tmp_path):
        home.spans[home.rows[2]].end -= 8
        home.come()
        again = export(documents, *home.after(), tmp_path / "again", format="xmi")[0]
        types = cassis.load_typesystem(TYPES)
        cas = cassis.load_cas_from_xmi(again, typesystem=types)
        [span] = [one for one in cas.select(QUOTATION) if one.checked == "corrected"]
        span.speaker = "Ann Lee"
        cas.to_xmi(home.back)
        import_xmi(home.back, tmp_path / "again", documents, home.corpus)
        now, _ = home.after()
        assert len(now) == len(home.quotes)
        assert now[now["checked"] == "corrected"][["end", "speaker"]].values.tolist() == [[span.end, "Ann Lee"]]

    def test_lists_what_corrections_have_no_place_for(self, home, tmp_path):
        home.spans[home.rows[0]].kind = "indirect"
        told = home.come()
        assert told["why"].str.partition(": ")[2].tolist() == ["kind"]
        assert not any(told["verdict"]) and not (home.corpus / "corrections.csv").exists()

    def test_moved_and_missed_figures_are_corrections(self, home):
        next(iter(home.numbers.values())).begin += 2
        home.cas.add(home.cas.typesystem.get_type(FIGURE)(begin=0, end=5, value="1"))
        assert sorted(home.come()["verdict"]) == ["missed", "wrong"]

    def test_lists_texts_of_other_documents(self, home):
        home.cas = cassis.Cas(home.cas.typesystem)
        home.cas.sofa_string = "Another text."
        assert home.come()["why"].tolist() == ["its text is none of those exported"]

    def test_takes_a_project_with_its_annotators(self, home, tmp_path):
        def packed(name, data):
            with zipfile.ZipFile(file := io.BytesIO(), "w") as archive:
                archive.writestr(name, data)
            return file.getvalue()

        with zipfile.ZipFile(tmp_path / "project.zip", "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("source/a.xmi", (home.xmi / "news_a_txt.xmi").read_bytes())
            for who in ("ann", "eva"):
                home.spans[home.rows[0]].speaker = who.title()
                archive.writestr(f"annotation/a.xmi/{who}.zip", packed(f"{who}.xmi", home.cas.to_xmi()))
        told = home.come(back=tmp_path / "project.zip")
        assert told[["who", "speaker"]].values.tolist() == [["ann", "Ann"], ["eva", "Eva"]]

    def test_of_one_text_twice_is_compared_with_the_nearer(self, tmp_path):
        text = "It grew by 5 per cent last Monday. “It works,” said Ann Lee."
        documents = pd.DataFrame({"text": [text, text], "date": ["2020-01-01", "2021-01-01"]}, index=["a", "b"])
        export(documents, find_quotes(documents), find_figures(documents), tmp_path / "xmi", format="xmi")
        assert import_xmi(tmp_path / "xmi", tmp_path / "xmi", documents, tmp_path).empty

    @pytest.mark.parametrize(("damage", "why"), [
        (lambda xmi: xmi[:-20], "damaged"),
        (lambda xmi: xmi.replace("?>", '?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>', 1), "damaged"),
        (lambda xmi: xmi.replace("?>", '?><!DOCTYPE x SYSTEM "file:///etc/passwd">', 1), "damaged"),
        (lambda xmi: re.sub('begin="[0-9]+"', 'begin="99999"', xmi, count=1), "damaged"),
        (lambda xmi: re.sub('begin="[0-9]+"', 'begin="-4"', xmi, count=1), "damaged"),
        (lambda xmi: re.sub('begin="[0-9]+"', "", xmi, count=1), "damaged"),
        (lambda xmi: xmi.replace("sofaString", "other"), "damaged"),
        (lambda xmi: "<a/>", "damaged"), (lambda xmi: "", "damaged"),
    ])
    def test_refuses_damaged_files(self, damage, why, home):
        home.come()
        home.back.write_text(damage(home.back.read_text("utf-8")), "utf-8")
        with pytest.raises(KitError, match=why):
            import_xmi(home.back, home.xmi, pd.DataFrame({"text": [TEXT]}), home.corpus)

    def test_refuses_large_files_and_folders_without_any(self, home, monkeypatch, tmp_path):
        with pytest.raises(KitError, match="holds no .xmi"):
            import_xmi(home.corpus, home.xmi, pd.DataFrame({"text": [TEXT]}), home.corpus)
        monkeypatch.setattr("helpers.check.inception.MOST_BYTES", 100)
        with pytest.raises(KitError, match="larger than"):
            home.come()

    @pytest.mark.parametrize(("name", "why"), [("../../a.xmi", "leads out"), ("a.xmi/b.zip", "damaged archive")])
    def test_refuses_what_is_wrong_in_archives(self, name, why, home, tmp_path):
        with zipfile.ZipFile(tmp_path / "back.zip", "w") as archive:
            archive.writestr(name, (home.xmi / "news_a_txt.xmi").read_bytes())
        with pytest.raises(KitError, match=why):
            home.come(back=tmp_path / "back.zip")

    def test_refuses_what_lies_deep(self, home):
        home.back.write_text("<a>" * 100_000 + "</a>" * 100_000, "utf-8")
        with pytest.raises(KitError, match="damaged"):
            import_xmi(home.back, home.xmi, pd.DataFrame({"text": [TEXT]}), home.corpus)

    def test_takes_no_time_for_many_pieces(self, home):
        xmi = (home.xmi / "news_a_txt.xmi").read_text("utf-8")
        spans = [f'<custom:Quotation xmi:id="{n}" begin="1" end="2" row="1-2"/>' for n in range(1000, 31000)]
        members = " ".join(map(str, range(1000, 31000)))
        xmi = xmi.replace("<cas:Sofa", "".join(spans) + "<cas:Sofa").replace('members="', f'members="{members} ')
        home.back.write_text(xmi, "utf-8")
        assert len(import_xmi(home.back, home.xmi, pd.DataFrame({"text": [TEXT]}), home.corpus)) == 1
        assert len(read_corrections(home.corpus)) == 1


def test_cassis_warns_of_nothing(written):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        TestXmi.read(written("xmi"), "news_a_txt.xmi")

"""The tables that a run saves: each column is explained, each row leads to its place in the report."""
from __future__ import annotations

import re
from functools import cache

import pytest

from helpers import find_figures, find_phrases, find_quotes, find_themes, load
from helpers.check import add_corrections, corrected, judged, read_corrections, sample
from helpers.check.corrections import VERDICTS
from helpers.figures.claims import compare_claims
from helpers.run.report import passages, report_html
from helpers.run.tables import code, codebook, every_table, methods_text
from helpers.show.save import save_tables
from helpers.text import read_tables
from helpers.themes import count_once, load_speakers
from helpers.themes.choices import settings
from helpers.themes.evidence import join_evidence
from helpers.themes.speakers import form_of

STORY = ("The Halmar Bridge will cost 2.3 billion euros, minister Ilse Marrow said on Tuesday.\n\n"
         "“Trade will grow,” said Ilse Marrow. But auditor Beatrix Onslow said that the Halmar Bridge "
         "would cost 2.6 billion euros.")
FRENCH = "Le ministre a dit mardi que le pont coûterait deux milliards et que les travaux allaient bientôt commencer."


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    place = tmp_path_factory.mktemp("documents")
    (place / "2023-05-16_story.txt").write_text(STORY, "utf-8")
    (place / "2023-05-20_`b`|c.txt").write_text(STORY, "utf-8")
    (place / "2023-05-21_other.txt").write_text("A ferry sank near Ostrel. " + STORY[::-1], "utf-8")
    (place / "discours.txt").write_text(FRENCH, "utf-8")
    (place / "photo.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    return place


@cache
def results(folder, who=""):
    """What was found and what is counted, as the command line has it."""
    documents = load(folder)
    bare = {"quotes": find_quotes(documents)}
    quotes = corrected(bare["quotes"], documents, folder)
    bare["figures"] = find_figures(documents, quotes=quotes)
    figures = corrected(bare["figures"], documents, folder)
    found = {"documents": documents, "quotes": quotes, "figures": figures,
             "phrases": find_phrases(documents), "themes": find_themes(documents)}
    documents, quotes, said = count_once(documents, quotes)
    counted = {name: found[name][found[name]["doc"].isin(documents.index)].reset_index(drop=True)
               for name in ("figures", "phrases", "themes")}
    evidence = join_evidence(documents, quotes, figures=counted["figures"], themes=counted["themes"])
    counted |= {"documents": documents, "quotes": quotes, "evidence": evidence,
                "claims": compare_claims(counted["figures"], documents)}
    facts = {"kit": "communique 1.2.3", "date": "2026-11-24", "settings": settings(folder),
             "counted": said, "notebooks": {}}
    return found, counted, facts, bare


def check_a_quote(folder):
    documents = load(folder)
    add_corrections([judged(sample(find_quotes(documents), documents), 0, "right", who="Ann")], folder)


class TestCodebook:
    def test_explains_every_column_of_every_table_and_no_other(self, folder, tmp_path):
        story = tmp_path / "story.txt"
        story.write_text(STORY, "utf-8")
        documents = load(story)
        check_a_quote(story)
        figures = find_figures(documents)
        add_corrections([judged(sample(figures, documents), 0, "right")], story)
        found, counted, *_ = results(story, "checked")
        saved = every_table(found, counted, read_corrections(story))
        book = saved.pop("codebook")
        assert set(book["table"]) == set(saved)
        for name, table in saved.items():
            columns = [*filter(None, [table.index.name]), *table.columns]
            assert set(book.loc[book["table"] == name, "column"]) == set(columns), name

    def test_tells_every_verdict(self):
        meaning = read_tables("glossary.toml")["corrections"]["verdict"]
        assert all(verdict in meaning for verdicts in VERDICTS.values() for verdict in verdicts)

    def test_says_each_thing_once(self):
        glossary = read_tables("glossary.toml")
        shared = glossary["shared"]
        used = [column for name, columns in glossary.items() if name != "shared"
                for column, meaning in columns.items() if not meaning]
        assert set(used) == set(shared) and all(used.count(column) > 1 for column in shared)
        assert codebook()["meaning"].str.len().min() > 5


class TestPassages:
    def test_every_counted_row_leads_to_its_place_in_the_report(self, folder, monkeypatch):
        monkeypatch.setattr("helpers.run.report._charts", lambda tables: [])
        found, counted, facts, _ = results(folder)
        saved = every_table(found, counted, read_corrections(folder))
        ids = set(re.findall(r' id="([^"]+)"', report_html(counted, facts=facts)))
        links = passages(saved, counted)
        assert set(links) == {"documents", "quotes", "figures", "phrases", "themes", "claims", "evidence"}
        for name, places in links.items():
            docs = saved[name].index if name == "documents" else saved[name]["doc"]
            assert [bool(place) for place in places] == [doc in counted["documents"].index for doc in docs]
            assert set(filter(None, places)) <= ids, name

    def test_a_claim_leads_to_its_figure_and_evidence_to_its_quote(self, folder):
        found, counted, *_ = results(folder)
        links = passages(every_table(found, counted, read_corrections(folder)), counted)
        assert links["evidence"] == [place for place in links["quotes"] if place]
        assert len(links["claims"]) == 2 and set(links["claims"]) <= set(links["figures"])

    def test_rows_behind_the_shown_part_of_a_text_lead_nowhere(self, folder, monkeypatch):
        monkeypatch.setattr("helpers.run.report.MOST_LETTERS", 40)
        found, counted, *_ = results(folder)
        figures = passages(every_table(found, counted, read_corrections(folder)), counted)["figures"]
        starts = found["figures"]["start"].tolist()
        assert any(figures) and all(start < 40 for start, place in zip(starts, figures, strict=True) if place)


class TestMethods:
    def written(self, folder, who="") -> str:
        found, counted, facts, bare = results(folder, who)
        return methods_text(found, counted, bare, facts=facts, corrections=read_corrections(folder))

    def test_counts_the_corpus_and_what_was_left_out(self, folder):
        text = self.written(folder)
        assert "3 documents of 4 that were read, " in text and "published from 2023-05-16 to 2023-05-21" in text
        assert "- `discours`, in another language: French" in text
        assert "- 1 reprint, from all counts but not from the tables: `2023-05-20_ b  c`" in text
        assert "- `photo.png`, not read: " in text
        assert "communique 1.2.3 read the documents on 2026-11-24" in text
        assert text.endswith("(version 1.2.3) [Computer software].\n")

    def test_gives_the_kits_scores_where_nobody_has_checked(self, folder):
        text = self.written(folder)
        assert "Nobody has checked rows" in text and "| Quotes in press texts |" in text
        assert "None were made." in text

    def test_gives_the_error_rate_of_this_corpus_where_somebody_has(self, tmp_path):
        story = tmp_path / "story.txt"
        story.write_text(STORY, "utf-8")
        check_a_quote(story)
        text = self.written(story, "checked")
        assert "1 line of `corrections.csv`, by `Ann`. In the tables: 1 row right." in text
        assert "| is a statement | all | 1 | 1 | 100 % | 21–100 % |" in text
        assert "| Quotes in press texts |" not in text

    @pytest.mark.parametrize("words", ["<script>", "a|b", "`x`", "a\n# b", "[x](javascript:1)"])
    def test_names_cannot_be_markup(self, words):
        assert code(words).count("`") == 2 and not re.search(r"[<>|\n]", code(words))


def test_the_count_of_speakers_can_be_copied_beside_the_documents(folder, tmp_path):
    found, counted, *_ = results(folder)
    quotes = counted["quotes"].assign(speaker=["Ilse Marrow", None, *counted["quotes"]["speaker"][2:]])
    saved = every_table(found, counted | {"quotes": quotes}, read_corrections(folder))
    save_tables({"speakers": saved["speakers"]}, tmp_path)
    people = load_speakers(tmp_path)
    assert set(people) == {form_of(name) for name in quotes["speaker"].dropna()} and len(people) > 1
    assert people["ilse marrow"].name == "Ilse Marrow"


def test_settings_of_the_user_are_named(tmp_path):
    story = tmp_path / "story.txt"
    story.write_text(STORY, "utf-8")
    (tmp_path / "words.toml").write_text('stop = ["billion"]\n[merge]\n"Halmar Bridge" = ["the bridge"]\n', "utf-8")
    found, counted, facts, bare = results(story, "words")
    text = methods_text(found, counted, bare, facts=facts, corrections=read_corrections(story))
    assert "words: `words.toml` (SHA-256 " in text and "counted as `Halmar Bridge`: `the bridge`" in text

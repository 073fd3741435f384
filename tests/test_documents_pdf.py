"""PDF: paragraphs, columns, headers and hyphens, as a reader of the page would have them."""
from __future__ import annotations

import pytest
import samples
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.documents.model import Source
from helpers.documents.readers.pdf import Line, columns_of, paragraphs_of, read_pdf, without_edges

REPORT = ("The commission for inland water transport presented its annual report on Thursday and recommended that the provinces "
          "co-operate more closely. Representatives of the shipping companies welcomed the infrastructure programme, which foresees "
          "investments of 450 million over four years in the Asia-Pacific region, and called it overdue.")
HEAD = "Ferries will run on time, the minister promises at the conference"


def read(data: bytes) -> list[str]:
    [part] = read_pdf(Source("a.pdf", data=data))
    return part.text.split("\n\n")


def story(name: str) -> str:
    return f"{name} begins here. {REPORT}"


def two_columns(page: int):
    left = [samples.lines_of(story(f"Story {page}.{n}"), x=20, y=34 + 60 * n, indent=4) for n in range(2)]
    right = [samples.lines_of(story(f"Story {page}.{n}"), x=110, y=34 + 60 * (n - 2), indent=4) for n in (2, 3)]
    return left, right


def test_paragraphs_are_put_together_and_words_made_whole():
    page = [*samples.lines_of(story("One"), width=80), *samples.lines_of(story("Two"), width=80, y=70)]
    assert read(samples.pdf([page])) == [story("One"), story("Two")]


def test_indents_begin_paragraphs_where_no_space_does():
    first = samples.lines_of(story("One"), width=80, indent=5)
    second = samples.lines_of(story("Two"), width=80, y=30 + 4.2 * len(first), indent=5)
    assert read(samples.pdf([[*first, *second]])) == [story("One"), story("Two")]


def test_two_columns_under_one_headline_are_read_in_order():
    left, right = two_columns(1)
    lines = [(20, 22, HEAD), *sum(left, []), *sum(right, [])]
    assert read(samples.pdf([lines])) == [HEAD, *(story(f"Story 1.{n}") for n in range(4))]


def test_columns_written_line_by_line_across_the_page_are_taken_apart():
    (first, second), (third, fourth) = two_columns(1)
    across = [line for pair in zip(first + second, third + fourth, strict=True) for line in pair]
    assert read(samples.pdf([across])) == [story(f"Story 1.{n}") for n in range(4)]


def test_headers_footers_and_page_numbers_go_and_paragraphs_run_over_pages():
    texts = [f"{'and' if n else 'So'} the {boat} went along the shore of the lake with nobody to hinder its {boat} people " * 3
             for n, boat in enumerate(["ferries", "barges", "yachts", "rafts"])]
    data = samples.pdf([samples.lines_of(text.strip(), width=70) for text in texts],
                       header="Lake Commission - Press Release 17/2017", footer="Page {page} of 4")
    assert read(data) == ["".join(texts).strip()]


def test_rows_of_a_table_stay_rows():
    rows = [(x, 40 + 5 * n, cell) for n in range(8) for x, cell in ((20, f"Province {n}"), (90, f"{n}.5"), (130, f"{2 * n}.1"))]
    assert "Province 3 3.5 6.1" in " ".join(read(samples.pdf([rows])))


def test_pages_of_pictures_are_named():
    [part] = read_pdf(Source("a.pdf", data=samples.pdf([samples.lines_of(REPORT), [], []])))
    assert part.notes[0].startswith("no text on 2 of 3 pages (2, 3) — ")


def lines(*texts, page_height=800.0, top=100.0, left=50.0, step=12.0):
    return [Line(text, left, left + 5.0 * len(text), top + n * step, top + n * step + 10, page_height) for n, text in enumerate(texts)]


@pytest.mark.parametrize(("texts", "paragraphs"), [
    (["The ferry com-", "pany said so."], ["The ferry company said so."]),
    (["The co-operation of co-", "operation pleased."], ["The co-operation of co-operation pleased."]),
    (["In the Asia-", "Pacific region."], ["In the Asia-Pacific region."]),
    (["In 2016-", "2017 it grew."], ["In 2016-2017 it grew."]),
    (["The long-", "awaited ruling on state-", "run ferries, UN-", "backed."],
     ["The long-awaited ruling on state-run ferries, UN-backed."]),
    (["A 12-", "year-old and his brother-", "in-law, a father-in-", "law of COVID-", "19 patients."],
     ["A 12-year-old and his brother-in-law, a father-in-law of COVID-19 patients."]),
    (["Short-", "and long-term loans, to be re-", "examined by the fisher-", "men of the depart-", "ment."],
     ["Short- and long-term loans, to be re-examined by the fishermen of the department."]),
    (["The DEPART-", "MENT and Mr. Olu-", "wole were un-", "just, un-", "avoidably."],
     ["The DEPARTMENT and Mr. Oluwole were unjust, unavoidably."]),
    (["A shipowner and a tax-", "payer, taxpayer or tax-free, as ship-", "owner."],
     ["A shipowner and a taxpayer, taxpayer or tax-free, as shipowner."]),
    (["• one of them", "• two of them"], ["• one of them", "• two of them"]),
], ids=str)
def test_line_ends(texts, paragraphs):
    assert paragraphs_of([lines(*texts)]) == paragraphs


@pytest.mark.parametrize(("edge", "kept"), [("3", 0), ("Page 9 of 9", 0), ("- 3 -", 0), ("2017", 9), ("Lake News", 0)], ids=str)
def test_what_goes_at_the_edge(edge, kept):
    numbers = edge == "3" or edge == "- 3 -"
    pages = [lines(edge.replace("3", str(n)) if numbers else edge if edge != "2017" else f"Annex {'abcdefghi'[n - 1]}", top=20)
             for n in range(1, 10)]
    assert sum(map(len, without_edges(pages))) == kept


@settings(max_examples=50, deadline=None)
@given(st.lists(st.builds(Line, st.text(min_size=1, max_size=9), *[st.floats(0, 600)] * 4, st.just(800.0)), max_size=40))
def test_no_line_is_lost_or_doubled_by_columns(page):
    found = sorted("".join(line.text for column in columns_of(page) for line in column).replace(" ", ""))
    assert found == sorted("".join(line.text for line in page).replace(" ", ""))
    assert paragraphs_of([page, page]) is not None

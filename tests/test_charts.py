"""Charts: the finding in the title, the words for those who do not see it, the same bytes."""
from __future__ import annotations

import re
from datetime import date

import handmade as h
import matplotlib
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import charts
from helpers.charts.base import drawable, fitted, wrapped
from helpers.charts.days import days_of
from helpers.documents import KitError
from helpers.text.wording import figure_label, listed, number, short_number
from helpers.themes.evidence import count_theme_speakers, join_evidence

EMPTY = {"quotes": h.empty(h.QUOTE_COLUMNS), "figures": h.empty(h.FIGURE_COLUMNS),
         "themes": h.empty(h.THEME_COLUMNS), "phrases": h.empty(h.PHRASE_COLUMNS)}


def drawn(quotes, figures, themes, phrases, documents=None):
    """Every chart of the kit on the same tables."""
    documents = h.documents() if documents is None else documents
    evidence = join_evidence(documents, quotes, figures=figures, themes=themes)
    return {
        "themes": charts.plot_themes(themes),
        "phrases": charts.plot_phrases(phrases), "speakers": charts.plot_speakers(quotes),
        "dispersion": charts.plot_dispersion(documents, themes),
        "matrix": charts.plot_theme_speakers(count_theme_speakers(evidence)),
        "share": charts.plot_theme_speakers(count_theme_speakers(evidence, measure="share")),
        "kinds": charts.plot_figure_kinds(figures), "money": charts.plot_money(figures),
        "timeline": charts.plot_timeline(figures, documents),
        "progress": charts.plot_theme_progress(themes),
    }


@pytest.fixture(scope="module")
def seed():
    return drawn(h.quotes(), h.figures(), h.themes(), h.phrases())


@pytest.mark.parametrize(("name", "title"), [
    ("themes", "“transport” is the commonest theme: 4 passages"),
    ("phrases", "“SCO member states” and “transport” say best what the text is about"),
    ("speakers", "Rashid Alimov speaks in 7 of 8 quotes, 3 of them wholly in direct speech"),
    ("matrix", "Rashid Alimov speaks most of “transport”: 4 quotes"),
    ("share", "Rashid Alimov speaks most of “transport”: 57% of the quotes"),
    ("kinds", "2 of 8 figures are quoted speakers’ claims"),
    ("money", "The only sum is more than 40 billion USD: mutual accumulated investments of the "
              "SCO member states"),
    ("timeline", "The text speaks of 4 different dates, from 2016 to 2030; 2 without a year"),
    ("progress", "“transport” is strongest in paragraph 8"),
])
def test_the_title_says_the_finding(seed, name, title):
    assert seed[name].title == title


def test_every_chart_has_words_numbers_and_a_picture(seed):
    for name, chart in seed.items():
        bundle = chart._repr_mimebundle_()
        assert bundle["text/html"].startswith('<img alt="'), name
        assert chart.title in bundle["text/plain"] and chart.alt in bundle["text/plain"], name
        assert len(chart.data) and len(chart.alt) > 20, name


@pytest.mark.parametrize(("cells", "title"), [
    ([[5, 5], [1, 0]], "Li speaks most of “trade” and “roads”: 5 quotes each"),
    ([[2, 0], [0, 2]], "Li on “trade” and Xu on “roads” lead with 2 quotes each"),
    ([[1, 1], [1, 1]], "No pair stands out: the largest, 1 quote, is shared by 4"),
    ([[0, 0], [0, 0]], "No quote of a known speaker uses any theme’s words"),
])
def test_equals_are_not_called_the_first(cells, title):
    matrix = pd.DataFrame(cells, index=["Li", "Xu"], columns=["trade", "roads"])
    assert charts.plot_theme_speakers(matrix).title == title


@pytest.mark.parametrize(("speakers", "kinds", "title"), [
    (["Li"], ["direct"], "Li speaks in the only quote, in direct speech"),
    ([None], ["direct"], "The speaker of the only quote is unknown"),
    (["Li", None], ["direct", "mixed"], "Li speaks in 1 of 2 quotes, in direct speech"),
    (["Li", "Li", "Xu"], ["mixed"] * 3,
     "Li speaks in 2 of 3 quotes, none of them wholly in direct speech"),
    (["Li", "Xu"], ["direct"] * 2, "Li and Xu are quoted equally often: 1 of 2 quotes each"),
    (list("abcd"), ["direct"] * 4, "4 speakers are quoted equally often: 1 of 4 quotes each"),
])
def test_the_title_of_speakers_fits_any_number(speakers, kinds, title):
    quotes = pd.DataFrame({"doc": "d", "speaker": speakers, "kind": kinds, "quote": "Yes."})
    assert charts.plot_speakers(quotes).title == title


@pytest.mark.parametrize(("timex", "title"), [
    (["2016"], "The text speaks of one date, in 2016"),
    (["XXXX-11-23"], "The only date has no year: then"),
    (["XXXX-11-23", "XXXX-11"], "2 different dates, none of them with a year"),
])
def test_the_title_of_the_timeline_fits_any_number(timex, title):
    figures = pd.DataFrame({"doc": "d", "kind": "date", "text": "then", "timex": timex},
                           columns=h.FIGURE_COLUMNS)
    assert charts.plot_timeline(figures, pd.DataFrame({"text": []})).title == title


def test_axes_are_named(seed):
    for name in set(seed) - {"matrix", "share"}:
        assert all(axes.get_xlabel() for axes in seed[name].figure.axes), name


def test_the_same_chart_is_the_same_bytes():
    one, two = charts.plot_money(h.figures()), charts.plot_money(h.figures())
    assert one.png() == two.png()
    assert one.svg() == two.svg()
    assert one.png() == two.png(), "the picture changes when an SVG has been written"
    assert b"matplotlib" not in one.png().lower() and b"<dc:date>" not in one.svg()


def test_the_readers_own_settings_change_nothing():
    plain = charts.plot_speakers(h.quotes()).png()
    before = dict(matplotlib.rcParams)
    with matplotlib.rc_context({"font.size": 30, "axes.facecolor": "red", "savefig.dpi": 20}):
        assert charts.plot_speakers(h.quotes()).png() == plain
    assert dict(matplotlib.rcParams) == before


def test_charts_are_saved_under_their_name_and_nothing_else_is_left(tmp_path, seed):
    paths = seed["themes"].save(tmp_path / "new", "themes")
    assert sorted(path.name for path in (tmp_path / "new").iterdir()) == ["themes.png",
                                                                          "themes.svg"]
    assert paths[0].read_bytes() == seed["themes"].png()
    assert seed["themes"].save(None, "themes") == []


def test_empty_tables_give_calm_charts_that_say_so():
    for name, chart in drawn(**EMPTY).items():
        assert chart.title.startswith(("No ", "None ")), name
        assert chart.png() and chart.alt.startswith("An empty chart"), name


HOSTILE = ["$x^2$ and \\frac{1}{2}", "a\nb\tc\x00", "<b>&\"'", "李克强 😀", "x" * 400, "", "100%"]


@pytest.mark.filterwarnings("error")
def test_hostile_names_are_drawn_as_they_are():
    quotes = pd.concat([h.quotes()[4:6].assign(speaker=name, role=name) for name in HOSTILE])
    themes = pd.concat([h.themes()[2:4].assign(theme=name) for name in HOSTILE])
    figures = pd.concat([h.figures()[3:5].assign(text=name, of=name, unit=name)
                         for name in HOSTILE])
    phrases = pd.concat([h.phrases()[:1].assign(phrase=name) for name in HOSTILE])
    for name, chart in drawn(quotes, figures, themes, phrases).items():
        bundle = chart._repr_mimebundle_()
        assert "\n" not in chart.title and "<b>" not in bundle["text/html"], name


@pytest.mark.filterwarnings("error")
def test_many_speakers_documents_and_themes_are_cut_and_the_note_says_so():
    quotes = pd.concat([h.quotes().assign(speaker=f"Speaker {n}") for n in range(30)]
                       + [h.quotes().assign(speaker=None)])
    chart = charts.plot_speakers(quotes)
    said = " ".join(text.get_text() for text in chart.figure.texts)
    assert "10 with 8 quotes or fewer each are not drawn" in " ".join(said.split())
    assert "(unknown): 8 quotes" in chart.alt
    themes = pd.concat([h.themes().assign(theme=f"Theme {n:02}") for n in range(20)])
    assert len(charts.plot_themes(themes).figure.axes[0].patches) == 15


def test_money_says_what_it_cannot_draw():
    table = pd.DataFrame([{"doc": "d", "kind": "money", "value": v, "unit": u, "start": 0,
                           "end": 1} for v, u in [(0, "USD"), (None, "EUR"), (-5e6, "EUR"),
                                                  (3, None)]], columns=h.FIGURE_COLUMNS)
    table = pd.concat([table, pd.DataFrame([{"doc": "d", "kind": "money", "low": 1e6, "high": 4e6,
                                             "unit": "USD"}])])
    chart = charts.plot_money(table)
    assert len(chart.data) == 3
    assert any("Not drawn: 2 sums" in text.get_text() for text in chart.figure.texts)
    assert "1 million–4 million USD" in chart.alt and "(no currency)" in chart.alt


def test_dates_without_a_year_take_it_from_their_document():
    dated = h.documents().assign(date="2017-11-24")
    chart = charts.plot_timeline(h.figures(), dated)
    assert chart.title == "The text speaks of 4 different dates, from 2016 to 2030"
    assert set(chart.data["year"]) == {"resolved", "written"}


@pytest.mark.parametrize(("spans", "problem"), [
    (pd.DataFrame({"x": [1]}), "neither a themes nor a phrases table"),
])
def test_dispersion_refuses_other_tables(spans, problem):
    with pytest.raises(KitError, match=problem):
        charts.plot_dispersion(h.documents(), spans)


def test_dispersion_takes_a_mapping_and_one_document():
    chart = charts.plot_dispersion(h.documents(), {"SCO": [(h.doc(), 10, 13)]}, doc=h.doc())
    assert len(chart.data) == 1 and chart.title.startswith("“SCO” occurs once")
    with pytest.raises(KitError, match="no document 'x'"):
        charts.plot_dispersion(h.documents(), {}, doc="x")


@pytest.mark.parametrize(("timex", "near", "expected"), [
    ("2017-11-23", None, ("2017-11-23", "2017-11-23", "written")),
    ("2017-11-23T10:30", None, ("2017-11-23", "2017-11-23", "written")),
    ("2016", None, ("2016-01-01", "2016-12-31", "written")),
    ("2017-02", None, ("2017-02-01", "2017-02-28", "written")),
    ("199", None, ("1990-01-01", "1999-12-31", "written")),
    ("19", None, ("1900-01-01", "1999-12-31", "written")),
    ("2023-Q1", None, ("2023-01-01", "2023-03-31", "written")),
    ("2023-H2", None, ("2023-07-01", "2023-12-31", "written")),
    ("2023-WI", None, ("2023-12-01", "2024-02-29", "written")),
    ("2017-W47", None, ("2017-11-20", "2017-11-26", "written")),
    ("2017-11-21/2017-11-24", None, ("2017-11-21", "2017-11-24", "written")),
    ("XXXX-11-23", None, ("2000-11-23", "2000-11-23", "unknown")),
    ("XXXX-11-21/XXXX-11-24", None, ("2000-11-21", "2000-11-24", "unknown")),
    ("XXXX-11-23", "2017-11-24", ("2017-11-23", "2017-11-23", "resolved")),
    ("XXXX-12-30", "2018-01-02", ("2017-12-30", "2017-12-30", "resolved")),
    ("XXXX-12-30/XXXX-01-02", "2018-01-03", ("2017-12-30", "2018-01-02", "resolved")),
    ("XXXX-02-29", "2017-03-01", ("2016-02-29", "2016-02-29", "resolved")),
])
def test_dates_have_their_days(timex, near, expected):
    found = days_of(timex, near=near)
    assert (str(found.first), str(found.last), found.year) == expected


@pytest.mark.parametrize("timex", ["PAST_REF", "XXXX-WXX-4", "P3D", "", None, float("nan"),
                                   "2017-13-01", "2017-06-31", "0000", "2030/2016", "a/b/c", "XXXX",
                                   "2016/XXXX-11-23"])
def test_what_has_no_place_on_a_calendar_has_no_days(timex):
    assert days_of(timex) is None


@given(st.from_regex(r"(\d{2,4}|XXXX)(-[\dQHWX]{1,3}){0,2}(/\d{4})?", fullmatch=True)
       | st.text(max_size=12), st.dates() | st.text(max_size=5) | st.none())
@settings(max_examples=100, deadline=None)
def test_days_are_in_order_for_any_value(timex, near):
    found = days_of(timex, near=str(near) if isinstance(near, date) else near)
    assert found is None or found.first <= found.last


@pytest.mark.parametrize(("row", "label"), [
    ({"kind": "money", "value": 4e10, "unit": "USD", "modifier": "over"}, "> 40 billion USD"),
    ({"kind": "percent", "low": 10.0, "high": 15.0, "unit": "%"}, "10–15 %"),
    ({"kind": "money", "low": 3e9, "high": 4e9, "unit": "USD"}, "3–4 billion USD"),
    ({"kind": "money", "low": 5e8, "high": 2e9, "unit": "USD"}, "500 million–2 billion USD"),
    ({"kind": "quantity", "low": 5.0, "high": None, "unit": "km"}, "5–… km"),
    ({"kind": "ordinal", "value": 2.0}, "no. 2"),
    ({"kind": "date", "timex": "2030", "modifier": "until"}, "until 2030"),
    ({"kind": "number", "value": 1 / 3, "unit": "fraction"}, "0.3333"),
    ({"kind": "count", "text": "several", "value": float("nan")}, "several"),
])
def test_figures_have_labels(row, label):
    assert figure_label(row) == label


@pytest.mark.parametrize(("value", "short", "full"), [
    (0, "0", "0"), (999_999, "999,999", "999,999"), (2.5e6, "2.5 million", "2,500,000"),
    (-1e12, "-1 trillion", "-1,000,000,000,000"), (1e20, "1e+20", "1e+20"),
    (float("inf"), "inf", "inf"), (0.00001, "1e-05", "1e-05"),
])
def test_numbers_are_written_with_no_more_digits_than_they_have(value, short, full):
    assert (short_number(value), number(value)) == (short, full)


@given(st.text(max_size=300))
@settings(max_examples=60, deadline=None)
def test_any_text_is_wrapped_without_loss(text):
    shown = drawable(text)
    squeezed = re.sub(r"\s", "", shown)
    assert "".join(wrapped(text, 20).split()) == squeezed
    assert "".join("".join(fitted(shown, 12)).split()) == squeezed
    assert all(len(line) <= 20 for line in wrapped(text, 20, lines=2).split("\n"))


def test_names_are_listed_as_a_sentence_has_them():
    assert [listed(["a", "b", "c"][:n]) for n in range(4)] == ["", "a", "a and b", "a, b and c"]

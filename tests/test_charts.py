"""Charts: titles say what the table says, words for those who do not see, the same bytes."""
from __future__ import annotations

import io
import re

import handmade as h
import matplotlib
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.dates import num2date
from matplotlib.text import Text
from PIL import Image

from helpers import charts
from helpers.charts.base import WIDTH, drawable, wrapped
from helpers.charts.colours import GREY, INK, LIGHT
from helpers.charts.lanes import days_of
from helpers.documents import KitError
from helpers.quotes.confidence import reliability
from helpers.text.wording import figure_label, listed, number, short_number
from helpers.themes.evidence import count_theme_speakers, cross_themes, join_evidence
from helpers.themes.speakers import count_mentions
from helpers.themes.terms import cooccurrence

EMPTY = {"quotes": h.empty(h.QUOTE_COLUMNS), "figures": h.empty(h.FIGURE_COLUMNS),
         "themes": h.empty(h.THEME_COLUMNS), "phrases": h.empty(h.PHRASE_COLUMNS)}


def drawn(quotes, figures, themes, phrases, documents=None):
    """Every chart of one text, by the kit's own tables."""
    documents = h.documents() if documents is None else documents
    evidence = join_evidence(documents, quotes, figures=figures, themes=themes)
    pairs = cooccurrence(documents, {phrase: [phrase] for phrase in phrases["phrase"]})
    return {
        "themes": charts.plot_themes(themes), "phrases": charts.plot_phrases(phrases),
        "speakers": charts.plot_speakers(quotes),
        "mentions": charts.plot_mentions(count_mentions(documents, quotes)),
        "dispersion": charts.plot_dispersion(documents, themes),
        "matrix": charts.plot_matrix(count_theme_speakers(evidence)),
        "documents": charts.plot_matrix(cross_themes(documents, themes)),
        "network": charts.plot_network(pairs),
        "kinds": charts.plot_figure_kinds(figures), "money": charts.plot_money(figures),
        "timeline": charts.plot_timeline(figures, documents),
    }


@pytest.fixture(scope="module")
def seed():
    return drawn(h.quotes(), h.figures(), h.themes(), h.phrases()) | {
        "reliability": charts.plot_reliability(reliability())}


@pytest.mark.parametrize(("name", "title"), [
    ("themes", "Commonest theme: “transport”, 4 passages"),
    ("phrases", "Highest score: “SCO member states”, 4"),
    ("speakers", "Most quoted: Rashid Alimov, 7 of 8 quotes, direct 3"),
    ("mentions", "Most often named: SCO, 7 times"),
    ("dispersion", "Most occurrences: “transport”, 10"),
    ("matrix", "Largest cell: Rashid Alimov on “transport”, 4 quotes"),
    ("kinds", "8 figures, 2 of a known speaker"),
    ("money", "The only sum of money: > 40 billion USD"),
    ("timeline", "2 different dates, from 2016 to 2030"),
])
def test_the_title_says_what_was_counted(seed, name, title):
    assert seed[name].title == title


# how each title follows from the numbers that its own chart shows
HELD = {
    "themes": lambda t: t.loc[t["passages"] == t["passages"].max(), "theme"].map("“{}”".format),
    "phrases": lambda t: t.loc[t["score"] == t["score"].max(), "phrase"].map("“{}”".format),
    "speakers": lambda t: [f"{t['speaker'][0]}, {t['quotes'][0]} of {t['quotes'].sum()} quotes", f"direct {t['direct'][0]}"],
    "mentions": lambda t: [f"{t.groupby('of')['mentions'].sum().max()} times"],
    "dispersion": lambda t: [f"“{t['label'].mode()[0]}”, {t['label'].value_counts().max()}"],
    "matrix": lambda t: [f"{t.max(axis=1).idxmax()} on “{t.max().idxmax()}”, {t.max(axis=None)} quotes"],
    "documents": lambda t: [f"“{t.max(axis=1).idxmax()}” in {t.columns[0]}, {t.max(axis=None)} words"],
    "network": lambda t: [f"{t['together'].max()} paragraphs"],
    "kinds": lambda t: [f"{t.iloc[:, 1:].to_numpy().sum()} figures", f"{t['known speaker'].sum()} of a"],
    "timeline": lambda t: [f"{len(t)} different", f"from {min(t['first']).year} to {max(t['last']).year}"],
    "reliability": lambda t: [f"{100 * sum(abs(g['right'] - g['confidence']) * g['rows']) / sum(g['rows']):.1f} points on {name} texts"
                              for name, g in t.groupby("set")],
}


@pytest.mark.parametrize("name", HELD)
def test_the_title_is_held_against_the_table(seed, name):
    chart = seed[name]
    said = list(HELD[name](chart.data))
    assert said and all(str(words) in chart.title for words in said), (chart.title, said)


def test_every_chart_has_words_numbers_and_a_picture(seed):
    for name, chart in seed.items():
        bundle = chart._repr_mimebundle_()
        assert re.match(r'<img alt="[^"]{40,}', bundle["text/html"]), name
        assert "image/png" in bundle and chart.title in bundle["text/plain"], name
        assert len(chart.data) and len(chart.alt) > 30 and not re.search(r"\bnan\b", chart.alt), name


def test_letters_can_be_read_on_a_telephone_and_none_is_cut_off(seed):
    for name, chart in seed.items():
        chart.png()
        for text in chart.figure.findobj(Text):
            assert text.get_fontsize() * 390 / (72 * WIDTH) >= 9, (name, text)
        drawn, (wide, high) = chart.figure.get_tightbbox(), chart.figure.get_size_inches()
        assert drawn.x0 >= 0 and drawn.x1 <= wide and drawn.y0 >= 0 and drawn.y1 <= high, (name, drawn)


def test_dark_pages_turn_all_letters_light(seed):
    for name, chart in seed.items():
        svg = chart.svg().decode()
        assert "prefers-color-scheme: dark" in svg and '[style*="fill: #1a1a1a"]' in svg, name
        colours = {text.get_color() for text in chart.figure.findobj(Text) if text.get_text()}
        assert {matplotlib.colors.to_hex(colour) for colour in colours} <= {INK, GREY, LIGHT}, name
        ground = Image.open(io.BytesIO(chart.png())).convert("RGB").getpixel((2, 2))
        assert ground == (255, 255, 255), name  # a PNG cannot follow the page


@pytest.mark.parametrize(("cells", "title"), [
    ([[5, 5], [1, 0]], "Largest cell: Li on “trade” and Li on “roads”, 5 quotes each"),
    ([[2, 0], [0, 1]], "Largest cell: Li on “trade”, 2 quotes"),
    ([[1, 1], [1, 1]], "Largest cell: 4 alike, 1 quote each"),
    ([[0, 0], [0, 0]], "No quotes to count in any named cell"),
])
def test_equals_are_not_called_the_first(cells, title):
    matrix = pd.DataFrame(cells, index=pd.Index(["Li", "Xu"], name="speaker"),
                          columns=pd.Index(["trade", "roads"], name="theme"))
    assert charts.plot_matrix(matrix).title == title


def test_one_column_is_drawn_as_bars_and_not_as_a_heat_map(seed):
    assert seed["documents"].data.shape[1] == 1 and seed["documents"].alt.startswith("Bars, words: transport: 10;")
    assert seed["matrix"].alt.startswith("Heat map, quotes: Rashid Alimov: ")


@pytest.mark.parametrize(("speakers", "kinds", "title"), [
    (["Li"], ["direct"], "Most quoted: Li, 1 of 1 quote, direct 1"),
    ([None], ["direct"], "1 quote, none of a known speaker"),
    (["Li", None, None], ["direct", "mixed", "mixed"], "Most quoted: Li, 1 of 3 quotes, direct 1"),
    (["Li", "Li", "Xu"], ["mixed"] * 3, "Most quoted: Li, 2 of 3 quotes, direct 0"),
    (["Li", "Xu"], ["direct"] * 2, "Most quoted: Li and Xu, 1 of 2 quotes each"),
    (list("abcd"), ["direct"] * 4, "Most quoted: 4 alike, 1 of 4 quotes each"),
])
def test_the_title_of_speakers_fits_any_number(speakers, kinds, title):
    quotes = pd.DataFrame({"doc": "d", "speaker": speakers, "kind": kinds, "quote": "Yes."})
    assert charts.plot_speakers(quotes).title == title


def test_the_unknown_are_drawn_but_never_in_a_title():
    unknown = h.quotes().assign(speaker=None)
    documents = h.documents()
    evidence = join_evidence(documents, unknown, figures=h.figures(), themes=h.themes())
    places = {"(unknown)": [(h.doc(), 3, 9), (h.doc(), 30, 39)], "Li": [(h.doc(), 50, 59)]}
    for chart in (charts.plot_speakers(unknown), charts.plot_dispersion(documents, places),
                  charts.plot_matrix(count_theme_speakers(evidence)),
                  charts.plot_mentions(count_mentions(documents, unknown))):
        assert "unknown" not in chart.title
    assert "(unknown): 8" in charts.plot_speakers(unknown).alt
    assert charts.plot_dispersion(documents, places).title == "Most occurrences: “Li”, 1"


@pytest.mark.parametrize(("timex", "title", "left"), [
    (["2016"], "1 date, from 2016 to 2016", ""),
    (["2016", "2016", "2018/2019"], "2 different dates, from 2016 to 2019", ""),
    (["2016", "XXXX-11", "PAST_REF"], "1 date, from 2016 to 2016", " Not drawn: 2 dates of no known year."),
    (["XXXX-11-23"], "No dates with a year were found", ""),
])
def test_the_title_of_the_timeline_fits_any_number(timex, title, left):
    figures = pd.DataFrame({"doc": "d", "kind": "date", "text": "then", "timex": timex},
                           columns=h.FIGURE_COLUMNS)
    chart = charts.plot_timeline(figures, pd.DataFrame({"text": []}))
    assert (chart.title, chart.caption) == (title, left)


def test_a_century_does_not_stretch_the_axis_and_a_fiscal_year_is_one_year():
    figures = pd.DataFrame({"doc": "d", "kind": "date", "text": ["this century", "May 2016", "fiscal 2016/17"],
                            "timex": ["20", "2016-05", "2016/2017"]}, columns=h.FIGURE_COLUMNS)
    chart = charts.plot_timeline(figures, pd.DataFrame({"text": []}))
    low, high = chart.figure.axes[0].get_xlim()
    assert (num2date(low).year, num2date(high).year) == (2016, 2017)
    assert [str(day) for day in chart.data["last"]] == ["2099-12-31", "2016-05-31", "2017-06-30"]


def test_axes_are_named(seed):
    for name in ("themes", "phrases", "speakers", "dispersion", "kinds", "money", "timeline", "reliability"):
        assert all(axes.get_xlabel() for axes in seed[name].figure.axes), name


def test_the_same_chart_is_the_same_bytes():
    one, two = charts.plot_money(h.figures()), charts.plot_money(h.figures())
    assert one.svg() == charts.plot_money(h.figures()).svg()
    assert two.png() == one.png() and two.svg() == one.svg(), "it matters which is written first"
    assert b"matplotlib" not in one.png().lower() and b"<dc:date>" not in one.svg()


def test_the_readers_own_settings_change_nothing():
    plain = charts.plot_speakers(h.quotes()).png()
    before = dict(matplotlib.rcParams)
    with matplotlib.rc_context({"font.size": 30, "axes.facecolor": "red", "savefig.dpi": 20}):
        assert charts.plot_speakers(h.quotes()).png() == plain
    assert dict(matplotlib.rcParams) == before


def test_charts_are_saved_under_their_name_and_shown(tmp_path, seed):
    chart = seed["themes"]
    assert chart.save(tmp_path / "new", "themes") is chart
    assert {path.name: path.read_bytes() for path in (tmp_path / "new").iterdir()} == {
        "themes.png": chart.png(), "themes.svg": chart.svg()}
    assert chart.save(None, "themes") is chart
    empty = charts.plot_themes(EMPTY["themes"]).save(tmp_path / "none", "themes")
    assert not (tmp_path / "none").exists() and empty.title == "No themes were found"


def test_empty_tables_give_a_sentence_and_no_picture():
    for name, chart in drawn(**EMPTY).items():
        assert chart.title.startswith(("No ", "None ")) and not chart.data.size, name
        assert chart._repr_mimebundle_().keys() == {"text/html", "text/plain"}, name
        assert "<img" not in chart._repr_mimebundle_()["text/html"], name


HOSTILE = ["$x^2$ and \\frac{1}{2}", "a\nb\tc\x00", "<b>&\"'", "李克强 😀", "x" * 400, "", "100%", "_x"]


@pytest.mark.filterwarnings("error")
def test_hostile_names_are_drawn_as_they_are():
    quotes = pd.concat([h.quotes()[4:6].assign(speaker=name, role=name) for name in HOSTILE])
    themes = pd.concat([h.themes()[2:4].assign(theme=name) for name in HOSTILE])
    figures = pd.concat([h.figures()[3:5].assign(text=name, of=name, unit=name)
                         for name in HOSTILE])
    phrases = pd.concat([h.phrases()[:1].assign(phrase=name) for name in HOSTILE])
    for name, chart in drawn(quotes, figures, themes, phrases).items():
        bundle = chart._repr_mimebundle_()
        assert "<b>" not in bundle["text/html"] and "\x00" not in bundle["text/html"], name


@pytest.mark.filterwarnings("error")
def test_many_speakers_documents_and_themes_are_cut_and_the_caption_says_so():
    quotes = pd.concat([h.quotes().assign(speaker=f"Speaker {n}") for n in range(30)]
                       + [h.quotes().assign(speaker=None)])
    chart = charts.plot_speakers(quotes)
    assert "Not drawn: 10 speakers." in chart.caption and "(unknown): 8" in chart.alt
    foot = [text.get_text() for text in chart.figure.texts] + [chart.figure.get_supxlabel()]
    assert any("Not drawn: 10 speakers." in words for words in foot)
    themes = pd.concat([h.themes().assign(theme=f"Theme {n:02}") for n in range(20)])
    assert charts.plot_themes(themes).caption == " Not drawn: 5 themes."
    wide = pd.DataFrame(1, index=range(40), columns=range(40))
    assert charts.plot_matrix(wide).caption.endswith("Not drawn: 28 rows and 30 columns.")


def test_money_says_what_it_cannot_draw():
    table = pd.DataFrame([{"doc": "d", "kind": "money", "value": v, "unit": u, "start": 0,
                           "end": 1} for v, u in [(0, "USD"), (None, "EUR"), (-5e6, "EUR"),
                                                  (3, None)]], columns=h.FIGURE_COLUMNS)
    table = pd.concat([table, pd.DataFrame([{"doc": "d", "kind": "money", "low": 1e6, "high": 4e6,
                                             "unit": "USD"}])])
    chart = charts.plot_money(table)
    assert len(chart.data) == 2
    assert chart.caption == " Not drawn: 3 sums that are not above 0."
    assert "1–4 million USD" in chart.alt and set(chart.data["currency"]) == {"USD", "no currency"}
    many = charts.plot_money(pd.concat([table.assign(value=3.0)] * 10))
    assert [tick.get_text() for tick in many.figure.axes[0].get_yticklabels()] == [
        "USD (20)", "EUR (20)", "no currency (10)"]


def test_dispersion_takes_tables_and_mappings_and_refuses_others():
    chart = charts.plot_dispersion(h.documents(), {"SCO": [(h.doc(), 10, 13)]})
    assert len(chart.data) == 1 and chart.title == "Most occurrences: “SCO”, 1"
    assert len(charts.plot_dispersion(h.documents(), h.phrases()).data) == h.phrases()["count"].sum()
    with pytest.raises(KitError, match="neither a themes nor a phrases table"):
        charts.plot_dispersion(h.documents(), pd.DataFrame({"x": [1]}))


@pytest.mark.parametrize(("timex", "expected"), [
    ("2017-11-23", ("2017-11-23", "2017-11-23")),
    ("2017-11-23T10:30", ("2017-11-23", "2017-11-23")),
    ("2016", ("2016-01-01", "2016-12-31")),
    ("FY2016", ("2016-01-01", "2016-12-31")),
    ("2017-02", ("2017-02-01", "2017-02-28")),
    ("199", ("1990-01-01", "1999-12-31")),
    ("19", ("1900-01-01", "1999-12-31")),
    ("2023-Q1", ("2023-01-01", "2023-03-31")),
    ("2023-H2", ("2023-07-01", "2023-12-31")),
    ("2023-WI", ("2023-12-01", "2024-02-29")),
    ("2017-W47", ("2017-11-20", "2017-11-26")),
    ("2017-11-21/2017-11-24", ("2017-11-21", "2017-11-24")),
])
def test_dates_have_their_days(timex, expected):
    assert tuple(map(str, days_of(timex))) == expected


@pytest.mark.parametrize("timex", ["PAST_REF", "XXXX-WXX-4", "P3D", "", None, float("nan"), "XXXX-11-23",
                                   "2017-13-01", "2017-06-31", "0000", "2030/2016", "a/b/c", "XXXX",
                                   "2016/XXXX-11-23", "XXXX-11-21/XXXX-11-24"])
def test_what_has_no_place_on_a_calendar_has_no_days(timex):
    assert days_of(timex) is None


@given(st.from_regex(r"(\d{2,4}|XXXX)(-[\dQHWX]{1,3}){0,2}(/\d{4})?", fullmatch=True)
       | st.text(max_size=12))
@settings(max_examples=100, deadline=None)
def test_days_are_in_order_for_any_value(timex):
    found = days_of(timex)
    assert found is None or found[0] <= found[1]


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
    squeezed = re.sub(r"\s", "", drawable(text))
    assert "".join(wrapped(text, 20).split()) == squeezed
    assert all(len(line) <= 20 for line in wrapped(text, 20, lines=2).split("\n"))


def test_names_are_listed_as_a_sentence_has_them():
    assert [listed(["a", "b", "c"][:n]) for n in range(4)] == ["", "a", "a and b", "a, b and c"]

"""Claims side by side: what contradicts what, and above all what does not."""

from __future__ import annotations

import json
import math

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import KitError, compare_claims, find_figures, find_quotes, load
from helpers.documents import PROJECT
from helpers.figures.claims import checklist, extent_of

NO_QUOTES = pd.DataFrame(columns=["doc", "spans", "speaker"])
# names that tell two documents of one matter
MATTER = "\n\nThe Ostrel ferry, the Lindvar Institute and the Kestrian Assembly were named as well."


def compared(*texts: str, dates: list[str] | None = None, matter: str = MATTER, quotes=None
             ) -> pd.DataFrame:
    """The claims of some documents, each of which names the same places."""
    documents = pd.DataFrame({"text": [text + matter for text in texts]},
                             index=[f"d{n}" for n in range(len(texts))])
    if dates:
        documents["date"] = dates
    return compare_claims(find_figures(documents, quotes=NO_QUOTES if quotes is None else quotes),
                          documents)


CONTRADICTIONS = [
    ("cost", "The bridge will cost €1.9 billion.", "The bridge would cost at least €2.5 billion."),
    ("cost as a noun", "They put the cost of the bridge at $4 million.", "The cost of the bridge was $6 million."),
    ("pronoun", "The bridge will open soon. It will cost €1.9 billion.", "The bridge will cost €2.6 billion."),
    ("words around", "The Halmar Strait Bridge will cost €2.3 billion.", "The bridge will cost €2.6 billion."),
    ("deaths", "At least 12 workers were killed in the fire.", "The fire killed nine workers."),
    ("deaths, another verb", "Forty miners died in the blast.", "The blast killed 45 miners."),
    ("injuries", "Seven workers were killed and 19 injured.", "Four workers were killed and 12 injured."),
    ("missing", "Ten passengers were still missing.", "Two passengers are still missing."),
    ("length", "The Halmar bridge is 7.4 km long.", "The Halmar bridge is 7.28 km long."),
    ("level", "Exports of Kestrian wheat reached $40 million in 2016.", "In 2016 exports of Kestrian wheat totalled $60 million."),
    ("rise", "Sales of Kestrian wheat rose by 5 per cent in 2016.", "In 2016 sales of Kestrian wheat rose 9 per cent."),
    ("share", "A poll found that 61 per cent of Kestrians support the bridge.", "Some 45 per cent of Kestrians support the bridge."),
    ("ranges", "The bridge will cost €10 million to €15 million.", "The bridge will cost €20 million to €25 million."),
    ("acronym", "The Asian Harbour Fund (AHF) employs 400 people.", "AHF employs 900 people."),
    ("employees", "KestriFerry employs 412 people on the route.", "KestriFerry employs 380 people."),
    ("bring in", "The festival will bring in €5 million.", "The festival would bring in about €9 million."),
    ("a fraction and a share", "About a third of Kestrians support the bridge.", "Some 45 per cent of Kestrians support the bridge."),
    ("passive", "About 40,000 people attended the rally.", "The rally was attended by 12,000 people."),
    ("noun and verb", "The company made a profit of $5 million in 2016.", "The company posted a $7 million profit in 2016."),
    ("two names, one head", "The county bought eleven electric school buses.", "The county has bought twelve buses."),
    ("two names, vague head", "The unemployment rate was 5 per cent in May 2016.", "Unemployment was 6 per cent in May 2016."),
    ("opening", "The tunnel will open in 2027.", "The Halmar tunnel will not open before 2029."),
    ("opening by what runs", "The tunnel will open in the autumn of 2027.", "The first trains will run by the end of 2026."),
    ("beginning", "Work on the tunnel began in March 2021.", "Work on the tunnel began on 3 May 2021."),
    ("founding", "The Halmar company was founded in 1931.", "The company was founded in 1934."),
    ("a rate", "The ferry carries 1.3 million passengers a year.", "The ferry carries 2 million passengers a year."),
]


@pytest.mark.parametrize(("one", "two"), [row[1:] for row in CONTRADICTIONS], ids=[row[0] for row in CONTRADICTIONS])
def test_contradictions(one, two):
    found = compared(one, two)
    assert "differs" in set(found["verdict"]), found[["text", "about", "verdict", "note"]].to_string()


AGREE = [
    ("the same", "The bridge will cost €2.3 billion.", "The bridge will cost 2.3 billion euros."),
    ("rounding", "Output of Kestrian steel was 40 million tonnes in 2016.", "In 2016 output of Kestrian steel was 39.8 million tonnes."),
    ("a bound", "More than 40 miners were killed.", "The blast killed 45 miners."),
    ("at most", "Up to 10 passengers were missing.", "Two passengers were missing."),
    ("about", "The bridge will cost about €2 billion.", "The bridge will cost €1.9 billion."),
    ("a range", "The bridge will cost €10 million to €15 million.", "The bridge will cost €12 million."),
    ("ranges that meet", "The bridge will cost €10 million to €15 million.", "The bridge will cost €14 million to €20 million."),
    ("thousands", "Thousands of miners were killed.", "The war killed 4,000 miners."),
    ("a fraction", "Almost half of Kestrians support the bridge.", "Some 48 per cent of Kestrians support the bridge."),
    ("in words", "The bridge will cost two million euros.", "The bridge will cost €2,140,000."),
    ("opening", "The tunnel will open in 2027.", "The tunnel will open in the spring of 2027."),
    ("opening, a bound", "The tunnel will not open before 2027.", "The tunnel will open by the end of 2028."),
    ("zeros", "The bridge created 40,000 jobs.", "The bridge created 39,800 jobs."),
    ("hyphen", "The seven-kilometre bridge would replace a ferry.", "The bridge will be 7.4 km long."),
]


@pytest.mark.parametrize(("one", "two"), [row[1:] for row in AGREE], ids=[row[0] for row in AGREE])
def test_agreement(one, two):
    found = compared(one, two)
    assert set(found["verdict"]) == {"agrees"}


NO_CONTRADICTION = [
    ("another time", "Sales of Kestrian wheat reached $5 million in 2015.", "Sales of Kestrian wheat reached $9 million in 2016."),
    ("one time not given", "Exports of Kestrian wheat reached $5 million.", "Exports of Kestrian wheat reached $9 million in 2016."),
    ("level and rise", "Exports of Kestrian wheat rose by $5 million.", "Exports of Kestrian wheat were $90 million."),
    ("rise and fall", "Exports of Kestrian wheat rose by 5 per cent.", "Imports of Kestrian wheat fell by 9 per cent."),
    ("other things", "The bridge will cost €2 billion.", "The tunnel will cost €3 billion."),
    ("other people", "Nine workers were killed.", "Four passengers were killed."),
    ("part of a whole", "Nine workers were killed.", "Five of the workers were killed on the pier."),
    ("increment", "The mine employs 40 people.", "The mine employs another 12 people."),
    ("earlier toll", "Seven workers were killed.", "That raised an earlier toll of four workers."),
    ("from and to", "Exports of Kestrian wheat rose from $3 million to $4 million.", "Exports of Kestrian wheat rose to $4 million."),
    ("compared with", "The bridge cost $5 million, compared with $3 million.", "The bridge cost $5 million."),
    ("a cost and its rise", "The cost of the bridge rose by $2 million.", "The cost of the bridge was $60 million."),
    ("money and per cent", "The bridge cost rose 5 per cent.", "The bridge cost $5 million."),
    ("currencies", "The bridge will cost €2 billion.", "The bridge will cost $3 billion."),
    ("another owner", "KestriFerry employs 412 people.", "Medivella employs 3,000 people."),
    ("a pronoun", "It employs 412 people.", "It employs 3,000 people."),
    ("killed and injured", "Nine workers were killed.", "Twelve workers were injured."),
    ("a question", "Will the bridge cost €9 billion?", "The bridge will cost €2 billion."),
    ("negation", "The bridge created 400 jobs.", "The bridge has not created 900 jobs."),
    ("polls on two things", "About 61 per cent of Kestrians support the bridge.", "About 30 per cent of Kestrians support the tunnel."),
    ("what people say", "61 per cent of voters said they would stay.", "12 per cent of voters said they would go."),
    ("a rate and a total", "The ferry carried 400 passengers a day.", "The ferry carried 90,000 passengers."),
    ("vague heads", "The rate was 5 per cent.", "The rate was 9 per cent."),
    ("spent on and received", "The city spent $5 million on the bridge.", "The bridge received $9 million."),
    ("one sentence", "The bridge will cost €2 billion or, as others have it, the bridge will cost €3 billion.", "Rain fell."),
    ("opening of two things", "The school opened on 3 May 2021.", "The clinic opened on 4 May 2021."),
    ("two events", "The tunnel opened in May 2021.", "Work on the tunnel began in May 2019."),
    ("what happens often", "The council met on 3 May 2021.", "The council met on 10 May 2021."),
    ("two parts of one sentence", "There were seven deaths on the British side and two on the French.", "There were seven accidental deaths on the British side and two on the French side."),
    ("one of many", "Joe Roe scored with a 20-yard shot.", "Ben Ode scored with a 25-yard shot."),
    ("two of something named by a number", "The opening two six nations wins pleased Kestria.", "A third six nations win pleased Kestria."),
    ("numbers in names", "The Boeing 737 crashed.", "The Boeing 747 crashed."),
    ("nothing", "Rain fell.", "Snow fell."),
]


@pytest.mark.parametrize(("one", "two"), [row[1:] for row in NO_CONTRADICTION], ids=[row[0] for row in NO_CONTRADICTION])
def test_no_contradiction(one, two):
    found = compared(one, two)
    assert "differs" not in set(found["verdict"]), found[["text", "about", "note", "sentence"]].to_string()


RECKONED = [
    "The company says 400 jobs will go. The union puts the number at 900.",
    "The Government speaks of 31 dead. The Red Lantern Society, which keeps lists, has counted 58.",
    "The Ministry estimates that 41,000 farms are affected. The Alliance speaks of more than 60,000.",
    "About 7 per cent of the connections may be made of lead, said the office; the waterworks put the share at 2.5 per cent.",
]


@pytest.mark.parametrize("text", RECKONED)
def test_a_number_that_others_put_at_something_else(text):
    assert compared(text)["verdict"].tolist() == ["differs", "differs"]


def test_the_contradictions_planted_in_our_documents_are_found_and_no_others():
    documents = load(PROJECT / "tests/documents")
    found = compare_claims(find_figures(documents, quotes=find_quotes(documents)), documents)
    against = found[found["verdict"] == "differs"]
    planted = [json.loads(line) for line in (PROJECT / "tests/score/contradictions.jsonl").read_text("utf-8").splitlines()]
    about = [set(against.loc[against["about"].str.contains(one["about"]), "text"]) for one in planted]
    missed = [one["texts"] for one, texts in zip(planted, about, strict=True) if not set(one["texts"]) <= texts]
    assert missed == [["7.4 km", "7.28 km"]]  # of which the reader says "bridge" once, and "crossing" once
    assert set(against["text"]) <= {text for one in planted for text in one["texts"] + one.get("also", [])}


class TestDocuments:
    COST = "The bridge will cost €1.9 billion.", "The bridge will cost €2.6 billion."

    def test_on_two_matters_are_not_compared(self):
        names = ["\n\nOstrel, Lindvar and Halmar were named.", "\n\nBelhaven, Torgan and Meridia were named."]
        assert not len(compared(*(text + name for text, name in zip(self.COST, names, strict=True)), matter=""))

    def test_far_apart_may_have_changed(self):
        found = compared(*self.COST, dates=["2022-03-08", "2023-05-16"])
        assert found["verdict"].tolist() == ["changed", "changed"]
        assert "434 days apart" in found["note"].iloc[0]

    def test_of_the_same_days_contradict(self):
        found = compared(*self.COST, dates=["2022-03-08", "2022-03-10"])
        assert found["verdict"].tolist() == ["differs", "differs"]
        assert found["note"].tolist() == ["d1: 2.6 billion EUR", "d0: 1.9 billion EUR"]

    def test_of_one_day_need_not_both_say_so(self):
        found = compared("On Monday 40 miners were killed in the Halmar blast.", "The Halmar blast killed 60 miners.",
                         dates=["2022-03-08", "2022-03-08"])
        assert found["verdict"].tolist() == ["differs", "differs"]

    def test_of_one_voice_may_contradict_itself(self):
        found = compared("Sales of Kestrian wheat rose 5 per cent in 2016. In 2016 sales of Kestrian wheat rose 9 per cent.")
        assert found["verdict"].tolist() == ["differs", "differs"]
        unsaid = compared("Sales of Kestrian wheat rose 5 per cent. Sales of Kestrian wheat rose 9 per cent.")
        assert set(unsaid["verdict"]) <= {"not comparable"}

    def test_of_one_unknown_date_are_not_compared(self):
        assert set(compared(*self.COST, dates=["2022-03-08", None])["verdict"]) == {"not comparable"}

    def test_what_will_cost_holds_now_though_it_opens_later(self):
        found = compared("The bridge will cost €1.9 billion and open in 2026.", self.COST[1],
                         dates=["2022-03-08"] * 2)
        assert set(found["verdict"]) == {"differs"}

    def test_a_sentence_repeated_word_for_word_is_one_claim(self):
        found = compared(*self.COST, self.COST[0])
        assert len(found) == 2 and found["repeated_in"].tolist() == [["d2"], []]
        assert not len(compared(self.COST[0], self.COST[0]))

    def test_one_voice_does_not_contradict_itself_without_a_time(self):
        text = f"{self.COST[0]} The old plan stands. {self.COST[1]}"
        assert set(compared(text)["verdict"]) == {"not comparable"}

    def test_two_speakers_of_one_document_do(self):
        text = f"{self.COST[0]} {self.COST[1]}"
        quotes = pd.DataFrame({"doc": ["d0", "d0"], "speaker": ["Ilse Marrow", "Goran Pettikar"],
                               "spans": [[(0, len(self.COST[0]))], [(len(self.COST[0]) + 1, len(text))]]})
        found = compared(text, quotes=quotes)
        assert found["verdict"].tolist() == ["differs", "differs"]
        assert found["note"].iloc[0] == "Goran Pettikar: 2.6 billion EUR"


def test_every_row_can_be_traced():
    texts = [row[1] for row in CONTRADICTIONS] + [row[2] for row in CONTRADICTIONS]
    found = compared(*texts)
    documents = {f"d{n}": text + MATTER for n, text in enumerate(texts)}
    for row in found.itertuples():
        assert documents[row.doc][row.start:row.end] == row.text and row.text in row.sentence
    first = found.groupby("claim", sort=False)["verdict"].agg(lambda verdicts: "differs" in set(verdicts))
    assert first.tolist() == sorted(first, reverse=True), "contradictions come first"


def test_the_same_tables_give_the_same_claims_and_stay_as_they_were():
    documents = pd.DataFrame({"text": [row[1] + MATTER for row in CONTRADICTIONS]})
    figures = find_figures(documents, quotes=NO_QUOTES)
    before = figures.copy()
    pd.testing.assert_frame_equal(compare_claims(figures, documents), compare_claims(figures, documents))
    pd.testing.assert_frame_equal(figures, before)


@pytest.mark.parametrize("texts", [[], [""], ["Rain fell."]], ids=["none", "empty", "nothing"])
def test_without_claims_the_table_is_empty_and_has_its_columns(texts):
    documents = pd.DataFrame({"text": texts}, dtype=object)
    found = compare_claims(find_figures(documents, quotes=NO_QUOTES), documents)
    assert not len(found) and {"claim", "verdict", "note", "sentence"} <= set(found.columns)


def test_tables_without_their_columns_are_refused():
    with pytest.raises(KitError, match="the figures table has no column doc"):
        compare_claims(pd.DataFrame(), pd.DataFrame({"text": []}))
    with pytest.raises(KitError, match="the figures table has no column doc"):
        compare_claims(None, pd.DataFrame({"text": []}))
    with pytest.raises(KitError, match="a table of documents is wanted"):
        compare_claims(find_figures(pd.DataFrame({"text": []})), None)
    with pytest.raises(KitError, match="no column doc"):
        checklist(pd.DataFrame(), pd.DataFrame({"text": []}))


EXTENTS = [
    ("40", 40, None, "count", (40, 40)), ("40", 40, "over", "count", (40, math.inf)),
    ("40%", 40, None, "percent", (39.5, 40.5)), ("39.8%", 39.8, None, "percent", (39.75, 39.85)),
    ("$1 billion", 1e9, None, "money", (0.85e9, 1.15e9)), ("€2.3bn", 2.3e9, None, "money", (2.25e9, 2.35e9)),
    ("40,000", 4e4, None, "count", (39500, 40500)), ("39,800", 39800, None, "count", (39750, 39850)),
    ("Rs 1,20,000", 120000, None, "money", (115000, 125000)), ("seven", 7, None, "count", (7, 7)),
    ("two million", 2e6, None, "count", (1.7e6, 2.3e6)), ("seven-kilometre", 7, None, "quantity", (6.5, 7.5)),
    ("12,345.67", 12345.67, None, "number", (12345.665, 12345.675)), ("€2 billion", 2e9, "about", "money", (1.7e9, 2.3e9)),
    ("1.234.567 euros", 1234567, None, "money", (1234566.5, 1234567.5)), ("thousands", 1000, "about", "count", (850, math.inf)),
    ("30", 30, "at_most", "count", (-math.inf, 30)), ("£22 billions", 22e9, None, "money", (21.5e9, 22.5e9)), ("0", 0, None, "count", (0, 0)),
]


@pytest.mark.parametrize(("text", "value", "modifier", "kind", "ends"), EXTENTS, ids=[row[0] for row in EXTENTS])
def test_what_a_figure_leaves_open(text, value, modifier, kind, ends):
    found = extent_of({"text": text, "value": float(value), "modifier": modifier, "kind": kind})
    assert (found.left, found.right) == pytest.approx(ends)


def test_a_range_is_what_it_says_and_no_value_is_nothing():
    assert extent_of({"low": 15.0, "high": 10.0}) == pd.Interval(10, 15, closed="both")
    assert extent_of({"low": 5.0, "high": None}) == pd.Interval(5, math.inf, closed="both")
    assert extent_of({"value": math.nan}) is None and extent_of({"value": math.inf}) is None


@given(st.floats(-1e15, 1e15), st.sampled_from([None, "about", "over", "under"]), st.text(max_size=12))
@settings(max_examples=60, deadline=None)
def test_a_figure_leaves_its_own_value_open(value, modifier, text):
    found = extent_of({"text": text, "value": value, "modifier": modifier, "kind": "money"})
    assert value in found and found.overlaps(found)


@given(st.lists(st.text("The bridge will cost 5 €2.3bn of 40% per killed people, and.\n'", max_size=120), max_size=3))
@settings(max_examples=50, deadline=None)
def test_any_text_can_be_compared(texts):
    found = compared(*texts)
    assert set(found["verdict"]) <= {"differs", "changed", "agrees", "not comparable"}


def test_the_checklist_has_a_sentence_and_a_size_for_every_figure():
    documents = pd.DataFrame({"text": ["It grew. It paid $3 to $4 in 2016."]}, index=["a"])
    found = checklist(find_figures(documents, quotes=NO_QUOTES).iloc[::-1], documents)
    assert found["sentence"].tolist() == ["It paid $3 to $4 in 2016."] * 2
    assert found.set_index("text")["size"].to_dict()["$3 to $4"] == 4
    assert found["means"].tolist() == ["2016", "3–4 USD"]

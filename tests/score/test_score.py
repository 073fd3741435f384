"""The floors hold, and the scorers can tell right from wrong."""

from __future__ import annotations

import copy
import json

import pytest

from helpers.text import read_tables

from . import figures, quotes, sets
from .__main__ import broken, floors, raised, table

PRESS = sets.read(sets.HERE / "press.jsonl")


def test_no_score_falls_below_what_it_was():
    scores = sets.shipped()
    assert not broken(scores)
    assert set(scores) <= {name for limits in floors().values() for name in limits}


def test_a_worse_score_is_told_and_a_floor_only_rises():
    limits = floors()
    worse = {"press: who said what": 10.0, "contradictions: false": 50.0}
    assert [line.split(" is ")[0] for line in broken(worse)] == list(worse)
    assert raised(worse) == raised({}) == sets.HERE.joinpath("floors.toml").read_text("utf-8")
    better = raised({"press: who said what": 99.0, "real press: nothing said": 1.0})
    assert (
        '"press: who said what" = 98.5\n' in better
        and '"real press: nothing said" = 1.5\n' in better
    )
    assert limits == floors()


def test_every_figure_of_the_readme_is_one_that_is_measured():
    known = {name for limits in floors().values() for name in limits}
    assert {name for row in read_tables("methods.toml")["score"] for name in row["from"]} <= known
    assert "| 10 invented press texts |" in "\n".join(table({})) and "**99.4**" not in table({})
    assert any("**12.3**" in line for line in table({"press: figure right": 12.3}))


def press_scores(change) -> dict[str, float]:
    """The scores of the gold when it is the prediction, with a change to every other item."""
    found = copy.deepcopy(PRESS)
    for record in found:
        for item in (record["quotes"] + record["figures"])[::2]:
            change(item)
    rows = {record["doc"]: record["quotes"] for record in found}
    amounts = {record["doc"]: record["figures"] for record in found}
    return (
        quotes.score_named(PRESS, rows, kind=False)
        | quotes.score_attributions(PRESS, rows)
        | figures.score_places(PRESS, amounts)
        | figures.score_times(PRESS, amounts)
    )


def test_the_gold_itself_is_right():
    scores = press_scores(lambda item: None)
    assert scores.pop("nothing said") == 0 and set(scores.values()) == {100.0}


WRONG = [
    ("who said what", {"speaker": "Nobody Else"}),
    ("speaker", {"speaker": "Nobody Else"}),
    ("quotes found", {"content": [[0, 9]]}),
    ("nothing said", {"content": [[0, 1]]}),
    ("content exact", {"content": [[0, 9]]}),
    ("attribution", {"source": []}),
    ("figure right", {"value": 7.77, "timex": "2099"}),
    ("figure right", {"kind": "set"}),
    ("figure right", {"unit": "furlong"}),
    ("time value", {"timex": "1066"}),
    ("time value", {"start": 0, "end": 1}),
]


@pytest.mark.parametrize(
    ("score", "change"), WRONG, ids=[f"{row[0]}, {[*row[1]][0]}" for row in WRONG]
)
def test_a_mistake_costs(score, change):
    right, wrong = press_scores(lambda item: None), press_scores(lambda item: item.update(change))
    assert wrong[score] != right[score]


@pytest.mark.parametrize(("one", "two", "same"), [
    ("the Prime Minister Ann Roe", "Ann Roe", True), ("Ann Roe; Li Wu", "Li Wu; Ann Roe", True),
    ("report", "independent report", True), ("Alan", "Alan Prewett", False), ("Ann Roe", "Li Wu", False),
])  # fmt: skip
def test_names_are_compared_without_titles(one, two, same):
    record = {
        "doc": "a",
        "text": "It grew, said A.",
        "quotes": [{"content": [[0, 7]], "speaker": [one]}],
    }
    found = {"a": [{"content": [[0, 7]], "speaker": two}]}
    assert quotes.score_named([record], found, kind=True)["who said what"] == 100 * same


def test_a_folder_of_corpora_is_read(tmp_path):
    text = '"It grew by 5 percent in May 2016," said Ann Roe.'
    (tmp_path / "polnear/dev/text").mkdir(parents=True)
    (tmp_path / "polnear/dev/attributions").mkdir()
    (tmp_path / "polnear/dev/text/a.txt").write_text(text, "utf-8")
    (tmp_path / "polnear/dev/attributions/a_x.ann").write_text(
        "T1\tContent 1 33\tIt grew …\nT2\tCue 35 39\tsaid\nT3\tSource 41 48\tAnn Roe\n"
        "E1\tAttribution:T2 Content:T1 Cue:T2 Source:T3\n", "utf-8")  # fmt: skip
    (tmp_path / "figures/timebank").mkdir(parents=True)
    time = {"start": 25, "end": 33, "kind": "date", "timex": "2016-05", "text": "May 2016"}
    for name, record in (
        ("docs", {"doc": "a", "dct": "2017-01-01", "text": text}),
        ("gold", {"doc": "a", "figures": [time]}),
    ):
        (tmp_path / f"figures/timebank/{name}.jsonl").write_text(json.dumps(record) + "\n", "utf-8")
    (tmp_path / "ud").mkdir()
    lines = [f"{n}\t{w}\t{w.lower()}\t{t}\t_\t_\t0\t_\t_\t_" for n, w, t in
             ((1, "Rain", "NOUN"), (2, "fell", "VERB"), (3, ".", "PUNCT"))]  # fmt: skip
    trees = "\n".join(["# newdoc id = a", "# text = Rain fell.", *lines]) + "\n\n"
    (tmp_path / "ud/gum-dev.conllu").write_text(trees, "utf-8")
    scores = {name: value for _, found in sets.measured(tmp_path) for name, value in found.items()}
    assert scores["polnear: content exact"] == scores["polnear: attribution"] == 100
    assert (
        scores["timebank: time value"] == scores["gum-dev: words"] == scores["gum-dev: tags"] == 100
    )
    assert not list(sets.measured(tmp_path / "polnear"))

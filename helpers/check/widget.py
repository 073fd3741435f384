"""The widget that checks rows by mouse and keyboard: `data/check.js` asks, this writes."""

from __future__ import annotations

from pathlib import Path

import anywidget
import traitlets

from ..documents import KitError
from ..names import named_in
from ..text.data import DATA
from ..themes import load_speakers
from .corrections import add_corrections, last_said, read_corrections
from .sample import Sample, judged


class Checker(anywidget.AnyWidget):
    """The rows of a sample one by one, with a button and a key for each verdict.

    Shows what the same person has said before, and nothing that others have.
    """

    _esm = (DATA / "check.js").read_text("utf-8")
    cards = traitlets.List().tag(sync=True)
    names = traitlets.Dict().tag(sync=True)  # of each document: who is named there
    given = traitlets.Dict().tag(sync=True)  # number of a row → what was said of it
    said = traitlets.Unicode().tag(sync=True)

    def __init__(self, sample: Sample, documents: str | Path, who: str) -> None:
        people = [person.name for person in load_speakers(documents).values()]
        names = {}
        for doc in sample.rows["doc"].unique():
            said = sample.table.loc[sample.table["doc"] == doc, "speaker"].value_counts().index
            named = (one.name for one in named_in(sample.text_of(doc)) if one.kind)
            names[str(doc)] = list(dict.fromkeys([*said, *named, *people]))
        mine = read_corrections(documents).query("who == @who")
        told = last_said(sample.rows, sample.documents, mine).told
        given = {str(n): told[key]["verdict"] for n, key in enumerate(sample.keys) if key in told}
        cards = [card | {"doc": str(card["doc"])} for card in sample.cards]
        super().__init__(cards=cards, names=names, given=given, said=sample.said)
        self._to = (sample, documents, who)
        self.on_msg(lambda _, asked, __: self.take(asked))

    def take(self, asked: dict) -> None:
        """Writes down what the page sends: row, verdict, place and fields."""
        (sample, documents, who), number, verdict = self._to, asked["row"], asked["verdict"]
        try:
            line = judged(sample, number, verdict, who=who, place=asked["place"], **asked["fields"])
            add_corrections([line], documents)
        except KitError as problem:
            self.said = str(problem)
            return
        passing = verdict in ("missed", "complete")  # it is not on the row itself
        given = self.given | ({} if passing else {str(number): verdict})
        self.given = {row: said for row, said in given.items() if said != "taken back"}
        self.said = f"Noted: row {number + 1}, {verdict}"
        self.send({"row": number, "next": not passing})

    def _repr_mimebundle_(self, **asked: object) -> tuple[dict, dict]:
        data, more = super()._repr_mimebundle_(**asked)
        return data | self._to[0]._repr_mimebundle_(), more

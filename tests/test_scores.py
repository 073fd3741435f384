"""Scores: one list of them, which README.md shows as it is."""
from __future__ import annotations

from helpers.documents import PROJECT
from helpers.run import measured_scores


def test_the_readme_shows_them_all():
    readme = (PROJECT / "README.md").read_text("utf-8")
    table = readme[readme.index("| what | measured as |"):].split("\n\n")[0].splitlines()[2:]
    assert table == [f"| {row.what} | {row.measure} | **{row.value}** | {row.peers} | {row.set} |"
                     for row in measured_scores().itertuples()]

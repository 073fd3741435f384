"""Memory: how much each megabyte of a text may take, on the texts that take most."""
from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).parent / "benchmarks"))
linear = pytest.importorskip("linear", reason="no measure of memory on this system", exc_type=ImportError)


@pytest.mark.parametrize(("call", "text", "megabytes", "most"), [
    ("load txt", "prose", 2, 60), ("tokens", "quotes", 0.5, 200), ("figures", "prose", 0.1, 250),
])
def test_a_megabyte_of_text_takes_no_more_than(call, text, megabytes, most):
    [(_, _, _, peak, said)] = linear.measured(call, [text], [megabytes])
    assert not said and peak / megabytes < most

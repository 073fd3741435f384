"""Every pattern of the kit, on texts made from it to make it try all ways there are."""
from __future__ import annotations

import subprocess
import sys
from pathlib import Path

BENCHMARK = Path(__file__).parent / "benchmarks" / "patterns.py"


def test_no_pattern_explodes() -> None:
    """Those that did took hours for 200 characters, where others take a thousandth of a second."""
    done = subprocess.run([sys.executable, str(BENCHMARK), "--quick", "--seconds", "5"], capture_output=True,
                          text=True, cwd=BENCHMARK.parents[2])
    assert done.returncode == 0, done.stdout + done.stderr
    assert int(done.stdout.split()[0]) > 300

"""``ixia --help`` against importing click, which it cannot do without."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator, Sequence

from benchmarks import Row

_RUNS = 15
_HELP = (sys.executable, "-m", "ixia_config.cli", "--help")
_CLICK = (sys.executable, "-c", "import click")


def run() -> Iterator[Row]:
    """The best of several runs of each, taken in turns."""
    times = [(_seconds(_HELP), _seconds(_CLICK)) for _ in range(_RUNS)]
    ours, other = (min(column) for column in zip(*times, strict=True))
    note = f"takes {ours / other:.2f} times as long; at most 3 is wanted"
    yield Row("ixia --help", ours, "import click", other, note)


def _seconds(command: Sequence[str]) -> float:
    start = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - start

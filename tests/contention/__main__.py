"""``python -m tests.contention [ROUNDS]`` plays the rounds and counts how they ended."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests.contention.rounds import a_table, counted, play


def main(number: int) -> int:
    """Play; 1 where anything happened that must not."""
    with tempfile.TemporaryDirectory() as folder, a_table(Path(folder)) as table:
        rounds = [play(table, each) for each in range(number)]
    print(counted(rounds))
    for each in rounds:
        for fault in each.faults:
            print(fault)
    return int(any(each.faults for each in rounds))


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 100))

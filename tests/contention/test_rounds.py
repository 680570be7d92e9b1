"""A sample of the contended rounds; ``make contention`` plays a hundred."""

from ixia_config.exits import Exit
from tests.contention.rounds import BRANCH, a_table, play


def test_two_runners_never_write_at_the_same_time(tmp_path):
    with a_table(tmp_path) as table:
        rounds = [play(table, number) for number in (0, 8, 14)]
        files = table.remote.files(BRANCH)

    assert [] == [fault for each in rounds for fault in each.faults]
    assert any(Exit.LOCKED in each.exits for each in rounds)
    assert [] == [path for path in files if path.startswith("runs/open/")]

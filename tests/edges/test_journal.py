"""The journal: every record is on the disk, a crash tears the end only, changes are noticed."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ixia_config.edges.journal import History, Journal
from ixia_config.edges.secrets import Secret
from ixia_config.engine.state import StateProblem
from tests.edges.damage import cuts, flips, overwrite

plain = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**70), 2**70) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
records = st.lists(st.dictionaries(st.text(), plain, max_size=3), min_size=1, max_size=6)


def run_of(folder: Path, *all_records: dict, finished: bool = False) -> Journal:
    """A journal with one run of these records."""
    journal = Journal(folder)
    with journal.start("run") as writer:
        for record in all_records:
            writer.append(record)
        if finished:
            writer.finish({"event": "end"})
    return journal


@settings(max_examples=25)  # each waits for the disk several times
@given(records)
def test_what_is_noted_is_read_back(tmp_path_factory, noted):
    journal = run_of(tmp_path_factory.mktemp("journal"), *noted, finished=True)

    assert History("run", (*noted, {"event": "end"}), finished=True) == journal.read("run")


NOTED = ({"event": "intent", "title": "Größe"}, {"event": "outcome"}, {"n": [1, None, True]})


def test_a_cut_leaves_the_records_before_it(tmp_path: Path):
    journal = run_of(tmp_path, *NOTED, finished=True)
    path = tmp_path / "runs" / "run.jsonl"

    for data in list(cuts(path.read_bytes())):
        overwrite(path, data)
        torn = data != b"" and not data.endswith(b"\n")

        expected = History("run", NOTED[: data.count(b"\n")], finished=False, torn=torn)
        assert expected == journal.read("run")


def test_a_flipped_bit_is_noticed_and_nothing_after_it_is_believed(tmp_path: Path):
    journal = run_of(tmp_path, *NOTED, finished=True)
    path = tmp_path / "runs" / "run.jsonl"
    whole = path.read_bytes()

    for index, data in enumerate(flips(whole)):
        overwrite(path, data)
        line = whole[: index // 8].count(b"\n")
        history = journal.read("run")

        assert (NOTED[:line], False) == (history.records, history.finished)
        assert history.torn != history.damage.endswith(f"damaged at line {line + 1}")


@given(st.binary())
def test_any_bytes_are_read_without_a_crash(tmp_path_factory, junk):
    journal = Journal(tmp_path_factory.mktemp("journal"))
    path = journal.folder / "runs" / "run.jsonl"
    path.parent.mkdir()
    path.write_bytes(junk)

    history = journal.read("run")

    assert ((), False) == (history.records, history.finished)
    assert bool(junk) == (history.torn or bool(history.damage))


@pytest.mark.parametrize(
    "line", [b"[" * 100_000, b'{"end":false}', b"null", b'{"record":1,"end":0}']
)
def test_a_strange_line_is_damage(tmp_path: Path, line):
    journal = run_of(tmp_path, {"n": 1})
    path = tmp_path / "runs" / "run.jsonl"
    path.write_bytes(path.read_bytes() + line + b"\n")

    history = journal.read("run")

    assert (({"n": 1},), f"the journal {path} is damaged at line 2") == (
        history.records,
        history.damage,
    )


@pytest.mark.parametrize("order", [(1, 0, 2), (0, 2), (0, 0, 1, 2), (1, 2)])
def test_lines_that_were_moved_lost_or_doubled_are_noticed(tmp_path: Path, order):
    journal = run_of(tmp_path, {"n": 1}, {"n": 2}, {"n": 3})
    path = tmp_path / "runs" / "run.jsonl"
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(lines[each] for each in order))

    assert journal.read("run").damage


def test_nothing_follows_the_end(tmp_path: Path):
    journal = run_of(tmp_path, {"n": 1}, finished=True)

    with pytest.raises(StateProblem, match="the run run is over"):
        journal.resume("run")


def test_a_torn_end_is_cut_off_before_the_run_goes_on(tmp_path: Path):
    journal = run_of(tmp_path, {"n": 1}, {"n": 2})
    path = tmp_path / "runs" / "run.jsonl"
    path.write_bytes(path.read_bytes()[:-5])

    with journal.resume("run") as writer:
        writer.append({"n": 3})
        writer.finish({"n": 4})

    expected = History("run", ({"n": 1}, {"n": 3}, {"n": 4}), finished=True)
    assert expected == journal.read("run")


def test_a_damaged_run_is_not_gone_on_with(tmp_path: Path):
    journal = run_of(tmp_path, {"n": 1})
    path = tmp_path / "runs" / "run.jsonl"
    path.write_bytes(b"x\n" + path.read_bytes())

    with pytest.raises(StateProblem, match="damaged at line 1"):
        journal.resume("run")


def test_open_runs_are_those_without_an_end(tmp_path: Path):
    journal = Journal(tmp_path)
    for name in ("2026-c", "2026-a", "2026-b"):
        with journal.start(name) as writer:
            writer.append({"n": 1})
            if name == "2026-b":
                writer.finish({})
    (tmp_path / "runs" / ".hidden.jsonl").write_text("")
    (tmp_path / "runs" / "notes.txt").write_text("")

    assert (("2026-a", "2026-b", "2026-c"), ("2026-a", "2026-c")) == (
        journal.runs(),
        journal.open_runs(),
    )


def test_there_are_no_runs_before_the_first(tmp_path: Path):
    assert () == Journal(tmp_path / "missing").open_runs()


@pytest.mark.parametrize(
    "value", [Secret("pat-na1-12345678"), 0.1, object(), {"deep": [{"er": Secret("12345678")}]}]
)
def test_a_secret_cannot_be_noted(tmp_path: Path, value):
    journal = run_of(tmp_path, {"n": 1})

    with journal.resume("run") as writer, pytest.raises(TypeError, match="cannot be written"):
        writer.append({"value": value})

    assert History("run", ({"n": 1},)) == journal.read("run")


def test_a_run_does_not_begin_twice(tmp_path: Path):
    journal = run_of(tmp_path, {"n": 1})

    with pytest.raises(StateProblem, match="File exists"):
        journal.start("run")


def test_a_closed_journal_takes_nothing(tmp_path: Path):
    writer = Journal(tmp_path).start("run")
    writer.close()
    writer.close()

    with pytest.raises(StateProblem, match="is closed"):
        writer.append({})


@pytest.mark.parametrize("name", ["../x", "", ".x", "a/b", "a b"])
def test_a_run_cannot_lead_out_of_the_folder(tmp_path: Path, name):
    with pytest.raises(ValueError, match="cannot be the name"):
        Journal(tmp_path).start(name)


def test_a_missing_run_is_told(tmp_path: Path):
    with pytest.raises(StateProblem, match="No such file"):
        Journal(tmp_path).read("run")

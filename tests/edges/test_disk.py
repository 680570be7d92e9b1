"""Files are written whole or not at all, whatever happens in between."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ixia_config.edges.disk import PRIVATE, atomic_write
from tests.edges.processes import python


def left_behind(what: str, folder: Path) -> list[str]:
    """What a process leaves that dies before each of its system calls in turn."""
    return python("-m", "tests.edges.killed", what, str(folder)).splitlines()


def test_a_killed_writer_leaves_the_old_text_or_the_new(tmp_path: Path):
    left = left_behind("file", tmp_path)

    assert {"old", "new"} == set(left)
    assert "new" == left[-1]
    assert left == sorted(left, reverse=True)  # never back to the old


def test_a_killed_writer_leaves_the_old_state_or_the_new_and_no_lock(tmp_path: Path):
    *left, files = left_behind("state", tmp_path)

    assert ['1 {"n": 1}', '2 {"n": 2}'] == list(dict.fromkeys(left))
    assert "['state.fence.lock', 'state.json', 'state.json.backup', 'state.lock']" == files


def test_a_killed_run_can_be_read_and_gone_on_with(tmp_path: Path):
    left = left_behind("journal", tmp_path)

    assert ["1  True", "2  True", "3  True"] == list(dict.fromkeys(left))


@given(st.text())
def test_what_is_written_is_read_back(tmp_path_factory, text):
    path = tmp_path_factory.getbasetemp() / "text"
    encodable = text.encode("utf-8", "replace").decode()

    atomic_write(path, encodable)

    assert encodable == path.read_bytes().decode()


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o755])
def test_a_file_keeps_its_permissions(tmp_path: Path, mode):
    path = tmp_path / "file"
    path.write_text("old")
    path.chmod(mode)

    atomic_write(path, "new")

    assert (mode, "new") == (path.stat().st_mode & 0o777, path.read_text())


def test_a_private_file_is_private_from_the_first_moment(tmp_path: Path):
    path = tmp_path / "file"
    path.write_text("old")
    path.chmod(0o644)

    atomic_write(path, "new", mode=PRIVATE)

    assert 0o600 == path.stat().st_mode & 0o777


def test_a_link_stays_a_link(tmp_path: Path):
    (tmp_path / "real").write_text("old")
    link = tmp_path / "link"
    link.symlink_to("real")

    atomic_write(link, "new")

    assert (True, "new") == (link.is_symlink(), (tmp_path / "real").read_text())


def test_a_failed_write_leaves_nothing_behind(tmp_path: Path):
    (tmp_path / "folder").mkdir()

    with pytest.raises(OSError, match="directory"):
        atomic_write(tmp_path / "folder", "text")

    assert ["folder"] == [path.name for path in tmp_path.iterdir()]

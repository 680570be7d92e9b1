"""How commands end: exit codes, interruptions, mistakes, pipes."""

import json
import os
import pty
import re
import signal
import socket
import subprocess
import sys

import pytest

from ixia_config.cli import COMMANDS
from ixia_config.cli.failing import told
from ixia_config.cli.topics import MEANINGS
from ixia_config.exits import Exit
from tests.snapshots import Text

TABLE = {
    "OK": 0,
    "INTERNAL": 1,
    "CHANGES": 2,
    "INVALID": 3,
    "DENIED": 4,
    "GUARDED": 5,
    "STALE": 6,
    "LOCKED": 7,
    "PARTIAL": 8,
    "RECOVERY": 9,
    "REMOTE": 10,
    "USAGE": 64,
    "INTERRUPTED": 130,
    "TERMINATED": 143,
}


def test_exit_codes_never_change(ixia, snapshot):
    assert TABLE == {each.name: each.value for each in Exit}
    assert set(MEANINGS) == set(Exit)
    assert ixia("explain", "exits").out == snapshot(extension_class=Text)


@pytest.mark.parametrize(
    "typed",
    [
        ["plna"],
        ["plan", "--unknown"],
        ["plan", "--format", "html"],
        ["explain"],
        ["explain", "IX9999"],
        ["schema", "Pipelines"],
        ["completion", "tcsh"],
        ["sandbox", "hubspot", "--port", "70000"],
        ["apply", "plan.json", "--yes", "production"],
        [],
    ],
    ids=" ".join,
)
def test_a_command_typed_wrong_ends_with_64(typed, ixia):
    ended = ixia(*typed)

    assert ended.code == Exit.USAGE
    assert ended.out == ""
    assert "Usage:" in ended.err


def test_the_nearest_command_is_named(ixia):
    assert "did you mean 'plan'?" in ixia("plna").err


def test_the_nearest_code_is_named(ixia):
    assert "did you mean IX501?" in ixia("explain", "IX501x").err


def test_the_version_is_one_line(ixia):
    ended = ixia("--version")

    assert ended.code == Exit.OK
    assert ended.out.startswith("ixia ")
    assert ended.out.count("\n") == 1


def test_a_mistake_of_ours_is_short_and_says_how_to_report_it(capsys):
    code = told(ZeroDivisionError("secret detail"), ["plan"])

    err = capsys.readouterr().err
    assert code == Exit.INTERNAL
    assert "Please report it" in err
    assert "Traceback" not in err
    assert "secret detail" not in err


def test_a_mistake_of_ours_has_a_traceback_with_debug(capsys):
    told(ZeroDivisionError("detail"), ["plan", "--debug"])

    assert "ZeroDivisionError: detail" in capsys.readouterr().err


def test_a_reader_that_goes_away_is_no_error(shell):
    process = shell("explain", "codes")
    process.stdout.close()

    err = process.stderr.read()

    assert (process.wait(), err) == (0, b"")


def test_ctrl_c_is_one_line_and_130(place, shell):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        place.edit("ixia.yaml", place.url, f"http://127.0.0.1:{silent.getsockname()[1]}")
        process = shell("plan", cwd=place.root)
        connection, _ = silent.accept()
        process.send_signal(signal.SIGINT)

        out, err = process.communicate()
        connection.close()

    assert process.returncode == Exit.INTERRUPTED
    assert (out, err.strip()) == (b"", b"Interrupted.")


@pytest.mark.parametrize("system", ["hubspot", "nodered", "odoo"])
def test_a_sandbox_serves_until_ctrl_c(shell, system):
    process = shell("sandbox", system, "--port", "0")
    first = process.stdout.readline()
    process.send_signal(signal.SIGINT)

    _, err = process.communicate()

    assert re.fullmatch(rf"{system} sandbox, account [\w -]+, at http://127.*\n", first.decode())
    assert (process.returncode, err) == (Exit.OK, b"")


@pytest.mark.parametrize("system", ["nodered", "odoo"])
@pytest.mark.parametrize("option", [("--demo",), ("--file", "kept.db")])
def test_a_sandbox_refuses_what_it_cannot_be(ixia, tmp_path, monkeypatch, system, option):
    monkeypatch.chdir(tmp_path)

    ended = ixia("sandbox", system, "--port", "0", *option)

    assert Exit.USAGE == ended.code
    assert "always fresh" in ended.err
    assert [] == list(tmp_path.iterdir())


def test_there_is_no_colour_in_a_pipe(place, shell):
    place.edit("pipelines/new-business.yaml", "probability: 40%", "probability: 400%")
    process = shell("validate", cwd=place.root)

    out, err = process.communicate()

    assert process.returncode == Exit.INVALID
    assert b"\x1b" not in out + err


def _on_a_terminal(place, environ, *arguments):
    """What a terminal shows of a command."""
    master, slave = pty.openpty()
    command = [sys.executable, "-m", "ixia_config.cli", *arguments]
    process = subprocess.Popen(
        command, stdin=slave, stdout=slave, stderr=slave, cwd=place.root, env=environ
    )
    os.close(slave)
    return process, master


def _read(master, until=None):
    """Everything that a terminal shows, to its end or to a text."""
    seen = b""
    while until is None or until not in seen:
        try:
            more = os.read(master, 65536)
        except OSError:
            break
        if not more:
            break
        seen += more
    return seen


def test_a_terminal_shows_colour_unless_told_not_to(place, environ):
    place.edit("pipelines/new-business.yaml", "probability: 40%", "probability: 400%")
    shown = []
    for more, option in (({}, []), ({"NO_COLOR": "1"}, []), ({}, ["--no-color"])):
        process, master = _on_a_terminal(place, {**environ, **more}, "validate", *option)
        shown.append(b"\x1b[1;31m" in _read(master))
        process.wait()
        os.close(master)

    assert [True, False, False] == shown


def test_a_person_at_a_terminal_is_asked_before_anything_is_written(place, environ):
    process, master = _on_a_terminal(place, environ, "apply")
    asked = _read(master, b"Type yes")
    before = place.writes()
    os.write(master, b"yes\n")
    rest = _read(master)
    process.wait()
    os.close(master)

    assert b"Nothing has been written." in asked
    assert before == []
    assert b"[1/" in rest or b"[ 1/" in rest
    assert b"Read back: HubSpot holds exactly what was planned." in rest
    assert process.returncode == Exit.OK


def test_a_no_at_a_terminal_writes_nothing(place, environ):
    process, master = _on_a_terminal(place, environ, "apply")
    _read(master, b"Type yes")
    os.write(master, b"no\n")
    _read(master)
    process.wait()
    os.close(master)

    assert process.returncode == Exit.DENIED
    assert place.writes() == []


# These need an argument, write files, or leave out their JSON where there is nothing to do.
ASKS_MORE = {"adopt", "apply", "audit", "explain", "freeze", "lock", "pull", "undo"}
ASKS_MORE |= {"comp", "simulate"}


def test_every_command_that_reports_writes_json(place, ixia):
    reports = {name for name in COMMANDS if "--format" in ixia(name, "--help").out} - ASKS_MORE

    assert {"validate", "test", "plan", "recover", "drift", "coverage", "doctor"} <= reports
    for name in sorted(reports):
        assert json.loads(ixia(name, "--format", "json").out)

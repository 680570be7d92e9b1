"""``ixia demo``: the whole road, for people who have a minute."""

import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest

DEMO = [sys.executable, "-m", "ixia_config.cli", "demo"]
ROAD = (
    "Valid: ",
    "43 open deals (1,204,300 USD) move from Verbal to Negotiation",
    "Nothing has been written.",
    "Read back: HubSpot holds exactly what was planned.",
    "acme-revenue and HubSpot sandbox 4242 agree",
    "Lee Park opens HubSpot",
    "probability 70 % in the YAML, 80 % in HubSpot",
    "Three commands to try next",
)


def shown_in_order(text: str) -> list[str]:
    """The milestones that the text shows, each after the one before."""
    seen, place = [], 0
    for milestone in ROAD:
        found = text.find(milestone, place)
        if found >= 0:
            seen.append(milestone)
            place = found
    return seen


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that has nothing to do with the repository."""
    return tmp_path_factory.mktemp("elsewhere")


@pytest.fixture(scope="module")
def piped(elsewhere: Path) -> subprocess.CompletedProcess[str]:
    """The demo as a pipe or a CI job gets it."""
    return subprocess.run(
        DEMO,
        cwd=elsewhere,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


def test_the_demo_walks_the_whole_road(piped: subprocess.CompletedProcess[str]):
    assert 0 == piped.returncode, piped.stdout + piped.stderr
    assert list(ROAD) == shown_in_order(piped.stdout)


def test_a_pipe_gets_no_colour_and_no_question(piped: subprocess.CompletedProcess[str]):
    assert "\x1b" not in piped.stdout + piped.stderr
    assert "Enter goes on" not in piped.stdout + piped.stderr


def test_the_example_to_copy_is_there(piped: subprocess.CompletedProcess[str], elsewhere: Path):
    (example,) = re.findall(r"^  cp -r (\S+) mine$", piped.stdout, re.MULTILINE)

    assert (elsewhere / example / "ixia.yaml").is_file()


def test_on_a_terminal_the_demo_waits_for_enter(tmp_path: Path):
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        DEMO,
        cwd=tmp_path,
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env={**os.environ, "TERM": "xterm"},
        close_fds=True,
    ) as process:
        os.close(theirs)
        text, pressed = "", 0
        while part := read(ours):
            text += part
            while text.count("Enter goes on") > pressed:
                os.write(ours, b"\n")
                pressed += 1
    os.close(ours)

    assert 0 == process.returncode, text
    assert 6 == pressed


def read(terminal: int) -> str:
    """What the terminal shows next; empty when the other side has gone."""
    try:
        return os.read(terminal, 65536).decode("utf-8", "replace")
    except OSError:
        return ""

"""Every exit code is reached at the command line, and each means one thing."""

from __future__ import annotations

import os
import signal
import socket

import pytest

from ixia_config.app.executing import locked
from ixia_config.edges.serve import Drop
from ixia_config.exits import Exit
from tests.app.place import is_read

BROKEN = """\
from ixia_connectors.hubspot import HubSpot
class Broken(HubSpot):
    name = "broken"
    def identify(self):
        raise ZeroDivisionError
CONNECTOR = Broken
"""


def ok(place, ixia, shell):
    return ixia("apply", "--yes").code


def internal(place, ixia, shell):
    """A connector of somebody else's that breaks."""
    extra = place.root.parent / "extra"
    facts = extra / "broken-1.dist-info"
    facts.mkdir(parents=True)
    (facts / "METADATA").write_text("Metadata-Version: 2.1\nName: broken\nVersion: 1\n")
    (facts / "entry_points.txt").write_text("[ixia_config.connectors]\nbroken = strange\n")
    (extra / "strange" / "broken").mkdir(parents=True)
    (extra / "strange" / "__init__.py").write_text("")
    (extra / "strange" / "broken" / "__init__.py").write_text(BROKEN)
    place.edit("ixia.yaml", "connector: hubspot", "connector: broken")
    environ = {**_environ(), "PYTHONPATH": str(extra)}
    process = shell("plan", cwd=place.root, env=environ)
    _, err = process.communicate()
    assert b"a mistake in ixia" in err, err
    return process.returncode


def changes(place, ixia, shell):
    return ixia("plan", "--detailed-exitcode").code


def invalid(place, ixia, shell):
    place.edit("pipelines/new-business.yaml", "probability: 40%", "probability: 400%")
    return ixia("plan").code


def denied(place, ixia, shell):
    return ixia("apply").code


def guarded(place, ixia, shell):
    stages = [{"label": "Somewhere", "displayOrder": 0, "metadata": {"probability": "0.5"}}]
    body = {"label": "New business", "displayOrder": 9, "stages": stages}
    assert place.ask("POST", "/crm/pipelines/2026-09/deals", body).status == 201
    return ixia("apply", "--yes").code


def stale(place, ixia, shell):
    ixia("plan", "--out", "plan.json")
    place.edit("pipelines/new-business.yaml", "probability: 40%", "probability: 50%")
    ended = ixia("apply", "plan.json")
    assert "approved 0.4" in ended.err
    assert place.writes() == []
    return ended.code


def held(place, ixia, shell):
    with place.session() as session, locked(session, doing="apply"):
        ended = ixia("apply", "--yes")
    assert "locked by" in ended.err
    assert "since" in ended.err
    return ended.code


def partial(place, ixia, shell):
    _lose_a_write(place, 2)
    ended = ixia("apply", "--yes")
    assert "Not certain" in ended.out
    assert "Not attempted" in ended.out
    return ended.code


def recovery(place, ixia, shell):
    partial(place, ixia, shell)
    place.fault = None
    [path] = place.root.glob(".ixia/**/*.jsonl")
    path.write_text(path.read_text().replace('"intent"', '"INTENT"', 1))
    place.log.clear()
    ended = ixia("apply", "--yes")
    assert "ixia recover" in ended.err
    assert place.writes() == []
    return ended.code


def remote(place, ixia, shell):
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    place.edit("ixia.yaml", place.url, f"http://127.0.0.1:{port}")
    return ixia("apply", "--yes").code


def usage(place, ixia, shell):
    return ixia("apply", "--resume", "x", "--yes").code


def interrupted(place, ixia, shell):
    return _signalled(place, shell, signal.SIGINT)


def terminated(place, ixia, shell):
    return _signalled(place, shell, signal.SIGTERM)


def _environ():
    return dict(os.environ)


def _lose_a_write(place, number):
    seen = []

    def lose(request, go_on):
        if is_read(request.method, request.path):
            return go_on()
        seen.append(request)
        answer = go_on()
        return Drop() if len(seen) == number else answer

    place.fault = lose


def _signalled(place, shell, number):
    """An apply that is asked to stop while its first write is on its way."""
    started = []

    def ask(request, go_on):
        if not is_read(request.method, request.path):
            started[0].send_signal(number)
            place.fault = None
        return go_on()

    place.fault = ask
    started.append(shell("apply", "--yes", cwd=place.root))
    out, err = started[0].communicate(timeout=60)
    assert b"Not attempted" in out, err
    return started[0].returncode


WAYS = {
    Exit.OK: ok,
    Exit.INTERNAL: internal,
    Exit.CHANGES: changes,
    Exit.INVALID: invalid,
    Exit.DENIED: denied,
    Exit.GUARDED: guarded,
    Exit.STALE: stale,
    Exit.LOCKED: held,
    Exit.PARTIAL: partial,
    Exit.RECOVERY: recovery,
    Exit.REMOTE: remote,
    Exit.USAGE: usage,
    Exit.INTERRUPTED: interrupted,
    Exit.TERMINATED: terminated,
}


def test_every_code_has_a_way_to_it():
    assert set(Exit) == set(WAYS)


@pytest.mark.parametrize("code", WAYS, ids=lambda code: f"{int(code)}-{code.name.lower()}")
def test_exit_code(code, place, ixia, shell):
    assert code == WAYS[code](place, ixia, shell)

"""A PostgreSQL server of its own for one test: a fresh cluster on a socket, no network."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def binaries() -> Path | None:
    """Where the server's programs are, where they are installed."""
    found = shutil.which("initdb")
    if found:
        return Path(found).resolve().parent
    return next(iter(sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)), None)


@contextmanager
def server() -> Iterator[Path]:
    """The directory of the socket of a running server, which is stopped and deleted at the end."""
    programs = binaries()
    assert programs
    with tempfile.TemporaryDirectory(prefix="ixia-pg-") as name:
        place = Path(name)
        _owned(place)
        _run(programs / "initdb", "-D", place / "data", "-A", "trust", "-E", "UTF8", "--locale=C")
        options = f"-k {place} -c listen_addresses='' -c fsync=off"
        control = (programs / "pg_ctl", "-D", place / "data", "-w")
        _run(*control, "-l", place / "log", "-o", options, "start")
        try:
            yield place
        finally:
            _run(*control, "-m", "immediate", "stop")


def psql(place: Path, script: str) -> list[list[str]]:
    """The rows that a script prints."""
    command = [
        "psql",
        "-XqAt",
        "-v",
        "ON_ERROR_STOP=1",
        "-h",
        str(place),
        "-U",
        _user(),
        "postgres",
    ]
    done = subprocess.run(command, input=script, capture_output=True, text=True, check=False)
    assert not done.returncode, done.stderr[:2000]
    return [line.split("|") for line in done.stdout.splitlines()]


def _user() -> str:
    """Who runs the server: it refuses to be run by root."""
    return "postgres" if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name


def _owned(place: Path) -> None:
    if os.geteuid() == 0:
        shutil.chown(place, _user())
        place.chmod(0o755)


def _run(*command: object) -> None:
    user = {"user": _user()} if os.geteuid() == 0 else {}
    words = [str(word) for word in command]
    subprocess.run(words, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **user)

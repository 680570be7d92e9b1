"""Odoo 19 in a folder of its own: Debian's package unpacked, never installed, and its Python."""

from __future__ import annotations

import fcntl
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

PACKAGE = "odoo-19"
_PACKAGES = Path(__file__).with_name("packages.txt")
_LEFT_OUT = ("*/l10n_*", "*/i18n/*", "./usr/share/*")


class NotHereError(Exception):
    """Odoo cannot be had on this machine; the text says which step was refused."""


@dataclass(frozen=True, slots=True)
class Installed:
    """A folder that holds Odoo: the unpacked package, its Python, and a filled database."""

    folder: Path

    @property
    def version(self) -> str:
        """The Debian version that was unpacked."""
        return (self.folder / "version").read_text("utf-8").strip()

    @property
    def cluster(self) -> Path:
        """A stopped PostgreSQL cluster with the template database; runs work on copies."""
        return self.folder / "cluster"

    def command(self, *words: object) -> list[str]:
        """What starts Odoo with these arguments."""
        program = self.folder / "tree" / "usr" / "bin" / "odoo"
        return [str(self.folder / "venv" / "bin" / "python"), str(program), *map(str, words)]

    def environment(self) -> dict[str, str]:
        """Odoo's own modules are found in the unpacked package alone."""
        modules = self.folder / "tree" / "usr" / "lib" / "python3" / "dist-packages"
        return {**os.environ, "PYTHONPATH": str(modules)}


def place() -> Path:
    """The folder that keeps the installation between runs."""
    cache = os.environ.get("IXIA_LIVE_CACHE") or Path.home() / ".cache" / "ixia-live"
    return Path(cache) / "odoo"


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Nobody else installs here at the same time."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def unpacked() -> Installed:
    """Odoo and its Python, installed now where they are not here yet."""
    found = Installed(place())
    if not (found.folder / "version").exists():
        _python(found.folder)
        package = _download(found.folder / "apt")
        _unpack(package, found.folder / "tree")
        version = run("dpkg-deb", "-f", package, "Version")
        (found.folder / "version").write_text(version, "utf-8")
        package.unlink()
    return found


def _python(folder: Path) -> None:
    venv = folder / "venv"
    run(sys.executable, "-m", "venv", venv)
    run(venv / "bin" / "python", "-m", "pip", "install", "-q", "-r", _PACKAGES, seconds=400)


def _unpack(package: Path, tree: Path) -> None:
    shutil.rmtree(tree, ignore_errors=True)
    tree.mkdir()
    tar = tree / "package.tar"
    with tar.open("wb") as out:
        subprocess.run(
            ["dpkg-deb", "--fsys-tarfile", str(package)], stdout=out, check=True, timeout=120
        )
    left_out = [f"--exclude={pattern}" for pattern in _LEFT_OUT]
    run("tar", "x", "-f", tar, "-C", tree, *left_out)
    tar.unlink()


def _download(apt: Path) -> Path:
    """The package from Debian unstable, by an apt whose state is this folder's own."""
    for name in ("lists/partial", "cache/archives/partial"):
        (apt / name).mkdir(parents=True, exist_ok=True)
    (apt / "source.list").write_text(f"{unstable()}\n", "utf-8")
    options = {
        "Dir::Etc::sourcelist": apt / "source.list",
        "Dir::Etc::sourceparts": "-",
        "Dir::State::lists": apt / "lists",
        "Dir::Cache": apt / "cache",
        "APT::Sandbox::User": "root",
    }
    given = [word for key, value in options.items() for word in ("-o", f"{key}={value}")]
    run("apt-get", *given, "update", seconds=120)
    run("apt-get", *given, "download", PACKAGE, seconds=300, cwd=apt)
    found = sorted(apt.glob(f"{PACKAGE}_*.deb"))
    if not found:
        raise NotHereError(f"Debian unstable does not serve {PACKAGE} any more")
    return found[-1]


def unstable(root: Path = Path("/etc/apt")) -> str:
    """Debian unstable at the mirror and with the keyring that this machine's sources name."""
    for file in sorted(root.glob("sources.list.d/*.sources")):
        for stanza in re.split(r"\n\s*\n", file.read_text("utf-8")):
            fields = dict(re.findall(r"(?m)^([A-Za-z-]+):\s*(.+)$", stanza))
            if _is_debian(fields.get("URIs", "")):
                return _source(fields["URIs"].split()[0], fields.get("Signed-By"))
    for file in [root / "sources.list", *sorted(root.glob("sources.list.d/*.list"))]:
        for line in file.read_text("utf-8").splitlines() if file.exists() else []:
            match = re.match(r"deb\s+(?:\[(.*?)\]\s+)?(\S+)\s", line)
            if match and _is_debian(match[2]):
                key = re.search(r"signed-by=(\S+)", match[1] or "")
                return _source(match[2], key and key[1])
    raise NotHereError("this machine's package sources name no Debian mirror")


def _is_debian(uri: str) -> bool:
    return uri.split(" ", maxsplit=1)[0].rstrip("/").endswith("/debian")


def _source(mirror: str, keyring: str | None) -> str:
    signed = f"[signed-by={keyring}] " if keyring else ""
    return f"deb {signed}{mirror} sid main"


def run(*words: object, seconds: float = 60, **how: object) -> str:
    """What a program prints; one that fails is a step that this machine refuses."""
    command = [str(word) for word in words]
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=seconds, check=False, **how
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise NotHereError(f"{Path(command[0]).name} could not be run: {error}") from error
    if done.returncode:
        said = (done.stderr or done.stdout).strip()[-400:]
        raise NotHereError(f"{Path(command[0]).name} was refused: {said}")
    return done.stdout

"""What users install: the built wheel, in an environment of its own, far from the repository."""

import os
import site
import subprocess
import sys
import sysconfig
import venv
from collections.abc import Iterator
from pathlib import Path

import pytest

pytestmark = pytest.mark.wheel


def run(*command: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run a command with nothing of this process's own Python settings."""
    environment = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("PYTHON", "PYTEST", "COV"))
    }
    return subprocess.run(
        [str(word) for word in command],
        cwd=cwd,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


@pytest.fixture(scope="module")
def installed(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of executables of an environment in which only the wheel was installed.

    Its dependencies are borrowed from this environment, so that nothing is fetched.
    """
    folder = tmp_path_factory.mktemp("wheel")
    pip = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet")
    build = run(
        *(*pip, "wheel", "--no-deps", "--no-build-isolation", "--no-index"),
        *("--wheel-dir", folder / "dist", root),
        cwd=folder,
    )
    assert 0 == build.returncode, build.stderr
    venv.create(folder / "env", with_pip=False)
    python = folder / "env" / "bin" / "python"
    (wheel,) = (folder / "dist").glob("*.whl")
    install = run(
        *(*pip, "--python", python, "install", "--no-deps", "--no-index", wheel), cwd=folder
    )
    assert 0 == install.returncode, install.stderr
    borrow(python, folder)
    return python.parent


def borrow(python: Path, folder: Path) -> None:
    """Let an environment see our dependencies, behind its own packages."""
    where = run(
        python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=folder
    ).stdout.strip()
    ours = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib"), *site.getsitepackages()}
    (Path(where) / "borrowed.pth").write_text("\n".join(sorted(ours)) + "\n", "utf-8")


@pytest.fixture
def away(tmp_path: Path) -> Iterator[Path]:
    """A folder outside the repository."""
    folder = tmp_path / "away"
    folder.mkdir()
    return folder


def test_the_wheel_and_not_the_repository_is_imported(installed: Path, away: Path):
    code = (
        "import ixia_config, ixia_connectors; print(ixia_config.__file__, ixia_connectors.__file__)"
    )

    done = run(installed / "python", "-c", code, cwd=away)

    assert 2 == done.stdout.count(str(installed.parent)), done.stdout + done.stderr


def test_the_version_is_the_one_that_was_built(installed: Path, away: Path):
    (built,) = (installed.parent.parent / "dist").glob("*.whl")

    done = run(installed / "ixia", "--version", cwd=away)

    assert built.name.split("-")[1] in done.stdout, done.stderr


def test_help_shows_the_commands(installed: Path, away: Path):
    done = run(installed / "ixia", "--help", cwd=away)

    assert 0 == done.returncode, done.stderr
    assert "plan" in done.stdout


def test_a_new_configuration_validates(installed: Path, away: Path):
    begun = run(installed / "ixia", "init", "--dir", away / "new", cwd=away)
    done = run(installed / "ixia", "validate", "--dir", away / "new", cwd=away)

    assert 0 == begun.returncode, begun.stdout + begun.stderr
    assert 0 == done.returncode, done.stdout + done.stderr


def test_the_demo_needs_nothing_of_the_repository(installed: Path, away: Path):
    done = run(installed / "ixia", "demo", cwd=away)

    assert 0 == done.returncode, done.stdout + done.stderr
    assert "Read back: HubSpot holds exactly what was planned." in done.stdout

"""Where Odoo comes from is what the machine's own package sources say; nothing is made up."""

import subprocess

import pytest

from tests.live.odoo.install import NotHereError, run, unstable

DEB822 = """\
Types: deb
URIs: https://other.example/thing
Suites: nodistro

Types: deb
# a comment
URIs: https://mirror.example/debian
Suites: bookworm bookworm-updates
Signed-By: /keys/debian.gpg

Types: deb
URIs: https://mirror.example/debian-security
Suites: bookworm-security
"""


def _sources(folder, name, text):
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return folder


def test_the_mirror_and_its_key_are_those_of_the_machine(tmp_path):
    root = _sources(tmp_path, "sources.list.d/debian.sources", DEB822)
    assert (
        unstable(root) == "deb [signed-by=/keys/debian.gpg] https://mirror.example/debian sid main"
    )


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("deb https://m.example/debian bookworm main", "deb https://m.example/debian sid main"),
        (
            "deb [arch=amd64 signed-by=/k.gpg] https://m.example/debian/ bookworm main",
            "deb [signed-by=/k.gpg] https://m.example/debian/ sid main",
        ),
    ],
)
def test_sources_of_one_line_are_read_too(tmp_path, line, found):
    assert unstable(_sources(tmp_path, "sources.list", f"# old\n{line}\n")) == found


def test_a_machine_without_debian_is_told_so(tmp_path):
    root = _sources(tmp_path, "sources.list", "deb https://m.example/ubuntu noble main\n")
    with pytest.raises(NotHereError, match="no Debian mirror"):
        unstable(root)


def test_a_step_that_is_refused_says_what_the_program_said(tmp_path):
    script = tmp_path / "apt-get"
    script.write_text("#!/bin/sh\necho no such package >&2\nexit 100\n", "utf-8")
    script.chmod(0o755)
    with pytest.raises(NotHereError, match="apt-get was refused: no such package"):
        run(script)
    with pytest.raises(NotHereError, match="nowhere could not be run"):
        run(tmp_path / "nowhere")
    assert (
        run("true") == subprocess.run(["true"], capture_output=True, text=True, check=True).stdout
    )

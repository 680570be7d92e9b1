"""Every example is a repository that people copy: it says nothing wrong."""

import re
from datetime import date
from pathlib import Path

import pytest

from ixia_config.app import check

ROOT = Path(__file__).parents[1]
EXAMPLES = sorted(path.parent for path in (ROOT / "examples").glob("*/ixia.yaml"))
ENVIRONMENTS = (None, "sandbox", "production")
_SCHEMA_LINE = re.compile(r"# yaml-language-server: \$schema=(\S+)")


def files(example: Path) -> list[Path]:
    """The YAML files of an example."""
    return sorted(example.rglob("*.yaml"))


@pytest.mark.parametrize("environment", ENVIRONMENTS)
@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.name)
def test_an_example_validates_without_a_word(example: Path, environment: str | None):
    found = check(example, environment=environment, today=date(2026, 11, 22))

    assert [] == [str(diagnostic) for diagnostic in found.diagnostics]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.name)
def test_every_file_of_an_example_names_its_schema_in_its_first_line(example: Path):
    unnamed = []
    for path in files(example):
        match = _SCHEMA_LINE.fullmatch(path.read_text("utf-8").partition("\n")[0])
        if match is None or not (path.parent / match[1]).is_file():
            unnamed.append(str(path.relative_to(ROOT)))

    assert [] == unnamed


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.name)
def test_no_example_holds_a_secret(example: Path):
    tokens = [
        line.strip()
        for path in files(example)
        for line in path.read_text("utf-8").splitlines()
        if "token:" in line and not re.search(r"token: \{(env|file): \S+\}", line)
    ]

    assert [] == tokens

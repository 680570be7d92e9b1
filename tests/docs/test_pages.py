"""Every command on every page runs, and prints what the page says that it prints."""

from contextlib import ExitStack
from pathlib import Path

import pytest

from ixia_config.language import load
from tests.docs.page import Block, agrees, blocks, edited
from tests.docs.session import ROOT, Session

PAGES = sorted([ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").rglob("*.md")])
GENERATED = {"codes.md"}
RUNNABLE = ("console", "diff")
WRITTEN = [page for page in PAGES if page.name not in GENERATED]


def name(page: Path) -> str:
    """How a page is called in a test's name."""
    return str(page.relative_to(ROOT))


def runnable(page: Path) -> list[Block]:
    """The blocks of a page that a reader would type, or write into a file."""
    return [
        block
        for block in blocks(page)
        if (block.language in RUNNABLE or block.file) and not block.reason_not_to_run
    ]


@pytest.mark.parametrize("page", [page for page in WRITTEN if runnable(page)], ids=name)
def test_every_command_of_a_page_does_what_the_page_says(page: Path, tmp_path: Path):
    example = "" if "<!-- example: none -->" in page.read_text("utf-8") else "acme"

    with ExitStack() as background:
        session = Session.begin(tmp_path, example, background, page)
        for block in runnable(page):
            session.perform(block)


@pytest.mark.parametrize("page", WRITTEN, ids=name)
def test_every_block_says_what_it_is(page: Path):
    text = page.read_text("utf-8")

    assert len(blocks(page)) * 2 == sum(line.startswith("```") for line in text.splitlines())


@pytest.mark.parametrize("page", WRITTEN, ids=name)
def test_every_yaml_block_can_be_read(page: Path):
    found = {
        block.line: [str(each) for each in load(page.name, block.body).diagnostics]
        for block in blocks(page)
        if block.language == "yaml" and not block.reason_not_to_run
    }

    assert {} == {line: problems for line, problems in found.items() if problems}


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_every_link_leads_to_a_file_that_is_there(page: Path):
    targets = [
        target.partition("#")[0]
        for target in _links(page.read_text("utf-8"))
        if not target.startswith(("http:", "https:", "mailto:", "#"))
    ]

    assert [] == [target for target in targets if not (page.parent / target).exists()]


def _links(text: str) -> list[str]:
    return [part.partition(")")[0] for part in text.split("](")[1:]]


def test_shown_output_must_agree():
    assert agrees(("1 new, ...", "done"), "1 new, 3 changed\nand more\ndone\n")
    assert not agrees(("1 new",), "1 new, 3 changed")


def test_an_edit_must_fit_exactly_once():
    assert "a\nc\n" == edited("a\nb\n", " a\n-b\n+c\n")
    with pytest.raises(AssertionError, match="0 places"):
        edited("a\n", "-b\n+c\n")

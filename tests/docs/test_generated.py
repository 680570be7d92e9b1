"""What pages say of the code is what the code says today."""

from pathlib import Path

import pytest

from docs.__main__ import between, pages

GENERATED = pages()


@pytest.mark.parametrize("page", sorted(GENERATED), ids=lambda page: page.name)
def test_a_generated_page_is_current(page: Path):
    assert GENERATED[page] == page.read_text("utf-8"), "run: make docs"


def test_only_the_table_between_the_comments_is_exchanged():
    text = "a\n<!-- table: x -->\nold\n<!-- end of table: x -->\nb\n"

    assert "a\n<!-- table: x -->\nnew\n<!-- end of table: x -->\nb\n" == between(text, "x", "new\n")

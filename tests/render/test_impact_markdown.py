"""An impact in a comment stays whole Markdown, however much there is to say."""

import pytest

from ixia_config.render.impact_markdown import LIMIT, impact_markdown
from ixia_config.simulate.impact import Example, Impact, Line, Profile, Section, Table


def impact(*, sections=1, lines=1, examples=1, word="x"):
    """An impact of this size."""
    rows = tuple(Line(f"{word} {n}", n, n + 1) for n in range(lines))
    tables = tuple(Table(f"table {n}", rows) for n in range(max(lines // 10, 1)))
    moved = tuple(Example(f"{word} {n}", "a", "b", word) for n in range(examples))
    found = tuple(
        Section(f"RoutingPolicy/r{n}", f"{word} {n}", "lead", 9, 9, word, tables, moved)
        for n in range(sections)
    )
    profile = Profile("leads.csv", "lead", 9, 9, {})
    return Impact("main", "the working tree", (profile,), found)


@pytest.mark.parametrize(
    "size",
    [
        {"sections": 3},
        {"lines": 300},
        {"sections": 3, "lines": 300},
        {"sections": 2000},
        {"examples": 5000},
        {"word": "y" * 30_000},
        {"sections": 40, "word": "<details>" * 100},
    ],
    ids=str,
)
def test_every_fold_that_is_opened_is_closed(size):
    told = impact_markdown(impact(**size))

    assert told.count("<details>\n") == 0
    assert told.count("<details><summary>") == told.count("\n</details>\n")
    assert len(told) <= LIMIT + 2_000


def test_what_is_left_out_is_said():
    told = impact_markdown(impact(sections=2000, lines=100))

    assert "more policies" in told
    assert "leads.csv" in told

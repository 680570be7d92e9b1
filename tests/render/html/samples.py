"""Configurations to draw: the acme example, its edited version, and one with every key."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, date, datetime
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

from ixia_config.app import check
from ixia_config.app.reporting import Telling, report
from ixia_config.codes import Severity
from ixia_config.edges.records import Source
from ixia_config.kinds import Configuration
from ixia_config.kinds.parse import configure
from ixia_config.language import load_all
from ixia_config.render.html import Origin
from tests.cli import review
from tests.cli.review import ACME, EDITS
from tests.render import rich as plans

TODAY = date(2026, 11, 22)
ORIGIN = Origin("acme-revenue", "2026-11-22", "0123456789abcdef")
RICH = Path(__file__).parents[2] / "kinds" / "rich.yaml"
VOID = frozenset({"meta", "link", "input", "br", "hr"})
HOSTILE = (
    "</title></style></script><script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "javascript:alert(1) ]] --> %%{init: {}}%% ``` | <details> @acme/team #1",
    "\u202eevil\x1b[31m\x00 " + "W" * 300,
)
_WORDS = ("title", "description", "definition", "reason", "comment", "name", "deny")


@cache
def acme() -> Configuration:
    """The example as it is."""
    return check(ACME, today=TODAY).sound().configuration


def edited(folder: Path) -> Configuration:
    """The example with the change that is under review."""
    shutil.copytree(ACME, folder)
    for name, old, new in EDITS:
        file = folder / name
        file.write_text(file.read_text("utf-8").replace(old, new), "utf-8")
    return check(folder, today=TODAY).sound().configuration


def reviewed(folder: Path) -> str:
    """The report of a review: the change in a repository, records of a quarter, and a plan."""
    root = review.edited(review.committed(folder / "repo"))
    records = {"lead": review.leads, "deal": review.deals, "booking": review.bookings}
    sources = {name: Source(str(write(folder))) for name, write in records.items()}
    now = datetime(2026, 11, 23, 9, tzinfo=UTC)
    checked = check(root, today=TODAY).sound()
    return report(checked, Telling(now, "main", sources, plans.RICH, "plan.json"))


@cache
def rich() -> Configuration:
    """Every key of every kind."""
    return configured(RICH.read_text("utf-8"))


@cache
def hostile() -> Configuration:
    """The same, with words that try to become markup wherever people write words."""
    trees = [each.tree for each in load_all({"rich.yaml": RICH.read_text("utf-8")}).documents]
    texts = [json.dumps(_spoilt(tree, "")) for tree in trees]
    return configured("\n---\n".join(texts))


def configured(text: str) -> Configuration:
    """The policies of one file; they must be of the right shape."""
    found, problems = configure(load_all({"all.yaml": text}).documents, environment=None, lists={})
    assert [] == [str(each) for each in problems if each.severity is Severity.ERROR]
    return found


def _spoilt(tree: object, key: str) -> object:
    match tree:
        case dict():
            named = "apiVersion" not in tree and "kind" not in tree
            return {
                name: each
                if name == "name" and not (named and "email" in tree)
                else _spoilt(each, name)
                for name, each in tree.items()
            }
        case list():
            return [_spoilt(each, key) for each in tree]
        case str() if key in _WORDS:
            return HOSTILE[len(tree) % len(HOSTILE)]
        case _:
            return tree


class Read(HTMLParser):
    """A page as its elements: tag, attributes and, for each, the text directly inside."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.texts: list[tuple[str, str]] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts.append((self.open[-1] if self.open else "", data))

    def all(self, name: str) -> list[str]:
        """Every value of an attribute."""
        return [
            value or "" for _, found in self.elements for key, value in found.items() if key == name
        ]

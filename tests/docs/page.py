"""A Markdown page as a session: the blocks that a reader would type, in order."""

from __future__ import annotations

import difflib
import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_BLOCK = re.compile(
    r"(?:^<!-- (?P<note>[^\n]*?) -->\n)?^```(?P<language>[a-z]*)\n(?P<body>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)
_EXIT = re.compile(r"exit (\d+)")
_FILE = re.compile(r"file (\S+)")


@dataclass(frozen=True, slots=True)
class Block:
    """One fenced block with the comment that stands directly above it."""

    language: str
    body: str
    note: str
    line: int

    @property
    def reason_not_to_run(self) -> str:
        """Why the block is only to be read; empty for all others."""
        return self.note.partition("not run: ")[2]

    @property
    def exit(self) -> int:
        """The exit code that the block's last command has, from ``<!-- exit 3 -->``."""
        match = _EXIT.search(self.note)
        return int(match[1]) if match else 0

    @property
    def file(self) -> str:
        """The file that the block shows or changes, from ``<!-- file pipelines/x.yaml -->``."""
        match = _FILE.search(self.note)
        return match[1] if match else ""


@dataclass(frozen=True, slots=True)
class Command:
    """One command of a console block with the output that the page shows for it."""

    text: str
    shown: tuple[str, ...]

    @property
    def words(self) -> list[str]:
        """The command as a shell splits it."""
        return shlex.split(self.text, comments=True)


def blocks(path: Path) -> list[Block]:
    """Every fenced block of a page."""
    text = path.read_text("utf-8")
    return [
        Block(
            match["language"], match["body"], match["note"] or "", text.count("\n", 0, match.end())
        )
        for match in _BLOCK.finditer(text)
    ]


def commands(block: Block) -> Iterator[Command]:
    """Each ``$`` line of a console block and the lines below it."""
    for part in re.split(r"^\$ ", block.body, flags=re.MULTILINE)[1:]:
        first, _, rest = part.partition("\n")
        yield Command(first.strip(), tuple(rest.strip("\n").split("\n")) if rest.strip() else ())


def agrees(shown: tuple[str, ...], actual: str) -> bool:
    """Whether the output is the one shown; ``...`` stands for anything, also for several lines.

    How many blanks align a column does not count.
    """
    pattern = ".*?".join(re.escape(part) for part in _plain("\n".join(shown)).split("..."))
    return re.fullmatch(pattern, _plain(actual.strip("\n")), re.DOTALL) is not None


def _plain(text: str) -> str:
    return "\n".join(re.sub(" {2,}", "  ", line).rstrip() for line in text.split("\n"))


def refreshed(shown: tuple[str, ...], actual: str) -> str:
    """What the page should show now: each line that is gone gives way to the one most like it."""
    lines = [line.rstrip() for line in actual.strip("\n").split("\n")]
    known = {_plain(line): line for line in lines}
    out = []
    for line in shown:
        near = difflib.get_close_matches(line, lines, n=1, cutoff=0.6)
        whole = "..." not in line and near and _plain(line) not in known
        out.append(near[0] if whole else line)
    return "\n".join(out)


def edited(text: str, diff: str) -> str:
    """The text with the lines of a diff block exchanged; they must occur exactly once."""
    lines = [line for line in diff.splitlines() if not line.startswith(("---", "+++", "@@"))]
    old = "".join(f"{line[1:]}\n" for line in lines if not line.startswith("+"))
    new = "".join(f"{line[1:]}\n" for line in lines if not line.startswith("-"))
    if text.count(old) != 1:
        raise AssertionError(f"{text.count(old)} places, not 1, for\n{old}")
    return text.replace(old, new)

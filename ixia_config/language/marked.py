"""The careful reading of one document: every value with its place, and all that is wrong with it.

This reading decides what a text means; ``plain`` is the fast one and must agree with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.events import (
    AliasEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from ixia_config.codes import Diagnostic
from ixia_config.language import suspicion, syntax
from ixia_config.language.codes import (
    AliasBomb,
    BadSyntax,
    DuplicateKey,
    InvisibleCharacter,
    KeyNotText,
    MergeKey,
    NeedsQuotes,
    Tag,
    TooLarge,
    UnknownAnchor,
)
from ixia_config.language.scalars import MAX_DEPTH, MAX_SCALAR, Tree, plain
from ixia_config.model import Mark

MAX_ALIASED = 10_000

_UNSPEAKABLE = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff]")
_TOO_LARGE_ESCAPE = re.compile(r"\\U(?!00(?:0|10))[0-9A-Fa-f]{8}")
_ANCHOR = re.compile(r"[\w.-]+")

Event = Any  # ruamel's events carry no types


@dataclass(frozen=True, slots=True)
class Node:
    """A value, its place, and its children.

    ``end`` is the line and column right after it, counted from 0 in the document's text. ``flow``
    tells brackets from block style. ``size`` counts values, those of aliases included.
    """

    tree: Tree
    mark: Mark
    end: tuple[int, int]
    flow: bool = False
    size: int = 1
    keys: dict[str, Mark] = field(default_factory=dict)
    children: dict[str | int, Node] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reading:
    """What the careful reading found: no ``root`` where the text is not YAML as we accept it."""

    root: Node | None
    diagnostics: tuple[Diagnostic, ...] = ()


class _DocumentError(Exception):
    """Carries the one diagnostic after which the rest of a document means nothing."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(str(diagnostic))
        self.diagnostic = diagnostic


@lru_cache(maxsize=1024)
def read(file: str, line: int, text: str) -> Reading:
    """Read one document whose text starts on this line of the file."""
    builder = _Builder(file, line, text)
    try:
        root = builder.document()
    except _DocumentError as stop:
        return Reading(None, (*builder.found, stop.diagnostic))
    except MarkedYAMLError as error:
        found = syntax.explain(error, builder.lines, builder.mark)
        return Reading(None, (*builder.elsewhere(found), found))
    except (OverflowError, ValueError):  # what ruamel's chr() says of a number that is too large
        return Reading(None, (*builder.found, builder.bad_escape(text)))
    usable = all(isinstance(found, DuplicateKey) for found in builder.found)
    return Reading(root if usable else None, tuple(builder.found))


class _Builder:
    """Turns ruamel's events into nodes; alive during one ``read`` only."""

    def __init__(self, file: str, line: int, text: str) -> None:
        self.file = file
        self.line = line
        self.lines = text.split("\n")
        self.found: list[Diagnostic] = []
        self.anchors: dict[str, Node] = {}
        self.aliased = 0
        self.events: Iterator[Event] = YAML(typ="safe", pure=True).parse(text)

    def mark(self, line: int, column: int, width: int = 1) -> Mark:
        """A place of the document's text, counted from 0, as a place in the file."""
        return Mark(self.file, self.line + line, column + 1, max(width, 1))

    def document(self) -> Node:
        next(self.events)  # the stream
        next(self.events)  # the document
        root = self.node(next(self.events), depth=1)
        next(self.events)  # the document's end
        next(self.events)  # the stream's end; anything else is an error
        return root

    def place(self, event: Event) -> Mark:
        """Where a value starts; its width ends with the line it starts on."""
        start, end = event.start_mark, event.end_mark
        if isinstance(event, (MappingStartEvent, SequenceStartEvent)):
            return self.mark(start.line, start.column)
        stop = end.column if end.line == start.line else len(self.lines[start.line].rstrip())
        return self.mark(start.line, start.column, stop - start.column)

    def node(self, event: Event, *, depth: int) -> Node:
        if isinstance(event, AliasEvent):
            return self.alias(event)
        self.check_tag(event)
        if isinstance(event, ScalarEvent):
            node = self.scalar(event)
        else:
            self.check_depth(event, depth)
            mapping = isinstance(event, MappingStartEvent)
            node = self.mapping(event, depth) if mapping else self.sequence(event, depth)
        if event.anchor is not None:
            self.check_anchor(event)
            self.anchors[event.anchor] = node
        return node

    def check_tag(self, event: Event) -> None:
        if event.tag is not None:
            raise _DocumentError(Tag(mark=self.place(event), tag=str(event.tag)))

    def check_anchor(self, event: Event) -> None:
        if _ANCHOR.fullmatch(event.anchor) is None:
            mark = self.place(event)
            text = self.lines[event.start_mark.line][event.start_mark.column :]
            raise _DocumentError(NeedsQuotes(mark=mark, text=text, why=syntax.ANCHOR))

    def check_depth(self, event: Event, depth: int) -> None:
        if depth > MAX_DEPTH:
            what = "brackets or levels are nested too deep"
            limit = f"{MAX_DEPTH} levels"
            raise _DocumentError(TooLarge(mark=self.place(event), what=what, limit=limit))

    def scalar(self, event: Event) -> Node:
        mark = self.place(event)
        if len(event.value) > MAX_SCALAR:
            what = f"this value holds {len(event.value):,} characters"
            raise _DocumentError(TooLarge(mark=mark, what=what, limit=f"{MAX_SCALAR:,}"))
        for found in _UNSPEAKABLE.finditer(event.value):
            self.found.append(InvisibleCharacter(mark=mark, character=found[0]))
            break
        if event.style is not None:
            return Node(event.value, mark, self.end(event))
        self.suspect(suspicion.of_scalar(event, self.lines, mark))
        return Node(plain(event.value), mark, self.end(event))

    def suspect(self, suspicions: Iterable[Diagnostic]) -> None:
        """Keep one suspicion a line: a value that is cut short leaves odd rests behind it."""
        for found in suspicions:
            last = self.found[-1].mark if self.found else None
            if last is None or found.mark is None or found.mark.line != last.line:
                self.found.append(found)

    def bad_escape(self, text: str) -> Diagnostic:
        """A character number in an escape that no character has."""
        found = _TOO_LARGE_ESCAPE.search(text)
        start = found.start() if found else 0
        mark = self.mark(text.count("\n", 0, start), start - text.rfind("\n", 0, start) - 1, 10)
        problem = "there is no character with this number"
        return BadSyntax(mark=mark, problem=problem, remedy="write the character itself")

    def elsewhere(self, found: Diagnostic) -> Iterator[Diagnostic]:
        """What was found on other lines: one line has one cause."""
        line = found.mark.line if found.mark else 0
        return (each for each in self.found if each.mark is None or each.mark.line != line)

    def alias(self, event: Event) -> Node:
        mark = self.place(event)
        node = self.anchors.get(event.anchor)
        if node is None:
            raise _DocumentError(UnknownAnchor(mark=mark, name=event.anchor))
        self.aliased += node.size
        if self.aliased > MAX_ALIASED:
            raise _DocumentError(AliasBomb(mark=mark, limit=MAX_ALIASED))
        return Node(
            node.tree, mark, self.end(event), size=node.size, keys=node.keys, children=node.children
        )

    def sequence(self, event: Event, depth: int) -> Node:
        children: dict[str | int, Node] = {}
        while not isinstance(inner := next(self.events), SequenceEndEvent):
            children[len(children)] = self.node(inner, depth=depth + 1)
        tree: Tree = [child.tree for child in children.values()]
        return self.collection(event, inner, tree, {}, children)

    def mapping(self, event: Event, depth: int) -> Node:
        keys: dict[str, Mark] = {}
        children: dict[str | int, Node] = {}
        while not isinstance(inner := next(self.events), MappingEndEvent):
            key = self.key(inner)
            value = next(self.events)
            self.suspect(suspicion.of_pair(event, inner, value, self.lines, self.mark))
            child = self.node(value, depth=depth + 1)
            if isinstance(value, ScalarEvent) and _absent(value):
                child = Node(None, self.place(inner), self.end(inner))
            if key in keys:
                self.found.append(DuplicateKey(mark=self.place(inner), key=key, first=keys[key]))
                continue
            keys[key] = self.place(inner)
            children[key] = child
        tree: Tree = {str(key): child.tree for key, child in children.items()}
        return self.collection(event, inner, tree, keys, children)

    def collection(
        self,
        start: Event,
        end: Event,
        tree: Tree,
        keys: dict[str, Mark],
        children: dict[str | int, Node],
    ) -> Node:
        flow = bool(start.flow_style)
        stop = max((child.end for child in children.values()), default=self.end(start))
        stop = self.end(end) if flow else stop
        size = 1 + sum(child.size for child in children.values())
        return Node(tree, self.place(start), stop, flow, size, keys, children)

    def end(self, event: Event) -> tuple[int, int]:
        """Right after an event; a text block ends with its last line that is not blank."""
        line, column = event.end_mark.line, event.end_mark.column
        if getattr(event, "style", None) in ("|", ">"):
            line -= column == 0
            while line > event.start_mark.line and not self.lines[line].strip():
                line -= 1
            column = len(self.lines[line])
        return line, column

    def key(self, event: Event) -> str:
        if not isinstance(event, ScalarEvent) or _absent(event) or event.anchor is not None:
            raise _DocumentError(KeyNotText(mark=self.place(event)))
        self.check_tag(event)
        if event.style is None and event.value == "<<":
            raise _DocumentError(MergeKey(mark=self.place(event)))
        self.scalar(event)  # its checks are those of any scalar
        return str(event.value)


def _absent(event: Event) -> bool:
    return event.style is None and event.value == ""

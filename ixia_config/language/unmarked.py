"""The fast reading of one document: a tree without places, or ``Unsure``.

It knows the plain shapes that nearly every line of a configuration has, one regular expression a
line, and gives up on anything else: anchors, tags, values over several lines, errors. ``marked``
then decides. So it may know less than YAML, but must never read a text differently.
"""

from __future__ import annotations

import re

from ixia_config.language.flow import Unsure, double_quoted, flow, single_quoted
from ixia_config.language.scalars import CORE, MAX_DEPTH, MAX_SCALAR, Tree

__all__ = ["Unsure", "read"]

# One line: its indent, "- ", a key with its colon, and all that stands after; or what is left.
_LINE = re.compile(
    r"""^(?:(\ *)(-\ +)?
    (?:(\w(?:[\w./@+\ -]{0,98}[\w./@+-])?|"[^"\\\n]{1,99}"|'[^'\n]{1,99}'):(?:\ +|$))?
    ([^\ \n][^\n]{0,9999})?|([^\n]+))$""",
    re.VERBOSE | re.MULTILINE,
)
_START = re.compile(r"---(?: +#[^\n]*| *)(?:\n|\Z)")
_BLOCK = re.compile(r"([|>])(-?) *")
_HARMLESS_COMMENT = re.compile(r"#(?:[ #!-]|$)")
_MAX_LEVELS = MAX_DEPTH // 2  # the rest is for brackets

Row = tuple[str, str, str, str, str]


def read(text: str) -> Tree:
    """The document's tree, or ``Unsure``."""
    if "\t" in text:
        raise Unsure
    start = 0
    if text.startswith("---"):
        marker = _START.match(text)
        if marker is None:
            raise Unsure
        start = marker.end()
    return _Reader(text[start:]).document()


class _Reader:
    """Walks the lines of one document; alive during one ``read`` only.

    ``columns`` and ``nodes`` are the open collections, outermost first, below a list that holds
    the document. ``slot`` is the key that has no value yet: a deeper line may start one.
    """

    __slots__ = ("at", "columns", "nodes", "rows", "slot", "text")

    def __init__(self, text: str) -> None:
        self.rows: list[Row] = _LINE.findall(text)
        self.text = text
        self.at = 0
        self.columns: list[int] = [-1]
        self.nodes: list[dict[str, Tree] | list[Tree]] = [[]]
        self.slot: str | None = None

    def document(self) -> Tree:
        rows, columns, nodes = self.rows, self.columns, self.nodes
        while self.at < len(rows):
            space, dash, key, rest, other = rows[self.at]
            self.at += 1
            if dash:
                self.settle(len(space), dashed=True)
                self.element(len(space) + len(dash), key, rest)
            elif key:
                node = nodes[-1]
                if self.slot is None and columns[-1] == len(space) and type(node) is dict:
                    self.pair(node, key, rest)
                else:
                    self.settle(len(space), dashed=False)
                    self.pair(nodes[-1], key, rest)
            elif other or (rest and rest[0] != "#"):
                raise Unsure
        root = nodes[0]
        if type(root) is not list or len(root) != 1:
            raise Unsure
        return root[0]

    def settle(self, column: int, *, dashed: bool) -> None:
        """Close the collections that end above this line, or open the one that it starts."""
        columns, nodes = self.columns, self.nodes
        slot, self.slot = self.slot, None
        top = columns[-1]
        if column > top:
            if slot is None and top >= 0:
                raise Unsure
            self.open(column, slot, [] if dashed else {})
        elif slot is not None and dashed and column == top:
            self.open(column, slot, [])
        else:
            while columns[-1] > column:
                columns.pop()
                nodes.pop()
            if not dashed and columns[-1] == column == columns[-2]:  # a list below its own key
                columns.pop()
                nodes.pop()
            if columns[-1] != column or type(nodes[-1]) is not (list if dashed else dict):
                raise Unsure

    def open(self, column: int, slot: str | None, fresh: dict[str, Tree] | list[Tree]) -> None:
        node = self.nodes[-1]
        if type(node) is list:
            node.append(fresh)
        elif type(node) is dict and slot is not None:
            node[slot] = fresh
        self.columns.append(column)
        self.nodes.append(fresh)
        if len(self.columns) > _MAX_LEVELS:
            raise Unsure

    def element(self, column: int, key: str, rest: str) -> None:
        """What stands after ``- ``."""
        node = self.nodes[-1]
        if key:
            self.open(column, None, {})
            self.pair(self.nodes[-1], key, rest)
        elif rest and type(node) is list:
            node.append(_value(rest))
        else:
            raise Unsure

    def pair(self, node: dict[str, Tree] | list[Tree], key: str, rest: str) -> None:
        if key[0] in "\"'":
            key = key[1:-1]
        if type(node) is not dict or key in node:
            raise Unsure
        if rest:
            first = rest[0]
            if first == "#" and _HARMLESS_COMMENT.match(rest):
                rest = ""
            elif first in "|>":
                node[key] = self.block(rest)
            else:
                node[key] = _value(rest)
        if not rest:
            node[key] = None
            self.slot = key

    def block(self, header: str) -> str:
        """A text block after ``|`` or ``>``."""
        style = _BLOCK.fullmatch(header)
        if style is None:
            raise Unsure
        body = self.deeper()
        if style[1] == "|":
            text = "\n".join(body)
        elif any(line[:1] in ("", " ") for line in body):
            raise Unsure
        else:
            text = " ".join(body)
        if len(text) >= MAX_SCALAR:
            raise Unsure
        return text if style[2] else text + "\n"

    def deeper(self) -> list[str]:
        """The lines of the text block that starts here, without their common indentation."""
        lines = self.text.split("\n")[self.at :]
        first = lines[0] if lines else ""
        indent = len(first) - len(first.lstrip(" "))
        if not first.strip(" ") or indent <= self.columns[-1]:
            raise Unsure
        count = 0
        for line in lines:
            if line and not line.startswith(first[:indent]):
                break
            count += 1
        body = [line[indent:] for line in lines[:count]]
        self.after(lines[count:])
        self.at += count
        while not body[-1]:
            body.pop()
        if any(line and not line.strip(" ") for line in body):
            raise Unsure
        return body

    def after(self, lines: list[str]) -> None:
        """A text block ends at a line of a collection that is already open, or at the end."""
        if lines and len(lines[0]) - len(lines[0].lstrip(" ")) > self.columns[-1]:
            raise Unsure
        if not lines and not self.text.endswith("\n"):
            raise Unsure  # whether the text ends with a line end then depends on the header


def _value(rest: str) -> Tree:
    """A value that stands on one line."""
    first = rest[0]
    if first in "[{":
        return flow(rest)
    if first == '"':
        return double_quoted(rest)
    if first == "'":
        return single_quoted(rest)
    if first in "-?:,]}#&*!|>%@`" and (first != "-" or rest[1:2] in ("", " ")):
        raise Unsure
    if "#" in rest or ":" in rest or rest[-1] == " ":
        rest = _careful(rest)
    return CORE.get(rest, rest)


def _careful(rest: str) -> str:
    """An unquoted value that may hold a comment or a second key."""
    text, comment, _ = rest.partition(" #")
    text = text.rstrip(" ")
    if ": " in text or text[-1] == ":" or (comment and ('"' in text or "(" in text)):
        raise Unsure
    return text

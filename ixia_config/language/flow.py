"""The fast reading of values in quotes and brackets that stand on one line, or ``Unsure``."""

from __future__ import annotations

import re

from ixia_config.language.scalars import CORE, Tree
from ixia_config.language.suspicion import unbalanced


class Unsure(Exception):  # noqa: N818 - no error: it asks for the careful reading
    """This text needs the careful reading."""


# A bracket or comma; or a scalar in one of three styles, perhaps with a colon that makes it a key.
_TOKEN = re.compile(
    r"""\ *(?:
    ([\[\]{},])
    |(?:"([^"\\]*)"|'([^']*)'
       |((?:[^\s,\[\]{}:\#"'&*!|>%@`?-]|-(?=[A-Za-z0-9_.]))
         (?:[^,\[\]{}:\#?]|:(?=[^\s,\[\]{}]))*))
     \ *(:(?=\ ))?
    |(.))""",
    re.VERBOSE,
)
_COMMENTED = re.compile(r"([^#]*[\]}]) +#.*")
_DOUBLE = re.compile(r'"([^"\\]*(?:\\["\\/n][^"\\]*)*)"(?: *| +#.*)')
_SINGLE = re.compile(r"'([^']*(?:''[^']*)*)'(?: *| +#.*)")
_ESCAPE = re.compile(r"\\(.)")
_MAX_LEVELS = 24

Token = tuple[str, str, str, str, str, str]


def flow(text: str) -> Tree:
    """The value of ``[...]`` or ``{...}``."""
    if "#" in text:
        commented = _COMMENTED.fullmatch(text)
        if commented is None:
            raise Unsure
        text = commented[1]
    holder: list[Tree] = []
    _Flow(holder).read(_TOKEN.findall(text))
    return holder[0]


class _Flow:
    """The open collections of one value in brackets; ``ready`` while a value may come next."""

    __slots__ = ("key", "node", "ready", "stack")

    def __init__(self, holder: list[Tree]) -> None:
        self.node: dict[str, Tree] | list[Tree] = holder
        self.stack: list[dict[str, Tree] | list[Tree]] = [holder]
        self.key: str | None = None
        self.ready = True

    def read(self, tokens: list[Token]) -> None:
        for token in tokens:
            bracket = token[0]
            if not bracket:
                self.scalar(token)
            elif bracket == ",":
                if self.ready or len(self.stack) == 1:
                    raise Unsure
                self.ready = True
            elif bracket in "[{":
                self.open({} if bracket == "{" else [])
            else:
                self.close(dict if bracket == "}" else list)
        if len(self.stack) > 1 or self.ready:
            raise Unsure

    def scalar(self, token: Token) -> None:
        _, double, single, bare, colon, other = token
        if other or not self.ready:
            raise Unsure
        text = double or single or (bare.rstrip(" ") if bare else "")
        if not colon:
            if bare and ("(" in bare or '"' in bare) and unbalanced(bare):
                raise Unsure
            self.add(CORE.get(text, text) if bare else text)
            self.ready = False
        elif self.key is None and type(self.node) is dict and text and text not in self.node:
            self.key = text
        else:
            raise Unsure

    def add(self, value: Tree) -> None:
        node, key = self.node, self.key
        if type(node) is list:
            node.append(value)
        elif type(node) is dict and key is not None:
            node[key] = value
            self.key = None
        else:
            raise Unsure

    def open(self, node: dict[str, Tree] | list[Tree]) -> None:
        if not self.ready or len(self.stack) > _MAX_LEVELS:
            raise Unsure
        self.add(node)
        self.stack.append(node)
        self.node = node

    def close(self, kind: type) -> None:
        if type(self.node) is not kind or self.key is not None or len(self.stack) == 1:
            raise Unsure
        self.stack.pop()
        self.node = self.stack[-1]
        self.ready = False


def double_quoted(text: str) -> str:
    """The value of ``"..."``."""
    found = _DOUBLE.fullmatch(text)
    if found is None:
        raise Unsure
    if "\\" not in text:
        return found[1]
    return _ESCAPE.sub(lambda escape: "\n" if escape[1] == "n" else escape[1], found[1])


def single_quoted(text: str) -> str:
    """The value of ``'...'``."""
    found = _SINGLE.fullmatch(text)
    if found is None:
        raise Unsure
    return found[1].replace("''", "'")

"""What ruamel's parser found wrong with a text, said so that a person knows what to change."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from ruamel.yaml.error import MarkedYAMLError

from ixia_config.codes import Diagnostic
from ixia_config.language.codes import BadSyntax, NeedsQuotes, TabIndent, Tag
from ixia_config.language.suspicion import meant
from ixia_config.model import Mark

Place = Callable[..., Mark]

ANCHOR = '"&" or "*" at its start names something to repeat'

_NO_SPACE = re.compile(r"\s*(?:- )*[\w-]+:[^\s:/]")
_KEY = re.compile(r"""^[\s{\[,-]*(?:"[^"]*"|'[^']*'|[^\s"'][^:]*?):(?=\s|$)\s*""")


def explain(error: MarkedYAMLError, lines: Sequence[str], place: Place) -> Diagnostic:
    """The one diagnostic that fits an error of ruamel's parser."""
    facts = _Facts(error, lines, place)
    for rule in (_of_characters, _of_brackets, _of_lines, _of_quotes):
        for found in rule(facts):
            return found
    problem = f"this is not YAML: {facts.problem or facts.context or 'it cannot be read'}"
    return BadSyntax(mark=facts.at(facts.spot), problem=problem)


class _Facts:
    """An error of ruamel's parser, with the text that it speaks of."""

    def __init__(self, error: MarkedYAMLError, lines: Sequence[str], place: Place) -> None:
        self.problem = str(error.problem or "")
        self.context = str(error.context or "")
        mark = error.problem_mark or error.context_mark
        began = error.context_mark or mark
        self.lines = lines
        self.place = place
        self.spot = (mark.line, mark.column) if mark else (0, 0)
        self.began = (began.line, began.column) if began else (0, 0)

    def at(self, spot: tuple[int, int], width: int = 1) -> Mark:
        """A place that is certainly inside the text."""
        line = min(spot[0], len(self.lines) - 1)
        return self.place(line, min(spot[1], len(self.lines[line])), width)

    def text(self, spot: tuple[int, int]) -> str:
        """The line that this place is on."""
        return self.lines[spot[0]] if spot[0] < len(self.lines) else ""

    def outdented(self) -> bool:
        """Whether the line of the problem is no deeper than the line where the context began."""
        line, first = self.text(self.spot), self.text(self.began)
        return len(line) - len(line.lstrip()) <= len(first) - len(first.lstrip())

    def value(self) -> tuple[str, int]:
        """The value on the line of the problem, and the column where it starts."""
        line = self.text(self.spot)
        key = _KEY.match(line)
        start = key.end() if key and key.end() <= self.spot[1] else len(line) - len(line.lstrip())
        return line[start:].rstrip(), start

    def needs_quotes(self, why: str) -> Diagnostic:
        """The value on this line is broken by YAML's punctuation at the place of the problem."""
        text, start = self.value()
        text = meant(text) or text if "flow" in self.context else text
        wide = max(len(text) - (self.spot[1] - start), 1)
        return NeedsQuotes(mark=self.at(self.spot, wide), text=text, why=why)


def _of_characters(facts: _Facts) -> Iterator[Diagnostic]:
    """A character that cannot start anything."""
    before = facts.text(facts.spot)[: facts.spot[1]]
    if "cannot start any token" in facts.problem:
        if "'\\t'" in facts.problem and not before.strip():
            yield TabIndent(mark=facts.at(facts.spot))
        elif "'\\t'" in facts.problem:
            remedy = "replace it with a space"
            yield BadSyntax(mark=facts.at(facts.spot), problem="a tab stands here", remedy=remedy)
        else:
            yield facts.needs_quotes("a value cannot start with this character")
    if "while scanning an a" in facts.context:  # an alias or an anchor
        facts.spot = facts.began
        yield facts.needs_quotes(ANCHOR)
    if "tag" in facts.context or "tag" in facts.problem:
        text = facts.text(facts.began)[facts.began[1] :]
        yield Tag(mark=facts.at(facts.began, len(text)), tag=text)


def _of_brackets(facts: _Facts) -> Iterator[Diagnostic]:
    """Inside ``{...}`` and ``[...]``."""
    if "while parsing a flow" not in facts.context and "expected the node" not in facts.problem:
        return
    left = facts.spot[0] > facts.began[0] and facts.spot[1] and facts.outdented()
    open_at = facts.text(facts.began)[facts.began[1] : facts.began[1] + 1]
    if left or any(word in facts.problem for word in ("stream end", "block end", "document")):
        if open_at in ("{", "["):
            close = {"{": "}", "[": "]"}[open_at]
            problem = f'this "{open_at}" is never closed'
            remedy = f'add the "{close}" that is missing'
            yield BadSyntax(mark=facts.at(facts.began), problem=problem, remedy=remedy)
    elif "expected the node content, but found ','" in facts.problem and "flow" in facts.context:
        problem = "nothing stands before this comma"
        yield BadSyntax(mark=facts.at(facts.spot), problem=problem, remedy="delete the comma")
    else:
        yield facts.needs_quotes("this character means something else to YAML here")


def _of_lines(facts: _Facts) -> Iterator[Diagnostic]:
    """Lines that do not fit the lines above them."""
    line = facts.text(facts.spot)
    first = not line[: facts.spot[1]].strip(" -")
    mark = facts.at(facts.spot)
    if "mapping values are not allowed" in facts.problem:
        if facts.value()[1] > len(line) - len(line.lstrip(" -{[")):
            yield facts.needs_quotes('": " in it starts a new key')
        else:
            yield _second_value(facts)
    elif "sequence entries are not allowed" in facts.problem:
        remedy = "start the list on a line of its own"
        yield BadSyntax(mark=mark, problem='"- " cannot start a list here', remedy=remedy)
    elif "mapping keys are not allowed" in facts.problem:
        yield facts.needs_quotes('"? " at its start means something else in YAML')
    elif "expected <block end>" in facts.problem and not first:
        yield facts.needs_quotes("it goes on after its closing quote or bracket")
    elif "expected <block end>" in facts.problem:
        problem, remedy = _misfit(facts)
        yield BadSyntax(mark=mark, problem=problem, remedy=remedy)
    elif "could not find expected ':'" in facts.problem:
        problem = f'this line is not "key: value": {facts.text(facts.began).strip()[:60]}'
        remedy = "add the colon and a space, or indent it as a part of the line above"
        yield BadSyntax(mark=facts.at(facts.began), problem=problem, remedy=remedy)


def _second_value(facts: _Facts) -> Diagnostic:
    """A key that starts where the line above still goes on."""
    above = facts.text((facts.spot[0] - 1, 0)) if facts.spot[0] else ""
    if _NO_SPACE.match(above):
        mark = facts.at((facts.spot[0] - 1, above.index(":")))
        remedy = "add the space"
        return BadSyntax(mark=mark, problem="a space is missing after this colon", remedy=remedy)
    problem = "a key cannot start here, because the line above already has a value"
    remedy = "check the indentation of both lines, and that the line above is complete"
    return BadSyntax(mark=facts.at(facts.spot), problem=problem, remedy=remedy)


def _misfit(facts: _Facts) -> tuple[str, str]:
    """How a line differs from the block that it should belong to, and what to do."""
    opened = facts.began[0] - facts.spot[0]
    remedy = "give the lines of one list or mapping the same indentation"
    if "block collection" in facts.context and facts.spot[1] == facts.began[1]:
        return (
            'a list goes on here, but this line does not start with "- "',
            'start it with "- ", or indent it',
        )
    if "'-'" in facts.problem:
        return "a list starts here, in the middle of keys", remedy
    above = f" (it began {-opened} lines above)" if opened < -1 else ""
    return f"this line does not line up with its block{above}", remedy


def _of_quotes(facts: _Facts) -> Iterator[Diagnostic]:
    """Quoted and block scalars."""
    if "scanning a quoted" in facts.context or "double-quoted" in facts.context:
        if "unknown escape" in facts.problem or "escape sequence" in facts.problem:
            problem = 'a backslash in "..." starts an escape, and this is none'
            remedy = "use single quotes, or write the backslash twice"
            yield BadSyntax(mark=facts.at(facts.spot), problem=problem, remedy=remedy)
        else:
            remedy = "add the quote that is missing"
            yield BadSyntax(
                mark=facts.at(facts.began), problem="this quote is never closed", remedy=remedy
            )
    if "document" in facts.problem and not facts.context:
        problem = 'this document does not start with "---"'
        remedy = 'put a line "---" above it'
        yield BadSyntax(mark=facts.at(facts.spot), problem=problem, remedy=remedy)
    if "block scalar" in facts.context:
        yield facts.needs_quotes('"|" or ">" at its start begins a text block')

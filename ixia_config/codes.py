"""Diagnostics: what is wrong with a user's files, as data with a stable code and one message.

A code is one class. Its docstring is its documentation (``ixia explain IX207`` prints it) and
holds a bad and a good YAML example, which the tests run. Ranges: IX0 YAML, IX1 shape of a
document, IX2 references, IX3 policy rules, IX4 rules of routing, approvals and tests, IX5 plan
refused, IX6 remote system, IX7 compensation. What a target cannot hold is a clause of the plan,
not a code.
"""

from __future__ import annotations

import difflib
import importlib
import inspect
import pkgutil
import re
import textwrap
from abc import abstractmethod
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from types import ModuleType
from typing import ClassVar

from ixia_config.model import Mark, Path


class Severity(StrEnum):
    """Errors stop a run; warnings and information do not."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Related:
    """Another place that a finding is about: what it is called, what stands there, and where."""

    name: str
    words: str
    mark: Mark | None = None


@dataclass(frozen=True, slots=True)
class Mend:
    """One value of a file to write instead, where that mends a finding; ``words`` tell of it."""

    file: str
    document: int
    path: Path
    value: str
    words: str


@dataclass(frozen=True, kw_only=True)
class Diagnostic:
    """Base of every code: facts are fields, text is made in ``message`` and ``hint``."""

    mark: Mark | None = None
    related: tuple[Related, ...] = ()
    mend: Mend | None = None
    personal: bool = False  # about what a person is paid: said without amounts and excerpt

    code: ClassVar[str] = ""
    severity: ClassVar[Severity] = Severity.ERROR
    conceals: ClassVar[bool] = False  # the marked text is a secret: no excerpt may show it

    @abstractmethod
    def message(self) -> str:
        """What is wrong, in one sentence that quotes the user's text."""

    def hint(self) -> str:
        """What to do about it; empty where the message says it all."""
        return ""

    def said(self) -> str:
        """The message as anybody may read it: without amounts where it is about a person's pay."""
        return without_amounts(self.message()) if self.personal else self.message()

    def advised(self) -> str:
        """The hint as anybody may read it."""
        return without_amounts(self.hint()) if self.personal else self.hint()

    def __str__(self) -> str:
        place = f"{self.mark}: " if self.mark else ""
        hint = f"; {self.advised()}" if self.advised() else ""
        return f"{place}{self.severity} {self.code}: {self.said()}{hint}"


@dataclass(frozen=True, slots=True)
class Documentation:
    """A code's documentation: its title, explanation, and YAML examples (several files allowed)."""

    code: str
    severity: Severity
    title: str
    text: str
    bad: str
    good: str


def in_order(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """By place, then code: the order in which people read them; duplicates are dropped."""

    def key(diagnostic: Diagnostic) -> tuple[str, int, int, str, str]:
        mark = diagnostic.mark or Mark("", 0, 0)
        return (mark.file, mark.line, mark.column, diagnostic.code, diagnostic.message())

    return tuple(dict.fromkeys(sorted(diagnostics, key=key)))


_WORD = re.compile(r"[^\s\"'()\[\]{},;]*\d[^\s\"'()\[\]{};]*")
_PUBLIC = re.compile(
    r"\d{4}-(?:\d\d|Q\d|H\d)(?:-\d\d)?"  # a day, month or quarter
    r"|IX\d{3}"
    r"|[^@\s]+@[^@\s]+"
    r"|[a-z][a-z_]*(?:[-_]?\d{1,4}(?!\d)|[-_][a-z]+)*"  # a name such as ae-2027
    r"|[\w./-]+\.ya?ml(?::\d+)*"
)
# A letter that follows a digit belongs to it: 95o00 is still an amount.
_AMOUNT = re.compile(r"[-+$€£¥]?\d[\w.,'%]*")


def without_amounts(text: str) -> str:
    """The text with ``***`` for every number; dates, names, codes and places stay."""
    return _WORD.sub(_hidden, text)


def _hidden(word: re.Match[str]) -> str:
    bare = word[0].rstrip(".,:!?")
    if _PUBLIC.fullmatch(bare):
        return word[0]
    return _AMOUNT.sub("***", bare) + word[0][len(bare) :]


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that was probably meant, or None."""
    folded = {name.lower(): name for name in sorted(known)}
    close = difflib.get_close_matches(word.lower(), list(folded), n=1, cutoff=0.6)
    return folded[close[0]] if close else None


def suggestion(word: str, known: Iterable[str]) -> str:
    """``did you mean "x"?``, or the known words when none is near and they are few."""
    names = sorted(known)
    near = nearest(word, names)
    if near is not None:
        return f'did you mean "{near}"?'
    if 0 < len(names) <= 12:
        return "known: " + ", ".join(names)
    return ""


@cache
def registry() -> Mapping[str, type[Diagnostic]]:
    """Every code of this package, by code; computed by walking the package."""
    found: dict[str, type[Diagnostic]] = {}
    for name in _modules():
        for cls in _declared(importlib.import_module(name)):
            if cls.code in found and found[cls.code] is not cls:
                raise RuntimeError(f"{cls.code} is both {found[cls.code]} and {cls}")
            found[cls.code] = cls
    return dict(sorted(found.items()))


def _modules() -> Iterator[str]:
    """Modules that may declare codes; those at the edges of the program do not."""
    root = importlib.import_module("ixia_config")
    for info in pkgutil.iter_modules(root.__path__, "ixia_config."):
        if info.name in ("ixia_config.cli", "ixia_config.testing"):
            continue  # a walk would import them
        yield info.name
        if info.ispkg:
            inner = importlib.import_module(info.name).__path__
            yield from (each.name for each in pkgutil.walk_packages(inner, f"{info.name}."))


def _declared(module: ModuleType) -> Iterator[type[Diagnostic]]:
    for cls in vars(module).values():
        if inspect.isclass(cls) and issubclass(cls, Diagnostic) and cls.code:
            yield cls


def _dedent(doc: str) -> str:
    """A docstring without its margin; unlike inspect.cleandoc it keeps tabs, for examples."""
    first, _, rest = doc.partition("\n")
    return first.strip() + "\n" + textwrap.dedent(rest).rstrip()


def documentation(cls: type[Diagnostic]) -> Documentation:
    """Split a code's docstring into title, text and its ``Bad:`` and ``Good:`` examples."""
    doc = _dedent(cls.__doc__ or "")
    title, _, rest = doc.partition("\n")
    text, _, examples = rest.partition("\nBad:\n")
    bad, _, good = examples.partition("\nGood:\n")
    return Documentation(
        code=cls.code,
        severity=cls.severity,
        title=title.strip(),
        text=text.strip(),
        bad=textwrap.dedent(bad).strip("\n") + "\n" if bad.strip() else "",
        good=textwrap.dedent(good).strip("\n") + "\n" if good.strip() else "",
    )

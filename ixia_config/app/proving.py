"""Run the tests of the rules, and write the expectations that they lack."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ixia_config.app.checking import Checked
from ixia_config.app.refusal import Refusal
from ixia_config.edges.disk import atomic_write
from ixia_config.exits import Exit
from ixia_config.kinds import Policy
from ixia_config.kinds.policy_test.codes.finding import NoSuchTest, NotWritten
from ixia_config.kinds.policy_test.coverage import Covered, coverage
from ixia_config.kinds.policy_test.run import Result, run
from ixia_config.kinds.policy_test.spec import PolicyTest
from ixia_config.kinds.policy_test.update import missing
from ixia_config.language import Document
from ixia_config.language.edit import CannotEdit, set_value


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which tests are run: all, or those in these files; of all policies, or of these."""

    files: tuple[Path, ...] = ()
    policies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Proved:
    """What came of the tests, and how much of the policies they touch."""

    results: tuple[Result, ...]
    covered: tuple[Covered, ...]


def prove(checked: Checked, wanted: Wanted) -> Proved:
    """Run the tests of a sound configuration."""
    names = _policies(checked, wanted.policies)
    results = run(checked.configuration, _tests(checked, wanted.files))
    covered = coverage(checked.configuration, results)
    if names:
        results = tuple(each for each in results if _about(each, names))
        covered = tuple(each for each in covered if str(each.policy) in names)
    return Proved(results, covered)


def _about(result: Result, names: frozenset[str]) -> bool:
    return any(str(each.answer.policy) in names for each in result.answered)


def _policies(checked: Checked, wanted: Sequence[str]) -> frozenset[str]:
    """The addresses that were meant: written out, or by name alone."""
    known = {str(address): address.name for address in checked.configuration.policies}
    found: set[str] = set()
    for name in wanted:
        meant = {address for address in known if name in (address, known[address])}
        if not meant:
            raise Refusal(Exit.USAGE, NoSuchTest(what="policy", name=name, known=tuple(known)))
        found |= meant
    return frozenset(found)


def _tests(checked: Checked, files: Sequence[Path]) -> tuple[Policy[PolicyTest], ...]:
    every = checked.configuration.of(PolicyTest)
    if not files:
        return every
    wanted = {_below(checked.root, file) for file in files}
    known = {test.document.file for test in every}
    for name in sorted(wanted - known):
        raise Refusal(Exit.USAGE, NoSuchTest(what="test file", name=name, known=tuple(known)))
    return tuple(test for test in every if test.document.file in wanted)


def _below(root: Path, file: Path) -> str:
    """The file as the configuration calls it, wherever it was named from."""
    for candidate in (file, root / file):
        real = Path(os.path.realpath(candidate))
        if candidate.exists() and real.is_relative_to(os.path.realpath(root)):
            return real.relative_to(os.path.realpath(root)).as_posix()
    return file.as_posix()


def fill(checked: Checked, wanted: Wanted) -> Mapping[str, int]:
    """Write the missing expectations; how many were written to each file."""
    texts: dict[str, str] = {}
    counts: dict[str, int] = {}
    for test in _tests(checked, wanted.files):
        document = test.document
        if not isinstance(document, Document):
            raise Refusal(Exit.INVALID, NotWritten(mark=test.mark(), why="an overlay patches it"))
        text = texts.get(document.file, checked.sources[document.file].text)
        for each in missing(checked.configuration, test):
            try:
                text = set_value(text, document.index, each.path, each.value)
            except CannotEdit as error:
                mark = test.mark(*each.path)
                raise Refusal(Exit.INVALID, NotWritten(mark=mark, why=str(error))) from None
            counts[document.file] = counts.get(document.file, 0) + 1
        texts[document.file] = text
    for name in sorted(counts):
        atomic_write(checked.root / name, texts[name])
    return counts


__all__ = ["Proved", "Wanted", "fill", "prove"]

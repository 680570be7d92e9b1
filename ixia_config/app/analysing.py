"""Prove the rules of a repository, compare them with another version, and mend what is safe."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from ixia_config.app.checking import Checked, check
from ixia_config.app.refusal import Refusal, refusing
from ixia_config.app.simulating_codes import NoSuchRevision
from ixia_config.codes import Diagnostic, Mend, Severity, in_order
from ixia_config.edges.disk import atomic_write
from ixia_config.edges.revision import NoRevision, revision
from ixia_config.exits import Exit
from ixia_config.kinds.check import judged
from ixia_config.kinds.comp_plan.checks_closed import closed_changes
from ixia_config.kinds.policy import Context
from ixia_config.kinds.policy_test.codes.finding import NoSuchTest
from ixia_config.kinds.proofs import Depth, Proof, proved
from ixia_config.kinds.proofs.changes import PolicyChange, changes
from ixia_config.language.edit import CannotEdit, set_value
from ixia_config.model import Address

_SHAPE = ("IX0", "IX10", "IX11")  # what no policy can be made of
_ROUNDS = 20


@dataclass(frozen=True, slots=True)
class Analysed:
    """A repository with all that is proved about its rules; ``changes`` where it was compared."""

    checked: Checked
    proofs: tuple[Proof, ...]
    against: str = ""
    changes: tuple[PolicyChange, ...] = ()

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """Everything that is wrong or doubtful, in the order of the files."""
        return self.checked.diagnostics


@dataclass(frozen=True, slots=True)
class Mended:
    """What was written, and the same repository afterwards; ``left`` says what was not."""

    mends: tuple[Mend, ...]
    left: tuple[Mend, ...]
    analysed: Analysed


def analyse(
    checked: Checked, names: tuple[str, ...], *, today: date, against: str = ""
) -> Analysed:
    """Everything that is proved about these policies; about all where none is named.

    Refusal where the files cannot be read, a name is unknown, or the other version is not there.
    """
    _readable(checked)
    addresses = tuple(_address(checked, name) for name in names)
    found, proofs = _judged(checked, addresses, today)
    compared: tuple[PolicyChange, ...] = ()
    if against:
        more, compared = _against(checked, against, addresses, today)
        found = (*found, *more)
    told = replace(checked, diagnostics=in_order(found)).told(show_pay=checked.show_pay)
    return Analysed(told, proofs, against, compared)


def _readable(checked: Checked) -> None:
    """Nothing is proved about files that cannot be read."""
    if any(each.code.startswith(_SHAPE) for each in checked.errors):
        raise Refusal(Exit.INVALID, *checked.diagnostics, sources=checked.sources)


def _address(checked: Checked, name: str) -> Address:
    known = tuple(map(str, sorted(checked.configuration.policies)))
    alone = [
        each
        for each in checked.configuration.policies
        if each.name == name and each.kind != "PolicyTest"
    ]
    if name not in known and len(alone) != 1:
        raise Refusal(Exit.USAGE, NoSuchTest(what="policy", name=name, known=known))
    return alone[0] if name not in known else Address.parse(name)


def _judged(
    checked: Checked, addresses: tuple[Address, ...], today: date
) -> tuple[tuple[Diagnostic, ...], tuple[Proof, ...]]:
    configuration = checked.configuration
    context = Context(configuration, today)
    found: list[Diagnostic] = []
    proofs: list[Proof] = []
    for policy in configuration.every:
        if not addresses or policy.address in addresses:
            found += judged(policy, context, Depth.DEEP)
            proofs += proved(policy, context, Depth.DEEP)
    return tuple(found), tuple(proofs)


def _against(
    checked: Checked, name: str, addresses: tuple[Address, ...], today: date
) -> tuple[tuple[Diagnostic, ...], tuple[PolicyChange, ...]]:
    """What the change reaches into, and what it changes."""
    try:
        with refusing(), revision(checked.root, name) as there:
            before = check(there.root, environment=checked.environment, today=today)
            _readable(before)
            old, new = before.configuration, checked.configuration
            closed = () if addresses else closed_changes(old, new)
            return closed, changes(old, new, addresses, today)
    except NoRevision as error:
        raise Refusal(Exit.INVALID, NoSuchRevision(why=str(error))) from None


def mend(checked: Checked, names: tuple[str, ...], *, today: date, against: str = "") -> Mended:
    """Write every mend that leaves no new error, one file at once, and analyse again.

    Comments stay. A mend that would make something else wrong is not written.
    """
    done: list[Mend] = []
    left: list[Mend] = []
    now = checked
    for _ in range(_ROUNDS):
        analysed = analyse(now, names, today=today)
        open_mends = [each.mend for each in analysed.diagnostics if each.mend]
        wanted = next((each for each in open_mends if each not in left), None)
        if wanted is None:
            break
        changed = _with(now, wanted, today)
        better = changed is not None and _errors(changed, names, today) < _count(analysed)
        if changed is None or not better or wanted in done:
            left.append(wanted)
        else:
            done.append(wanted)
            now = changed
    _write(checked, now)
    return Mended(tuple(done), tuple(left), analyse(now, names, today=today, against=against))


def _with(checked: Checked, wanted: Mend, today: date) -> Checked | None:
    """The repository with one value changed; None where the file cannot be edited so."""
    text = checked.sources[wanted.file].text
    try:
        edited = set_value(text, wanted.document, wanted.path, wanted.value)
    except CannotEdit:
        return None
    return checked.with_files({wanted.file: edited}, today=today)


def _errors(checked: Checked, names: tuple[str, ...], today: date) -> int:
    try:
        return _count(analyse(checked, names, today=today))
    except Refusal:
        return 1_000_000


def _count(analysed: Analysed) -> int:
    return sum(each.severity is Severity.ERROR for each in analysed.diagnostics)


def _write(before: Checked, after: Checked) -> None:
    """Every file that changed, each at once."""
    old, new = _texts(before), _texts(after)
    for name, text in sorted(new.items()):
        if old.get(name) != text:
            atomic_write(Path(before.root) / name, text)


def _texts(checked: Checked) -> Mapping[str, str]:
    return {name: source.text for name, source in checked.sources.items()}

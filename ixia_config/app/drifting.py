"""Take into the YAML what somebody changed in the target: the smallest edit, comments kept."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from ixia_config.app.planning import Planned, basis_of, planned, unasked
from ixia_config.app.refusal import refusing
from ixia_config.app.session import Session
from ixia_config.app.yaml_edits import Files, NotSaid, edited
from ixia_config.edges.disk import atomic_write
from ixia_config.engine.draft import is_drift
from ixia_config.engine.plan import Basis
from ixia_config.engine.restoring import described, restored
from ixia_config.engine.taking import Edit, edits
from ixia_config.model import Address, Change, FieldChange, Plan, Verb

_MANY = 40  # drifted fields that are tried one by one where all at once does not do


@dataclass(frozen=True, slots=True)
class Drifted:
    """One thing that somebody changed: a field, or with None the whole object, which is gone."""

    change: Change
    field: FieldChange | None

    @property
    def name(self) -> str:
        """What it is, in the user's words."""
        what = f"{self.field.title or self.field.path} of " if self.field is not None else ""
        return f"{what}{self.change.title} ({self.change.address})"


@dataclass(frozen=True, slots=True)
class Adoption:
    """What the YAML takes over from the target; ``left`` could not be said, with why.

    ``remaining`` is what a plan right afterwards still wants to write.
    """

    before: Mapping[str, str] = field(repr=False)
    files: Mapping[str, str] = field(repr=False)
    taken: tuple[Drifted, ...] = ()
    left: tuple[tuple[Drifted, str], ...] = ()
    remaining: tuple[Change, ...] = ()

    @property
    def diff(self) -> str:
        """The edits as a unified diff."""
        return "".join(
            line
            for name in sorted(self.files)
            for line in difflib.unified_diff(
                self.before[name].splitlines(keepends=True),
                self.files[name].splitlines(keepends=True),
                f"a/{name}",
                f"b/{name}",
            )
        )


def adopt_drift(session: Session, *, write: bool) -> Adoption:
    """Edit the files so that they say what the target has; without ``write`` only say how.

    Refusal when the files or the target do not allow a plan. What is held, and what is only
    watched, is left alone.
    """
    session.checked.sound()
    with refusing(), session.driver(writes=False) as driver:
        now = planned(session, driver, session.state())
    adoption = _Taking(session, now).adoption()
    if write:
        with refusing():
            for name, text in sorted(adoption.files.items()):
                atomic_write(session.checked.root / name, text)
    return adoption


def drifted(plan: Plan) -> tuple[Drifted, ...]:
    """Everything that somebody changed in the target and that an apply would undo."""
    found: list[Drifted] = []
    for change in plan.changes:
        if change.verb is Verb.CREATE and change.reason:
            found.append(Drifted(change, None))
        elif is_drift(change):
            found += [
                Drifted(change, each)
                for each in change.fields
                if each.cause in ("drift", "conflict")
            ]
    return tuple(found)


class _Taking:
    """Tries edits in memory: an edit counts when the plan after it misses what it was made for."""

    def __init__(self, session: Session, now: Planned) -> None:
        self.session = session
        self.basis = now.basis
        self.plan = now.plan
        self.texts = {name: source.text for name, source in session.checked.sources.items()}

    def adoption(self) -> Adoption:
        """All of it at once where that does, else one after another."""
        found = drifted(self.plan)
        files, taken, left = self._at_once(found)
        if left and len(found) <= _MANY:
            files, taken, left = self._singly(found)
        after = self._after(files) if files else self.plan
        changed = {name: text for name, text in files.items() if text != self.texts[name]}
        return Adoption(self.texts, changed, tuple(taken), tuple(left), after.writes)

    def _at_once(
        self, found: Sequence[Drifted]
    ) -> tuple[Files, list[Drifted], list[tuple[Drifted, str]]]:
        files, why = self._tried(found, {})
        if why:
            return {}, [], [(each, why) for each in found]
        return files, list(found), []

    def _singly(
        self, found: Sequence[Drifted]
    ) -> tuple[Files, list[Drifted], list[tuple[Drifted, str]]]:
        files: Files = {}
        taken: list[Drifted] = []
        left: list[tuple[Drifted, str]] = []
        for each in found:
            tried, why = self._tried([*taken, each], files, only=each)
            if why:
                left.append((each, why))
            else:
                files, taken = tried, [*taken, each]
        return files, taken, left

    def _tried(
        self, wanted: Sequence[Drifted], files: Files, *, only: Drifted | None = None
    ) -> tuple[Files, str]:
        """The files with these edits, or why they do not do."""
        fresh = [only] if only is not None else wanted
        try:
            changed = edited(self.session, {**self.texts, **files}, self._edits(fresh))
            edited_files = {**files, **changed}
            after = self._after(edited_files)
        except NotSaid as problem:
            return {}, str(problem)
        open_ = {(each.change.address, _path(each)) for each in drifted(after)}
        missed = [each for each in wanted if (each.change.address, _path(each)) in open_]
        if missed:
            return {}, f"YAML has no words for what {self.session.connector.title} has there"
        if _beyond(self.plan, after):
            return {}, "it would change something else"
        return edited_files, ""

    def _edits(self, found: Sequence[Drifted]) -> Mapping[Address, Sequence[Edit | None]]:
        """The edits of each policy; None stands for taking out the part that is gone."""
        fields = {
            (each.change.type, each.change.remote_id or "", each.field.path): each.field.after
            for each in found
            if each.field is not None
        }
        own = {each.change.address: each.change.remote_id for each in found}
        bound = {**self.basis.state.ids, **{a: i for a, i in own.items() if i is not None}}
        was = described(self.basis.connector, restored(self.basis.live, fields), bound)
        now = described(self.basis.connector, self.basis.live, bound)
        out: dict[Address, list[Edit | None]] = {}
        for policy in sorted({each.change.address.policy for each in found}):
            if policy in was and policy in now:
                out[policy] = list(edits(was[policy], now[policy]))
        for each in found:
            if each.field is None:
                out.setdefault(each.change.address, []).append(None)
        return out

    def _after(self, files: Files) -> Plan:
        """The plan with these files; NotSaid where they have an error."""
        checked = self.session.checked.with_files(files, today=self.session.today)
        for each in checked.errors:
            raise NotSaid(f"the files would break {each.code}: {each.message()}")
        session = replace(self.session, checked=checked)
        return unasked(session, _basis(session, self.basis))


def _basis(session: Session, before: Basis) -> Basis:
    return basis_of(session, before.live, before.state)


def _path(each: Drifted) -> str:
    return each.field.path if each.field is not None else ""


def _beyond(before: Plan, after: Plan) -> bool:
    """Whether the plan afterwards makes or removes something that the one before did not.

    What follows from the taken value may be changed: the title of a field that names its pipeline.
    """
    known = {change.id for change in before.writes}
    return any(change.id not in known and change.verb is not Verb.UPDATE for change in after.writes)

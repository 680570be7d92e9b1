"""Exit criteria, entry criteria, required fields and rules about moves as gates that refuse.

A gate is an automation rule of Odoo with one action of ours, which raises a message: the save that
would move the record is refused. It looks at records as they would be after the save, so that a
field may be filled in the same save.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ixia_config.sdk import (
    Clause,
    Criterion,
    Desired,
    Level,
    Lowered,
    Pipeline,
    Policy,
    RecordSchema,
    Stage,
    Value,
)
from ixia_config.sdk.rules import FieldType, condition
from ixia_config.sdk.service import Manner, allowed_moves, allowed_starts, manner
from ixia_connectors.odoo.domains import LOST_UNSAID, Domain, NotHeld, is_empty, lowered, some
from ixia_connectors.odoo.names import external_id
from ixia_connectors.odoo.target import Target, choose


@dataclass(frozen=True, slots=True)
class _Gate:
    """One thing that a save may break: when it is looked at, where, and what is said."""

    key: tuple[str, ...]
    title: str
    on: str
    leaving: Sequence[Stage]
    entering: Sequence[Stage]
    unmet: Domain | None  # None: every record
    message: str
    watches: tuple[str, ...] = ("stage_id",)
    source: str = ""


@dataclass(frozen=True, slots=True)
class _Writer:
    """Writes the gates of one pipeline."""

    target: Target
    policy: Policy[Pipeline]

    @property
    def stages(self) -> tuple[Stage, ...]:
        return tuple(each for each in self.policy.body.spec.stages if each.type != "lost")

    def gates(self) -> Iterator[_Gate | Clause]:
        yield from self.starts()
        for stage in self.stages:
            yield from self.moves(stage)
            yield from self.required(stage)
            yield from self.criteria(stage, "exit", stage.exit)
            yield from self.criteria(stage, "entry", stage.entry)
        yield from self.reasons()

    def ahead(self, stage: Stage) -> tuple[Stage, ...]:
        """The stages that a record moves on to from here."""
        onward = (Manner.FORWARD, Manner.SKIP)
        spec = self.policy.body.spec
        return tuple(each for each in self.stages if manner(spec, stage, each) in onward)

    def starts(self) -> Iterator[_Gate | Clause]:
        spec = self.policy.body.spec
        if not spec.create_in:
            return
        others = tuple(each for each in self.stages if each.key not in allowed_starts(spec))
        if others:
            first = ", ".join(each.title for each in self.stages if each.key in spec.create_in)
            said = f"{self.policy.title}: records start in {first}."
            key = ("create",)
            yield _Gate(key, f"{self.policy.title}: start", "create", (), others, None, said, ())
        yield self.clause("", "stages that records start in", Level.AUTOMATION, _REFUSED)

    def moves(self, stage: Stage) -> Iterator[_Gate | Clause]:
        spec = self.policy.body.spec
        if not spec.moves.model_fields_set - {"lost_from"}:
            return
        allowed = allowed_moves(spec)[stage.key]
        shut = tuple(each for each in self.stages if each.key not in {*allowed, stage.key})
        if shut:
            title = f"{self.policy.title}: moves from {stage.title}"
            told = ", ".join(each.title for each in self.stages if each.key in allowed)
            said = f"{self.policy.title}: from {stage.title} a record goes to {told or 'no stage'}."
            yield _Gate(("moves", stage.key), title, "move", (stage,), shut, None, said)
        yield self.clause(stage.key, f"moves from {stage.title}", Level.AUTOMATION, _REFUSED)

    def required(self, stage: Stage) -> Iterator[_Gate | Clause]:
        if not stage.required:
            return
        empty, names, unheld = self.missing(stage)
        subject = f"required fields of {stage.title}"
        if unheld:
            note = f"Odoo does not hold {', '.join(unheld)}"
            steps = (f"look before a move to {stage.title}: {', '.join(unheld)}",)
            yield self.clause(stage.key, subject, Level.MANUAL, note, steps)
        if not empty:
            return
        unmet = some(empty)
        said = f"{self.policy.title}: to be on {stage.title}, fill {', '.join(names)}."
        title = f"{self.policy.title}: required on {stage.title}"
        watched = tuple(sorted({"stage_id", *(str(each.tokens[0][0]) for each in empty)}))
        key = ("required", stage.key)
        yield _Gate(key, title, "enter", (), (stage,), unmet, said, watched)
        if ahead := self.ahead(stage):
            key = ("required-exit", stage.key)
            title = f"{self.policy.title}: required to leave {stage.title}"
            said = f"{self.policy.title}: to leave {stage.title}, fill {', '.join(names)}."
            yield _Gate(key, title, "move", (stage,), ahead, unmet, said)
        yield self.clause(stage.key, subject, Level.AUTOMATION, _told(unmet.notes))

    def missing(self, stage: Stage) -> tuple[list[Domain], list[str], list[str]]:
        """Where each required field is empty, their titles, and the keys of those not held."""
        noun = self.policy.body.spec.object
        schema = self.target.configuration.get(RecordSchema, noun)
        fields = schema.body.spec.fields if schema else {}
        empty, names, unheld = [], [], []
        for key in stage.required:
            place = self.target.place(noun, key)
            if place is None or key not in fields:
                unheld.append(key)
                continue
            empty.append(is_empty(FieldType(fields[key].type), place))
            names.append(fields[key].title or key.replace("_", " "))
        return empty, names, unheld

    def criteria(
        self, stage: Stage, part: str, criteria: Sequence[Criterion]
    ) -> Iterator[_Gate | Clause]:
        for criterion in criteria:
            subject = f'{part} criterion "{criterion.title}" of {stage.title}'
            steps = (f"confirm before the move: {criterion.title}",)
            if criterion.when is None:
                note = "no field shows whether it is met"
                yield self.clause(stage.key, subject, Level.MANUAL, note, steps)
                continue
            unmet = self.unmet(criterion.when)
            if isinstance(unmet, NotHeld):
                note = f"Odoo cannot check it: {unmet.why}"
                yield self.clause(stage.key, subject, Level.MANUAL, note, steps)
                continue
            yield from self.criterion(stage, part, criterion, unmet)
            yield self.clause(stage.key, subject, Level.AUTOMATION, _told(unmet.notes))

    def criterion(
        self, stage: Stage, part: str, criterion: Criterion, unmet: Domain
    ) -> Iterator[_Gate]:
        key, title = (part, stage.key, criterion.key), f"{stage.title}: {criterion.title}"
        title = f"{self.policy.title}: {title}"
        source = " ".join((criterion.when or "").split())
        if part == "entry":
            said = f"{self.policy.title}: {criterion.title} is needed to enter {stage.title}."
            yield _Gate(key, title, "enter", (), (stage,), unmet, said, source=source)
        elif ahead := self.ahead(stage):
            said = f"{self.policy.title}: {criterion.title} is needed to leave {stage.title}."
            yield _Gate(key, title, "move", (stage,), ahead, unmet, said, source=source)

    def unmet(self, text: str) -> Domain | NotHeld:
        """The records that do not meet a condition."""
        noun = self.policy.body.spec.object
        typed = condition(self.target.configuration, noun, text)
        if typed is None:
            return NotHeld("the condition has errors")
        return lowered(typed, self.target.places(noun), holds=False)

    def reasons(self) -> Iterator[_Gate | Clause]:
        """A lost record says why."""
        for stage in self.policy.body.spec.stages:
            if stage.type == "lost" and stage.reasons:
                said = f"{self.policy.title}: say why it was lost."
                title = f"{self.policy.title}: reason for losing"
                yield _Gate(
                    ("lost",), title, "move", (), self.stages, LOST_UNSAID, said, ("active",)
                )
                subject = "a reason on every record that is lost"
                yield self.clause(stage.key, subject, Level.AUTOMATION, _REFUSED)
                return

    def clause(
        self, part: str, subject: str, level: Level, note: str, steps: tuple[str, ...] = ()
    ) -> Clause:
        at = self.policy.address.at(part) if part else self.policy.address
        return Clause(at, subject, level, note, steps)

    def desired(self, gate: _Gate) -> Desired:
        address = self.policy.address.at(".gate." + ".".join(gate.key))
        chosen = [external_id("gate", self.policy.name, *gate.key)]
        fields: dict[str, Value] = {
            "title": gate.title,
            "on": gate.on,
            "watches": gate.watches,
            "leaving": self.references(gate.leaving),
            "entering": self.references(gate.entering),
            "unmet": str(gate.unmet) if gate.unmet else "",
            "message": gate.message,
            "source": gate.source,
            "active": True,
        }
        return Desired(
            type="gate",
            address=address,
            title=gate.title,
            natural_key=chosen[0],
            fields=fields,
            choose_id=choose(self.target, "gate", chosen, address),
            source=self.policy.source,
        )

    def references(self, stages: Sequence[Stage]) -> tuple[str, ...]:
        return tuple(sorted(str(self.policy.address.at(each.key)) for each in stages))


def lower_gates(target: Target, policy: Policy[Pipeline]) -> Lowered:
    """The gates of a pipeline, and how well each clause behind them is held."""
    writer = _Writer(target, policy)
    found = list(writer.gates())
    return Lowered(
        desired=tuple(writer.desired(each) for each in found if isinstance(each, _Gate)),
        clauses=tuple(each for each in found if isinstance(each, Clause)),
    )


_REFUSED = "an automation rule refuses the save"


def _told(notes: Sequence[str]) -> str:
    return f"{_REFUSED}; approximate: {'; '.join(notes)}" if notes else _REFUSED

"""Open records at their next gate, and what they are worth, before and after."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from ixia_config.kinds.conditions import condition
from ixia_config.kinds.pipeline.gate import Decision, Gate, Move, Standing, may_move
from ixia_config.kinds.pipeline.manner import find
from ixia_config.kinds.pipeline.spec import Pipeline, PipelineSpec, Stage
from ixia_config.kinds.policy import Configuration
from ixia_config.kinds.record_schema.spec import RecordSchema
from ixia_config.rules import Typed
from ixia_config.simulate.impact import (
    Example,
    Line,
    Section,
    Table,
    more,
    plural,
    share_of,
    sums,
)
from ixia_config.simulate.replay import EXAMPLES, Incoming, Setting, Side, Sides, each_side, table

CATEGORIES = ("pipeline", "best_case", "commit", "closed", "omitted")


@dataclass(frozen=True, slots=True)
class _Seen:
    """One open record on one side: where it stands, what is in its way, what it is worth."""

    stage: Stage
    gate: Decision | None
    chance: Decimal | None

    @property
    def stuck(self) -> bool:
        """Whether something is in the way to the next stage."""
        return self.gate is not None and self.gate.gate is Gate.CLOSED


@dataclass(slots=True)
class _Side(Side[Pipeline]):
    applies: Typed | None = None
    amount: str = ""
    weighted: dict[str, Decimal] = field(default_factory=dict)
    total: Decimal = Decimal(0)

    def look(self, record: Incoming, setting: Setting) -> _Seen | None:
        """The record in this pipeline; None where it is not in it or is closed."""
        stage = self._stage(record, setting)
        if stage is None or stage.type != "open":
            return None
        after = following(self.policy.body.spec, stage)
        gate = None
        if after is not None:
            standing = Standing(stage.key, confirmed=self._by_hand())
            gate = may_move(
                self.configuration,
                self.policy,
                record.values,
                Move(after.key),
                setting.now,
                standing=standing,
            )
        return _Seen(stage, gate, stage.chance)

    def _stage(self, record: Incoming, setting: Setting) -> Stage | None:
        values = record.values
        inside = values.get("pipeline") in (None, self.policy.name, self.policy.title)
        written = values.get("stage")
        if not inside or not isinstance(written, str):
            return None
        if self.applies is not None and not self.applies.evaluate(values, setting.now):
            return None
        spec = self.policy.body.spec
        retired = {each.key: each.migrate_to for each in spec.retired}
        return find(spec, written) or find(spec, retired.get(written, written))

    def _by_hand(self) -> frozenset[str]:
        """Criteria that people confirm; no record tells whether they did."""
        return frozenset(
            criterion.key
            for stage in self.policy.body.spec.stages
            for criterion in (*stage.entry, *stage.exit)
        )

    def weigh(self, record: Incoming, seen: _Seen) -> None:
        """Add what the record is worth by the chance of its stage."""
        amount = record.sums.get(self.amount, record.values.get(self.amount))
        if isinstance(amount, int | Decimal) and seen.chance is not None:
            category = seen.stage.category or "pipeline"
            self.total += amount * seen.chance
            self.weighted[category] = self.weighted.get(category, Decimal(0)) + amount * seen.chance


def following(spec: PipelineSpec, stage: Stage) -> Stage | None:
    """The stage that records enter next, if nothing is lost."""
    later = spec.stages[spec.stages.index(stage) + 1 :]
    return next((each for each in later if each.type != "lost"), None)


class StageReplay:
    """A Pipeline on both sides: who would be held up, and the weighted pipeline."""

    def __init__(self, name: str, sides: Sides, setting: Setting) -> None:
        self.name, self.setting = name, setting
        self.before, self.after = map(_worth, each_side(Pipeline, name, sides))
        self.seen = self.stuck = self.free = self.revalued = self.changed = 0
        self.examples: list[Example] = []

    def see(self, record: Incoming) -> None:
        """Look at the record on both sides; closed ones are left alone."""
        found = [
            None if side is None else side.look(record, self.setting)
            for side in (self.before, self.after)
        ]
        self.seen += record.count * any(each is not None for each in found)
        for side, seen in zip((self.before, self.after), found, strict=True):
            if side is not None and seen is not None:
                self._count(side, record, seen)
        before, after = found
        if before is not None and after is not None:
            self._compare(record, before, after)

    def _count(self, side: _Side, record: Incoming, seen: _Seen) -> None:
        side.count("open", seen.stage.title, record.count)
        side.weigh(record, seen)
        if seen.stuck and seen.gate is not None:
            side.count("stuck", seen.stage.title, record.count)
            for each in seen.gate.failing:
                side.count("missing", each.title or each.key, record.count)

    def _compare(self, record: Incoming, before: _Seen, after: _Seen) -> None:
        self.stuck += record.count * (after.stuck and not before.stuck)
        self.free += record.count * (before.stuck and not after.stuck)
        self.revalued += record.count * (before.chance != after.chance)
        if before.stuck == after.stuck and before.chance == after.chance:
            return
        self.changed += record.count
        if before.stuck != after.stuck and len(self.examples) < EXAMPLES:
            gate = (after if after.stuck else before).gate
            why = (
                "; ".join(f"{each.title or each.key} {each.why}" for each in gate.failing)
                if gate
                else ""
            )
            told = [f"{each.stage.title}, {_told(each)}" for each in (before, after)]
            self.examples.append(Example(record.name, told[0], told[1], why))

    def section(self) -> Section:
        """Open records by stage, those that are held up, what is missing, and the forecast."""
        shown = self.after or self.before
        policy = shown.policy if shown else None
        order = [stage.title for stage in policy.body.spec.stages] if policy else []
        both = (self.before, self.after)
        tables = [
            table(*both, "stuck", "held up at the next gate, by stage", order),
            table(*both, "missing", "what is missing"),
            table(*both, "open", "open, by stage", order),
            *self._forecast(),
        ]
        noun = policy.body.spec.object if policy else "record"
        return Section(
            policy=f"Pipeline/{self.name}",
            title=policy.title if policy else self.name,
            noun=f"open {plural(noun)}",
            seen=self.seen,
            changed=self.changed,
            headline=self._headline(noun),
            tables=tuple(each for each in tables if each.lines),
            examples=tuple(self.examples),
            notes=("criteria that people confirm are taken as confirmed",) if self.seen else (),
        )

    def _forecast(self) -> tuple[Table, ...]:
        sides = (self.before, self.after)
        if not any(side is not None and side.weighted for side in sides):
            return ()
        by_name = {line.name: line for line in sums(*(s.weighted if s else None for s in sides))}
        found = [by_name[name] for name in CATEGORIES if name in by_name]
        totals = [None if side is None else side.total for side in sides]
        found.append(Line("weighted pipeline", totals[0], totals[1]))
        return (Table("forecast, weighted", tuple(found), "money", _currency(sides)),)

    def _headline(self, noun: str) -> str:
        if self.before is None or self.after is None:
            side = self.after or self.before
            held = side.counted("stuck").total() if side else 0
            return f"{share_of(held, self.seen)} open {plural(noun)} are held up at their next gate"
        told: list[str] = []
        if self.stuck or self.free or not self.revalued:
            verb = "is" if self.stuck == 1 else "are"
            told.append(f"{more(self.stuck, f'open {noun}')} {verb} held up, {self.free:,} fewer")
        if self.revalued:
            verb = "is" if self.revalued == 1 else "are"
            count = f"{self.revalued:,} open {noun if self.revalued == 1 else plural(noun)}"
            told.append(f"{count} {verb} weighted otherwise")
        return "; ".join(told)


def _worth(side: Side[Pipeline] | None) -> _Side | None:
    """The side with the condition on its records, and the field of their worth."""
    if side is None:
        return None
    configuration, policy, spec = side.configuration, side.policy, side.policy.body.spec
    applies = None
    if spec.applies_when is not None:
        applies, _ = condition(policy, ("spec", "applies_when"), configuration, spec.object)
    amount = amount_of(configuration, spec.object)
    return _Side(configuration, policy, applies=applies, amount=amount)


def amount_of(configuration: Configuration, record: str) -> str:
    """The field with the worth of a record: amount, or the first one with money."""
    schema = configuration.get(RecordSchema, record)
    fields = schema.body.spec.fields if schema else {}
    money = [name for name, each in fields.items() if each.type == "money"]
    return "amount" if "amount" in money else next(iter(money), "")


def _currency(sides: tuple[_Side | None, ...]) -> str:
    for side in sides:
        if side is not None:
            schema = side.configuration.get(RecordSchema, side.policy.body.spec.object)
            return (schema.body.spec.currency if schema else None) or ""
    return ""


def _told(seen: _Seen) -> str:
    return "held up" if seen.stuck else "may move on"

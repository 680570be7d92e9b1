"""How many clocks are met and breached, before and after, by target and weekday."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from ixia_config.kinds.calendar.decide import DAY_NAMES
from ixia_config.kinds.sla_policy.decide import decide
from ixia_config.kinds.sla_policy.result import Decision, State
from ixia_config.kinds.sla_policy.spec import SlaPolicy
from ixia_config.simulate.impact import Example, Section, more, plural, share_of
from ixia_config.simulate.replay import (
    EXAMPLES,
    Incoming,
    Setting,
    Side,
    Sides,
    each_side,
    group,
    table,
)

_NOTHING = (State.NOT_APPLICABLE, State.NOT_STARTED, State.UNKNOWN)


class SlaReplay:
    """An SlaPolicy on both sides, each record seen at the clock of the run."""

    def __init__(self, name: str, sides: Sides, setting: Setting) -> None:
        self.name, self.setting = name, setting
        self.before, self.after = each_side(SlaPolicy, name, sides)
        self.seen = self.gained = self.lost = self.untold = 0
        self.examples: list[Example] = []

    def see(self, record: Incoming) -> None:
        """Measure the record on both sides."""
        self.seen += record.count
        found: list[Decision | None] = []
        for side in (self.before, self.after):
            found.append(
                None
                if side is None
                else decide(side.policy, side.configuration, record.values, self.setting.now)
            )
            if side is not None and found[-1] is not None:
                self._count(side, record, found[-1])
        last = found[1] or found[0]
        self.untold += record.count * (last is not None and last.state is State.UNKNOWN)
        if found[0] is not None and found[1] is not None:
            self._compare(record, found[0], found[1])

    def _count(self, side: Side[SlaPolicy], record: Incoming, decision: Decision) -> None:
        side.count("state", decision.state.value, record.count)
        if decision.state is not State.BREACHED:
            return
        side.count("target", decision.target, record.count)
        started = decision.started
        if started is not None:
            zone = ZoneInfo(decision.zone or "UTC")
            weekday = DAY_NAMES[started.astimezone(zone).weekday()]
            side.count("weekday", weekday, record.count)
        for path in self.setting.by:
            side.count(path, group(record.values, path), record.count)

    def _compare(self, record: Incoming, before: Decision, after: Decision) -> None:
        was, is_ = before.state is State.BREACHED, after.state is State.BREACHED
        if was == is_:
            return
        self.gained += record.count * is_
        self.lost += record.count * was
        if len(self.examples) < EXAMPLES:
            why = after.reasons[0].why if after.reasons else ""
            told = [f"{each.state.value}, {_due(each)}" for each in (before, after)]
            self.examples.append(Example(record.name, told[0], told[1], why))

    def section(self) -> Section:
        """Breaches gained and lost, and how every clock stands."""
        shown = self.after or self.before
        policy = shown.policy if shown else None
        both, breaches = (self.before, self.after), ("target", "weekday", *self.setting.by)
        tables = [table(*both, "state", "how clocks stand", [each.value for each in State])]
        order = {"weekday": DAY_NAMES}
        tables += [
            table(*both, each, f"breaches by {each}", order.get(each, ())) for each in breaches
        ]
        return Section(
            policy=f"SlaPolicy/{self.name}",
            title=policy.title if policy else self.name,
            noun=plural(policy.body.spec.object if policy else "record"),
            seen=self.seen,
            changed=self.gained + self.lost,
            headline=self._headline(),
            tables=tuple(each for each in tables if each.lines),
            examples=tuple(self.examples),
            left_out=self._left_out(),
        )

    def _headline(self) -> str:
        if self.before is not None and self.after is not None:
            return f"{more(self.gained, 'breach')}, {self.lost:,} fewer, of {self.seen:,} clocks"
        side = self.after or self.before
        breached = side.counted("state")[State.BREACHED.value] if side else 0
        return f"{share_of(breached, self.seen)} clocks are breached"

    def _left_out(self) -> tuple[str, ...]:
        if not self.untold:
            return ()
        return (f"{self.untold:,} clocks cannot be told: a calendar or a time is missing",)


def _due(decision: Decision) -> str:
    if decision.due is None:
        return "never due"
    local = decision.due.astimezone(ZoneInfo(decision.zone or "UTC"))
    return f"due {local:%a %d %b %Y %H:%M}"

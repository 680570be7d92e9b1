"""What people are paid before and after: by component, team and person; pay is personal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from ixia_config.kinds.comp_plan.fields import needs
from ixia_config.kinds.comp_plan.periods import period_of
from ixia_config.kinds.comp_plan.ready import assigned
from ixia_config.kinds.comp_plan.result import Payout
from ixia_config.kinds.comp_plan.sales import Sale
from ixia_config.kinds.comp_plan.spec import CompPlan
from ixia_config.kinds.comp_plan.statement import payouts, records
from ixia_config.kinds.directory.decide import roster
from ixia_config.kinds.policy import Configuration, Policy
from ixia_config.simulate.impact import Line, Section, Table, sums
from ixia_config.simulate.replay import Incoming, Setting, Sides

NOTHING = Decimal(0)


@dataclass(slots=True)
class _Paid:
    """All payouts of one plan on one side."""

    policy: Policy[CompPlan]
    person: dict[str, Decimal] = field(default_factory=dict)
    component: dict[str, Decimal] = field(default_factory=dict)
    team: dict[str, Decimal] = field(default_factory=dict)
    tiers: Counter[str] = field(default_factory=Counter)

    def add(self, payout: Payout, name: str, team: str) -> None:
        """One payout more."""
        self.person[name] = self.person.get(name, NOTHING) + payout.total
        self.team[team] = self.team.get(team, NOTHING) + payout.total
        for component, amount in payout.by_component.items():
            key = component or "draws, guarantees and what is carried"
            self.component[key] = self.component.get(key, NOTHING) + amount
        for line in payout.lines:
            for part in line.parts:
                if part.tier:
                    self.tiers[f"{line.component}, tier {part.tier}"] += 1


class PayReplay:
    """A CompPlan on both sides; it keeps the sales, since a quarter is paid as a whole."""

    def __init__(self, name: str, sides: Sides, setting: Setting) -> None:
        self.name, self.sides, self.setting = name, sides, setting
        self.sales: dict[str, list[Sale]] = {}
        self.seen = 0

    def see(self, record: Incoming) -> None:
        """Keep the record as a sale."""
        self.seen += 1
        self.sales.setdefault(record.kind, []).append(
            Sale(record.kind, record.id, record.values, record.name)
        )

    def section(self) -> Section:
        """Everything that is paid for these records, up to the end of the last year."""
        left_out: list[str] = []
        before, after = (self._paid(each, left_out) for each in self.sides.both)
        shown = after or before
        people = sorted({*(before.person if before else ()), *(after.person if after else ())})
        more, less = _winners(before, after, people)
        return Section(
            policy=f"CompPlan/{self.name}",
            title=shown.policy.title if shown else self.name,
            noun="people",
            seen=len(people),
            changed=more + less,
            headline=_headline(before, after, more, less, len(people)),
            tables=tuple(each for each in _tables(before, after, people, self) if each.lines),
            left_out=tuple(dict.fromkeys(left_out)),
        )

    def _paid(self, configuration: Configuration | None, left_out: list[str]) -> _Paid | None:
        policy = configuration.get(CompPlan, self.name) if configuration else None
        if configuration is None or policy is None:
            return None
        kinds = {need.record for need in needs(configuration, policy)}
        missing = sorted(kinds - set(self.sales)) if self.sales else []
        if missing:
            left_out.append(f"no records of {', '.join(missing)}: what they pay is left out")
        paid = _Paid(policy)
        for payout in self._payouts(configuration, policy):
            person = roster(configuration).person(payout.person)
            name = (person.name if person else None) or payout.person
            paid.add(payout, name, (person.team if person else None) or "(no team)")
        return paid

    def _payouts(self, configuration: Configuration, policy: Policy[CompPlan]) -> Iterator[Payout]:
        known = records(configuration, [sale for each in self.sales.values() for sale in each])
        last = max(self._days(policy), default=None)
        if last is None:
            return
        until = period_of(last, "year")
        for email in sorted(assigned(configuration)):
            for payout in payouts(known, email, until):
                if payout.plan == self.name:
                    yield payout

    def _days(self, policy: Policy[CompPlan]) -> Iterator[date]:
        for each in self.sales.values():
            for sale in each:
                day = sale.day(policy.body.spec.governed_by)
                if day is not None:
                    yield day

    def team_sizes(self) -> Mapping[str, int]:
        """How many people of each team are on the plan, on the side where they are fewer."""
        sizes = [_sizes(each, self.name) for each in self.sides.both if each is not None]
        names = {name for each in sizes for name in each}
        return {name: min(each[name] for each in sizes) for name in names}


def _sizes(configuration: Configuration, plan: str) -> Counter[str]:
    found: Counter[str] = Counter()
    for email, assignments in assigned(configuration).items():
        if any(each.plan == plan for each in assignments):
            person = roster(configuration).person(email)
            found[(person.team if person else None) or "(no team)"] += 1
    return found


def _winners(before: _Paid | None, after: _Paid | None, people: list[str]) -> tuple[int, int]:
    if before is None or after is None:
        return 0, 0
    changes = [
        after.person.get(each, NOTHING) - before.person.get(each, NOTHING) for each in people
    ]
    return sum(change > 0 for change in changes), sum(change < 0 for change in changes)


def _headline(before: _Paid | None, after: _Paid | None, more: int, less: int, people: int) -> str:
    if before is None or after is None:
        return f"{people:,} people are paid by this plan"
    same = people - more - less
    return f"{more:,} people are paid more, {less:,} less, {same:,} the same"


def _tables(
    before: _Paid | None, after: _Paid | None, people: list[str], replay: PayReplay
) -> Iterator[Table]:
    sides = (before, after)
    currency = next(s.policy.body.spec.currency for s in (after, before) if s is not None)
    teams = replay.team_sizes()
    total = [None if side is None else sum(side.person.values(), NOTHING) for side in sides]
    whole = Line("all together", total[0], total[1])
    yield Table(
        "paid", (whole,), "money", currency, personal=True, people={whole.name: len(people)}
    )
    by_component = sums(*(None if side is None else side.component for side in sides))
    crowd = {line.name: len(people) for line in by_component}
    yield Table("by component", by_component, "money", currency, personal=True, people=crowd)
    by_team = sums(*(None if side is None else side.team for side in sides))
    yield Table("by team", by_team, "money", currency, personal=True, people=teams)
    by_person = sums(*(None if side is None else side.person for side in sides))
    yield Table("by person", by_person, "money", currency, personal=True)
    tiers = sorted({name for side in sides if side is not None for name in side.tiers})
    yield Table(
        "parts of deals by tier",
        tuple(Line(name, *(None if s is None else s.tiers[name] for s in sides)) for name in tiers),
    )

"""Crediting: which record counts for whom, when, and for how much."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from ixia_config.kinds.calendar.hours import holds
from ixia_config.kinds.comp_plan.component import Component, Counts
from ixia_config.kinds.comp_plan.component import Credit as Rule
from ixia_config.kinds.comp_plan.contract import value
from ixia_config.kinds.comp_plan.ready import Version, assigned, quotas, version_on, versions
from ixia_config.kinds.comp_plan.result import Credit, How
from ixia_config.kinds.comp_plan.rounding import apportion, rounded, shown
from ixia_config.kinds.comp_plan.sales import Part, Sale, parts
from ixia_config.kinds.directory.decide import Roster, roster
from ixia_config.kinds.policy import Configuration
from ixia_config.kinds.reasons import Reason, Verdict
from ixia_config.model import Path

EXACT = 9  # places of units, scores and weights, which are no money


@dataclass(frozen=True, slots=True)
class Claim:
    """A credit with what stands behind it.

    ``component`` is its place in the plan, or None where it only counts for ``measure``.
    ``weight`` is that of an objective. ``unpaid`` says why it counts and pays nothing.
    """

    credit: Credit
    sale: Sale
    version: Version
    component: int | None
    measure: str = ""
    weight: Fraction = Fraction(1)
    unpaid: str = ""

    @property
    def pays(self) -> bool:
        """Whether it may pay something."""
        return not self.unpaid

    @property
    def order(self) -> tuple[date, str]:
        """The order of records in a period."""
        return self.credit.on, self.credit.record


@dataclass(frozen=True, slots=True)
class Note:
    """Why a record is not credited to people who share in it."""

    people: tuple[str, ...]
    on: date
    reason: Reason


@dataclass(frozen=True)
class Book:
    """All credits of all people of some records, and the records.

    ``claims`` are by person and plan, in order; ``notes`` say what was not credited, and why.
    """

    sales: tuple[Sale, ...]
    claims: Mapping[tuple[str, str], tuple[Claim, ...]]
    notes: Mapping[tuple[str, str], tuple[Note, ...]]

    def of(self, person: str, plan: str) -> tuple[Claim, ...]:
        """The claims of a person on a plan."""
        return self.claims.get((person.lower(), plan), ())


def book(configuration: Configuration, sales: Iterable[Sale]) -> Book:
    """Every credit that the records give to people with an assignment."""
    ordered = tuple(sorted(sales, key=lambda sale: (sale.record, sale.id)))
    claims: dict[tuple[str, str], list[Claim]] = {}
    notes: dict[tuple[str, str], list[Note]] = {}
    for plan in versions(configuration):
        for sale in ordered:
            for found in _claims(configuration, plan, sale):
                if isinstance(found, Note):
                    for person in found.people:
                        notes.setdefault((person, plan), []).append(found)
                elif on_plan(configuration, found.credit.person, plan, found.credit.on):
                    claims.setdefault((found.credit.person, plan), []).append(found)
    return Book(
        ordered,
        {key: tuple(_merged(each)) for key, each in claims.items()},
        {key: tuple(each) for key, each in notes.items()},
    )


def _merged(claims: Iterable[Claim]) -> Iterator[Claim]:
    """The claims in order; what somebody has of one record in several ways is one claim."""
    found: dict[tuple[object, ...], Claim] = {}
    for claim in sorted(claims, key=lambda one: one.order):
        key = (claim.sale.record, claim.sale.id, claim.component, claim.measure, claim.version.name)
        other = found.get(key)
        found[key] = claim if other is None else replace(other, credit=_sum(other, claim))
    yield from found.values()


def _sum(one: Claim, other: Claim) -> Credit:
    credit, more = one.credit, other.credit
    return replace(
        credit,
        amount=credit.amount + more.amount,
        share=credit.share + more.share,
        steps=(*credit.steps, *more.steps),
    )


def on_plan(configuration: Configuration, person: str, plan: str, day: date) -> bool:
    """Whether somebody is on a plan on a day."""
    return any(
        each.plan == plan and each.from_ <= day and (each.to is None or day < each.to)
        for each in assigned(configuration).get(person, ())
    )


def _claims(configuration: Configuration, plan: str, sale: Sale) -> Iterator[Claim | Note]:
    for version in versions(configuration)[plan]:
        governed = sale.day(version.spec.governed_by)
        if governed is None or version_on(configuration, plan, governed) is not version:
            continue
        taken = _taken(version, sale)
        for index, component in enumerate(version.spec.components):
            if component.credit.object == sale.record:
                rule = _Rule.of_component(version, index, component)
                for found in rule.credited(sale, roster(configuration)):
                    yield replace(found, unpaid=taken) if isinstance(found, Claim) else found
        for path, quota in quotas(version.spec):
            for place, counts in enumerate(quota.counts or ()):
                if counts.object == sale.record:
                    root = (*path, "counts", place)
                    rule = _Rule.of_counts(version, root, quota.measure, counts)
                    yield from rule.credited(sale, roster(configuration))


def _taken(version: Version, sale: Sale) -> str:
    """The contest in place of the components, where one that does not stack has the record."""
    for n, spiff in enumerate(version.spec.spiffs):
        on = sale.day(spiff.date or version.spec.governed_by)
        if spiff.stacks or spiff.object != sale.record or on is None:
            continue
        if holds(spiff.effective, on) and version.holds(("spiffs", n, "when"), sale, on):
            return f"the contest {spiff.key} pays in place of the plan"
    return ""


@dataclass(frozen=True, slots=True)
class _Rule:
    """A credit rule of a version: of a component, or of what counts for a quota."""

    version: Version
    path: Path
    credit: Rule
    component: int | None
    key: str
    measure: str
    scale: int

    @classmethod
    def of_component(cls, version: Version, index: int, component: Component) -> _Rule:
        main = version.spec.quota
        measure = component.measure or (main.measure if main else "")
        units = component.type == "mbo" or (component.rates and component.rates.basis == "units")
        scale = EXACT if units else version.spec.rounding.scale
        path = ("components", index, "credit")
        return cls(version, path, component.credit, index, component.key, measure, scale)

    @classmethod
    def of_counts(cls, version: Version, path: Path, measure: str, counts: Counts) -> _Rule:
        rule = Rule(**{name: getattr(counts, name) for name in Counts.model_fields})
        return cls(version, path, rule, None, "", measure, version.spec.rounding.scale)

    def credited(self, sale: Sale, people: Roster) -> Iterator[Claim | Note]:
        """The claims of a record, or why it has none."""
        spec, rule = self.version.spec, self.credit
        on = sale.day(rule.date or spec.credit.date or spec.governed_by)
        if on is None or not self.version.holds((*self.path, "when"), sale, on):
            return
        valued = value(self.version, self.path, rule, sale, on)
        if isinstance(valued, Reason):
            owner = rule.person or spec.credit.person
            sharing = tuple(part.person for part in parts(sale, rule.split, owner))
            yield Note(sharing, on, valued)
            return
        whole = rounded(valued.amount, self.scale, spec.rounding.mode)
        weight = sale.number(rule.weight) if rule.weight else None
        for part, amount, through in self._divided(sale, Fraction(whole), people):
            how = _how(part, through)
            credit = Credit(
                record=sale.id,
                title=sale.title,
                component=self.key,
                person=part.person,
                on=on,
                amount=rounded(amount, self.scale),
                whole=whole,
                share=shown(part.share),
                how=how,
                through=through,
                version=self.version.name,
                steps=(*valued.steps, *_steps(part, how, through)),
            )
            weighs = Fraction(1) if weight is None else weight
            yield Claim(credit, sale, self.version, self.component, self.measure, weighs)

    def _divided(
        self, sale: Sale, whole: Fraction, people: Roster
    ) -> Iterator[tuple[Part, Fraction, str]]:
        """Each person's part and amount, and through whom a manager has it."""
        owner = self.credit.person or self.version.spec.credit.person
        shared = _amounts(parts(sale, self.credit.split, owner), whole, self)
        if self.credit.rollup is None:
            for part, amount in shared:
                yield part, amount, ""
            return
        for part, amount in shared:
            for manager in _above(part.person, self.credit.rollup.levels, people):
                share = Fraction(self.credit.rollup.share)
                scaled = rounded(amount * share, self.scale, self.version.spec.rounding.mode)
                up = Part(manager, part.share * share, part.overlay, part.role)
                yield up, Fraction(scaled), part.person


def _amounts(
    shared: Sequence[Part], whole: Fraction, rule: _Rule
) -> Iterator[tuple[Part, Fraction]]:
    """The amount of each part: shares of the whole add up to it, overlays stand by themselves."""
    rounding = rule.version.spec.rounding
    direct = [part for part in shared if not part.overlay]
    exact = [whole * part.share for part in direct]
    amounts = apportion(exact, rule.scale, rounding.mode, rounding.residue)
    for part, amount in zip(direct, amounts, strict=True):
        yield part, Fraction(amount)
    for part in shared:
        if part.overlay:
            yield part, Fraction(rounded(whole * part.share, rule.scale, rounding.mode))


def _above(person: str, levels: int | None, people: Roster) -> Iterator[str]:
    """The managers of somebody, nearest first; each once, however they report."""
    seen, manager = {person}, people.managers.get(person, "")
    while manager and manager not in seen and (levels is None or len(seen) <= levels):
        yield manager
        seen.add(manager)
        manager = people.managers.get(manager, "")


def _how(part: Part, through: str) -> How:
    if through:
        return How.ROLLUP
    if part.overlay:
        return How.OVERLAY
    return How.DIRECT if part.share == 1 else How.SPLIT


def _steps(part: Part, how: How, through: str) -> Iterator[Reason]:
    role = f" as {part.role}" if part.role else ""
    match how:
        case How.DIRECT:
            return
        case How.SPLIT | How.OVERLAY:
            yield Reason(how.value, Verdict.NOTE, f"{shown(part.share * 100):f}%{role}")
        case How.ROLLUP:
            share = f"{shown(part.share * 100):f}%"
            yield Reason(how.value, Verdict.NOTE, f"{share} through {through}")


__all__ = ["Book", "Claim", "Note", "book", "on_plan"]

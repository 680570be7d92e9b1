"""Pay statements: for one person, or for everybody who is on a plan in a period."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ixia_config.app.checking import Checked
from ixia_config.app.closing import Closed, history, seal, settled
from ixia_config.app.paying_codes import NobodyPaid, NoSuchPlan, NotAPeriod, NotWrittenOut
from ixia_config.app.payroll import gather
from ixia_config.app.refusal import Refusal
from ixia_config.codes import Diagnostic
from ixia_config.edges.disk import PRIVATE, atomic_write, private_folder
from ixia_config.edges.records import Source
from ixia_config.exits import Exit
from ixia_config.kinds.comp_plan.periods import Period
from ixia_config.kinds.comp_plan.ready import assigned
from ixia_config.kinds.comp_plan.result import Statement
from ixia_config.kinds.comp_plan.spec import CompPlan
from ixia_config.kinds.comp_plan.statement import Records, records, statement
from ixia_config.kinds.directory.decide import roster
from ixia_config.kinds.policy import Configuration, Policy
from ixia_config.render.statement_words import Names


@dataclass(frozen=True, slots=True)
class Wanted:
    """Whose pay is asked for: everybody's where no person is named; all plans without a plan.

    ``history`` are the files of what is closed.
    """

    period: str
    sources: Mapping[str, Source]
    person: str = ""
    plan: str = ""
    history: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class Paid:
    """The statements by person, the records behind them, and what the files do not tell."""

    statements: tuple[Statement, ...]
    records: Records
    names: Names
    remarks: tuple[Diagnostic, ...]


def pay(checked: Checked, wanted: Wanted) -> Paid:
    """The statements of a sound configuration; Refusal where something is missing or unclear."""
    configuration = checked.configuration
    period = read(configuration, wanted.period)
    people = _people(configuration, wanted, period)
    plans = _plans(configuration, wanted.plan, people, period)
    paid = history(configuration, wanted.history)
    sales = gather(configuration, plans, wanted.sources)
    known = records(configuration, sales.sales)
    settled(known, people, period, paid)
    every = (statement(configuration, each, wanted.period, known, paid.payouts) for each in people)
    found = tuple(_only(each, wanted.plan) for each in every)
    return Paid(found, known, names(configuration), sales.remarks)


def close(checked: Checked, wanted: Wanted, output: Path) -> tuple[Closed, Sequence[Diagnostic]]:
    """Write what a period pays to a sealed file, and say what the records do not tell.

    Everybody's payouts, those who have left as well. Refusal where something is missing, unclear
    or closed already.
    """
    configuration = checked.configuration
    period = read(configuration, wanted.period)
    _people(configuration, wanted, period)  # refuses where nobody is paid
    people = tuple(assigned(configuration))
    plans = _plans(configuration, wanted.plan, people, period)
    before = history(configuration, wanted.history)
    sales = gather(configuration, plans, wanted.sources)
    known = records(configuration, sales.sales)
    return seal(known, people, period, before, output), sales.remarks


def read(configuration: Configuration, text: str) -> Period:
    """The period that was asked for; Refusal for what is none."""
    try:
        empty = statement(configuration, "", text, ())
    except ValueError:
        raise Refusal(Exit.USAGE, NotAPeriod(text=text)) from None
    return Period(empty.start, empty.end, empty.period)


def _people(configuration: Configuration, wanted: Wanted, period: Period) -> tuple[str, ...]:
    """Everybody whose statement is wanted, by address."""
    on_plan = {
        person: tuple(
            each
            for each in found
            if each.from_ < period.end and (each.to is None or period.start < each.to)
        )
        for person, found in assigned(configuration).items()
    }
    paid = tuple(
        person
        for person, found in on_plan.items()
        if any(not wanted.plan or each.plan == wanted.plan for each in found)
    )
    asked = wanted.person.lower()
    if asked and asked not in assigned(configuration):
        known = tuple(assigned(configuration))
        nobody = NobodyPaid(person=wanted.person, period=wanted.period, known=known)
        raise Refusal(Exit.USAGE, nobody)
    if not asked and not paid:
        raise Refusal(Exit.USAGE, NobodyPaid(person="", period=wanted.period, known=()))
    return (asked,) if asked else paid


def _plans(
    configuration: Configuration, name: str, people: Sequence[str], period: Period
) -> tuple[Policy[CompPlan], ...]:
    """Every version of the plans that these people have been on; what is carried counts, too."""
    known = {each.name for each in configuration.of(CompPlan)}
    if name and name not in known:
        raise Refusal(Exit.USAGE, NoSuchPlan(name=name, known=tuple(sorted(known))))
    wanted = {
        each.plan
        for person in people
        for each in assigned(configuration).get(person, ())
        if each.from_ < period.end
    }
    every = (each for each in configuration.every if isinstance(each.body, CompPlan))
    return tuple(each for each in every if each.name in wanted)  # type: ignore[misc]  # narrowed


def _only(whole: Statement, plan: str) -> Statement:
    """The statement with the payouts of one plan; of all where none is named."""
    if not plan:
        return whole
    kept = tuple(each for each in whole.payouts if each.plan == plan)
    return Statement(whole.person, whole.period, whole.start, whole.end, kept, whole.reasons)


def names(configuration: Configuration) -> Names:
    """What people, plans and components are called."""
    components = [
        (policy.name, each)
        for policy in configuration.of(CompPlan)
        for each in policy.body.spec.components
    ]
    return Names(
        people={email: each.name or "" for email, each in roster(configuration).people.items()},
        plans={each.name: each.body.metadata.title or "" for each in configuration.of(CompPlan)},
        components={(plan, each.key): each.title or "" for plan, each in components},
        units=frozenset(
            (plan, each.key)
            for plan, each in components
            if each.credit.amount is None or (each.rates and each.rates.basis == "units")
        ),
    )


def write(target: Path, texts: Mapping[str, str]) -> tuple[Path, ...]:
    """Write each text to a file in a folder, or the only one to a file; nobody else may read them.

    Refusal where that is not possible.
    """
    try:
        if len(texts) == 1 and target.suffix:
            [text] = texts.values()
            atomic_write(target, text, mode=PRIVATE)
            return (target,)
        private_folder(target)
        for name, text in texts.items():
            atomic_write(target / name, text, mode=PRIVATE)
    except OSError as error:
        why = (error.strerror or type(error).__name__).lower()
        raise Refusal(Exit.USAGE, NotWrittenOut(file=str(target), why=why)) from None
    return tuple(target / name for name in texts)


__all__ = ["Paid", "Wanted", "close", "names", "pay", "read", "write"]

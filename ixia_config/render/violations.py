"""Records that break a rule: how many, worth how much, a few of them, and what nobody can judge."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from itertools import groupby
from typing import Any

from ixia_config.kinds.pipeline.violations import Breach, Judgement, Rule, Unjudged
from ixia_config.kinds.records import Record, Records
from ixia_config.model import Plan
from ixia_config.render.glossary import name
from ixia_config.render.layout import WIDTH, hanging, wrap
from ixia_config.render.markup import capped, plain
from ixia_config.render.plan_markdown import LIMIT
from ixia_config.render.style import PLAIN, Role, Style
from ixia_config.render.values import Units
from ixia_config.render.wording import clean, counted, listed

_EXAMPLES = 5
_LINES = 2  # of examples, below each rule


@dataclass(frozen=True, slots=True)
class Example:
    """A record by name, and whose it is."""

    id: str
    title: str
    owner: str
    amount: str | None

    @property
    def text(self) -> str:
        """``Nordwind AG - pilot (Ana Ruiz)``."""
        return f"{self.title} ({self.owner})" if self.owner else self.title


@dataclass(frozen=True, slots=True)
class Broken:
    """One rule with all that break it; ``worth`` is their amount in words."""

    breach: str
    address: str
    stage: str
    key: str
    text: str
    warns: bool
    records: int
    amount: str | None
    worth: str
    at_least: bool
    examples: tuple[Example, ...]


@dataclass(frozen=True, slots=True)
class Unknown:
    """One rule that could not be judged, and why; of 0 records where nobody could look."""

    address: str
    rule: str
    records: int
    why: str


@dataclass(frozen=True, slots=True)
class Violations:
    """Everything to say of one pipeline's records."""

    pipeline: str
    title: str
    source: str
    noun: str
    open: int
    looked_at: int
    breaking: int
    without_reason: int
    amount: str | None
    worth: str
    rules: tuple[Broken, ...]
    unjudged: tuple[Unknown, ...]

    @property
    def headline(self) -> str:
        """``212 of 1,380 open deals break a rule of New business (8,120,300 USD)``."""
        some = self.looked_at < self.open
        count = f"{self.breaking:,}" if self.breaking else "none"
        told = f"{count} of {counted(self.open, f'open {self.noun}')}"
        verb = "breaks" if self.breaking == 1 or not self.breaking else "break"
        worth = f" ({self.worth})" if self.worth else ""
        text = f"{told} {verb} a rule of {self.title}{worth}"
        if some:
            first = counted(self.looked_at, f"oldest {self.noun}")
            least = "at least " if self.breaking else ""
            text = f"{least}{text}; only the {first} were looked at"
        return text[:1].upper() + text[1:]


def violations(plan: Plan, judgements: Iterable[Judgement]) -> tuple[Violations, ...]:
    """What each pipeline's records do, in words."""
    units = Units(dict(plan.names), plan.identity.currency)
    return tuple(_of(each, units) for each in judgements)


def has_violations(judgements: Iterable[Judgement]) -> bool:
    """Whether any record breaks a rule; a warning is none."""
    return any(not found.rule.warns for each in judgements for found in each.violations)


def _of(judgement: Judgement, units: Units) -> Violations:
    closing = [each for each in judgement.violations if each.rule.breach is Breach.REASON]
    breaking = {
        each.record.id: each.record
        for each in judgement.violations
        if not each.rule.warns and each.rule.breach is not Breach.REASON
    }
    amount = _sum(breaking.values())
    return Violations(
        pipeline=str(judgement.policy.address),
        title=name(judgement.policy.title),
        source=clean(judgement.policy.source),
        noun=clean(judgement.records.noun),
        open=judgement.total,
        looked_at=judgement.looked_at,
        breaking=len(breaking),
        without_reason=len(closing),
        amount=amount,
        worth=_worth(amount, units),
        rules=tuple(_broken(judgement, units)),
        unjudged=tuple(_unknown(each, judgement.records) for each in judgement.unjudged),
    )


def _broken(judgement: Judgement, units: Units) -> Iterator[Broken]:
    for rule, group in groupby(judgement.violations, key=lambda each: each.rule):
        records = [each.record for each in group]
        amount = _sum(records)
        some = judgement.looked_at < judgement.total
        yield Broken(
            breach=str(rule.breach),
            address=str(rule.address),
            stage=clean(rule.stage),
            key=clean(rule.key),
            text=f"warning: {claim(rule)}" if rule.warns else claim(rule),
            warns=rule.warns,
            records=len(records),
            amount=amount,
            worth=_worth(amount, units),
            at_least=rule.address in judgement.records.more
            if rule.breach is Breach.REASON
            else some,
            examples=_examples(records),
        )


def claim(rule: Rule) -> str:
    """What the records that break this rule have done, without the stage."""
    subject = name(rule.subject)
    match rule.breach:
        case Breach.REQUIRED:
            return f"{subject} is empty"
        case Breach.ENTRY:
            return f"entry criterion not met: {subject}"
        case Breach.EXIT:
            return f"went on without: {subject}"
        case Breach.AGE | Breach.AGEING:
            return f"here for {subject} or longer"
        case Breach.STALE:
            return f"no activity for {subject} or longer"
        case Breach.CLOSE_DATE:
            return "open, and the close date is past"
        case Breach.REASON:
            return "closed without a reason"
        case Breach.SCOPE:
            return f"do not belong here, by: {subject}"
        case Breach.VALUE:
            return f"{subject} is not valid"


def _rule(rule: Rule) -> str:
    """The rule itself."""
    subject, of = name(rule.subject), f" of {clean(rule.stage)}" if rule.stage else ""
    match rule.breach:
        case Breach.REQUIRED:
            return f"required field {subject}{of}"
        case Breach.ENTRY | Breach.EXIT:
            return f'{rule.breach} criterion "{subject}"{of}'
        case Breach.AGE | Breach.AGEING:
            return f"age limit {subject}{of}"
        case Breach.STALE:
            return f"staleness after {subject}{of}"
        case Breach.CLOSE_DATE:
            return "close date of open records"
        case Breach.REASON:
            return f"reasons{of}"
        case Breach.SCOPE:
            return "which records belong here"
        case Breach.VALUE:
            return f"validation of {subject}"


def _unknown(unjudged: Unjudged, records: Records) -> Unknown:
    rule = unjudged.rule
    why = _why(unjudged, records)
    return Unknown(str(rule.address), _rule(rule), unjudged.records, why)


def _why(unjudged: Unjudged, records: Records) -> str:
    if unjudged.fields:
        return "; ".join(_untold(each, records) for each in unjudged.fields)
    match unjudged.rule.breach:
        case Breach.AGE | Breach.AGEING:
            return "nobody knows since when they are here, or by which calendar"
        case Breach.STALE:
            return "nobody knows when somebody last did something, or by which calendar"
        case Breach.CLOSE_DATE:
            return "they have no close date"
        case Breach.REASON:
            return "the account has no field for them yet"
        case Breach.REQUIRED | Breach.ENTRY | Breach.EXIT | Breach.SCOPE | Breach.VALUE:
            return "the fields of these records are not declared"


def _untold(path: str, records: Records) -> str:
    why = records.untold.get(path) or records.untold.get(path.partition(".")[0])
    return f"{clean(path)}: {clean(why) if why else 'the value is none that the field can have'}"


def _examples(records: Sequence[Record]) -> tuple[Example, ...]:
    """The largest first, then by name."""
    ranked = sorted(records, key=lambda each: (-_number(each.amount), each.title, each.id))
    return tuple(
        Example(clean(each.id), name(each.title), clean(each.owner), each.amount)
        for each in ranked[:_EXAMPLES]
    )


def _number(text: str | None) -> Decimal:
    try:
        found = Decimal(text or "0")
    except InvalidOperation:
        return Decimal(0)
    return found if found.is_finite() else Decimal(0)


def _sum(records: Iterable[Record]) -> str | None:
    """What the records are worth together; None where none of them has an amount."""
    amounts = [each.amount for each in records if each.amount is not None]
    return format(sum(map(_number, amounts), Decimal(0)), "f") if amounts else None


def _worth(amount: str | None, units: Units) -> str:
    return "" if amount is None else units.money(amount)


def violation_lines(found: Sequence[Violations], style: Style = PLAIN) -> Iterator[str]:
    """The records of every pipeline, below the drift of the target."""
    busy = [each for each in found if each.open or each.rules or _is_blind(each)]
    for each in busy:
        yield ""
        yield from (style.paint(Role.STRONG, line) for line in wrap(each.headline, WIDTH))
        yield from _rule_lines(each)
        yield from _unjudged_lines(each)
    idle = [each.title for each in found if each not in busy]
    if idle:
        yield ""
        yield from wrap(f"No open records in {listed(idle)}.", WIDTH)


def _is_blind(found: Violations) -> bool:
    return any(each.records for each in found.unjudged)


def _rule_lines(found: Violations) -> Iterator[str]:
    counts = max((len(_count(each)) for each in found.rules), default=0)
    money = max((len(each.worth) for each in found.rules), default=0)
    for stage, group in groupby(found.rules, key=lambda each: each.stage):
        yield ""
        yield from hanging("  ", stage or "Every stage")
        for each in group:
            worth = each.worth.rjust(money) + "   " if money else ""
            start = f"    {_count(each).rjust(counts)}   {worth}"
            yield from hanging(start, each.text)
            indent = " " * (counts + 9)
            yield from hanging(indent, _fitting(each, WIDTH - len(indent)))


def _count(broken: Broken) -> str:
    return f"{broken.records:,}{'+' if broken.at_least else ''}"


def _fitting(broken: Broken, columns: int) -> str:
    """As many examples as two lines hold, and at least one."""
    for shown in range(len(broken.examples), 1, -1):
        text = _named(broken, shown)
        if len(wrap(text, columns)) <= _LINES:
            return text
    return _named(broken, 1)


def _named(broken: Broken, shown: int = _EXAMPLES) -> str:
    names = [each.text for each in broken.examples[:shown]]
    more = broken.records - len(names)
    return f"{', '.join(names)} and {more:,} more" if more else listed(names)


def _unjudged_lines(found: Violations) -> Iterator[str]:
    if not found.unjudged:
        return
    yield ""
    yield "  Could not be judged"
    for each in found.unjudged:
        yield from hanging("    ", _sentence(each, found.noun), rest="      ")


def _sentence(each: Unknown, noun: str) -> str:
    of = f" for {counted(each.records, noun)}" if each.records else ""
    return f"{each.rule}{of}; {each.why}"


def violation_markdown(found: Sequence[Violations]) -> list[str]:
    """The same as Markdown lines."""
    lines: list[str] = []
    for each in found:
        if not (each.open or each.rules or _is_blind(each)):
            continue
        lines += ["", f"#### {plain(each.headline)}", ""]
        if each.rules:
            lines += ["| stage | what | records | worth | such as |", "|---|---|--:|--:|---|"]
            lines += [_row(rule) for rule in each.rules]
        lines += [""] if each.unjudged else []
        lines += [f"- not judged: {plain(_sentence(one, each.noun))}" for one in each.unjudged]
    return capped(lines, LIMIT)


def _row(broken: Broken) -> str:
    cells = (broken.stage, broken.text, _count(broken), broken.worth, _named(broken))
    return "| " + " | ".join(plain(each) for each in cells) + " |"


def violation_values(found: Iterable[Violations]) -> list[Mapping[str, Any]]:
    """The same as plain values."""
    return [{**dataclasses.asdict(each), "headline": each.headline} for each in found]

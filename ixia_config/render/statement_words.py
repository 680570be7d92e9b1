"""The words of a statement: periods, rates, tier parts, and what people and plans are called."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from ixia_config.kinds.comp_plan.result import Attained, Balance, Credit, How, Line, Part, What
from ixia_config.kinds.reasons import Reason, Verdict
from ixia_config.render.moments import day
from ixia_config.render.wording import clean

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_PERIOD = re.compile(r"([0-9]{4})(?:-(?:(Q[1-4]|H[12]|W[0-9]{2})|([0-9]{2})))?")
_CENTS = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Names:
    """What people call what a statement speaks of; ``units`` are components without money.

    Components and units are keyed by plan and component.
    """

    people: Mapping[str, str] = field(default_factory=dict)
    plans: Mapping[str, str] = field(default_factory=dict)
    components: Mapping[tuple[str, str], str] = field(default_factory=dict)
    units: frozenset[tuple[str, str]] = frozenset()

    def person(self, email: str) -> str:
        """``Ana Ruiz``, else the address."""
        return clean(self.people.get(email) or email)

    def component(self, plan: str, key: str) -> str:
        """Title and key: ``New business (new-acv)``."""
        title = self.components.get((plan, key), "")
        return clean(f"{title} ({key})" if title else key)


def period(text: str) -> str:
    """``2027-Q1`` is ``Q1 2027``, ``2027-02`` is ``February 2027``."""
    found = _PERIOD.fullmatch(text)
    if found is None:
        return clean(text)
    year, part, month = found.groups()
    if month is not None and 1 <= int(month) <= 12:
        return f"{_MONTHS[int(month) - 1]} {year}"
    return f"{part} {year}" if part else text


def on(moment: date) -> str:
    """``Tue 9 Feb``."""
    return day(moment.isoformat())


def money(amount: Decimal) -> str:
    """``1,240.50``: two decimals, or more where there are more."""
    exact = amount.normalize()
    exponent = exact.as_tuple().exponent
    deep = isinstance(exponent, int) and exponent < -2
    return f"{exact:,f}" if deep else f"{amount.quantize(_CENTS):,f}"


def count(amount: Decimal) -> str:
    """A number of units, without decimals that say nothing."""
    text = f"{amount:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def percent(share: Decimal) -> str:
    """``8 %``, ``103.33 %``: at most two decimals, rounded half up."""
    return f"{count((share * 100).quantize(_CENTS, ROUND_HALF_UP))} %"


def exact_percent(share: Decimal) -> str:
    """Every decimal of a rate: ``7.375 %``."""
    return f"{count(share * 100)} %"


def rate(part: Part, *, each: bool) -> str:
    """``8 %`` of money, ``250 each`` of units, nothing for a fixed amount."""
    if part.rate is None:
        return "fixed"
    return f"{count(part.rate)} each" if each else exact_percent(part.rate)


def span(part: Part) -> str:
    """``tier 2, above 300,000.00``."""
    if not part.tier:
        return ""
    low, high = part.from_ or Decimal(0), part.to
    if not low and high is None:
        return f"tier {part.tier}"
    if not low and high is not None:
        return f"tier {part.tier}, to {money(high)}"
    if high is None:
        return f"tier {part.tier}, above {money(low)}"
    return f"tier {part.tier}, {money(low)} to {money(high)}"


def called(line: Line) -> str:
    """The first column: the deal, with what happens to it where that is no commission."""
    title = clean(line.title or line.record)
    earned = line.what in (What.COMMISSION, What.BONUS, What.MBO, What.SPIFF)
    if earned or not title:
        return title or line.what.value
    return f"{line.what.value}: {title}"


def credited(names: Names, credit: Credit) -> Iterator[str]:
    """How somebody came to a credit that is not the whole deal."""
    shown = False
    for step in credit.steps:
        own = step.subject == credit.how.value
        shown = shown or own
        yield f"{sentence(step)} of {money(credit.whole)}" if own else sentence(step)
    if not shown and credit.share != 1:
        through = f" through {names.person(credit.through)}" if credit.through else ""
        how = "" if credit.how is How.DIRECT else f"{credit.how.value} "
        yield f"{how}{exact_percent(credit.share)} of {money(credit.whole)}{through}"


def workings(names: Names, line: Line) -> Iterator[str]:
    """What a reader needs to check a line by hand, besides its parts."""
    if line.credit is not None:
        yield from credited(names, line.credit)
    if line.parts and line.exact != line.earned:
        yield f"rounded from {count(line.exact)}"
    if line.before:
        yield f"earned {money(line.earned)}, of which {money(line.before)} was paid before"
    if line.about:
        yield f"about {period(line.about)}"
    yield from map(sentence, line.reasons)


def sentence(reason: Reason) -> str:
    """A reason on one line: ``cap: 50,000.00 per deal``."""
    verdict = "" if reason.verdict in (Verdict.NOTE, Verdict.CHOSEN) else reason.verdict.value
    below = "; ".join(map(sentence, reason.below))
    why = ", ".join(filter(None, (verdict, clean(reason.why))))
    told = ": ".join(filter(None, (clean(reason.subject), why)))
    return f"{told} ({below})" if below else told


def attained(each: Attained) -> str:
    """``103.33 % of the quota of 300,000.00 (acv, Q1 2027): 310,000.00``."""
    where = f"({clean(each.measure)}, {period(each.period)})"
    if each.share is None:
        return f"no quota {where}, so attainment is undefined: {money(each.credited)} credited"
    share = percent(each.share)
    return f"attainment {share} {where}: {money(each.credited)} of {money(each.quota)}"


def carried(balance: Balance) -> Iterator[str]:
    """What is left for later payouts."""
    if balance.draw:
        yield f"still owed of draws: {money(balance.draw)}"
    if balance.carried:
        yield f"carried forward, to be taken from later payouts: {money(balance.carried)}"
    if balance.held:
        yield f"held back until its release: {money(balance.held)}"

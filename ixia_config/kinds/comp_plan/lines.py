"""Lines of a payout: the differences between two days, and corrections of what was paid."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from fractions import Fraction

from ixia_config.kinds.comp_plan.entries import ZERO, Entries, Entry, Source
from ixia_config.kinds.comp_plan.periods import Period
from ixia_config.kinds.comp_plan.result import Line, Payout, What
from ixia_config.kinds.comp_plan.rounding import shown
from ixia_config.kinds.reasons import Reason, Verdict

SETTLING = (What.GUARANTEE, What.DRAW, What.RECOVERY, What.CARRIED)
EARNING = (What.COMMISSION, What.BONUS, What.MBO)
ORDER = tuple(What)

Paid = Mapping[tuple[str, str], tuple[Decimal, str]]
"""What was paid by component and record, and in which payout last."""


def differences(
    before: Entries, now: Entries, period: Period, titles: Mapping[Source, str]
) -> Iterator[Line]:
    """A line for every source whose amount has changed, and for every new credit."""
    changed = [each for each in {*before, *now} if _tells(before.get(each), now.get(each), period)]
    for source in sorted(changed, key=lambda each: _order(each, before, now)):
        yield _line(source, before.get(source), now.get(source), titles.get(source, ""))


def _tells(old: Entry | None, new: Entry | None, period: Period) -> bool:
    """Whether an amount has changed, or a credit of the period pays nothing."""
    if (old.amount if old else ZERO) != (new.amount if new else ZERO):
        return True
    entry = new or old
    if entry is None or entry.claim is None or entry.source.what not in EARNING:
        return False
    return period.holds(entry.claim.credit.on)


def _line(source: Source, old: Entry | None, new: Entry | None, title: str) -> Line:
    entry = new or old
    credit = entry.claim.credit if entry and entry.claim else None
    earned, was = (new.amount if new else ZERO), (old.amount if old else ZERO)
    return Line(
        what=source.what,
        component=source.component,
        amount=earned - was,
        record=source.record,
        title=credit.title if credit else title,
        credit=credit,
        parts=new.parts if new else (),
        exact=shown(new.exact) if new else ZERO,
        earned=earned,
        before=was,
        version=source.version,
        reasons=new.reasons if new else (),
    )


def _order(source: Source, before: Entries, now: Entries) -> tuple[object, ...]:
    """By component and kind, then by date and record; fixed amounts after the records."""
    entry = now.get(source) or before[source]
    on = entry.claim.credit.on if entry.claim else source.end
    return (source.component, ORDER.index(source.what), on, source.object, source.record, source)


def adjustments(before: Entries, paid: Paid) -> Iterator[Line]:
    """What records say now of earlier payouts, less what those paid; none where they agree."""
    owed: dict[tuple[str, str], Decimal] = {}
    titles: dict[str, str] = {}
    for source, entry in before.items():
        key = (source.component, source.record)
        owed[key] = owed.get(key, ZERO) + entry.amount
        if entry.claim is not None:
            titles[source.record] = entry.claim.credit.title
    for key in sorted({*owed, *paid}):
        was, about = paid.get(key, (ZERO, ""))
        now = owed.get(key, ZERO)
        if now != was:
            said = f"paid {was:,f}; by the records of today it is {now:,f}"
            yield Line(
                What.CORRECTION,
                key[0],
                now - was,
                record=key[1],
                title=titles.get(key[1], ""),
                earned=now,
                before=was,
                exact=shown(Fraction(now)),
                about=about,
                reasons=(Reason("correction", Verdict.NOTE, said),),
            )


def paid_by(payout: Payout, before: Paid) -> dict[tuple[str, str], tuple[Decimal, str]]:
    """What was paid by the end of a payout, by component and record."""
    found = dict(before)
    for line in payout.lines:
        if line.what not in SETTLING and line.component:
            key = (line.component, line.record)
            found[key] = (found.get(key, (ZERO, ""))[0] + line.amount, payout.period)
    return found


def sum_of(lines: Iterable[Line | Entry]) -> Decimal:
    """The sum of amounts."""
    return sum((line.amount for line in lines), ZERO)

"""Closed pay: periods written to files that are sealed, and taken from them as they were paid."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path

from ixia_config.app.closing_codes import ForeignHistory, HistoryOutOfOrder, UnreadableHistory
from ixia_config.app.paying_codes import NotWrittenOut
from ixia_config.app.refusal import Refusal
from ixia_config.codes import Diagnostic
from ixia_config.edges.disk import PRIVATE, atomic_write, private_folder
from ixia_config.exits import Exit
from ixia_config.kinds.comp_plan.periods import Period
from ixia_config.kinds.comp_plan.ready import assigned
from ixia_config.kinds.comp_plan.result import Payout
from ixia_config.kinds.comp_plan.spec import CompPlan
from ixia_config.kinds.comp_plan.statement import Records, every_payout
from ixia_config.kinds.comp_plan.stored import ClosedPay, Unsealed, dump, load
from ixia_config.kinds.policy import Configuration

LARGEST = 64 * 1024 * 1024  # bytes of one file
_SHOWN = 20  # problems of one kind

_Key = tuple[str, str, date, date]  # person, plan, first day of the assignment, of the payout


@dataclass(frozen=True, slots=True)
class History:
    """Payouts as they were paid, and the files that hold them."""

    payouts: tuple[Payout, ...] = ()
    files: Mapping[_Key, str] = field(default_factory=dict)

    def holds(self, payout: Payout) -> bool:
        """Whether a payout is one that was stored."""
        return _key(payout) in self.files


def history(configuration: Configuration, files: Sequence[Path]) -> History:
    """What these files closed; Refusal for a file that was changed, is foreign or overlaps."""
    closed = [(str(file), payout) for file in files for payout in _read(file).payouts]
    _refuse(_foreign(configuration, closed))
    _refuse(_overlapping(closed))
    payouts = tuple(payout for _, payout in closed)
    return History(payouts, {_key(payout): file for file, payout in closed})


def _read(file: Path) -> ClosedPay:
    try:
        if file.stat().st_size > LARGEST:
            raise Unsealed("it is larger than any file of closed pay")
        return load(file.read_text(encoding="utf-8"))
    except OSError as error:
        why = (error.strerror or type(error).__name__).lower()
    except UnicodeDecodeError:
        why = "it is not text in UTF-8"
    except Unsealed as error:
        why = str(error)
    raise Refusal(Exit.INVALID, UnreadableHistory(file=str(file), why=why))


def _key(payout: Payout) -> _Key:
    return payout.person, payout.plan, payout.since or date.min, payout.start


def _refuse(found: Iterable[Diagnostic]) -> None:
    problems = tuple(found)[:_SHOWN]
    if problems:
        raise Refusal(Exit.INVALID, *problems)


def _called(payout: Payout) -> str:
    return f"{payout.period} of {payout.person} on {payout.plan}"


def _foreign(
    configuration: Configuration, closed: Iterable[tuple[str, Payout]]
) -> Iterator[Diagnostic]:
    """Closed pay that no assignment of the configuration could have been paid."""
    plans = {each.name for each in configuration.of(CompPlan)}
    for file, payout in closed:
        if payout.plan not in plans:
            why = f"there is no CompPlan {payout.plan}"
        elif not _assigned(configuration, payout):
            why = f"no assignment of {payout.person} to it starts on {payout.since}"
        else:
            continue
        yield ForeignHistory(file=file, payout=_called(payout), why=why)


def _assigned(configuration: Configuration, payout: Payout) -> bool:
    return any(
        (each.plan, each.from_) == (payout.plan, payout.since)
        for each in assigned(configuration).get(payout.person, ())
    )


def _overlapping(closed: Iterable[tuple[str, Payout]]) -> Iterator[Diagnostic]:
    """Closed pay of days that another file, or the same one, closed already."""
    last: tuple[str, Payout] | None = None
    for file, payout in sorted(closed, key=lambda each: _key(each[1])):
        if last is not None and _key(payout)[:3] == _key(last[1])[:3] and _meet(last[1], payout):
            yield HistoryOutOfOrder(
                file=file,
                payout=_called(payout),
                why=f"is closed twice: in {last[0]} and in {file}",
                advice="give each file of closed pay once, and keep one file for a period",
            )
        last = file, payout


def _meet(one: Payout, other: Payout) -> bool:
    return other.start < one.end


def settled(known: Records, people: Iterable[str], until: Period, history: History) -> None:
    """Refusal where what was paid to these people has no place, or an open period before it."""
    if not history.payouts:
        return
    for person in people:
        found = every_payout(known, person, until, history.payouts)
        _refuse(_placeless(found, person, until, history))
        _refuse(_open_before(found, history))


def _placeless(
    found: Sequence[Payout], person: str, until: Period, history: History
) -> Iterator[Diagnostic]:
    """What was paid for periods that the plan does not have any more."""
    taken = {_key(each): each for each in found}
    for payout in history.payouts:
        mine = payout.person == person and payout.end <= until.end
        if mine and taken.get(_key(payout)) is not payout:
            why = "the plan has no such payout any more"
            file = history.files[_key(payout)]
            yield ForeignHistory(file=file, payout=_called(payout), why=why)


def _open_before(found: Sequence[Payout], history: History) -> Iterator[Diagnostic]:
    """Closed payouts after an open one: what was corrected there would be paid twice, or never."""
    first_open: dict[tuple[str, date], Payout] = {}
    for payout in found:
        run = (payout.plan, payout.since or date.min)
        if not history.holds(payout):
            first_open.setdefault(run, payout)
        elif run in first_open:
            before = first_open.pop(run)
            yield HistoryOutOfOrder(
                file=history.files[_key(payout)],
                payout=_called(payout),
                why=f"is closed, and {before.period} before it is open",
                advice=f"add --history FILE with {before.period}, or close that period first",
            )


@dataclass(frozen=True, slots=True)
class Closed:
    """What was closed: how many payouts, their last day, and the plans that do not say so yet."""

    payouts: int
    people: int
    last_day: date
    unsaid: tuple[str, ...]


def seal(
    known: Records, people: Sequence[str], period: Period, history: History, output: Path
) -> Closed:
    """Write every payout that ends in a period as it is now; Refusal where some are closed.

    The file is for its owner only, and never replaces another one.
    """
    kept = tuple(_kept(known, people, period, history))
    _refuse(_closed_already(kept, history))
    own = {_key(each): str(output) for each in kept}
    together = History((*history.payouts, *kept), {**history.files, **own})
    settled(known, people, period, together)
    _write(output, dump(ClosedPay(period.name, kept)))
    last_day = max((each.end for each in kept), default=period.end) - timedelta(days=1)
    unsaid = tuple(sorted(_unsaid(known.configuration, kept)))
    return Closed(len(kept), len({each.person for each in kept if each.lines}), last_day, unsaid)


def _kept(
    known: Records, people: Sequence[str], period: Period, history: History
) -> Iterator[Payout]:
    """Every payout of a period, those that pay nothing as well: nothing is what was paid."""
    for person in people:
        for payout in every_payout(known, person, period, history.payouts):
            if period.start < payout.end:
                said = tuple(each for each in payout.reasons if each.subject != "closed")
                yield (
                    payout if history.holds(payout) else replace(payout, closed=True, reasons=said)
                )


def _closed_already(kept: Sequence[Payout], history: History) -> Iterator[Diagnostic]:
    for payout in kept:
        if history.holds(payout):
            file = history.files[_key(payout)]
            yield HistoryOutOfOrder(
                file=file,
                payout=_called(payout),
                why=f"is closed already, in {file}",
                advice="close the first period that is still open",
            )


def _unsaid(configuration: Configuration, kept: Sequence[Payout]) -> Iterator[str]:
    """The plans whose documents do not say that these payouts are closed."""
    ends = {each.plan: each.end for each in sorted(kept, key=lambda one: one.end)}
    for plan, end in ends.items():
        days = [
            each.body.spec.closed_until
            for each in configuration.every
            if isinstance(each.body, CompPlan) and each.name == plan
        ]
        if max((day for day in days if day is not None), default=date.min) < end - timedelta(1):
            yield plan


def _write(output: Path, text: str) -> None:
    if output.exists():
        why = "it exists already, and closed pay is never written over"
        raise Refusal(Exit.USAGE, NotWrittenOut(file=str(output), why=why))
    try:
        private_folder(output.parent)
        atomic_write(output, text, mode=PRIVATE)
    except OSError as error:
        why = (error.strerror or type(error).__name__).lower()
        raise Refusal(Exit.USAGE, NotWrittenOut(file=str(output), why=why)) from None

"""Files of records as the sales that compensation plans are paid from."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from ixia_config.app.paying_codes import NoRecordsGiven, UnclearSplit
from ixia_config.app.refusal import Refusal, refusing
from ixia_config.codes import Diagnostic
from ixia_config.edges.records import Source, open_records
from ixia_config.exits import Exit
from ixia_config.kinds.comp_plan.component import Split
from ixia_config.kinds.comp_plan.fields import Need, by_record, called, needs
from ixia_config.kinds.comp_plan.rounding import shown
from ixia_config.kinds.comp_plan.sales import Sale, parts
from ixia_config.kinds.comp_plan.spec import CompPlan
from ixia_config.kinds.policy import Configuration, Policy
from ixia_config.kinds.record_schema.codes.incoming import (
    MoreProblems,
    NoColumn,
    RecordTwice,
    UntoldField,
)
from ixia_config.kinds.record_schema.incoming import Row
from ixia_config.model import Mark

_SHOWN = 20  # problems of one file


@dataclass(frozen=True, slots=True)
class Sales:
    """All records of all types; ``remarks`` say what the files do not tell."""

    sales: tuple[Sale, ...]
    remarks: tuple[Diagnostic, ...]


def gather(
    configuration: Configuration,
    plans: Sequence[Policy[CompPlan]],
    sources: Mapping[str, Source],
) -> Sales:
    """The records that these plans read; Refusal with every problem that a file has.

    A file without a type is of the only type that is left.
    """
    wanted = by_record(tuple(need for plan in plans for need in needs(configuration, plan)))
    files = _files(tuple(wanted), sources)
    sales: list[Sale] = []
    remarks: list[Diagnostic] = []
    for record, asked in wanted.items():
        rows = _sound(configuration, files[record], record)
        remarks += _told(files[record], rows, asked)
        _shared_out(files[record], rows, record, plans)
        sales += [_sale(record, row) for row in rows]
    return Sales(tuple(sales), tuple(dict.fromkeys(remarks)))


def _files(records: Sequence[str], sources: Mapping[str, Source]) -> Mapping[str, Source]:
    unnamed = sources.get("")
    left = [each for each in records if each not in sources]
    if unnamed is not None and len(left) == 1:
        return {**sources, left[0]: unnamed}
    missing = [NoRecordsGiven(record=each, known=tuple(sources)) for each in left]
    if missing:
        raise Refusal(Exit.USAGE, *missing)
    return sources


def _sound(configuration: Configuration, source: Source, record: str) -> tuple[Row, ...]:
    """Every row; Refusal where one is wrong or there twice."""
    rows: list[Row] = []
    found: list[Diagnostic] = []
    seen: dict[str, int] = {}
    with refusing():
        for row in open_records(source, configuration, record):
            found += row.problems
            before = seen.setdefault(row.id, row.number)
            if before != row.number:
                mark = Mark(source.file, row.number, 1)
                found.append(RecordTwice(mark=mark, id=row.id, row=row.number, before=before))
            rows.append(row)
    _refuse(found)
    return tuple(rows)


def _refuse(found: Sequence[Diagnostic]) -> None:
    if found:
        left = len(found) - _SHOWN
        more = (MoreProblems(mark=found[0].mark, count=left),) if left > 0 else ()
        raise Refusal(Exit.INVALID, *found[:_SHOWN], *more)


def _told(source: Source, rows: Sequence[Row], asked: Sequence[Need]) -> Iterator[Diagnostic]:
    """What may be empty and has no column; Refusal where a plan cannot be paid without it."""
    if not rows:
        return
    told = frozenset[str]().union(*(row.told for row in rows))
    absent = [each for each in asked if each.field not in told]
    mark, headings = Mark(source.file, 1, 1), tuple(rows[0].raw)
    needed = [
        NoColumn(mark=mark, field=each.field, purpose=each.purpose, known=headings)
        for each in absent
        if not each.optional
    ]
    _refuse(needed)
    for each in absent:
        yield UntoldField(mark=mark, field=each.field, purpose=each.purpose)


def _shared_out(
    source: Source, rows: Sequence[Row], record: str, plans: Sequence[Policy[CompPlan]]
) -> None:
    """Refusal where the people and shares of a split field are not clear."""
    fields = dict.fromkeys(
        component.credit.split.field
        for plan in plans
        for component in plan.body.spec.components
        if component.credit.object == record and component.credit.split is not None
    )
    problems = [
        UnclearSplit(mark=Mark(source.file, row.number, 1), row=row.number, record=name, why=why)
        for field in fields
        for row in rows
        if field is not None and (why := _unclear(row, record, field))
        for name in (called(row.values, row.raw) or row.id,)
    ]
    _refuse(problems)


def _unclear(row: Row, record: str, field: str) -> str:
    """What is wrong with a split; empty where nothing is."""
    written = row.values.get(field)
    if written is None:
        return ""
    texts = re.split("[;\n]", written) if isinstance(written, str) else list(_each(written))
    named = [each for each in texts if each.strip()]
    found = parts(_sale(record, row), Split(field=field), "")
    if len(found) != len(named):
        return "cannot be read"
    whole = sum((part.share for part in found if not part.overlay), Fraction(0))
    return "" if whole == 1 else f"adds up to {shown(whole * 100):f} %, not to 100 %"


def _each(written: object) -> Iterator[str]:
    if isinstance(written, list | tuple):
        yield from map(str, written)


def _sale(record: str, row: Row) -> Sale:
    return Sale(record, row.id, row.values, called(row.values, row.raw))

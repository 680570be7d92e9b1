"""The audit trail: the journals of all runs as one chain, and what it says of each run.

Inside a run every line carries a checksum over all lines before it. Between runs, each start names
the run before it with a digest of everything that one wrote down. So a line or a run that was
altered, removed or put elsewhere is noticed, wherever the journals are kept.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

Record = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Written:
    """One run as it stands in the journal."""

    run: str
    records: tuple[Record, ...]
    finished: bool
    damage: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """What the trail says of one run; times are ISO 8601, counts are of changes by outcome."""

    run: str
    at: str
    who: str
    host: str
    doing: str
    target: str
    environment: str
    account: str
    plan: str
    commit: str
    approvals: tuple[str, ...]
    resumes: str
    undoes: str
    ended: str  # verified | not verified | not read back | open | recovered
    applied: int
    failed: int
    unknown: int
    skipped: int
    head: str


def head(written: Written | None) -> str:
    """A digest of a run and, through its start, of every run before it."""
    if written is None:
        return ""
    text = json.dumps(
        [written.run, list(written.records)], sort_keys=True, separators=(",", ":"), default=list
    )
    return hashlib.sha256(text.encode()).hexdigest()


def faults(runs: Sequence[Written], *, serial: int) -> Iterator[str]:
    """Everything in the trail that is not as it was written; ``serial`` is the state's."""
    before: Written | None = None
    for written in runs:
        yield from _of_run(written, before)
        before = written
    recorded = max((each for written in runs for each in _serials(written)), default=0)
    if any(True for written in runs if written.records) and recorded < serial:
        yield (
            f"the state has serial {serial} and the last one recorded is {recorded}:"
            " a run is missing at the end"
        )
    if not runs and serial:
        yield f"the state has serial {serial} and no run is recorded"


def _of_run(written: Written, before: Written | None) -> Iterator[str]:
    if written.damage:
        yield f"run {written.run}: {written.damage}"
    start = written.records[0] if written.records else {}
    if start.get("event") != "start":
        if start and start.get("event") != "recovered":  # it died before its first line
            yield f"run {written.run}: its beginning is missing"
        return
    previous = before.run if before else None
    if start.get("previous") != previous:
        was, now = start.get("previous") or "no run", previous or "no run"
        yield f"run {written.run} came after {was}, and now {now} stands before it"
    elif start.get("chain") and start["chain"] != head(before):
        yield f"run {previous} was altered after run {written.run} began"


def _serials(written: Written) -> Iterator[int]:
    for record in written.records:
        serial = record.get("serial") if record.get("event") in ("committed", "recovered") else None
        if isinstance(serial, int):
            yield serial


def entries(runs: Sequence[Written]) -> tuple[Entry, ...]:
    """What each run was, in order."""
    return tuple(_entry(written) for written in runs if written.records)


def _entry(written: Written) -> Entry:
    start, counts = written.records[0], _counts(written.records)

    def text(name: str) -> str:
        return str(start.get(name) or "")

    return Entry(
        run=written.run,
        at=text("at"),
        who=text("who"),
        host=text("host"),
        doing=text("doing"),
        target=text("target"),
        environment=text("environment"),
        account=text("account"),
        plan=text("plan"),
        commit=text("commit"),
        approvals=tuple(str(each) for each in start.get("approvals") or ()),
        resumes=text("resumes"),
        undoes=text("undoes"),
        ended=_ended(written),
        applied=counts.get("applied", 0),
        failed=counts.get("failed", 0),
        unknown=counts.get("unknown", 0),
        skipped=counts.get("skipped", 0),
        head=head(written),
    )


def _counts(records: Sequence[Record]) -> Mapping[str, int]:
    """By outcome, from the end of the run, or from its outcomes where it has none."""
    for record in records:
        if record.get("event") == "end":
            return {key: each for key, each in record.items() if isinstance(each, int)}
    counts: dict[str, int] = {}
    for record in records:
        for result in record.get("results", ()) if record.get("event") == "outcome" else ():
            status = str(result.get("status"))
            counts[status] = counts.get(status, 0) + 1
    return counts


_VERIFIED: Mapping[bool | None, str] = MappingProxyType(
    {True: "verified", False: "not verified", None: "not read back"}
)


def _ended(written: Written) -> str:
    for record in reversed(written.records):
        if record.get("event") == "recovered":
            return "recovered"
        if record.get("event") == "end":
            return _VERIFIED[record.get("verified")]
    return "finished" if written.finished else "open"

"""The open records of a target as rows to simulate on; nothing here can write."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ixia_config.app.codes import RecordsUntold
from ixia_config.app.planning import planned
from ixia_config.app.refusal import Refusal, refusing
from ixia_config.app.session import Session
from ixia_config.exits import Exit
from ixia_config.kinds.record_schema.spec import RecordSchema
from ixia_config.kinds.records import Record, Records
from ixia_config.sdk.connector import Live
from ixia_config.sdk.wire import Flow

MOST = 100_000
"""Records of one pipeline that are read at most."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """Records as rows with the names of their fields, and what to say of them."""

    rows: tuple[Mapping[str, object], ...]
    notes: tuple[str, ...] = ()


def recorded(session: Session, record: str, *, limit: int = MOST) -> Recorded:
    """The open records of one type in the pipelines that are declared.

    Refusal where the files or the target do not allow it, or the system is not asked for records.
    """
    session.checked.sound()
    schema = session.configuration.get(RecordSchema, record)
    fields = frozenset(schema.body.spec.fields) if schema else frozenset[str]()
    with refusing(), session.driver(writes=False) as driver:
        live = planned(session, driver, session.state()).basis.live
        found = driver.run(asking(session, live, record, limit=limit, fields=fields))
    opened = [each for each in found.rows if not _closed(found, each)]
    return Recorded(tuple(map(_row, opened)), tuple(_notes(found, fields, opened)))


def asking(
    session: Session,
    live: Live,
    record: str,
    *,
    limit: int,
    fields: frozenset[str] = frozenset(),
) -> Flow[Records]:
    """The connector's way to read records; Refusal where it has none."""
    try:
        return session.connector.records(
            session.configuration, live, record, limit=limit, fields=fields
        )
    except NotImplementedError:
        untold = RecordsUntold(system=session.connector.title)
        raise Refusal(Exit.USAGE, untold) from None


def _closed(found: Records, each: Record) -> bool:
    """Whether it is one of the closed records that were looked for because of their reason."""
    return any(
        (address.name, address.part) == (each.pipeline, each.stage) for address in found.reasons
    )


def _row(record: Record) -> Mapping[str, object]:
    where = {"id": record.id, "pipeline": record.pipeline, "stage": record.stage}
    return {**where, **record.values}


def _notes(found: Records, fields: frozenset[str], opened: list[Record]) -> Iterator[str]:
    for pipeline, total in sorted(found.totals.items()):
        read = sum(each.pipeline == pipeline for each in opened)
        if total > read:
            yield f"only {read:,} of {total:,} open records of {pipeline} were read"
    if missing := sorted(fields - found.told):
        whys = (
            f"{name} ({found.untold[name]})" if name in found.untold else name for name in missing
        )
        yield f"not read: {', '.join(whys)}"

"""Open records as their policies see them; searches only."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from ixia_config.sdk import (
    Configuration,
    Flow,
    Live,
    Pipeline,
    Policy,
    Record,
    RecordField,
    Records,
    RecordSchema,
    needed_fields,
)
from ixia_connectors.odoo.calls import count, rows
from ixia_connectors.odoo.live import Row
from ixia_connectors.odoo.names import external_id
from ixia_connectors.odoo.resources import HELD, LEAD, TTYPES
from ixia_connectors.odoo.target import Target

_PAGE = 500
_ALWAYS = ("name", "stage_id", "user_id", "expected_revenue", "date_deadline")
_ENTERED = "date_last_stage_update"


def records(
    configuration: Configuration, live: Live, record: str, limit: int, fields: frozenset[str]
) -> Flow[Records]:
    """The open records of every pipeline of this record type that is in the database."""
    target = Target.of(configuration, live)
    policies = [each for each in target.policies(Pipeline) if each.body.spec.object == record]
    schema = configuration.get(RecordSchema, record)
    if not policies or schema is None:
        return Records(record)
    needed = fields.union(*(needed_fields(each, configuration) for each in policies))
    reader = _Reader(target, record, schema.body.spec.fields)
    untold = {key: why for key in schema.body.spec.fields if (why := reader.why_not(key))}
    told = frozenset(needed - set(untold))
    found: list[Record] = []
    totals: dict[str, int] = {}
    for policy in policies:
        stages = reader.stages(policy)
        domain: list[Any] = [["active", "=", True], ["stage_id", "in", sorted(stages)]]
        totals[policy.name] = yield from count(LEAD, domain)
        read = yield from _some(domain, reader.columns(told), limit)
        found += [reader.record(policy, stages, told, row) for row in read]
    return Records(record, "records", tuple(found), told, untold, totals)


def _some(domain: list[Any], fields: Sequence[str], limit: int) -> Flow[list[Row]]:
    """Records by id, each page after the last one."""
    found: list[Row] = []
    while len(found) < limit:
        after = ["id", ">", found[-1]["id"] if found else 0]
        wanted = min(_PAGE, limit - len(found))
        page = yield from rows(LEAD, [*domain, after], fields, limit=wanted)
        found += page
        if len(page) < wanted:
            break
    return found


@dataclass(frozen=True, slots=True)
class _Reader:
    """What is read of each record, and how it is spelled in the words of the policies."""

    target: Target
    noun: str
    fields: Mapping[str, RecordField]

    def why_not(self, key: str) -> str:
        """Why a field cannot be read; empty where it can."""
        declared = self.fields[key]
        if declared.type not in TTYPES:
            return f"Odoo's leads have no field for a {declared.type}"
        if declared.sensitive:
            return "it is sensitive, and not read"
        live = self.target.field(self.target.name_of(self.noun, key))
        if live is None:
            return "Odoo has no such field"
        fits = live.fields["type"] == HELD[declared.type]
        return "" if fits else f"Odoo's field holds a {live.fields['type']}"

    def columns(self, told: frozenset[str]) -> list[str]:
        read = (self.target.name_of(self.noun, key) for key in sorted(told))
        return list(dict.fromkeys((*_ALWAYS, _ENTERED, *read)))

    def stages(self, policy: Policy[Pipeline]) -> dict[int, str]:
        """The keys of the open stages that are there, by database id."""
        found = {}
        for stage in policy.body.spec.stages:
            bound = self.target.bound.get(policy.address.at(stage.key))
            chosen = external_id("stage", policy.name, stage.key)
            live = self.target.found("stage", bound or chosen)
            if stage.type == "open" and live is not None:
                found[int(live.raw["id"])] = stage.key
        return found

    def record(
        self,
        policy: Policy[Pipeline],
        stages: Mapping[int, str],
        told: frozenset[str],
        row: Row,
    ) -> Record:
        """One row of an answer."""
        owner = row["user_id"]
        person = next(
            (
                each
                for each in self.target.live.people
                if owner and each.ids["user"] == str(owner[0])
            ),
            None,
        )
        return Record(
            id=str(row["id"]),
            title=str(row["name"]),
            pipeline=policy.name,
            stage=stages.get(row["stage_id"][0]) if row["stage_id"] else None,
            values=dict(self.values(told, row)),
            owner=str(owner[1]) if owner else "",
            owner_email=person.email if person else "",
            amount=_number(row["expected_revenue"]),
            entered_at=_instant(row[_ENTERED]),
            closes_on=_day(row["date_deadline"]),
        )

    def values(self, told: frozenset[str], row: Row) -> Iterator[tuple[str, object]]:
        for key in sorted(told):
            yield key, self.spelled(self.fields[key], row[self.target.name_of(self.noun, key)])

    def spelled(self, declared: RecordField, value: Any) -> object:
        """A value as the policies write it; 0 is an empty number, as gates count it."""
        if declared.type == "boolean":
            return bool(value)
        if value in (False, None, "", 0):
            return None
        match declared.type:
            case "percent":
                return f"{Decimal(str(value)) * 100:f}%"
            case "integer" | "decimal" | "money":
                return _number(value)
            case "datetime":
                at = _instant(value)
                return at.isoformat() if at else None
            case "person":
                people = {each.ids["user"]: each.email for each in self.target.live.people}
                return people.get(str(value[0]))
            case _:
                return str(value)


def _number(value: Any) -> str | None:
    return f"{Decimal(str(value)):f}" if value else None


def _instant(value: Any) -> datetime | None:
    return datetime.fromisoformat(str(value)).replace(tzinfo=UTC) if value else None


def _day(value: Any) -> date | None:
    return date.fromisoformat(str(value)[:10]) if value else None

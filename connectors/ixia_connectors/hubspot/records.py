"""Open records as their policies see them, and closed ones without a reason; searches only."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from ixia_config.sdk import (
    Address,
    Configuration,
    Flow,
    Json,
    Kind,
    Live,
    LiveResource,
    Pipeline,
    Policy,
    Record,
    RecordField,
    Records,
    RecordSchema,
    RemoteError,
    RemotePerson,
    Stage,
    needed_fields,
)
from ixia_connectors.hubspot import calls, names
from ixia_connectors.hubspot.calls import Body
from ixia_connectors.hubspot.names import ENTERED_STAGE, LAST_ACTIVITY, RecordType, parts, remote
from ixia_connectors.hubspot.read import people
from ixia_connectors.hubspot.target import Target
from ixia_connectors.hubspot.told import Told, told
from ixia_connectors.hubspot.values import number_text

_PAGE = 100
_ID, _OWNER = "hs_object_id", "hubspot_owner_id"


def records(
    configuration: Configuration, live: Live, record: str, limit: int, fields: frozenset[str]
) -> Flow[Records]:
    """The records of every pipeline of this record type that is in the account."""
    target = Target.of(configuration, live)
    policies = [each for each in target.pipelines if each.body.spec.object == record]
    kind = target.record_type(record)
    if kind is None or not policies:
        return Records(record)
    needed = fields.union(*(needed_fields(each, configuration) for each in policies))
    everyone = yield from _people()
    reader = _Reader.of(target, kind, record, needed, everyone)
    found = Records(record, kind.plural, told=reader.readable, untold=reader.told.untold)
    for policy in policies:
        found = yield from _of_pipeline(reader, _Place.of(target, policy, kind), found, limit)
    return found


def _people() -> Flow[tuple[RemotePerson, ...] | None]:
    """Everyone who owns records; None where the token may not know."""
    try:
        return (yield from people())
    except RemoteError as error:
        if error.kind is Kind.UNAUTHORISED and error.status == 403:
            return None
        raise


@dataclass(frozen=True, slots=True)
class _Place:
    """One pipeline in the account: the key of each stage by its id; None for one of nobody."""

    policy: Policy[Pipeline]
    pipeline: str
    keys: Mapping[str, str | None]
    open: tuple[str, ...]

    @classmethod
    def of(cls, target: Target, policy: Policy[Pipeline], kind: RecordType) -> _Place:
        pipeline = target.pipeline_id(policy, kind)
        there = [
            each
            for each in target.live.resources
            if each.type == "stage" and each.parent == remote(kind.api, pipeline)
        ]
        ours = {_stage_id(target, policy, each, there): each for each in policy.body.spec.stages}
        ids = {parts(each.remote_id)[-1]: each for each in there}
        keys = {id_: ours[id_].key if id_ in ours else None for id_ in ids}
        opened = [
            id_
            for id_, live in ids.items()
            if (ours[id_].type == "open" if id_ in ours else not _is_closed(live))
        ]
        return cls(policy, pipeline, keys, tuple(sorted(opened)))

    def stage(self, key: str) -> str | None:
        """The id of a stage that is in the account."""
        return next((id_ for id_, each in self.keys.items() if each == key), None)


def _stage_id(
    target: Target, policy: Policy[Pipeline], stage: Stage, there: Sequence[LiveResource]
) -> str:
    """As a plan finds it: named in the YAML, bound, under the id of our choice, by its title."""
    named = target.external_stages(policy).get(stage.key)
    bound = target.bound.get(policy.address.at(stage.key))
    chosen = names.stage_id(policy.name, stage.key)
    if named or bound:
        return named or parts(bound or "")[-1]
    ids = {each.title: parts(each.remote_id)[-1] for each in there}
    return chosen if chosen in ids.values() else ids.get(stage.title, chosen)


def _is_closed(stage: LiveResource) -> bool:
    metadata = stage.raw.get("metadata") or {}
    state = str(metadata.get("ticketState") or "")
    return str(metadata.get("isClosed")).lower() == "true" or state == "CLOSED"


def _of_pipeline(reader: _Reader, place: _Place, found: Records, limit: int) -> Flow[Records]:
    """Add the open records of one pipeline, and the closed ones that lack a reason."""
    rows, total = list(found.rows), 0
    more, reasons = set(found.more), set(found.reasons)
    if place.open:
        opened, total = yield from _search(reader, place, place.open, (), limit)
        rows += opened
    for address, stage, without in _reasons(reader.target, reader.kind, place):
        closed, count = yield from _search(reader, place, (stage,), without, limit)
        rows += closed
        reasons.add(address)
        more |= {address} if count > len(closed) else set()
    return Records(
        found.record,
        found.noun,
        tuple(rows),
        found.told,
        found.untold,
        {**found.totals, place.policy.name: total},
        frozenset(reasons),
        frozenset(more),
    )


def _reasons(
    target: Target, kind: RecordType, place: _Place
) -> Iterator[tuple[Address, str, tuple[Json, ...]]]:
    """Each closed stage whose reasons the account has, and how to search for their absence.

    Records that were closed before there was anything to choose from break no rule.
    """
    policy = place.policy
    for stage in policy.body.spec.stages:
        address = policy.address.at(f".reason.{stage.key}")
        chosen = remote(kind.api, names.reason_property(policy.name, stage.key))
        live = target.found("property", target.bound.get(address, chosen))
        id_ = place.stage(stage.key)
        if stage.reasons and live is not None and id_ is not None:
            name = parts(live.remote_id)[-1]
            filters: tuple[Json, ...] = (
                {"propertyName": name, "operator": "NOT_HAS_PROPERTY"},
                *_since(target, kind, live),
            )
            yield policy.address.at(stage.key), id_, filters


def _since(target: Target, kind: RecordType, reason: LiveResource) -> Iterator[Json]:
    there = target.found("property", remote(kind.api, ENTERED_STAGE)) is not None
    made = _instant(str(reason.raw.get("createdAt") or ""))
    if there and made is not None:
        milliseconds = str(int(made.timestamp() * 1000))
        yield {"propertyName": ENTERED_STAGE, "operator": "GTE", "value": milliseconds}


def _search(
    reader: _Reader,
    place: _Place,
    stages: Iterable[str],
    filters: Iterable[Json],
    limit: int,
) -> Flow[tuple[list[Record], int]]:
    """Records on these stages by id, and how many there are; a page begins after the last id.

    So the search reaches further than the 10,000 records that it shows of one query.
    """
    kind = reader.kind
    wanted: list[Json] = [
        {"propertyName": kind.pipeline, "operator": "EQ", "value": place.pipeline},
        {"propertyName": kind.stage, "operator": "IN", "values": list[Json](stages)},
        *filters,
    ]
    found: list[Record] = []
    total, last = 0, "0"
    while len(found) < limit:
        body = reader.query(wanted, last, min(_PAGE, limit - len(found)))
        request = calls.query("search", kind.api, json=body)
        page = yield from calls.one(request)
        rows = calls.results(page, request)
        total = total or int(page.get("total", 0))
        found += [reader.record(place, row) for row in rows]
        if calls.next_page(page) is None or not rows:
            break
        last = str(rows[-1]["id"])
    return found, max(total, len(found))


@dataclass(frozen=True, slots=True)
class _Reader:
    """What is read of each record, and how it is spelled in the words of the policies."""

    target: Target
    kind: RecordType
    told: Told
    readable: frozenset[str]
    fields: Mapping[str, RecordField]
    owners: Mapping[str, RemotePerson]
    zone: ZoneInfo

    @classmethod
    def of(
        cls,
        target: Target,
        kind: RecordType,
        noun: str,
        needed: frozenset[str],
        everyone: tuple[RemotePerson, ...] | None,
    ) -> _Reader:
        schema = target.configuration.get(RecordSchema, noun)
        fields = schema.body.spec.fields if schema else {}
        can = told(target, kind, noun, planned=False)
        people_known = everyone is not None
        readable = {
            name for name in needed & can.fields if fields[name].type != "person" or people_known
        }
        owners = {each.ids["owner"]: each for each in everyone or ()}
        zone = _zone(target.live.identity.zone)
        return cls(target, kind, can, frozenset(readable), fields, owners, zone)

    def query(self, filters: Sequence[Json], last: str, limit: int) -> Json:
        """One page of a search, after a record's id."""
        after: Json = {"propertyName": _ID, "operator": "GT", "value": last}
        return {
            "filterGroups": [{"filters": [*filters, after]}],
            "properties": list[Json](self.properties),
            "sorts": [{"propertyName": _ID, "direction": "ASCENDING"}],
            "limit": limit,
        }

    @property
    def properties(self) -> Sequence[str]:
        """Only what somebody looks at."""
        kind = self.kind
        always = (kind.name, kind.amount, kind.stage, _OWNER, ENTERED_STAGE, LAST_ACTIVITY)
        read = [self.told.properties[name] for name in sorted(self.readable)]
        closing = kind.standard.get("close_date", "")
        return [each for each in dict.fromkeys((*always, closing, *read)) if each]

    def record(self, place: _Place, row: Body) -> Record:
        """One row of an answer."""
        held: Mapping[str, str | None] = row["properties"]
        kind, owner = self.kind, held.get(_OWNER)
        found = self.owners.get(owner or "")
        return Record(
            id=str(row["id"]),
            title=held.get(kind.name) or str(row["id"]),
            pipeline=place.policy.name,
            stage=place.keys.get(held.get(kind.stage) or ""),
            values=dict(self._values(place, held)),
            owner=found.name if found else f"owner {owner}" if owner else "",
            owner_email=found.email if found else "",
            amount=number_text(held.get(kind.amount)) if kind.amount else None,
            entered_at=_instant(held.get(ENTERED_STAGE) or ""),
            active_at=_active(row),
            closes_on=self._day(held.get(kind.standard.get("close_date", "")) or ""),
        )

    def _values(
        self, place: _Place, held: Mapping[str, str | None]
    ) -> Iterator[tuple[str, str | None]]:
        """The value of each field that the answer names; an owner whom nobody knows is left out."""
        for name in self.readable:
            own = self.told.properties[name]
            if own not in held:
                continue
            text = held[own]
            if not text:
                yield name, None
            elif own in (self.kind.stage, self.kind.pipeline):
                key = place.keys.get(text) if own == self.kind.stage else place.policy.name
                yield name, key or text
            elif self.fields[name].type != "person":
                yield name, self._spelled(self.fields[name], text)
            elif text in self.owners:
                yield name, self.owners[text].email

    def _spelled(self, field: RecordField, text: str) -> str:
        match field.type:
            case "percent":
                return f"{number_text(text)}%"
            case "integer" | "decimal" | "money":
                return number_text(text) or text
            case "date":
                day = self._day(text)
                return day.isoformat() if day else text
            case "choices":
                return text.strip(";")
            case _:
                return text

    def _day(self, text: str) -> date | None:
        """The day of a date, or of a moment as it is in the account's zone."""
        at = _instant(text) if "T" in text else None
        if at is not None:
            return at.astimezone(self.zone).date()
        try:
            return date.fromisoformat(text)
        except ValueError:
            return None


def _active(row: Body) -> datetime | None:
    """The last activity; where HubSpot counts them and has none, since the record was made."""
    held = row["properties"]
    if LAST_ACTIVITY not in held:
        return None
    return _instant(str(held[LAST_ACTIVITY] or row.get("createdAt") or ""))


def _instant(text: str) -> datetime | None:
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def _zone(name: str | None) -> ZoneInfo:
    try:
        return ZoneInfo(name or "UTC")
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")

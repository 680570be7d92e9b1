"""The connector of the reference CRM: pipelines and stages, ids given by the server."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, ClassVar, cast

from ixia_config.sdk import (
    Address,
    Change,
    Clause,
    Configuration,
    Connector,
    Dependents,
    FieldType,
    Finding,
    Flow,
    Identity,
    Kind,
    Level,
    Lifted,
    LimitHeaders,
    Live,
    LiveResource,
    Lowered,
    Outcome,
    Pipeline,
    Policy,
    Rehearsal,
    RemoteError,
    Request,
    ResourceType,
    Response,
    Scope,
    Stage,
    Value,
    Verb,
)
from ixia_config.sdk import Desired as Wanted
from ixia_config.sdk import Retired as Leaving
from ixia_config.testing.connectors.reference import lift, write
from ixia_config.testing.connectors.reference.crm import ACCOUNT, TOKEN, Crm

PIPELINE = ResourceType(
    "pipeline",
    "pipeline",
    rank=1,
    plural="pipelines",
    removal="delete",
    fields={
        "title": FieldType("title"),
        "order": FieldType("order of stages", format="reference", semantics="order"),
    },
)
STAGE = ResourceType(
    "stage",
    "stage",
    rank=2,
    plural="stages",
    removal="delete",
    container=True,
    fields={
        "title": FieldType("title"),
        "chance": FieldType("probability", format="percent"),
    },
)
Row = dict[str, Any]


class Reference(Connector):
    """Pipelines and stages of the reference CRM."""

    name: ClassVar[str] = "reference"
    title: ClassVar[str] = "Reference CRM"
    hosts: ClassVar[tuple[str, ...]] = ()
    base_url: ClassVar[str] = "http://127.0.0.1"
    types: ClassVar[tuple[ResourceType, ...]] = (PIPELINE, STAGE)
    kinds: ClassVar[frozenset[str]] = frozenset({"Pipeline"})
    settle_seconds: ClassVar[float] = 30.0
    limits: ClassVar[LimitHeaders | None] = LimitHeaders("x-limit", "x-left")

    def identify(self) -> Flow[Identity]:
        account = yield from _one(Request("GET", "/account", reads=True))
        return Identity(self.name, str(account["id"]), str(account["name"]))

    def read(self, scope: Scope) -> Flow[Live]:
        account = yield from _one(Request("GET", "/account", reads=True))
        identity = Identity(self.name, str(account["id"]), str(account["name"]))
        try:
            pipelines = yield from self._all("pipelines", scope)
            stages = yield from self._all("stages", scope)
        except RemoteError as error:
            if error.kind is not Kind.UNAUTHORISED or error.status != 403:
                raise
            return Live(identity, incomplete=(error.message,), facts=account)
        found = [_pipeline(row, stages) for row in pipelines]
        found += [_stage(row) for row in stages]
        return Live(identity, tuple(found), facts=account)

    def _all(self, table: str, scope: Scope) -> Flow[list[Row]]:
        """What the list shows, and what we made so lately that the list lacks it."""
        rows = yield from pages(table)
        known = {row["id"] for row in rows}
        kind = table.removesuffix("s")
        for address, remote_id in sorted(scope.bound.items()):
            if remote_id not in known and _type_of(address) == kind:
                row = yield from absent_as_none(Request("GET", f"/{table}/{remote_id}", reads=True))
                rows += [row] if row else []
        return rows

    def lower(self, configuration: Configuration, live: Live) -> Lowered:
        policies = list(configuration.of(Pipeline))
        return Lowered(
            desired=tuple(each for policy in policies for each in _wanted(policy, live)),
            retired=tuple(each for policy in policies for each in _leaving(policy, live)),
            clauses=tuple(each for policy in policies for each in _clauses(policy)),
        )

    def lift(self, live: Live) -> Lifted:
        return lift.lift(live)

    def inspect(self, changes: Sequence[Change], live: Live) -> Flow[Sequence[Finding]]:  # noqa: ARG002
        findings = []
        for change in changes:
            if change.type == "stage" and (change.verb.removes or change.verb is Verb.MIGRATE):
                rows = yield from pages("records", stage=change.remote_id or "")
                sample = tuple(str(row["name"]) for row in rows[:3])
                held = Dependents(len(rows), "records", sample=sample)
                findings.append(Finding(change.id, held))
        return findings

    def units(self, changes: Sequence[Change]) -> Sequence[Sequence[Change]]:
        return [[change] for change in changes]

    def cost(self, unit: Sequence[Change]) -> int:
        return write.cost(unit[0])

    def write(self, unit: Sequence[Change], ids: Mapping[Address, str]) -> Flow[Sequence[Outcome]]:
        return write.write(unit[0], ids)

    def explain_error(self, response: Response, request: Request) -> RemoteError | None:
        return explain_error(response, request)

    def rehearsal(self, *, path: str = ":memory:", demo: bool = False) -> Rehearsal:  # noqa: ARG002
        return Rehearsal(Crm(), ACCOUNT, TOKEN)


def explain_error(response: Response, request: Request) -> RemoteError | None:
    """What an answer says of the effect of its request."""
    if response.status < 300:
        return None
    body = response.json if isinstance(response.json, dict) else {}
    kind, code = _kind(response.status, reads=request.reads)
    message = str(body.get("message") or f"status {response.status}")
    return RemoteError(kind, message, code=code, status=response.status)


def _kind(status: int, *, reads: bool) -> tuple[Kind, str]:
    if status in (401, 403):
        return Kind.UNAUTHORISED, "IX601" if status == 401 else "IX605"
    if status == 429:
        return Kind.THROTTLED, "IX606"
    if status >= 500:
        return (Kind.UNAVAILABLE if reads else Kind.UNKNOWN), "IX608"
    if status == 408:
        return (Kind.UNAVAILABLE if reads else Kind.UNKNOWN), "IX610"
    return Kind.REJECTED, {404: "IX611", 409: "IX612"}.get(status, "IX613")


def _one(request: Request) -> Flow[Row]:
    response = yield request
    if not isinstance(response.json, dict):
        raise RemoteError(Kind.REJECTED, f"{request} was answered with no object", code="IX609")
    return cast("Row", response.json)


def pages(table: str, **where: str) -> Flow[list[Row]]:
    """All rows of a list, page by page; an error where fewer came than the list announced."""
    rows: list[Row] = []
    after: str | None = "0"
    total = 0
    while after is not None:
        params = (*where.items(), ("after", after))
        found = yield from _one(Request("GET", f"/{table}", params, reads=True))
        rows += found["results"]
        after, total = found["after"], int(found["total"])
    if len(rows) != total:
        message = f"{total} {table} were announced and {len(rows)} came"
        raise RemoteError(Kind.UNAVAILABLE, message, code="IX609")
    return rows


def absent_as_none(request: Request) -> Flow[Row | None]:
    """One row, None where it is not there."""
    try:
        return (yield from _one(request))
    except RemoteError as error:
        if error.status == 404:
            return None
        raise


def _type_of(address: Address) -> str:
    return "stage" if address.part else "pipeline"


def _pipeline(row: Row, stages: Sequence[Row]) -> LiveResource:
    own = [each for each in stages if each["pipeline"] == row["id"]]
    order = [str(each["id"]) for each in sorted(own, key=lambda each: int(each["position"]))]
    fields: dict[str, Value] = {"title": row["name"], "order": tuple(order)}
    return LiveResource("pipeline", row["id"], row["name"], row["name"], fields, raw=row)


def _stage(row: Row) -> LiveResource:
    if "chance" not in row:
        message = "a stage has no chance any more: the API has another version"
        raise RemoteError(Kind.REJECTED, message, code="IX609")
    fields: dict[str, Value] = {"title": row["name"], "chance": row["chance"]}
    return LiveResource(
        "stage", row["id"], row["name"], row["name"], fields, parent=row["pipeline"], raw=row
    )


def _name(title: str, live: Live) -> str:
    """A name as the account will hand it back."""
    return title.strip().lower() if live.facts.get("lower") else title.strip()


def _wanted(policy: Policy[Pipeline], live: Live) -> list[Wanted]:
    spec, address = policy.body.spec, policy.address
    title = _name(policy.title, live)
    order = tuple(str(address.at(stage.key)) for stage in spec.stages)
    fields: dict[str, Value] = {"title": title, "order": order}
    named = next(iter(spec.external.values()), None)
    known = dict(named.stages) if named else {}
    own = Wanted(
        "pipeline",
        address,
        policy.title,
        title,
        fields,
        remote_id=named.id if named else None,
        source=policy.source,
    )
    return [own, *(_wanted_stage(policy, stage, known, live) for stage in spec.stages)]


def _wanted_stage(
    policy: Policy[Pipeline], stage: Stage, known: Mapping[str, str], live: Live
) -> Wanted:
    title = _name(stage.title, live)
    fields: dict[str, Value] = {"title": title}
    if stage.chance is not None:
        fields["chance"] = percent_text(stage.chance)
    came = {each.to: each.from_ for each in policy.body.spec.moved}
    previous = (policy.address.at(came[stage.key]),) if stage.key in came else ()
    return Wanted(
        "stage",
        policy.address.at(stage.key),
        stage.title,
        title,
        fields,
        parent=policy.address,
        remote_id=known.get(stage.key),
        previous=previous,
        source=policy.source,
    )


def percent_text(chance: Decimal) -> str:
    """A chance as the CRM writes it: ``0.4``, ``1``."""
    return f"{chance.normalize():f}"


def _clauses(policy: Policy[Pipeline]) -> list[Clause]:
    """Titles, order and probabilities are held; everything else is said to be not."""
    held = Clause(policy.address, "title, stages and their order", Level.NATIVE)
    known = {"key", "title", "type", "probability"}
    others = {
        (stage.key, name)
        for stage in policy.body.spec.stages
        for name in stage.model_fields_set - known
    }
    note = "the reference CRM has no place for it"
    return [
        held,
        *(
            Clause(policy.address.at(key), f"{name} of {key}", Level.UNSUPPORTED, note)
            for key, name in sorted(others)
        ),
    ]


def _leaving(policy: Policy[Pipeline], live: Live) -> list[Leaving]:
    return [
        Leaving(
            "stage",
            policy.address.at(each.key),
            each.title or each.key,
            policy.address,
            natural_key=_name(each.title, live) if each.title else "",
            migrate_to=policy.address.at(each.migrate_to),
            source=policy.source,
        )
        for each in policy.body.spec.retired
    ]

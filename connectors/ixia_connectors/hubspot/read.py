"""Reading an account: a few lists, and object by object only what the scope names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ixia_config.sdk import (
    Configuration,
    Flow,
    Identity,
    Kind,
    Live,
    LiveResource,
    Quota,
    RemoteError,
    RemotePerson,
    Scope,
)
from ixia_connectors.hubspot import names
from ixia_connectors.hubspot.calls import (
    absent_as_none,
    body,
    get,
    next_page,
    one,
    results,
    some,
    unreadable,
)
from ixia_connectors.hubspot.flow_live import flow_resources, marked
from ixia_connectors.hubspot.flow_steps import Names
from ixia_connectors.hubspot.live import (
    checks_resource,
    group_resource,
    person,
    pipeline_resources,
    property_resource,
    rules_resource,
)
from ixia_connectors.hubspot.lower.gate_flows import gated
from ixia_connectors.hubspot.names import RecordType, parts, record_type, remote
from ixia_connectors.hubspot.read_flows import action_types, flow_rows
from ixia_connectors.hubspot.target import (
    Target,
    needs_approval,
    needs_rules,
    target_names,
    type_of,
)

_RULES = "pipeline rules"
_FLOWS = "workflows"
_DAILY = "x-hubspot-ratelimit-daily-remaining"


@dataclass(frozen=True, slots=True)
class _Part:
    """What one step of a read found, or why it could not look."""

    resources: tuple[LiveResource, ...] = ()
    people: tuple[RemotePerson, ...] = ()
    missing: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Reach:
    """Which lists a read asks for: names of record types, in the order of the table."""

    pipelines: tuple[str, ...]
    properties: tuple[str, ...]
    people: bool
    flows: tuple[str, ...] = ()  # ids of the record types that workflows are asked about
    all_flows: bool = False


def identify() -> Flow[Identity]:
    """Ask which account the token belongs to."""
    found, _ = yield from _account()
    return found


def _account() -> Flow[tuple[Identity, int | None]]:
    request = get("account")
    response = yield request
    found = body(response, request)
    if "portalId" not in found:
        raise unreadable(request, "HubSpot does not say which account this is")
    account, remaining = str(found["portalId"]), response.headers.get(_DAILY, "")
    kind = "" if found.get("accountType") == "STANDARD" else _kind(found.get("accountType"))
    identity = Identity(
        connector="hubspot",
        account=account,
        title=f"HubSpot {kind}{account}",
        currency=found.get("companyCurrency"),
        zone=found.get("timeZone"),
    )
    return identity, int(remaining) if remaining.isdigit() else None


def _kind(account_type: Any) -> str:
    return f"{str(account_type).lower().replace('_', ' ')} " if account_type else ""


def read(scope: Scope) -> Flow[Live]:
    """Read what the scope covers; what may not be read is named, and the rest is read."""
    identity, remaining = (scope.identity, None) if scope.identity else (yield from _account())
    configuration = scope.configuration or Configuration()
    facts = {
        "bound": scope.bound,
        "targets": target_names(configuration, identity.account),
    }
    live = Live(identity, quota=Quota(0, remaining), facts=facts)
    target = Target.of(configuration, live)
    reach = _reach(scope, target)
    steps = [(_pipelines(record_type(name)), f"{name} pipelines") for name in reach.pipelines]
    steps += [(_properties(record_type(name)), f"{name} properties") for name in reach.properties]
    found = yield from _all(steps)
    return (yield from _with_details(scope, reach, _gathered(live, found)))


def _with_details(scope: Scope, reach: _Reach, live: Live) -> Flow[Live]:
    """Add people and rules to what the lists gave."""
    found = yield from _all([(_people(), "owners")] if reach.people else [])
    if reach.all_flows:
        known = Names.of(each for part in found for each in part.people)
        found += yield from _all([(_flows(reach.flows, known), _FLOWS)])
    emails = _emails(found)
    for kind, pipeline in _pipelines_with_rules(scope, live):
        found += yield from _all([(_rules(kind, pipeline, emails), _RULES)])
        if found[-1].missing:
            break  # the others would be refused in the same way
    return _gathered(live, found)


def _all(steps: Sequence[tuple[Flow[_Part], str]]) -> Flow[list[_Part]]:
    """Do one step after the other."""
    found: list[_Part] = []
    for step, what in steps:
        part = yield from _attempt(step, what)
        found.append(part)
    return found


def _gathered(live: Live, found: Iterable[_Part]) -> Live:
    found = list(found)
    missing = dict.fromkeys(part.missing for part in found if part.missing)
    return Live(
        identity=live.identity,
        resources=live.resources + tuple(each for part in found for each in part.resources),
        people=live.people + tuple(each for part in found for each in part.people),
        incomplete=live.incomplete + tuple(missing),
        quota=live.quota,
        facts={**live.facts, **{k: v for part in found for k, v in part.facts.items()}},
    )


def _attempt(step: Flow[_Part], what: str) -> Flow[_Part]:
    """Go on without what the token may not read; every other failure ends the read."""
    try:
        return (yield from step)
    except RemoteError as error:
        if error.kind is Kind.UNAUTHORISED and error.status == 403:
            return _Part(missing=f"{what}: {error}")
        raise


def _reach(scope: Scope, target: Target) -> _Reach:
    pipelines = [target.record_type(each.body.spec.object) for each in target.pipelines]
    schemas = [target.record_type(each.name) for each in target.schemas]
    with_reasons = [
        target.record_type(each.body.spec.object)
        for each in target.pipelines
        if any(stage.reasons for stage in each.body.spec.stages)
    ]
    bound = _bound(scope, pipelines=True), _bound(scope, pipelines=False)
    everything = names.WITH_PIPELINES if scope.everything else ()
    nouns = [each.body.spec.object for each in (*target.routings, *target.slas)]
    nouns += [each.body.spec.object for each in target.pipelines if gated(each)]
    routed = [target.record_type(each) for each in nouns]
    automated = any(type_of(each) == "flow" for each in scope.bound)
    gates = any(gated(each) for each in target.pipelines)
    flows = bool(routed) or gates or automated or scope.everything
    approvals = any(needs_approval(s) for each in target.pipelines for s in each.body.spec.stages)
    return _Reach(
        pipelines=_ordered({*_named(pipelines), *bound[0], *everything}),
        properties=_ordered(
            {*_named(schemas), *_named(with_reasons), *_named(routed), *bound[1], *everything}
        ),
        people=approvals or flows,
        flows=tuple(dict.fromkeys(each.type_id for each in routed if each is not None)),
        all_flows=flows,
    )


def _named(kinds: Iterable[RecordType | None]) -> set[str]:
    return {kind.api for kind in kinds if kind is not None}


def _bound(scope: Scope, *, pipelines: bool) -> set[str]:
    """Record types of what the state has bound: of pipelines and their parts, or of fields."""
    return {
        parts(remote_id)[0]
        for address, remote_id in scope.bound.items()
        if type_of(address) in (_PIPELINED if pipelines else _FIELDS)
    }


_PIPELINED = ("pipeline", "stage", "rules")
_FIELDS = ("group", "property", "checks")


def _ordered(found: set[str]) -> tuple[str, ...]:
    known = [kind.api for kind in names.RECORD_TYPES if kind.api in found]
    return (*known, *sorted(found - set(known)))


def _pipelines(kind: RecordType) -> Flow[_Part]:
    rows = yield from some(get("pipelines", kind.api))
    return _Part(tuple(each for row in rows for each in pipeline_resources(kind, row)))


def _properties(kind: RecordType) -> Flow[_Part]:
    groups = yield from some(get("groups", kind.api))
    rows = yield from some(get("properties", kind.api))
    validations = yield from some(get("validations", kind.type_id))
    rules = {row["propertyName"]: row.get("propertyValidationRules") or [] for row in validations}
    return _Part(
        (
            *(group_resource(kind, row) for row in groups),
            *(property_resource(kind, row) for row in rows),
            *(
                checks_resource(kind, row["name"], row["label"], rules[row["name"]])
                for row in rows
                if row["name"] in rules
            ),
        )
    )


def _people() -> Flow[_Part]:
    found: list[RemotePerson] = []
    after: str | None = None
    while True:
        request = get("owners", limit="100", **({"after": after} if after else {}))
        page = yield from one(request)
        found.extend(person(row) for row in results(page, request) if row.get("email"))
        after = next_page(page)
        if after is None:
            return _Part(people=tuple(found))


def people() -> Flow[tuple[RemotePerson, ...]]:
    """Everyone who owns records in the account."""
    return (yield from _people()).people


def _emails(found: Iterable[_Part]) -> Mapping[str, str]:
    everyone = (each for part in found for each in part.people)
    return {each.ids["user"]: each.email for each in everyone if "user" in each.ids}


def _pipelines_with_rules(scope: Scope, live: Live) -> list[tuple[RecordType, str]]:
    """The pipelines whose rules are worth a request: rules cannot be listed."""
    if scope.everything:
        wanted = {each.remote_id for each in live.resources if each.type == "pipeline"}
    else:
        wanted = set(_with_rules_wanted(scope, live))
    held = [each.remote_id for each in live.resources if each.type == "pipeline"]
    found = [each for each in held if each in wanted]
    # Of pipelines that are still to come one is asked for, to learn now whether the token may.
    found += sorted(wanted - set(held))[:1] if not found else []
    return [(record_type(each[0]), each[1]) for each in map(parts, found)]


def _with_rules_wanted(scope: Scope, live: Live) -> Iterable[str]:
    target = Target.of(scope.configuration or Configuration(), live)
    for policy in target.pipelines:
        kind = target.record_type(policy.body.spec.object)
        if kind is not None and needs_rules(policy):
            yield remote(kind.api, target.pipeline_id(policy, kind))
    for address, remote_id in scope.bound.items():
        if address.part == ".rules":
            yield remote(*parts(remote_id)[:2])


def _rules(kind: RecordType, pipeline: str, emails: Mapping[str, str]) -> Flow[_Part]:
    found = yield from absent_as_none(get("rules", kind.type_id, pipeline))
    return _Part(() if found is None else (rules_resource(kind, pipeline, found, emails),))


def _flows(type_ids: Sequence[str], known: Names) -> Flow[_Part]:
    """Workflows of ours, how many others there are, and what workflows may do."""
    rows = yield from flow_rows()
    ours = [row for row in rows if marked(row)]
    allowed: dict[str, frozenset[str] | None] = {}
    for type_id in type_ids:
        allowed[type_id] = yield from action_types(type_id)
    return _Part(
        resources=tuple(each for row in ours for each in flow_resources(row, known)),
        facts={"actions": allowed, "other_flows": len(rows) - len(ours)},
    )

"""Connectors that break one promise each, to prove that each check of the kit can fail."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from ixia_config.sdk import (
    Change,
    Dependents,
    Kind,
    Lifted,
    LimitHeaders,
    Live,
    Outcome,
    RemoteError,
    Request,
    Status,
    Verb,
)
from ixia_config.testing.connectors.reference.connector import Reference
from ixia_config.testing.connectors.reference.crm import TOKEN
from ixia_config.testing.connectors.reference.subject import ReferenceSubject


def _seen(live: Live, **fields: Any) -> Live:
    """The live stages with other values."""
    changed = tuple(
        replace(each, fields={**each.fields, **fields}) if each.type == "stage" else each
        for each in live.resources
    )
    return replace(live, resources=changed)


def _mapped(flow, change):
    """The flow with each of its requests changed."""
    reply = None
    try:
        request = next(flow)
        while True:
            try:
                reply = yield change(request)
            except RemoteError as error:
                request = flow.throw(error)
            else:
                request = flow.send(reply)
    except StopIteration as stop:
        return stop.value


class SaysRemoved(Reference):
    """Removes nothing and says that it did."""

    def write(self, unit: Sequence[Change], ids: Mapping[Any, str]):
        if unit[0].verb.removes:
            return [Outcome(unit[0].id, Status.APPLIED, unit[0].remote_id)]
        return (yield from super().write(unit, ids))


class ReadsOtherText(Reference):
    """Reads a chance in another spelling than it is desired in."""

    def read(self, scope):
        live = yield from super().read(scope)
        spelt = [
            replace(each, fields={**each.fields, "chance": f"{each.fields['chance']}0"})
            if each.type == "stage"
            else each
            for each in live.resources
        ]
        return replace(live, resources=tuple(spelt))


class WideIsPoor(Reference):
    """Reads less of each object when everything is asked for."""

    def read(self, scope):
        live = yield from super().read(scope)
        return _seen(live, chance=None) if scope.everything else live


class Replaces(Reference):
    """Changes an object by making another one in its place."""

    def write(self, unit: Sequence[Change], ids: Mapping[Any, str]):
        change = unit[0]
        if change.verb is not Verb.UPDATE or change.type != "stage":
            return (yield from super().write(unit, ids))
        answer = yield Request("GET", f"/stages/{change.remote_id}", reads=True)
        old: Any = answer.json
        yield Request("DELETE", f"/stages/{change.remote_id}")
        body = {key: old[key] for key in ("name", "pipeline", "chance", "position")}
        made = yield Request("POST", "/stages", json=body)
        new: Any = made.json
        moved = replace(change, remote_id=str(new["id"]))
        return (yield from super().write([moved], ids))


class SendsWhole(Reference):
    """Sends more than what changed."""

    def write(self, unit: Sequence[Change], ids: Mapping[Any, str]):
        def more(request: Request) -> Request:
            body: Any = request.json
            stage = request.method == "PATCH" and request.path.startswith("/stages")
            return replace(request, json={**body, "colour": "grey"}) if stage else request

        return (yield from _mapped(super().write(unit, ids), more))


class KeyIsId(Reference):
    """Takes the id for the natural key."""

    def read(self, scope):
        live = yield from super().read(scope)
        found = [replace(each, natural_key=each.remote_id) for each in live.resources]
        return replace(live, resources=tuple(found))


class LiftsBackwards(Reference):
    """Describes the stages in the wrong order."""

    def lift(self, live: Live) -> Lifted:
        lifted = super().lift(live)
        documents = []
        for each in lifted.documents:
            spec = {**each["spec"], "stages": each["spec"]["stages"][::-1]}
            documents.append({**each, "spec": spec})
        return replace(lifted, documents=tuple(documents))


class FoldsNames(Reference):
    """Takes two names for one, which the system does not."""

    def read(self, scope):
        live = yield from super().read(scope)
        found = [replace(each, natural_key=each.natural_key.casefold()) for each in live.resources]
        return replace(live, resources=tuple(found))

    def lower(self, configuration, live):
        lowered = super().lower(configuration, live)
        found = [replace(each, natural_key=each.natural_key.casefold()) for each in lowered.desired]
        return replace(lowered, desired=tuple(found))


class KeepsWhatCame(Reference):
    """Takes what was read before an error for everything."""

    def read(self, scope):
        identity = yield from self.identify()
        try:
            return (yield from super().read(scope))
        except RemoteError:
            return Live(identity)


class CallsItRejected(Reference):
    """Takes a failure of the server for proof that nothing was done."""

    def explain_error(self, response, request):
        error = super().explain_error(response, request)
        if error is not None and response.status == 502:
            return RemoteError(Kind.REJECTED, "no", status=502)
        return error


class WritesInPlan(Reference):
    """Writes while it reads, and declares it as a read."""

    def read(self, scope):
        yield Request("POST", "/pipelines", json={"name": "probe"}, reads=True)
        return (yield from super().read(scope))


class CostsNothing(Reference):
    """Says that writing needs no request."""

    def cost(self, unit: Sequence[Change]) -> int:
        return 0


class ByPlace(Reference):
    """Knows a stage by its place, so that another order exchanges titles."""

    def lower(self, configuration, live):
        lowered = super().lower(configuration, live)
        places: dict[Any, int] = {}
        renamed = {}
        for each in lowered.desired:
            if each.parent is not None:
                places[each.parent] = places.get(each.parent, 0) + 1
                renamed[str(each.address)] = each.address.at(f"place{places[each.parent]}")
        found = []
        for each in lowered.desired:
            fields = dict(each.fields)
            if "order" in fields:
                fields["order"] = tuple(str(renamed[text]) for text in fields["order"])
            address = renamed.get(str(each.address), each.address)
            found.append(replace(each, address=address, fields=fields))
        return replace(lowered, desired=tuple(found))


class CountsOne(Reference):
    """Counts one record wherever there are some."""

    def inspect(self, changes, live):
        findings = yield from super().inspect(changes, live)
        return [
            replace(each, dependents=Dependents(min(1, each.dependents.count), "records"))
            for each in findings
        ]


class RepeatsCreates(Reference):
    """Says of a create that it may be sent twice."""

    def write(self, unit: Sequence[Change], ids: Mapping[Any, str]):
        return (
            yield from _mapped(
                super().write(unit, ids), lambda request: replace(request, repeatable=True)
            )
        )


class ReadsOtherHeaders(Reference):
    """Looks for the limit in headers that the system does not send."""

    limits = LimitHeaders("x-ratelimit", "x-remaining")


class SaysToken(Reference):
    """Repeats what the system says, also where that is the token."""

    def identify(self):
        identity = yield from super().identify()
        return replace(identity, title=f"account of {TOKEN}")

    def read(self, scope):
        live = yield from super().read(scope)
        return replace(live, identity=replace(live.identity, title=f"account of {TOKEN}"))


class MissesTheGone(Reference):
    """Fails to remove what is gone."""

    def write(self, unit: Sequence[Change], ids: Mapping[Any, str]):
        outcomes = yield from super().write(unit, ids)
        return [
            replace(each, status=Status.FAILED) if each.status is Status.ALREADY else each
            for each in outcomes
        ]


class RemembersItsFirstRead(Reference):
    """Keeps what it read once."""

    def __init__(self) -> None:
        self.remembered: dict[int, Live] = {}

    def read(self, scope):
        live = yield from super().read(scope)
        at_start = not live.resources or len(live.resources) < 12
        return live if at_start else self.remembered.setdefault(0, live)


class BreakingSubject(ReferenceSubject):
    """The reference account, spoken to by a connector that breaks a promise."""

    def __init__(self, connector: type[Reference]) -> None:
        self.broken = connector

    def make(self) -> Reference:
        return self.broken()


class NoLimits(BreakingSubject):
    """As above, and its limits are those of the broken connector."""

    @property
    def connector(self):
        return self.broken


BREAKS: Mapping[str, type[Reference]] = {
    "01_round_trip": SaysRemoved,
    "02_second_plan_empty": ReadsOtherText,
    "03_narrow_and_wide_reads_agree": WideIsPoor,
    "04_there_and_back": Replaces,
    "05_unowned_values_stay": SendsWhole,
    "06_lost_state_is_found_again": KeyIsId,
    "07_pulled_account_plans_to_nothing": LiftsBackwards,
    "08_names_are_found_exactly": FoldsNames,
    "09_short_reads_are_noticed": KeepsWhatCame,
    "10_errors_are_classified": CallsItRejected,
    "11_planning_writes_nothing": WritesInPlan,
    "12_declarations_hold": CostsNothing,
    "13_rename_keeps_the_object": Replaces,
    "14_reorder_keeps_the_objects": ByPlace,
    "15_dependents_are_counted": CountsOne,
    "16_lost_answers_make_no_twin": RepeatsCreates,
    "17_limits_are_kept": ReadsOtherHeaders,
    "18_secrets_stay_secret": SaysToken,
    "19_removing_twice_is_once": MissesTheGone,
    "20_stale_plans_are_refused": RemembersItsFirstRead,
}

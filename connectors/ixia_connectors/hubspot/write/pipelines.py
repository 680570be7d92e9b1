"""Creating, renaming, reordering and archiving pipelines; a pipeline is never replaced."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from ixia_config.sdk import Change, Flow, Outcome, RemoteError
from ixia_connectors.hubspot import calls
from ixia_connectors.hubspot.calls import Body
from ixia_connectors.hubspot.live import in_order, stage_resource
from ixia_connectors.hubspot.names import parts, record_type, remote
from ixia_connectors.hubspot.write.bodies import (
    Ids,
    api_of,
    new_pipeline_id,
    new_stage,
    new_stage_id,
    resolved,
    title,
    whole_metadata,
)
from ixia_connectors.hubspot.write.outcome import (
    already,
    applied,
    conflict_only,
    differing,
    gone,
    named,
    texts,
)


def create(unit: Sequence[Change]) -> Flow[Sequence[Outcome]]:
    """Create a pipeline together with its stages, in one request."""
    change, *stages = unit
    api, pipeline = parts(new_pipeline_id(change))
    stages = _placed(change, stages)
    chosen = {each.id: parts(new_stage_id(each, api, pipeline))[2] for each in stages}
    request = calls.post("pipelines", api, json=_body(change, stages, pipeline, chosen))
    try:
        row = yield from calls.one(request)
    except RemoteError as error:
        if not conflict_only(error):
            raise
        return (yield from _there_already(unit, api, pipeline, chosen, error))
    return _created(change, stages, row, chosen)


def _placed(change: Change, stages: Sequence[Change]) -> list[Change]:
    """The stages in the order that the pipeline is to have."""
    wanted = {member: place for place, member in enumerate(texts(change.after.get("order")))}
    last = len(wanted)
    return sorted(stages, key=lambda each: wanted.get(str(each.address), last))


def _body(
    change: Change, stages: Sequence[Change], pipeline: str, chosen: Mapping[str, str]
) -> Body:
    return {
        "label": title(change),
        "displayOrder": -1,
        "pipelineId": pipeline,
        "stages": [new_stage(each, chosen[each.id], place) for place, each in enumerate(stages)],
    }


def _created(
    change: Change, stages: Sequence[Change], row: Body, chosen: Mapping[str, str]
) -> list[Outcome]:
    """The ids as HubSpot gave them; it may not have taken ours."""
    api, pipeline = api_of(change), str(row["id"])
    by_id, by_label = named(row["stages"], "id"), named(row["stages"], "label")
    outcomes = [applied(change, remote(api, pipeline))]
    for stage in stages:
        found = by_id.get(chosen[stage.id]) or by_label[title(stage)]
        outcomes.append(applied(stage, remote(api, pipeline, str(found["id"]))))
    return outcomes


def _there_already(
    unit: Sequence[Change],
    api: str,
    pipeline: str,
    chosen: Mapping[str, str],
    error: RemoteError,
) -> Flow[Sequence[Outcome]]:
    """A pipeline under our id that is just as wanted was made by an earlier attempt."""
    row = yield from calls.absent_as_none(calls.get("pipeline", api, pipeline))
    if row is None or row["label"] != title(unit[0]):
        raise error
    kind, live = record_type(api), named(row["stages"], "id")
    outcomes = [already(unit[0], remote(api, pipeline))]
    for stage in unit[1:]:
        found = live.get(chosen[stage.id])
        if found is None:
            raise error
        resource = stage_resource(kind, pipeline, found)
        if differing(stage.after, resource.fields):
            raise error
        outcomes.append(already(stage, resource.remote_id))
    return outcomes


def update(change: Change, ids: Ids) -> Flow[Sequence[Outcome]]:
    """Rename a pipeline, and put its stages in their order one by one."""
    api, pipeline = parts(change.remote_id or ids[change.address])
    if "title" in change.after:
        body: Body = {"label": title(change)}
        yield from calls.one(calls.patch("pipeline", api, pipeline, json=body))
    if "order" in change.after:
        wanted = texts(resolved(change.after["order"], ids))
        yield from _reorder(api, pipeline, [parts(each)[-1] for each in wanted])
    return [applied(change)]


def _reorder(api: str, pipeline: str, wanted: Sequence[str]) -> Flow[None]:
    row = yield from calls.one(calls.get("pipeline", api, pipeline))
    live = in_order(row["stages"])
    by_id = named(live, "id")
    for stage, place in new_places(live, wanted).items():
        body: Body = {
            "displayOrder": place,
            "metadata": whole_metadata(by_id[stage].get("metadata") or {}, {}),
        }
        yield from calls.one(calls.patch("stage", api, pipeline, stage, json=body))


def new_places(live: Sequence[Body], wanted: Sequence[str]) -> Mapping[str, int]:
    """The stages that must move, and where to.

    Our stages take the places that they hold between them, in the wanted order; others stay.
    Where two stages share a place all of them are numbered anew, since labels decide such ties.
    """
    ours = [stage for stage in wanted if any(str(row["id"]) == stage for row in live)]
    members = iter(ours)
    sequence = [next(members) if str(row["id"]) in ours else str(row["id"]) for row in live]
    places = [int(row["displayOrder"]) for row in live]
    if any(later <= earlier for earlier, later in pairwise(places)):
        places = list(range(len(live)))
    now = {str(row["id"]): int(row["displayOrder"]) for row in live}
    return {
        stage: place for stage, place in zip(sequence, places, strict=True) if now[stage] != place
    }


def update_cost(change: Change) -> int:
    """One request for the title; one look and one request per moved stage for the order."""
    renames = int("title" in change.after)
    order = next((each for each in change.fields if each.path == "order"), None)
    if order is None:
        return renames
    wanted = texts(order.after)
    before = [each for each in texts(order.before) if each in wanted]
    standing = [*before, *(each for each in wanted if each not in before)]
    moved = sum(now != then for now, then in zip(standing, wanted, strict=True))
    return renames + 1 + moved


def archive(unit: Sequence[Change]) -> Flow[Sequence[Outcome]]:
    """Archive a pipeline with its stages; HubSpot refuses while records stand on them."""
    change = unit[0]
    api, pipeline = parts(change.remote_id or change.natural_key)
    guards = record_type(api).guards
    outcomes = yield from gone(
        change, calls.sent(calls.delete("pipeline", api, pipeline, **guards))
    )
    status = outcomes[0].status
    return [*outcomes, *(Outcome(each.id, status, each.remote_id) for each in unit[1:])]

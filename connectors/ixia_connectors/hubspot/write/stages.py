"""Creating, changing and archiving one stage of a pipeline that is there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ixia_config.sdk import Change, Flow, Outcome, RemoteError
from ixia_connectors.hubspot import calls
from ixia_connectors.hubspot.calls import Body
from ixia_connectors.hubspot.live import stage_resource
from ixia_connectors.hubspot.names import parts, record_type, remote
from ixia_connectors.hubspot.write.bodies import (
    Ids,
    new_stage,
    new_stage_id,
    pipeline_of,
    title,
    whole_metadata,
)
from ixia_connectors.hubspot.write.outcome import (
    already,
    applied,
    conflict_only,
    differing,
    gone,
)

_LAST = -1


def create(change: Change, ids: Ids) -> Flow[Sequence[Outcome]]:
    """Add a stage at the end of its pipeline; the order is written after all stages are there."""
    api, pipeline = pipeline_of(replace(change, remote_id=None), ids)
    stage = parts(new_stage_id(change, api, pipeline))[2]
    request = calls.post("stages", api, pipeline, json=new_stage(change, stage, _LAST))
    try:
        row = yield from calls.one(request)
    except RemoteError as error:
        if not conflict_only(error):
            raise
        return (yield from _there_already(change, (api, pipeline, stage), error))
    return [applied(change, remote(api, pipeline, str(row["id"])))]


def _there_already(
    change: Change, where: tuple[str, str, str], error: RemoteError
) -> Flow[Sequence[Outcome]]:
    """A stage under our id that is just as wanted was made by an earlier attempt."""
    row = yield from calls.absent_as_none(calls.get("stage", *where))
    if row is None:
        raise error
    resource = stage_resource(record_type(where[0]), where[1], row)
    if differing(change.after, resource.fields):
        raise error
    return [already(change, resource.remote_id)]


def update(change: Change, _: Ids) -> Flow[Sequence[Outcome]]:
    """Change a stage; its metadata is read just before, since HubSpot replaces the whole map."""
    where = parts(change.remote_id or change.natural_key)
    row = yield from calls.one(calls.get("stage", *where))
    metadata = whole_metadata(row.get("metadata") or {}, change.after)
    body: Body = {"metadata": metadata}
    if "title" in change.after:
        body["label"] = title(change)
    yield from calls.one(calls.patch("stage", *where, json=body))
    return [applied(change)]


def archive(change: Change, ids: Ids) -> Flow[Sequence[Outcome]]:
    """Archive a stage; HubSpot refuses while records stand on it."""
    api, pipeline = pipeline_of(change, ids)
    stage = parts(change.remote_id or change.natural_key)[2]
    guards = record_type(api).guards
    request = calls.delete("stage", api, pipeline, stage, **guards)
    return (yield from gone(change, calls.sent(request)))

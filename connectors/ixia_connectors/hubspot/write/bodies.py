"""Our fields as the bodies that HubSpot takes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ixia_config.sdk import Address, Change, Value
from ixia_connectors.hubspot import names
from ixia_connectors.hubspot.calls import Body
from ixia_connectors.hubspot.lower.stages import NEW_STAGE_CHANCE
from ixia_connectors.hubspot.names import parts, record_type, remote
from ixia_connectors.hubspot.values import decimal_text, sent_probability

Ids = Mapping[Address, str]
_DERIVED = ("isClosed",)


def title(change: Change) -> str:
    """What people see: the owned title, or the one that stands for a title nobody wrote."""
    return str(change.after.get("title") or change.title)


def api_of(change: Change) -> str:
    """The record type that a change speaks of."""
    return parts(change.remote_id or change.natural_key)[0]


def pipeline_of(change: Change, ids: Ids) -> tuple[str, str]:
    """The record type and pipeline id that a stage or rules change belongs to."""
    known = change.remote_id or (ids.get(change.parent) if change.parent else None)
    api, pipeline, *_ = parts(known or change.natural_key)
    return api, pipeline


def new_pipeline_id(change: Change) -> str:
    """The remote id of a pipeline to be created."""
    chosen = remote(api_of(change), names.pipeline_id(change.address.name))
    return change.remote_id or chosen


def new_stage_id(change: Change, api: str, pipeline: str) -> str:
    """The remote id of a stage to be created in this pipeline."""
    if change.remote_id is not None:
        return change.remote_id
    return remote(api, pipeline, names.stage_id(change.address.name, change.address.part))


def new_stage(change: Change, stage: str, place: int) -> Body:
    """A stage as HubSpot wants it at its creation."""
    return {
        "label": title(change),
        "displayOrder": place,
        "stageId": stage,
        "metadata": _metadata(api_of(change), change.after),
    }


def _metadata(api: str, fields: Mapping[str, Value]) -> dict[str, str]:
    metadata: dict[str, str] = {}
    if "probability" in fields:
        metadata["probability"] = sent_probability(str(fields["probability"]))
    elif api == "deals":
        metadata["probability"] = sent_probability(decimal_text(NEW_STAGE_CHANCE))
    if "state" in fields:
        metadata["ticketState"] = str(fields["state"]).upper()
    return metadata


def whole_metadata(live: Mapping[str, Any], fields: Mapping[str, Value]) -> dict[str, str]:
    """The metadata that a stage has, with our fields in it: HubSpot replaces the whole map."""
    kept = {key: value for key, value in live.items() if key not in _DERIVED}
    if "probability" in fields:
        kept["probability"] = sent_probability(str(fields["probability"]))
    if "state" in fields:
        kept["ticketState"] = str(fields["state"]).upper()
    return kept


def resolved(value: Value, ids: Ids) -> Value:
    """References as remote ids; what is a remote id already stays."""
    if isinstance(value, tuple):
        return tuple(_remote_of(each, ids) for each in value)
    return _remote_of(value, ids) if isinstance(value, str) else value


def _remote_of(text: str, ids: Ids) -> str:
    try:
        return ids.get(Address.parse(text), text)
    except ValueError:
        return text


def group_of(change: Change, ids: Ids) -> str:
    """The name of the group that a property goes to."""
    group = resolved(change.after.get("group"), ids)
    if isinstance(group, str):
        return parts(group)[-1]
    return record_type(api_of(change)).group

"""What stands in the way of creating something: archived twins and the account's limits."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ixia_config.sdk import Change, Flow, Live, RemoteError, Verb
from ixia_connectors.hubspot import calls
from ixia_connectors.hubspot.calls import Body
from ixia_connectors.hubspot.names import parts, record_type


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Why a change cannot be done, and what a person can do about that."""

    why: str
    hint: str


Found = Mapping[str, Obstacle]


def obstacles(changes: Sequence[Change], live: Live) -> Flow[Found]:
    """What stands in the way, by change; asks only about what is created."""
    created = [change for change in changes if change.verb is Verb.CREATE]
    pipelines = [change for change in created if change.type == "pipeline"]
    new = {change.address for change in pipelines}
    stages = [each for each in created if each.type == "stage" and each.parent not in new]
    properties = [change for change in created if change.type == "property"]
    found = dict(_same_titles(changes, live))
    found |= yield from _archived_pipelines(pipelines)
    found |= yield from _archived_stages(stages)
    found |= yield from _over_limit(pipelines, "pipelines", "hubspotDefinedObjectTypes")
    found |= yield from _over_limit(properties, "custom-properties", "byObjectType")
    return found


_CHOICE = "choices."


def _same_titles(changes: Sequence[Change], live: Live) -> Iterator[tuple[str, Obstacle]]:
    """Choices of one field that would have one title, which HubSpot refuses."""
    there = {each.remote_id: each.fields for each in live.resources if each.type == "property"}
    for change in changes:
        if change.type != "property" or not any(map(_is_choice, change.after)):
            continue
        fields = {**there.get(change.remote_id or "", {}), **change.after}
        titles = Counter(str(value) for path, value in fields.items() if _is_choice(path))
        for title, count in titles.items():
            if count > 1:
                why = f'{count} choices would have the title "{title}", and HubSpot takes one'
                hint = "give each its own title; choices that only HubSpot has count as well"
                yield change.id, Obstacle(why, hint)


def _is_choice(path: str) -> bool:
    return path.startswith(_CHOICE)


def _archived_pipelines(changes: Sequence[Change]) -> Flow[Found]:
    found: dict[str, Obstacle] = {}
    for api in dict.fromkeys(parts(change.natural_key)[0] for change in changes):
        rows = yield from calls.some(calls.get("pipelines", api, archived="true"))
        found |= _twins("pipeline", [c for c in changes if parts(c.natural_key)[0] == api], rows)
    return found


def _archived_stages(changes: Sequence[Change]) -> Flow[Found]:
    found: dict[str, Obstacle] = {}
    for where in dict.fromkeys(parts(change.natural_key)[:2] for change in changes):
        rows = yield from calls.some(calls.get("stages", *where, archived="true"))
        found |= _twins("stage", [c for c in changes if parts(c.natural_key)[:2] == where], rows)
    return found


def _twins(noun: str, changes: Iterable[Change], rows: Sequence[Body]) -> Found:
    by_label = {row["label"]: row for row in rows}
    by_id = {str(row["id"]): row for row in rows}
    found: dict[str, Obstacle] = {}
    for change in changes:
        label = parts(change.natural_key)[-1]
        chosen = parts(change.remote_id)[-1] if change.remote_id else ""
        if label in by_label:
            found[change.id] = _taken_label(noun, label, str(by_label[label]["id"]))
        elif chosen in by_id:
            found[change.id] = _taken_id(noun, chosen, str(by_id[chosen]["label"]))
    return found


def _taken_label(noun: str, label: str, remote_id: str) -> Obstacle:
    return Obstacle(
        f'an archived {noun} (id {remote_id}) still holds the title "{label}"',
        f"give this {noun} another title, or have a HubSpot admin restore the archived one, and "
        "name its id under external",
    )


def _taken_id(noun: str, remote_id: str, label: str) -> Obstacle:
    return Obstacle(
        f'an archived {noun} "{label}" still holds the id {remote_id} that this one would get',
        f"give this {noun} another key, or have a HubSpot admin restore the archived one, and "
        "name its id under external",
    )


def _over_limit(changes: Sequence[Change], limit: str, rows_under: str) -> Flow[Found]:
    """Where the account's plan has no room; silent where the limits cannot be read."""
    if not changes:
        return {}
    try:
        answer = yield from calls.one(calls.get("limits", limit))
    except RemoteError as error:
        if error.status in (403, 404):
            return {}
        raise
    rows = {str(row["objectTypeId"]): row for row in answer.get(rows_under) or []}
    return _beyond(changes, rows, limit.replace("-", " "))


def _beyond(changes: Sequence[Change], rows: Mapping[str, Body], what: str) -> Found:
    used: Counter[str] = Counter()
    found: dict[str, Obstacle] = {}
    for change in changes:
        type_id = record_type(parts(change.natural_key)[0]).type_id
        row = rows.get(type_id)
        if row is None:
            continue
        used[type_id] += 1
        if int(row["usage"]) + used[type_id] > int(row["limit"]):
            found[change.id] = Obstacle(
                f"the HubSpot plan allows {row['limit']} {what}, and {row['usage']} are in use",
                "archive one that is not needed, or ask HubSpot for a higher plan",
            )
    return found

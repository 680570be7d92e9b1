"""Rows of Odoo as resources, in the neutral field paths and spellings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ixia_config.sdk import LiveResource, RemotePerson, Value
from ixia_connectors.odoo.bodies import apart, message_in, source_in
from ixia_connectors.odoo.names import joined
from ixia_connectors.odoo.resources import GATED, MODELS

Row = Mapping[str, Any]
Ours = Mapping[tuple[str, int], str]
"""The names of ours, by model and database id."""


def remote_id(ours: Ours, type_name: str, number: int) -> str:
    """The name of ours for an object, else its number in the database."""
    return ours.get((MODELS[type_name], number), str(number))


def text(value: Any) -> str | None:
    """A text of Odoo, which says False where there is none."""
    return str(value) if value not in (False, None, "") else None


def team(ours: Ours, row: Row, stages: Sequence[Row]) -> LiveResource:
    """A sales team with the order of the stages that it shows."""
    shown = [each for each in stages if row["id"] in each["team_ids"] or not each["team_ids"]]
    fields: dict[str, Value] = {
        "title": row["name"],
        "order": tuple(remote_id(ours, "stage", each["id"]) for each in in_order(shown)),
        "leads": bool(row["use_leads"]),
        "deals": bool(row["use_opportunities"]),
        "accepts": text(row.get("assignment_domain")),
    }
    own = remote_id(ours, "team", row["id"])
    return LiveResource("team", own, row["name"], row["name"], fields, raw=row)


def in_order(rows: Iterable[Row]) -> list[Row]:
    """Stages as people see them."""
    return sorted(rows, key=lambda row: (row["sequence"], row["name"], row["id"]))


def stage(ours: Ours, row: Row) -> LiveResource:
    """One stage; one that several teams show belongs to none."""
    teams = row["team_ids"]
    parent = remote_id(ours, "team", teams[0]) if len(teams) == 1 else None
    fields: dict[str, Value] = {
        "title": row["name"],
        "won": bool(row["is_won"]),
        "definition": text(row.get("requirements")),
        "rots": str(row["rotting_threshold_days"]) if row["rotting_threshold_days"] else None,
    }
    own = remote_id(ours, "stage", row["id"])
    key = joined(parent or "", row["name"])
    return LiveResource("stage", own, key, row["name"], fields, parent=parent, raw=row)


def reason(ours: Ours, row: Row) -> LiveResource:
    """A reason for losing."""
    own = remote_id(ours, "reason", row["id"])
    return LiveResource("reason", own, row["name"], row["name"], {"title": row["name"]}, raw=row)


def gate(ours: Ours, row: Row, action: Row | None, fields: Mapping[int, str]) -> LiveResource:
    """An automation of ours with its action; ``fields`` are names by database id."""
    own = remote_id(ours, "gate", row["id"])
    held = apart(row["filter_pre_domain"] or "", row["filter_domain"] or "")
    looks = {word: name for name, word in GATED.items()}
    watched = (fields.get(each, str(each)) for each in row["trigger_field_ids"])
    found: dict[str, Value] = {
        "title": row["name"],
        "on": looks.get(row["trigger"], str(row["trigger"])),
        "watches": tuple(sorted(watched)),
        "leaving": _stages(ours, held.leaving),
        "entering": _stages(ours, held.entering),
        "unmet": held.unmet,
        "message": _message(action),
        "source": source_in(row["description"] or ""),
        "active": bool(row["active"]),
    }
    return LiveResource("gate", own, own, row["name"], found, raw=row)


def _message(action: Row | None) -> str | None:
    if action is None:
        return None
    said = message_in(str(action["code"] or ""))
    return said if action["state"] == "code" else f"{action['state']}: {said}"


def _stages(ours: Ours, numbers: Iterable[int]) -> tuple[str, ...]:
    return tuple(sorted(remote_id(ours, "stage", each) for each in numbers))


def person(row: Row) -> RemotePerson:
    """Somebody who may log in."""
    email = str(row["login"]).lower()
    return RemotePerson(email, str(row["name"]), {"user": str(row["id"])}, bool(row["active"]))

"""From a case to questions: its record normalised, and what surrounds it sorted out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pydantic import ValidationError

from ixia_config.kinds.conditions import catalogue
from ixia_config.kinds.directory.decide import roster
from ixia_config.kinds.pipeline.gate import Move, Standing
from ixia_config.kinds.policy import Configuration
from ixia_config.kinds.policy_test.answers import Question
from ixia_config.kinds.policy_test.spec import Case, Given, Load
from ixia_config.kinds.routing_policy.rotation import Rotation, Seat, Turns
from ixia_config.kinds.routing_policy.staff import Staff
from ixia_config.rules import Fields, normalise

SURROUNDINGS = (
    *("submitter", "stage", "stage_entered", "last_activity"),
    *("confirmed", "approved_by", "reason", "comment"),
)
"""Keys that may stand among the fields of a record that does not declare them."""


@dataclass(frozen=True, slots=True)
class Split:
    """A record as it was written, freed of what surrounds it."""

    values: Mapping[str, Any]
    around: Given


def split(given: Given, values: Mapping[str, Any], fields: Fields) -> Split:
    """The fields of a record, and its surroundings from beside and among them; ValidationError."""
    among = {key: values[key] for key in SURROUNDINGS if key in values and key not in fields}
    own = {key: value for key, value in values.items() if key not in among}
    beside = {key: getattr(given, key) for key in SURROUNDINGS if getattr(given, key) is not None}
    read = Given.model_validate(among, by_alias=True, by_name=False)
    return Split(own, given.model_copy(update={**_set(read), **beside}))


def _set(given: Given) -> dict[str, Any]:
    return {key: getattr(given, key) for key in given.model_fields_set}


def question(
    configuration: Configuration,
    given: Given,
    name: str,
    now: datetime,
    *,
    to: str = "",
) -> Question:
    """What is asked about the record of this type; RecordProblem where it is wrong."""
    known = catalogue(configuration)
    parted = split(given, given.records[name], known.records[name])
    record = normalise(parted.values, known, name)
    around = parted.around
    stage, entered = around.stage or record.get("stage"), around.stage_entered
    quiet = around.last_activity or record.get("last_activity")
    entered = entered or _instant(record.get("stage_entered"))
    return Question(
        object=name,
        record=record,
        now=now,
        submitter=around.submitter or "",
        rotation=rotation(configuration, given, now),
        absent=given.absent,
        standing=Standing(
            stage=stage if isinstance(stage, str) else "",
            entered=entered,
            last_activity=_instant(quiet),
            confirmed=frozenset(around.confirmed or ()),
            approved_by=frozenset(around.approved_by or ()),
        ),
        move=Move(to, around.reason or "", around.comment or ""),
    )


def _instant(value: object) -> datetime | None:
    return value if isinstance(value, datetime) else None


def of_case(configuration: Configuration, case: Case, clock: datetime, name: str) -> Question:
    """What a case asks about its record of this type."""
    to = case.expect.stage.to if case.expect.stage is not None else ""
    return question(configuration, case.given, name, case.clock or clock, to=to)


def rotation(configuration: Configuration, given: Given, now: datetime) -> Rotation:
    """The rotation that a case gives: who came last in each pool, and how much people have."""
    staff, pools = Staff(configuration, now), roster(configuration).pools
    load = {email.lower(): each for email, each in given.load.items()}
    turns: dict[str, Turns] = {}
    for name, pool in pools.items():
        members = [member.email.lower() for member in pool.members]
        last = given.rotation.get(name, "").lower()
        seats = {each: _seat(staff, each, load[each]) for each in members if each in load}
        if last or seats:
            turns[name] = Turns(last, members.index(last) if last in members else 0, seats)
    return Rotation(turns, {email: each.open or 0 for email, each in load.items()})


def _seat(staff: Staff, email: str, load: Load) -> Seat:
    desk = staff.desk(email)
    day = staff.day(desk) if desk is not None else staff.now.date()
    return Seat(day=day, today=load.today or 0, this_week=load.this_week or load.today or 0)


__all__ = ["SURROUNDINGS", "Split", "ValidationError", "of_case", "question", "rotation", "split"]

"""The reference CRM as a subject of the conformance kit: the example for writing another."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, cast

from ixia_config.sdk import Connector, Json, Rehearsal
from ixia_config.testing.connectors.reference.connector import Reference
from ixia_config.testing.connectors.reference.crm import ACCOUNT, TOKEN, Crm, Habits
from ixia_config.testing.samples import PIPELINES
from ixia_config.testing.subject import Knob, NotApplicable, Samples, Subject

HABITS: Mapping[Knob, Habits] = {
    Knob.PACE: Habits(pace=12),
    Knob.LIST_LAG: Habits(list_lag=25),
    Knob.PAGING: Habits(page=1),
    Knob.FOLD_CASE: Habits(fold_case=True),
    Knob.DEFAULTS: Habits(defaults=True),
    Knob.REORDER: Habits(reverse=True),
    Knob.DROPPED: Habits(drop="chance"),
    Knob.UNIQUE: Habits(unique=True),
    Knob.PARTIAL_BATCH: Habits(batch=1),
    Knob.HOLES: Habits(hidden="stages"),
    Knob.ID_REUSE: Habits(reuse_ids=True),
    Knob.SCHEMA_CHANGE: Habits(fields="renamed"),
}


class ReferenceSubject(Subject):
    """The reference connector at an account with any habit."""

    connector: ClassVar[type[Connector]] = Reference
    samples: ClassVar[Samples] = PIPELINES

    def account(self, knob: Knob | None) -> Rehearsal:
        if knob is not None and knob not in HABITS:
            raise NotApplicable(f"the kit itself turns this one: {knob}")
        crm = Crm(HABITS[knob] if knob is not None else Habits())
        other = crm.add("pipelines", name="Somebody else's", note="do not touch")
        crm.add("stages", pipeline=other, name="Step", position=0, chance="0.5", colour="red")
        return Rehearsal(crm, ACCOUNT, TOKEN)

    def unowned(self, rehearsal: Rehearsal) -> Mapping[str, Json]:
        found: dict[str, Json] = {}
        crm = _crm(rehearsal)
        for key, row in crm.rows("pipelines").items():
            found[f"note of {key}"] = row["note"]
            if row["name"] == "Somebody else's":
                found[key] = row
        for key, row in crm.rows("stages").items():
            found[f"colour of {key}"] = row["colour"]
        return found

    def meddle(self, rehearsal: Rehearsal, now: float) -> None:
        crm = _crm(rehearsal)
        for key in crm.rows("pipelines"):
            crm.change(key, now, note=f"note of {key}")
        for key in crm.rows("stages"):
            crm.change(key, now, colour=f"#{key}")

    def fill(self, rehearsal: Rehearsal, remote_id: str, count: int) -> None:
        for number in range(count):
            _crm(rehearsal).add("records", stage=remote_id, name=f"Record {number}")

    def held(self, rehearsal: Rehearsal, remote_id: str) -> int:
        rows = _crm(rehearsal).rows("records").values()
        return sum(row["stage"] == remote_id for row in rows)


def _crm(rehearsal: Rehearsal) -> Crm:
    return cast("Crm", rehearsal.sandbox)

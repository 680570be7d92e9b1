"""Who changed which pipeline or stage, and when: written with every change, read newest first."""

from __future__ import annotations

import json

from ixia_connectors.hubspot.sandbox.call import Body, Call
from ixia_connectors.hubspot.sandbox.clock import iso
from ixia_connectors.hubspot.sandbox.store import dump


def record(
    call: Call, *, object_name: str, pipeline: str, action: str, raw: Body, stage: str = ""
) -> None:
    """Write one line of the audit trail."""
    what = f"Stage {stage} of pipeline {pipeline}" if stage else f"Pipeline {pipeline}"
    done = {"CREATE": "created", "UPDATE": "updated", "DELETE": "archived", "RESTORE": "restored"}
    call.store.insert(
        "audit",
        {
            "object": object_name,
            "pipeline": pipeline,
            "stage": stage,
            "action": action,
            "user_id": call.user_id,
            "message": f"{what} {done[action]} by user {call.user_id}",
            "raw": dump(raw),
            "at": call.now,
        },
    )


def trail(call: Call, object_name: str, pipeline: str, stage: str = "") -> list[Body]:
    """The changes of one pipeline, or of one stage, newest first."""
    rows = call.store.rows(
        "SELECT * FROM audit WHERE object = ? AND pipeline = ? AND stage = ? ORDER BY number DESC",
        object_name,
        pipeline,
        stage,
    )
    return [
        {
            "portalId": call.profile.account,
            "identifier": stage or pipeline,
            "action": row["action"],
            "fromUserId": row["user_id"],
            "message": row["message"],
            "rawObject": json.loads(row["raw"]),
            "timestamp": iso(row["at"]),
        }
        for row in rows
    ]

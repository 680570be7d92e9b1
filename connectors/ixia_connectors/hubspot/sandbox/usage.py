"""Records that stand on a stage: counting them, and refusing to archive what they stand on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ixia_connectors.hubspot.sandbox.call import Call
from ixia_connectors.hubspot.sandbox.errors import invalid
from ixia_connectors.hubspot.sandbox.objects import ObjectType
from ixia_connectors.hubspot.sandbox.store import Row
from ixia_connectors.hubspot.sandbox.versions import guards_deletes

_PARAMETERS = ("validateDealStageUsagesBeforeDelete", "validateReferencesBeforeDelete")


def guarded(call: Call, found: ObjectType) -> bool:
    """Whether this request wants what is in use to be kept; unsaid, the version decides.

    Deals have a parameter of their own and take the general one too; other objects only that.
    """
    names = _PARAMETERS if found.name == "deals" else _PARAMETERS[1:]
    said = [flag for name in names if (flag := call.flag(name)) is not None]
    return any(said) if said else guards_deletes(call.version)


def count(call: Call, found: ObjectType, stage: str) -> int:
    """How many live records stand on a stage."""
    if found.stage == "dealstage":
        sql = (
            "SELECT count(*) FROM records WHERE object = ? AND archived_at IS NULL "
            "AND json_extract(properties, '$.dealstage') = ?"
        )
    else:
        sql = (
            "SELECT count(*) FROM records WHERE object = ? AND archived_at IS NULL "
            "AND json_extract(properties, '$.hs_pipeline_stage') = ?"
        )
    return int(call.store.value(sql, found.name, stage))


def refuse_used_stages(call: Call, found: ObjectType, stages: Sequence[Row]) -> None:
    """400 when records stand on one of these stages; the body says how many on which."""
    counts = {row["id"]: count(call, found, row["id"]) for row in stages}
    used = {stage: number for stage, number in counts.items() if number}
    if not used:
        return
    listed = ", ".join(f"{stage} ({number})" for stage, number in used.items())
    raise invalid(
        f"Stages in use cannot be deleted: {sum(used.values())} {found.plural.lower()} "
        f"are on {listed}. Move them to another stage first.",
        context={
            "stageIds": list(used),
            "recordCounts": [str(number) for number in used.values()],
        },
    )


def refresh_closed(call: Call, found: ObjectType, stage: str, metadata: Mapping[str, str]) -> None:
    """Derived properties of the deals on a stage follow its probability."""
    if found.name != "deals":
        return
    derived = closed_properties(metadata)
    call.store.run(
        "UPDATE records SET properties = json_set(properties, '$.hs_deal_stage_probability', ?, "
        "'$.hs_is_closed', ?, '$.hs_is_closed_won', ?) "
        "WHERE object = 'deals' AND json_extract(properties, '$.dealstage') = ?",
        derived["hs_deal_stage_probability"],
        derived["hs_is_closed"],
        derived["hs_is_closed_won"],
        stage,
    )


def closed_properties(metadata: Mapping[str, str]) -> dict[str, str]:
    """What a deal knows of its stage's probability."""
    probability = metadata["probability"]
    return {
        "hs_deal_stage_probability": probability,
        "hs_is_closed": metadata["isClosed"],
        "hs_is_closed_won": str(probability == "1.0").lower(),
    }

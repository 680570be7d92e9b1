"""A plan as JSON: the saved plan without sensitive values, and all that the text says."""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from ixia_config.engine.codec import as_json
from ixia_config.model import Change, FieldChange, Plan
from ixia_config.render.outline import Outline, outline
from ixia_config.render.values import HIDDEN
from ixia_config.render.wording import UNSAFE


def plan_json(plan: Plan, *, file: str = "") -> str:
    """The plan and its summary; the saved plan file is what ``ixia apply`` reads, not this."""
    return written(plan_values(plan, file=file))


def plan_values(plan: Plan, *, file: str = "") -> dict[str, Any]:
    """The same as plain values."""
    outlined = outline(plan)
    summary = {**_plain(outlined), "headline": outlined.headline, "file": file}
    return {**as_json(redacted(plan)), "summary": summary}


def redacted(plan: Plan) -> Plan:
    """The plan without the values of sensitive fields."""
    return dataclasses.replace(
        plan,
        changes=tuple(_redacted_change(each) for each in plan.changes),
        observed=tuple(_redacted_change(each) for each in plan.observed),
        held=tuple(_redacted_change(each) for each in plan.held),
    )


def _redacted_change(change: Change) -> Change:
    return dataclasses.replace(
        change, fields=tuple(_redacted_field(each) for each in change.fields)
    )


def _redacted_field(field: FieldChange) -> FieldChange:
    if not field.sensitive:
        return field
    before, after, last = (
        each if each in (None, "", ()) else HIDDEN
        for each in (field.before, field.after, field.last)
    )
    return dataclasses.replace(field, before=before, after=after, last=last)


def _plain(outlined: Outline) -> dict[str, Any]:
    values: dict[str, Any] = dataclasses.asdict(outlined)
    values["counts"] = dict(outlined.counts)
    return values


def written(values: Mapping[str, Any] | Sequence[Any]) -> str:
    """JSON text as every report writes it."""
    text = json.dumps(values, sort_keys=True, indent=1, ensure_ascii=False)
    return UNSAFE.sub(_escape, text) + "\n"


def _escape(found: re.Match[str]) -> str:
    """A character that a terminal would act on, as JSON's own escape."""
    return found[0] if found[0] == "\n" else json.dumps(found[0])[1:-1]

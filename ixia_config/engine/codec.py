"""The saved plan: canonical JSON of a Plan, its digest, and a strict reader."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from typing import Any

from pydantic import TypeAdapter, ValidationError

from ixia_config.codes import Diagnostic
from ixia_config.engine.codes import OtherFormat, TamperedPlan, UnreadablePlan
from ixia_config.model import Address, Plan

FORMAT = 1


class PlanProblem(Exception):  # noqa: N818  # the diagnostic names the error
    """A plan file that must not be applied; the diagnostic says why."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(str(diagnostic))
        self.diagnostic = diagnostic


@cache
def _adapter() -> TypeAdapter[Plan]:
    return TypeAdapter(Plan)


def as_json(plan: Plan) -> dict[str, Any]:
    """The plan as plain JSON values; addresses are text, no number is a float."""
    plain = _adapter().dump_python(plan, mode="json")
    return dict(_addresses_as_text(plain))


def _addresses_as_text(value: Any) -> Any:
    if isinstance(value, dict):
        if value.keys() == {"kind", "name", "part"}:
            return str(Address(**value))
        return {key: _addresses_as_text(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_addresses_as_text(each) for each in value]
    return value


def _addresses_as_values(value: Any, key: str = "") -> Any:
    if isinstance(value, dict):
        return {name: _addresses_as_values(each, name) for name, each in value.items()}
    if isinstance(value, list):
        return [_addresses_as_values(each) for each in value]
    if key in _ADDRESS_FIELDS and isinstance(value, str):
        return vars_of(Address.parse(value))
    return value


_ADDRESS_FIELDS = frozenset({"address", "parent", "previous_address", "migrate_to"})


def vars_of(address: Address) -> dict[str, str]:
    """An address as its three fields."""
    return {"kind": address.kind, "name": address.name, "part": address.part}


def digest_of(plan: Plan) -> str:
    """SHA-256 over the canonical body, which is everything but the digest itself."""
    body = {key: value for key, value in as_json(plan).items() if key != "digest"}
    return hashlib.sha256(_canonical(body).encode()).hexdigest()


def _canonical(value: Any) -> str:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def sealed(plan: Plan) -> Plan:
    """The plan with its digest."""
    return replace(plan, digest=digest_of(plan))


def dump(plan: Plan) -> str:
    """The plan file's text."""
    return text(as_json(plan))


def text(plain: Mapping[str, Any]) -> str:
    """The text of a plan that is plain JSON values already."""
    return json.dumps(plain, sort_keys=True, indent=1, ensure_ascii=False) + "\n"


def load(text: str, *, file: str = "the plan") -> Plan:
    """Read a plan file; PlanProblem when it is not one, is of another version, or was edited."""
    try:
        raw = json.loads(text, parse_float=_no_floats)
    except (ValueError, RecursionError):
        raise PlanProblem(UnreadablePlan(file=file)) from None
    if not isinstance(raw, dict) or "format_version" not in raw:
        raise PlanProblem(UnreadablePlan(file=file))
    if raw["format_version"] != FORMAT:
        raise PlanProblem(OtherFormat(found=repr(raw["format_version"])))
    try:
        plan = _adapter().validate_python(_addresses_as_values(raw))
    except (ValidationError, ValueError):
        raise PlanProblem(TamperedPlan(file=file)) from None
    if digest_of(plan) != plan.digest or as_json(plan) != raw:
        raise PlanProblem(TamperedPlan(file=file))
    return plan


def _no_floats(text: str) -> float:
    raise ValueError(f"{text}: a plan holds no binary floats")

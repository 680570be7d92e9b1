"""Policies to what Odoo shall hold, and how well it holds each clause of them."""

from __future__ import annotations

from collections.abc import Iterable

from ixia_config.sdk import (
    Configuration,
    Desired,
    Live,
    Lowered,
    Pipeline,
    RecordSchema,
    RoutingPolicy,
)
from ixia_config.sdk.service import Calendar, SlaPolicy
from ixia_connectors.odoo.lower.calendars import lower_calendar
from ixia_connectors.odoo.lower.fields import lower_schema
from ixia_connectors.odoo.lower.pipelines import lower_pipeline
from ixia_connectors.odoo.lower.routing import lower_routing
from ixia_connectors.odoo.lower.timers import lower_sla
from ixia_connectors.odoo.target import Target


def lower(configuration: Configuration, live: Live) -> Lowered:
    """Compile every policy that goes to this database."""
    target = Target.of(configuration, live)
    found = [lower_schema(target, policy) for policy in target.policies(RecordSchema)]
    found += [lower_calendar(target, policy) for policy in target.policies(Calendar)]
    found += [lower_pipeline(target, policy) for policy in target.policies(Pipeline)]
    found += [lower_routing(target, policy) for policy in target.policies(RoutingPolicy)]
    found += [lower_sla(target, policy) for policy in target.policies(SlaPolicy)]
    return Lowered(
        desired=_once(each for part in found for each in part.desired),
        retired=tuple(each for part in found for each in part.retired),
        clauses=tuple(each for part in found for each in part.clauses),
    )


def _once(desired: Iterable[Desired]) -> tuple[Desired, ...]:
    """Each object once: policies share settings, reasons for losing and fields."""
    found: dict[tuple[str, str], Desired] = {}
    for each in desired:
        found.setdefault((each.type, each.choose_id or str(each.address)), each)
    return tuple(found.values())


__all__ = ["lower"]

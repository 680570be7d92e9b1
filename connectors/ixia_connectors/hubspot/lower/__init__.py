"""Policies to what HubSpot shall hold, and how well it holds each clause of them."""

from __future__ import annotations

from collections.abc import Iterable

from ixia_config.sdk import Configuration, Desired, Live, Lowered
from ixia_connectors.hubspot.lower.fields import lower_schema
from ixia_connectors.hubspot.lower.flows import lower_routing
from ixia_connectors.hubspot.lower.pipelines import lower_pipeline
from ixia_connectors.hubspot.lower.sla_flows import lower_sla
from ixia_connectors.hubspot.target import Target


def lower(configuration: Configuration, live: Live) -> Lowered:
    """Compile every policy that goes to this account."""
    target = Target.of(configuration, live)
    found = [lower_schema(target, policy) for policy in target.schemas]
    found += [lower_pipeline(target, policy) for policy in target.pipelines]
    found += [lower_routing(target, policy) for policy in target.routings]
    found += [lower_sla(target, policy) for policy in target.slas]
    return Lowered(
        desired=_once(each for part in found for each in part.desired),
        retired=tuple(each for part in found for each in part.retired),
        clauses=tuple(each for part in found for each in part.clauses),
    )


def _once(desired: Iterable[Desired]) -> tuple[Desired, ...]:
    """Each address once: fields of one schema share their group."""
    return tuple({each.address: each for each in desired}.values())


__all__ = ["lower"]

"""Workflows of ours as the policies that they carry in their description."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ixia_config.sdk import Address, Live, LiveResource
from ixia_connectors.hubspot.flow_about import digest, policy_in
from ixia_connectors.hubspot.flow_live import switch_id
from ixia_connectors.hubspot.names import decision_property, parts, remote, sla_property
from ixia_connectors.hubspot.parts_of import Part


def lift_flows(live: Live) -> Iterator[Part]:
    """The policy of each workflow whose steps are still the ones that were made of it."""
    flows = [each for each in live.resources if each.type == "flow"]
    held = {(each.type, each.remote_id) for each in live.resources}
    seen: set[str] = set()
    for own in flows:
        if Address.parse(own.natural_key).part:
            yield Part(None, lost=(f'workflow "{own.title}": it comes with its pipeline',))
            continue
        policy = policy_in(str(own.fields["about"]), digest(own.fields))
        if policy is None or own.natural_key in seen or not _is_of(policy, own):
            why = "its steps say something else than its policy now"
            yield Part(None, lost=(f'workflow "{own.title}": {why}',))
            continue
        seen.add(own.natural_key)
        yield Part(policy, _bindings(own, held))
    others = live.facts.get("other_flows", 0)
    if others:
        yield Part(None, lost=(f"{others} workflows that people made in HubSpot",))


def _is_of(policy: Mapping[str, Any], own: LiveResource) -> bool:
    """Whether a description holds the policy that the mark names."""
    return f"{policy.get('kind')}/{policy['metadata'].get('name')}" == own.natural_key


def _bindings(own: LiveResource, held: set[tuple[str, str]]) -> Mapping[Address, str]:
    """The objects of one policy that are there."""
    address = Address.parse(own.natural_key)
    number, api = parts(own.remote_id)[1], str(own.fields["record"])
    found = {
        address: ("flow", own.remote_id),
        address.at(".on"): ("switch", switch_id(number)),
        address.at(".decision"): ("property", remote(api, decision_property(address.name))),
        address.at(".state"): ("property", remote(api, sla_property(address.name, "state"))),
        address.at(".due"): ("property", remote(api, sla_property(address.name, "due"))),
    }
    foreign = (".state", ".due") if address.kind == "RoutingPolicy" else (".decision",)
    return {each: key[1] for each, key in found.items() if key in held and each.part not in foreign}

"""Setting the validation rules of a property, each by a request that may be repeated."""

from __future__ import annotations

from collections.abc import Sequence

from ixia_config.sdk import Change, Flow, Outcome
from ixia_connectors.hubspot import calls
from ixia_connectors.hubspot.calls import Body
from ixia_connectors.hubspot.names import parts, record_type
from ixia_connectors.hubspot.resources import RULE_OF
from ixia_connectors.hubspot.write.bodies import Ids
from ixia_connectors.hubspot.write.outcome import applied, failed


def set_all(change: Change, _: Ids) -> Flow[Sequence[Outcome]]:
    """Set each rule that the change names."""
    remote_id = change.remote_id or change.natural_key
    api, name, _own = parts(remote_id)
    for path, rule in _rules(change):
        body: Body = {
            "ruleArguments": [str(change.after[path])],
            "shouldApplyNormalization": False,
        }
        where = (record_type(api).type_id, name, rule)
        yield from calls.sent(calls.put("validation", *where, json=body))
    return [applied(change, remote_id)]


def stay(change: Change, _: Ids) -> Flow[Sequence[Outcome]]:
    """HubSpot's API has no way to take a rule away."""
    yield from ()
    return [failed(change, "HubSpot's API cannot remove checks of values; a person can")]


def cost(change: Change) -> int:
    """One request per rule."""
    return len(_rules(change))


def _rules(change: Change) -> list[tuple[str, str]]:
    return [(path, rule) for path, rule in RULE_OF.items() if change.after.get(path) is not None]

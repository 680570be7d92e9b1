"""Steps of a workflow as one neutral text each, people by e-mail address, there and back.

The neutral form is the normalised one: defaults that HubSpot fills in are not in it. A step that
is none of ours is kept whole, so that nothing which a person did to a workflow is overlooked.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ixia_config.sdk import Kind, RemoteError, RemotePerson
from ixia_connectors.hubspot.flow_filters import filters, native, plain, read_plain

Body = dict[str, Any]
Step = dict[str, Any]

OWNER = "hubspot_owner_id"
DELAY, SET, EMAIL, ROTATE, UNTIL = "0-1", "0-5", "0-8", "0-11", "0-35"


@dataclass(frozen=True, slots=True)
class Ids:
    """The two ids of each person: an owner's and a user's are never one for the other."""

    owners: Mapping[str, str] = field(default_factory=dict)
    users: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, people: Iterable[RemotePerson]) -> Ids:
        """The ids of everybody who is known, by address in lower case."""
        found = [each for each in people if each.active]
        owners = {each.email: each.ids["owner"] for each in found if "owner" in each.ids}
        return cls(owners, {each.email: each.ids["user"] for each in found if "user" in each.ids})

    def owner(self, email: str) -> str:
        """The owner id of somebody; IX611 where the account has no such active person."""
        return _known(self.owners, email)

    def user(self, email: str) -> str:
        """The user id of somebody; IX611 where the account has no such active person."""
        return _known(self.users, email)


def _known(ids: Mapping[str, str], email: str) -> str:
    if email not in ids:
        hint = "invite them to the account, or take them out of the pool or policy"
        message = f"HubSpot has no active user {email}, whom a workflow is to name"
        raise RemoteError(Kind.REJECTED, message, code="IX611", hint=hint)
    return ids[email]


@dataclass(frozen=True, slots=True)
class Names:
    """Who an id is, for reading; a stranger is shown as the id that stands there."""

    owners: Mapping[str, str]
    users: Mapping[str, str]

    @classmethod
    def of(cls, people: Iterable[RemotePerson]) -> Names:
        """Everybody who is known and active."""
        ids = Ids.of(people)
        owners = {number: email for email, number in ids.owners.items()}
        return cls(owners, {number: email for email, number in ids.users.items()})

    def owner(self, number: str) -> str:
        """The address of an owner."""
        return self.owners.get(number, f"owner {number}")

    def user(self, number: str) -> str:
        """The address of a user."""
        return self.users.get(number, f"user {number}")


def text(step: Step) -> str:
    """The one spelling of a step."""
    return json.dumps(step, ensure_ascii=False, sort_keys=False, separators=(", ", ": "))


def read_text(spelled: str) -> Step:
    """What ``text`` spelled."""
    found: Step = json.loads(spelled)
    return found


def neutral(action: Mapping[str, Any], names: Names) -> Step:
    """A step as HubSpot has it in its neutral form; whole where it is none of ours."""
    known = None
    try:
        if action["type"] == "LIST_BRANCH":
            known = _branch(action)
        elif action["type"] == "SINGLE_CONNECTION":
            known = _single(action, names)
    except (KeyError, TypeError, ValueError, AttributeError):
        known = None
    return known or {"do": "other", "action": _without_defaults(action)}


def _branch(action: Mapping[str, Any]) -> Step | None:
    branches: list[Step] = []
    for each in action["listBranches"]:
        groups = filters(each["filterBranch"])
        if groups is None:
            return None
        when, then = plain(groups), _next(each.get("connection"))
        branches.append({"name": each["branchName"], "when": when, **then})
    otherwise = _next(action.get("defaultBranch"))
    return {"do": "branch", "branches": branches, "else": otherwise.get("then", "")}


def _next(connection: Any) -> Step:
    return {"then": str(connection["nextActionId"])} if connection else {}


def _single(action: Mapping[str, Any], names: Names) -> Step | None:
    fields, then = dict(action["fields"]), _next(action.get("connection"))
    match action["actionTypeId"]:
        case "0-1" if set(fields) == {"delta", "time_unit"}:
            return {"do": "wait", "time": str(fields["delta"]), "unit": fields["time_unit"], **then}
        case "0-35" if fields.get("date", {}).get("type") == "OBJECT_PROPERTY":
            return {"do": "wait until", "property": fields["date"]["propertyName"], **then}
        case "0-5" if set(fields) == {"property_name", "value"}:
            return _set(fields["property_name"], fields["value"], names, then)
        case "0-11" if set(fields) <= _ROTATION and fields.get("target_property") == OWNER:
            among = [names.user(str(each)) for each in fields["user_ids"]]
            kept = str(fields.get("overwrite_current_owner", "false")).lower() == "false"
            return {"do": "rotate", "among": among, **then} if kept else None
        case "0-8" if set(fields) <= {"user_ids", "subject", "body"}:
            to = [names.user(str(each)) for each in fields["user_ids"]]
            told = {"subject": fields["subject"], "body": fields["body"]}
            return {"do": "tell", "people": to, **told, **then}
        case "0-8" if set(fields) <= {"owner_properties", "subject", "body"}:
            of = list(fields["owner_properties"])
            told = {"subject": fields["subject"], "body": fields["body"]}
            return {"do": "tell", "owners": of, **told, **then}
        case _:
            return None


_ROTATION = {"user_ids", "target_property", "overwrite_current_owner"}


def _set(name: str, value: Mapping[str, Any], names: Names, then: Step) -> Step | None:
    match value["type"]:
        case "STATIC_VALUE" if name == OWNER:
            person = names.owner(str(value["staticValue"]))
            return {"do": "set", "property": name, "person": person, **then}
        case "STATIC_VALUE":
            return {"do": "set", "property": name, "value": str(value["staticValue"]), **then}
        case "OBJECT_PROPERTY":
            return {"do": "set", "property": name, "from": value["propertyName"], **then}
        case _:
            return None


def _without_defaults(value: Any) -> Any:
    """Without what HubSpot fills in where nothing was said."""
    if isinstance(value, Mapping):
        found = {key: _without_defaults(each) for key, each in sorted(value.items())}
        return {key: each for key, each in found.items() if each not in (None, [], {}, "", 0)}
    return [_without_defaults(each) for each in value] if isinstance(value, list) else value


def emails(step: Step) -> Iterator[str]:
    """Whom a step names."""
    yield from step.get("among", ())
    yield from step.get("people", ())
    if "person" in step:
        yield step["person"]


def actions(steps: Mapping[str, Step], ids: Ids) -> list[Body]:
    """Every step as HubSpot wants it; what is reached a second time is reached by a jump."""
    seen: set[str] = set()
    return [_action(number, steps[number], ids, seen) for number in ordered(steps)]


def ordered(numbers: Iterable[str]) -> list[str]:
    """Ids of steps in their order."""
    return sorted(numbers, key=lambda each: (len(each), each))


def _action(number: str, step: Step, ids: Ids, seen: set[str]) -> Body:
    if step["do"] == "other":
        return {**step["action"], "actionId": number}
    if step["do"] == "branch":
        return _branching(number, step, seen)
    kind, fields = _fields(step, ids)
    body: Body = {
        "type": "SINGLE_CONNECTION",
        "actionId": number,
        "actionTypeId": kind,
        "actionTypeVersion": 0,
        "fields": fields,
    }
    return body | ({"connection": _edge(step["then"], seen)} if step.get("then") else {})


def _edge(to: str, seen: set[str]) -> Body:
    kind = "GOTO" if to in seen else "STANDARD"
    seen.add(to)
    return {"edgeType": kind, "nextActionId": to}


def _branching(number: str, step: Step, seen: set[str]) -> Body:
    branches = [
        {
            "branchName": each["name"],
            "filterBranch": native(read_plain(each["when"])),
            "connection": _edge(each["then"], seen),
        }
        for each in step["branches"]
    ]
    return {
        "type": "LIST_BRANCH",
        "actionId": number,
        "listBranches": branches,
        "defaultBranchName": "otherwise",
        "defaultBranch": _edge(step["else"], seen),
    }


def _fields(step: Step, ids: Ids) -> tuple[str, Body]:
    """The action type and the fields of a step that has one way on."""
    match step["do"]:
        case "wait":
            return DELAY, {"delta": step["time"], "time_unit": step["unit"]}
        case "wait until":
            date = {"type": "OBJECT_PROPERTY", "propertyName": step["property"]}
            return UNTIL, {"date": date, "delta": "0", "time_unit": "DAYS"}
        case "set":
            return SET, {"property_name": step["property"], "value": _value(step, ids)}
        case "rotate":
            users = [ids.user(each) for each in step["among"]]
            rest = {"target_property": OWNER, "overwrite_current_owner": "false"}
            return ROTATE, {"user_ids": users, **rest}
        case "tell":
            told = {"subject": step["subject"], "body": step["body"]}
            if "owners" in step:
                return EMAIL, {"owner_properties": list(step["owners"]), **told}
            return EMAIL, {"user_ids": [ids.user(each) for each in step["people"]], **told}
        case other:
            raise AssertionError(f"no step does {other}")


def _value(step: Step, ids: Ids) -> Body:
    if "person" in step:
        return {"type": "STATIC_VALUE", "staticValue": ids.owner(step["person"])}
    if "from" in step:
        return {"type": "OBJECT_PROPERTY", "propertyName": step["from"]}
    return {"type": "STATIC_VALUE", "staticValue": step["value"]}


def types(steps: Iterable[Step]) -> Sequence[str]:
    """The action types that these steps need, besides branches."""
    needed = {
        "wait": DELAY,
        "wait until": UNTIL,
        "set": SET,
        "rotate": ROTATE,
        "tell": EMAIL,
    }
    return sorted({needed[each["do"]] for each in steps if each["do"] in needed})

"""Owners, users and teams: read only here, with owner ids that are not user ids."""

from __future__ import annotations

from collections.abc import Iterable

from ixia_config.sdk.wire import Response
from ixia_connectors.hubspot.sandbox.call import Body, Call, answer, results
from ixia_connectors.hubspot.sandbox.clock import iso
from ixia_connectors.hubspot.sandbox.errors import absent, invalid
from ixia_connectors.hubspot.sandbox.profile import Person, Team
from ixia_connectors.hubspot.sandbox.routing import Route
from ixia_connectors.hubspot.sandbox.scopes import needs
from ixia_connectors.hubspot.sandbox.store import Row, Store

_OWNERS_PAGE = 500
_USERS_PAGE = 100


def add(store: Store, people: Iterable[Person], teams: Iterable[Team]) -> None:
    """Put people and teams into the account, or change those that are there."""
    store.run_many(
        "INSERT OR REPLACE INTO teams VALUES (?, ?)", [(team.id, team.name) for team in teams]
    )
    store.run_many(
        "INSERT OR REPLACE INTO people VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                person.user_id,
                person.owner_id,
                person.email.lower(),
                person.first_name,
                person.last_name,
                " ".join(person.teams),
                person.active,
                person.super_admin,
            )
            for person in people
        ],
    )


def find(store: Store, name: str) -> Person | None:
    """A person by user id or e-mail address."""
    sql = "SELECT * FROM people WHERE user_id = ? OR email = ?"
    row = store.row(sql, int(name) if name.isdigit() else -1, name.lower())
    return None if row is None else _person(row)


def _person(row: Row) -> Person:
    return Person(
        user_id=row["user_id"],
        owner_id=row["owner_id"],
        email=row["email"],
        first_name=row["first_name"],
        last_name=row["last_name"],
        teams=tuple(row["teams"].split()),
        active=bool(row["active"]),
        super_admin=bool(row["super_admin"]),
    )


def _people(call: Call) -> list[Person]:
    return [_person(row) for row in call.store.rows("SELECT * FROM people ORDER BY owner_id")]


def _team_names(call: Call) -> dict[str, str]:
    return {row["id"]: row["name"] for row in call.store.rows("SELECT * FROM teams ORDER BY id")}


def _owner(call: Call, person: Person) -> Body:
    names = _team_names(call)
    body: Body = {
        "id": str(person.owner_id),
        "email": person.email,
        "type": "PERSON",
        "firstName": person.first_name,
        "lastName": person.last_name,
        "userIdIncludingInactive": person.user_id,
        "createdAt": iso(0),
        "updatedAt": iso(0),
        "archived": not person.active,
        "teams": [
            {"id": team, "name": names[team], "primary": position == 0}
            for position, team in enumerate(person.teams)
        ],
    }
    return {**body, "userId": person.user_id} if person.active else body


def _list_owners(call: Call) -> Response:
    limit, after = call.number("limit", 100, most=_OWNERS_PAGE), call.offset()
    email = call.query("email")
    found = [
        person
        for person in _people(call)
        if person.active != call.archived
        and (email is None or person.email == email.lower())
        and person.owner_id > after
    ]
    body: Body = {"results": [_owner(call, person) for person in found[:limit]]}
    if len(found) > limit:
        body["paging"] = _next(call, str(found[limit - 1].owner_id))
    return answer(200, body)


def _next(call: Call, after: str) -> Body:
    return {"next": {"after": after, "link": f"{call.request.path}?after={after}"}}


def _get_owner(call: Call) -> Response:
    key = call.query("idProperty") or "id"
    if key not in ("id", "userId"):
        raise invalid(f"idProperty must be id or userId, not {key}")
    for person in _people(call):
        number = person.owner_id if key == "id" else person.user_id
        if str(number) == call.path["owner"] and person.active != call.archived:
            return answer(200, _owner(call, person))
    raise absent("Owner", call.path["owner"])


def _user(person: Person) -> Body:
    body: Body = {
        "id": str(person.user_id),
        "email": person.email,
        "firstName": person.first_name,
        "lastName": person.last_name,
        "roleIds": [],
        "superAdmin": person.super_admin,
        "secondaryTeamIds": list(person.teams[1:]),
    }
    return {**body, "primaryTeamId": person.teams[0]} if person.teams else body


def _active(call: Call) -> list[Person]:
    people = [person for person in _people(call) if person.active]
    return sorted(people, key=lambda person: person.user_id)


def _list_users(call: Call) -> Response:
    limit, after = call.number("limit", 100, most=_USERS_PAGE), call.offset()
    found = [person for person in _active(call) if person.user_id > after]
    body: Body = {"results": [_user(person) for person in found[:limit]]}
    if len(found) > limit:
        body["paging"] = _next(call, str(found[limit - 1].user_id))
    return answer(200, body)


def _get_user(call: Call) -> Response:
    key = call.query("idProperty") or "USER_ID"
    if key not in ("USER_ID", "EMAIL"):
        raise invalid(f"idProperty must be USER_ID or EMAIL, not {key}")
    for person in _active(call):
        if call.path["user"].lower() == (str(person.user_id) if key == "USER_ID" else person.email):
            return answer(200, _user(person))
    raise absent("User", call.path["user"])


def _list_roles(_: Call) -> Response:
    return results([])


def _team(call: Call, team: str, name: str) -> Body:
    people = _active(call)
    return {
        "id": team,
        "name": name,
        "userIds": [str(person.user_id) for person in people if person.teams[:1] == (team,)],
        "secondaryUserIds": [str(person.user_id) for person in people if team in person.teams[1:]],
    }


def _list_teams(call: Call) -> Response:
    return results([_team(call, team, name) for team, name in _team_names(call).items()])


def _get_team(call: Call) -> Response:
    names = _team_names(call)
    if call.path["team"] not in names:
        raise absent("Team", call.path["team"])
    return answer(200, _team(call, call.path["team"], names[call.path["team"]]))


_OWNERS = needs("crm.objects.owners.read")
_USERS = needs("settings.users.read")
_TEAMS = needs("settings.users.teams.read")

ROUTES = (
    Route("owners", "GET", "", _list_owners, _OWNERS),
    Route("owners", "GET", "{owner}", _get_owner, _OWNERS),
    Route("users", "GET", "", _list_users, _USERS),
    Route("users", "GET", "roles", _list_roles, _USERS),
    Route("users", "GET", "teams", _list_teams, _TEAMS),
    Route("users", "GET", "{user}", _get_user, _USERS),
    Route("teams", "GET", "", _list_teams, _TEAMS),
    Route("teams", "GET", "{team}", _get_team, _TEAMS),
)

"""One request on its way through the sandbox, and the answers that can be given to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ixia_config.sdk.wire import Json, Request, Response
from ixia_connectors.hubspot.sandbox.errors import invalid
from ixia_connectors.hubspot.sandbox.profile import Person, Profile
from ixia_connectors.hubspot.sandbox.store import Store

Body = dict[str, Json]


@dataclass(frozen=True, slots=True)
class Call:
    """A request that was let in: whose it is, what its path says and when it came (ms).

    ``actor`` is the user that the request says it acts for; only then do pipeline rules hold.
    """

    store: Store
    profile: Profile
    request: Request
    version: str
    path: Mapping[str, str]
    now: int
    actor: Person | None = None
    used_today: int = 0

    @property
    def user_id(self) -> int:
        """Who the audit trail names."""
        return self.profile.service_user if self.actor is None else self.actor.user_id

    def query(self, name: str) -> str | None:
        """A query parameter, the last one where it is given twice."""
        values = [value for key, value in self.request.params if key == name]
        return values[-1] if values else None

    def listed(self, name: str) -> list[str]:
        """A query parameter that is a list: repeated, or parted by commas."""
        values = [value for key, value in self.request.params if key == name]
        return [part for value in values for part in value.split(",") if part]

    def flag(self, name: str) -> bool | None:
        """A yes-or-no query parameter; None where it is absent."""
        value = self.query(name)
        if value is None:
            return None
        if value.lower() not in ("true", "false"):
            raise invalid(f"{name} must be true or false, not {value}")
        return value.lower() == "true"

    @property
    def archived(self) -> bool:
        """Whether the request asks for what is archived."""
        return self.flag("archived") is True

    def number(self, name: str, default: int, *, most: int) -> int:
        """A whole number of the query, from 1 to ``most``."""
        text = self.query(name)
        if text is None:
            return default
        if not text.isdigit() or not 1 <= int(text) <= most:
            raise invalid(f"{name} must be a whole number from 1 to {most}, not {text}")
        return int(text)

    def offset(self) -> int:
        """Where the page begins, from the ``after`` of the page before it."""
        text = self.query("after") or "0"
        if not text.isdigit():
            raise invalid(f"after is not a paging cursor: {text}")
        return int(text)

    def body(self) -> Body:
        """The JSON object that was sent."""
        if not isinstance(self.request.json, dict):
            raise invalid("Invalid input JSON: an object is expected")
        return self.request.json


def answer(status: int, body: Json = None) -> Response:
    """An answer with a JSON body, or with none."""
    return Response(status, body)


def results(rows: list[Body]) -> Response:
    """A list that has no pages."""
    return answer(200, {"results": list(rows)})


def text(body: Body, name: str) -> str:
    """A required text of a body."""
    value = body.get(name)
    if not isinstance(value, str) or not value.strip():
        raise invalid(f"{name} is required and must be text", context={"field": [name]})
    return value


def identifier(body: Body, name: str) -> str:
    """An id of a body: text, or a number that stands for its text, as clients send either."""
    value = body.get(name)
    whole = isinstance(value, int) and not isinstance(value, bool)
    return str(value) if whole else text(body, name)


def optional_text(body: Body, name: str) -> str | None:
    """A text of a body, or None where it is absent."""
    return None if body.get(name) is None else text(body, name)


def integer(body: Body, name: str) -> int:
    """A required whole number of a body."""
    value = body.get(name)
    if isinstance(value, bool) or not isinstance(value, int):
        raise invalid(f"{name} is required and must be a whole number", context={"field": [name]})
    return value


def boolean(body: Body, name: str) -> bool:
    """A required yes-or-no of a body."""
    value = body.get(name)
    if not isinstance(value, bool):
        raise invalid(f"{name} is required and must be true or false", context={"field": [name]})
    return value


def mapping(body: Body, name: str) -> Body:
    """A required object of a body."""
    value = body.get(name)
    if not isinstance(value, dict):
        raise invalid(f"{name} is required and must be an object", context={"field": [name]})
    return value


def objects(body: Body, name: str) -> list[Body]:
    """A required list of objects of a body."""
    value = body.get(name)
    if not isinstance(value, list):
        raise invalid(f"{name} is required and must be a list", context={"field": [name]})
    found = [member for member in value if isinstance(member, dict)]
    if len(found) != len(value):
        raise invalid(f"{name} must hold objects only", context={"field": [name]})
    return found


def texts(body: Body, name: str) -> list[str]:
    """A required list of texts of a body."""
    value = body.get(name)
    if not isinstance(value, list):
        raise invalid(f"{name} is required and must be a list", context={"field": [name]})
    found = [member for member in value if isinstance(member, str)]
    if len(found) != len(value):
        raise invalid(f"{name} must hold texts only", context={"field": [name]})
    return found

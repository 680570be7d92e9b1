"""A CRM in memory with every bad habit that a CRM can have, each behind a switch.

It gives its own ids, accepts duplicate names and keeps what it is not asked to change. Pipelines
hold stages, stages hold records.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from threading import RLock
from typing import Any

from ixia_config.sdk import Json, Request, Response

TOKEN = "reference-token"  # noqa: S105  # opens a toy
ACCOUNT = "77"
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Habits:
    """What makes this account harder to deal with than its documentation says."""

    list_lag: float = 0.0  # seconds until a list shows a write; reading by id is immediate
    page: int = 100
    pace: int = 0  # requests in ten seconds, then 429; 0: no limit
    retry_after: bool = True  # whether a 429 says how long to wait
    fold_case: bool = False  # names come back in lower case
    defaults: bool = False  # fills in what was not sent
    reverse: bool = False  # lists come back in another order
    drop: str = ""  # a field that is taken without a word and not kept
    unique: bool = False  # a name that is taken is refused with 409
    batch: int = 100  # records that one move moves before it stops
    hidden: str = ""  # stages | records: may not be read with this token
    reuse_ids: bool = False  # the id of what was deleted is given again
    fields: str = ""  # more | renamed: what a new version of the API did to stages


class _Refused(Exception):  # noqa: N818  # an answer, not a failure
    def __init__(self, status: int, message: str, **headers: str) -> None:
        super().__init__(message)
        self.response = Response(status, {"message": message}, headers)


@dataclass(slots=True)
class _Object:
    """One object and every version that it had, with the time of each."""

    table: str
    versions: list[tuple[float, Row | None]]

    def at(self, moment: float) -> Row | None:
        """The version that was there at a time."""
        found = None
        for since, row in self.versions:
            if since <= moment:
                found = row
        return found

    @property
    def now(self) -> Row | None:
        return self.versions[-1][1]


@dataclass
class Crm:
    """The account; the same requests at the same times give the same answers, ids included."""

    habits: Habits = field(default_factory=Habits)
    objects: dict[str, _Object] = field(default_factory=dict)
    last_id: int = 100
    sent: list[float] = field(default_factory=list)  # times of requests that were let through
    refused: int = 0  # requests that were too many
    _free: list[str] = field(default_factory=list)
    _lock: Any = field(default_factory=RLock, repr=False)

    def respond(self, request: Request, *, token: str | None, now: float) -> Response:
        """Answer one request."""
        with self._lock:
            try:
                if token != TOKEN:
                    raise _Refused(401, "who are you?")
                headers = self._admit(now)
                return Response(200, self._answer(request, now), headers)
            except _Refused as refused:
                return refused.response

    def rows(self, table: str) -> dict[str, Row]:
        """What a table holds now, by id."""
        return {
            key: dict(each.now)
            for key, each in self.objects.items()
            if each.table == table and each.now is not None
        }

    def dump(self) -> dict[str, Row]:
        """Everything that the account holds now, by table and id."""
        return {
            f"{each.table}/{key}": dict(each.now)
            for key, each in self.objects.items()
            if each.now is not None
        }

    def copied(self) -> Crm:
        """The same account, to go another way from here."""
        objects = copy.deepcopy(self.objects)
        return Crm(self.habits, objects, self.last_id, _free=list(self._free))

    def add(self, table: str, now: float = 0.0, **row: Any) -> str:
        """Put an object there, as its people do; returns its id."""
        key = self._id()
        self.objects[key] = _Object(table, [(now, {"id": key, **row})])
        return key

    def change(self, key: str, now: float = 0.0, **row: Any) -> None:
        """Change an object, as its people do."""
        held = self.objects[key]
        held.versions.append((now, {**(held.now or {}), **row}))

    def _id(self) -> str:
        if self.habits.reuse_ids and self._free:
            return self._free.pop()
        self.last_id += 1
        return str(self.last_id)

    def _admit(self, now: float) -> Mapping[str, str]:
        pace = self.habits.pace
        recent = [each for each in self.sent if each > now - 10]
        if pace and len(recent) >= pace:
            self.refused += 1
            wait = {"retry-after": "10"} if self.habits.retry_after else {}
            raise _Refused(429, "too many requests", **wait)
        self.sent.append(now)
        return {"x-limit": str(pace), "x-left": str(pace - len(recent) - 1)} if pace else {}

    def _answer(self, request: Request, now: float) -> Json:
        table, _, rest = request.path.strip("/").partition("/")
        key, _, action = rest.partition("/")
        ways: Mapping[tuple[str, bool, str], Callable[[], Json]] = {
            ("GET", False, ""): lambda: self._list(table, request, now),
            ("GET", True, ""): lambda: self._shown(self._row(table, key)),
            ("POST", False, ""): lambda: self._create(table, _body(request), now),
            ("PATCH", True, ""): lambda: self._update(table, key, _body(request), now),
            ("DELETE", True, ""): lambda: self._delete(table, key, now),
            ("PUT", True, "order"): lambda: self._arrange(key, _body(request), now),
            ("POST", True, "move"): lambda: self._move(key, _body(request), now),
        }
        if table == "account":
            return {"id": ACCOUNT, "name": "Reference CRM 77", "lower": self.habits.fold_case}
        way = ways.get((request.method, bool(key), action))
        if way is None or table not in ("pipelines", "stages", "records"):
            raise _Refused(404, "no such path")
        if request.method == "GET" and table == self.habits.hidden:
            raise _Refused(403, f"this token may not read {table}")
        return way()

    def _row(self, table: str, key: str) -> Row:
        held = self.objects.get(key)
        if held is None or held.table != table or held.now is None:
            raise _Refused(404, f"no {table} {key}")
        return held.now

    def _list(self, table: str, request: Request, now: float) -> Json:
        params = dict(request.params)
        start = int(params.pop("after", "0"))
        moment = now - self.habits.list_lag
        rows = [each.at(moment) for each in self.objects.values() if each.table == table]
        found = [row for row in rows if row and all(row.get(k) == v for k, v in params.items())]
        found = found[::-1] if self.habits.reverse else found
        end = start + self.habits.page
        shown: list[Json] = [self._shown(row) for row in found[start:end]]
        return {
            "results": shown,
            "total": len(found),
            "after": str(end) if end < len(found) else None,
        }

    def _shown(self, row: Row) -> Row:
        """A row as this version of the API spells it."""
        shown = {**row, "name": row["name"].lower()} if self.habits.fold_case else dict(row)
        if self.habits.fields == "more":
            shown["score"] = {"beta": True}
        if self.habits.fields == "renamed" and "chance" in shown:
            shown["likelihood"] = shown.pop("chance")
        return shown

    def _create(self, table: str, body: Row, now: float) -> Json:
        self._free_name(table, body, "")
        given: Row = {"colour": "grey"} if table == "stages" else {"note": ""}
        if table == "stages":
            self._row("pipelines", body.get("pipeline", ""))
            standing = [
                each["position"]
                for each in self.rows("stages").values()
                if each["pipeline"] == body["pipeline"]
            ]
            given |= {"position": max(standing, default=-1) + 1, "chance": None}
        if self.habits.defaults and table == "stages":
            given["chance"] = "0.1"
        key = self.add(table, now, **{**given, **self._kept(body)})
        return self._shown(self._row(table, key))

    def _update(self, table: str, key: str, body: Row, now: float) -> Json:
        self._row(table, key)
        self._free_name(table, {**self._row(table, key), **body}, key)
        self.change(key, now, **self._kept(body))
        return self._shown(self._row(table, key))

    def _kept(self, body: Row) -> Row:
        name = {"name": body["name"].strip()} if "name" in body else {}
        return {k: v for k, v in {**body, **name}.items() if k != self.habits.drop}

    def _free_name(self, table: str, body: Row, own: str) -> None:
        if not str(body.get("name", "")).strip():
            raise _Refused(400, "a name is needed")
        for key, row in self.rows(table).items():
            same = row["name"] == body["name"] and row.get("pipeline") == body.get("pipeline")
            if self.habits.unique and same and key != own:
                raise _Refused(409, f"{body['name']} is taken")

    def _delete(self, table: str, key: str, now: float) -> Json:
        self._row(table, key)
        if any(row["stage"] == key for row in self.rows("records").values()):
            raise _Refused(409, "records stand here")
        self.objects[key].versions.append((now, None))
        self._free.append(key)
        return None

    def _arrange(self, key: str, body: Row, now: float) -> Json:
        self._row("pipelines", key)
        for place, stage in enumerate(body["stages"]):
            if self._row("stages", stage)["position"] != place:
                self.change(stage, now, position=place)
        return None

    def _move(self, key: str, body: Row, now: float) -> Json:
        self._row("stages", body["to"])
        standing = [each for each, row in self.rows("records").items() if row["stage"] == key]
        for each in standing[: self.habits.batch]:
            self.change(each, now, stage=body["to"])
        return {"left": max(0, len(standing) - self.habits.batch)}


def _body(request: Request) -> Row:
    if not isinstance(request.json, dict):
        raise _Refused(400, "the body is no object")
    return request.json


__all__ = ["ACCOUNT", "TOKEN", "Crm", "Habits"]

"""The admin API of Node-RED 4.1 in memory, with the habits that hurt.

Seen at the real one: a deployment replaces everything, without ``rev`` unconditionally, with a
stale one it is refused with 409; the same flows have the same ``rev``; ``POST /flow`` gives its own
id and never looks for a tab of the same name; node types that nobody installed are taken.
"""

from __future__ import annotations

import copy
import hashlib
import json
from dataclasses import dataclass, field
from threading import RLock
from typing import Any

from ixia_config.sdk import Json, Rehearsal, Request, Response

Row = dict[str, Any]
TITLE = "Lead desk"
TOKEN = "sandbox-token"  # noqa: S105  # opens a toy


class _Refused(Exception):  # noqa: N818  # an answer, not a failure
    def __init__(self, status: int, code: str) -> None:
        super().__init__(code)
        self.response = Response(status, {"code": code, "message": "Error"})


@dataclass
class NodeRedSandbox:
    """One instance; nothing runs in it."""

    title: str = TITLE
    user: str = "ixia"
    password: str = "rehearsal"  # noqa: S105  # opens a toy
    flows: list[Row] = field(default_factory=list)
    tokens: set[str] = field(default_factory=lambda: {TOKEN})
    made: int = 0
    running: bool = True
    _lock: Any = field(default_factory=RLock, repr=False)

    @property
    def rev(self) -> str:
        """The name of these very flows."""
        written = json.dumps(self.flows, separators=(",", ":"), ensure_ascii=False)
        return hashlib.sha256(written.encode()).hexdigest()

    def respond(self, request: Request, *, token: str | None, now: float) -> Response:  # noqa: ARG002
        """Answer one request."""
        with self._lock:
            try:
                if request.path in ("/auth/token", "/theme"):
                    return self._open(request)
                if token not in self.tokens:
                    return Response(401, text="Unauthorized")
                return self._answer(request, token)
            except _Refused as refused:
                return refused.response

    def _open(self, request: Request) -> Response:
        """What needs no token."""
        if request.path == "/theme":
            return Response(200, {"page": {"title": "Node-RED"}, "header": {"title": self.title}})
        given = request.json if isinstance(request.json, dict) else {}
        if (given.get("username"), given.get("password")) != (self.user, self.password):
            return Response(403, {"error": "invalid_grant"})
        token = f"token-{self._number()}"
        self.tokens.add(token)
        return Response(200, {"access_token": token, "expires_in": 604800, "token_type": "Bearer"})

    def _number(self) -> int:
        self.made += 1
        return self.made

    def _answer(self, request: Request, token: str | None) -> Response:
        head, _, key = request.path.strip("/").partition("/")
        match request.method, head, bool(key):
            case "GET", "settings", False:
                user: Json = {"username": self.user, "permissions": "*"}
                return Response(200, {"version": "4.1.8", "httpNodeRoot": "/", "user": user})
            case "GET", "flows", False:
                return Response(200, self._told(request))
            case "POST", "flows", False:
                return self._deploy(request)
            case method, "flows", True if key == "state":
                return self._state(method, request)
            case method, "flow", _:
                return self._one(method, key, request)
            case "POST", "auth", True if key == "revoke":
                self.tokens.discard(token or "")
                return Response(200)
            case _:
                raise _Refused(404, "not_found")

    def _told(self, request: Request) -> Json:
        flows: Json = copy.deepcopy(self.flows)  # type: ignore[assignment]  # rows are JSON
        return {"flows": flows, "rev": self.rev} if _is_v2(request) else flows

    def _deploy(self, request: Request) -> Response:
        given = request.json
        rows = given.get("flows") if isinstance(given, dict) else given
        rev = given.get("rev") if isinstance(given, dict) else None
        if rev is not None and rev != self.rev:
            raise _Refused(409, "version_mismatch")
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            raise _Refused(400, "invalid_flow")
        self.flows = copy.deepcopy(rows)  # type: ignore[arg-type]  # they are rows: seen above
        return Response(200, {"rev": self.rev}) if _is_v2(request) else Response(204)

    def _state(self, method: str, request: Request) -> Response:
        if method == "POST" and isinstance(request.json, dict):
            self.running = request.json.get("state") == "start"
        return Response(200, {"state": "start" if self.running else "stop"})

    def _one(self, method: str, key: str, request: Request) -> Response:
        if method != "POST" and not any(_is_tab(row, key) for row in self.flows):
            raise _Refused(404, "not_found")
        match method:
            case "GET":
                return Response(200, self._tab(key))
            case "POST":
                key = f"{self._number():016x}"
                self._put(key, request)
                return Response(200, {"id": key})
            case "PUT":
                self._put(key, request)
                return Response(200, {"id": key})
            case "DELETE":
                self._take(key)
                return Response(204)
            case _:
                raise _Refused(404, "not_found")

    def _tab(self, key: str) -> Json:
        own = next(row for row in self.flows if _is_tab(row, key))
        shown = {name: value for name, value in own.items() if name != "type"}
        return {**shown, "nodes": [row for row in self.flows if row.get("z") == key], "configs": []}

    def _put(self, key: str, request: Request) -> None:
        if not isinstance(request.json, dict):
            raise _Refused(400, "bad_request")
        given: Row = copy.deepcopy(request.json)
        nodes = given.pop("nodes", [])
        given.pop("configs", None)
        self._take(key)
        self.flows.append({"type": "tab", **given, "id": key})
        self.flows += [{**node, "z": key} for node in nodes]

    def _take(self, key: str) -> None:
        self.flows = [row for row in self.flows if row["id"] != key and row.get("z") != key]


def _is_tab(row: Row, key: str) -> bool:
    return row.get("type") == "tab" and row["id"] == key


def _is_v2(request: Request) -> bool:
    named = {name.lower(): value for name, value in request.headers}
    return named.get("node-red-api-version") == "v2"


def rehearsal() -> Rehearsal:
    """An instance with a flow of somebody else in it."""
    sandbox = NodeRedSandbox()
    sandbox.flows = [
        {"id": "f6f2187d.f17ca8", "type": "tab", "label": "Coffee", "disabled": False, "info": ""},
        {"id": "3cc11d24.ff01a2", "type": "inject", "z": "f6f2187d.f17ca8", "x": 90, "y": 80,
         "name": "Every morning", "wires": [["a0b1.c2"]]},
        {"id": "a0b1.c2", "type": "debug", "z": "f6f2187d.f17ca8", "x": 300, "y": 80, "wires": []},
    ]  # fmt: skip
    return Rehearsal(sandbox, sandbox.title, TOKEN)

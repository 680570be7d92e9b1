"""Odoo 19 with CRM in memory, as its JSON-2 interface shows it, with the habits that hurt.

Held against the real one by the live tests: a write to a stage that does not exist answers true,
one-to-many commands append, names are not unique, a write that changes nothing bumps
``write_date``, archived rows are hidden unless asked for, ``load`` is all or nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from threading import RLock
from typing import Any

from ixia_config.sdk import Json, Rehearsal, Request, Response
from ixia_connectors.odoo.sandbox import errors, methods, seed
from ixia_connectors.odoo.sandbox.behaviours import BEHAVIOURS
from ixia_connectors.odoo.sandbox.errors import Refused
from ixia_connectors.odoo.sandbox.orm import Odoo
from ixia_connectors.odoo.sandbox.store import Store

ACCOUNT = "5b6f3c1e-19aa-11f1-9f3d-0242ac120002"
KEY = "sandbox-key"
_PREFIX = "/json/2/"
_VERSION: Json = {"version_info": [19, 0, 0, "final", 0, ""], "version": "19.0"}
_START = 1_767_225_600.0  # 2026-01-01
_SLIPS = (TypeError, ValueError, AttributeError, LookupError, ArithmeticError, RecursionError)


@dataclass
class OdooSandbox:
    """One database; nothing that somebody wrote into it is ever run as code."""

    account: str = ACCOUNT
    key: str = KEY
    odoo: Odoo = field(default_factory=lambda: Odoo(Store(), BEHAVIOURS), repr=False)
    _lock: Any = field(default_factory=RLock, repr=False)

    def __post_init__(self) -> None:
        """Fill the fresh database."""
        self.odoo.now = _START
        with self.odoo.store.transaction():
            seed.fill(self.odoo.with_(sudo=True), self.account)

    def respond(self, request: Request, *, token: str | None, now: float) -> Response:
        """Answer one request."""
        with self._lock:
            self.odoo.now = now
            try:
                with self.odoo.store.transaction():
                    return Response(200, self._answer(request, token))
            except Refused as refused:
                return refused.response()
            except _SLIPS as slip:
                name = f"builtins.{type(slip).__name__}"
                return Refused(500, name, str(slip)).response()

    def _answer(self, request: Request, token: str | None) -> Json:
        match request.path:
            case "/web/version" | "/json/version":
                return _VERSION
            case "/web/health":
                return {"status": "pass"}
        parts = request.path.removeprefix(_PREFIX).split("/")
        if not request.path.startswith(_PREFIX) or len(parts) != 2 or request.method != "POST":
            raise errors.not_found("Did you mean POST /json/2/<model>/<method>?")
        self._let_in(token)
        body = request.json if isinstance(request.json, dict) else {}
        if isinstance(request.json, str):
            told = "could not parse the body as json"
            raise Refused(400, "werkzeug.exceptions.BadRequest", told, http=True)
        return methods.call(self.odoo, parts[0], parts[1], body)

    def _let_in(self, token: str | None) -> None:
        if token is None:
            told = "User not authenticated, use an API Key with a Bearer Authorization header."
            raise Refused(401, "werkzeug.exceptions.Unauthorized", told, http=True)
        if token != self.key:
            raise Refused(401, "werkzeug.exceptions.Unauthorized", "Invalid apikey", http=True)

    # -- for tests and rehearsals: what somebody else does -------------------------------------

    def rows(self, model: str) -> Mapping[int, Mapping[str, Any]]:
        """The rows of a model as stored, by id."""
        return self.odoo.store.rows(model)

    def add(self, model: str, **values: Any) -> int:
        """A new row, made as a person makes it."""
        with self._lock, self.odoo.store.transaction():
            return self.odoo.create(model, values)

    def change(self, model: str, row: int, **values: Any) -> None:
        """Change a row as a person does."""
        with self._lock, self.odoo.store.transaction():
            self.odoo.write(model, [row], values)

    def remove(self, model: str, *rows: int) -> None:
        """Delete rows as a person does."""
        with self._lock, self.odoo.store.transaction():
            self.odoo.unlink(model, rows)


def rehearsal() -> Rehearsal:
    """A fresh account in which somebody else has a team with a stage of its own."""
    sandbox = OdooSandbox()
    team = sandbox.add("crm.team", name="Partners", use_leads=True)
    sandbox.add("crm.stage", name="Introduced", sequence=5, team_ids=[team])
    return Rehearsal(sandbox, sandbox.account, sandbox.key)

"""The sandbox itself: who is asking, is it too much, where does it go, and what is the answer."""

from __future__ import annotations

import json
from collections.abc import Mapping
from itertools import count
from threading import RLock
from types import TracebackType
from typing import Self

from ixia_config.sdk.wire import Json, Request, Response
from ixia_connectors.hubspot.sandbox import (
    account,
    associations,
    flow_enrolment,
    flows,
    limits,
    people,
    pipelines,
    properties,
    record_routes,
    rules,
    standard,
    validations,
)
from ixia_connectors.hubspot.sandbox.call import Call
from ixia_connectors.hubspot.sandbox.errors import Refusal, invalid, missing_scopes
from ixia_connectors.hubspot.sandbox.profile import Person, Profile, Token
from ixia_connectors.hubspot.sandbox.routing import Destination, Router
from ixia_connectors.hubspot.sandbox.store import Store
from ixia_connectors.hubspot.sandbox.throttle import Throttle

ACTS_AS = "x-sandbox-user"
"""Header that names the user (id or e-mail) that a request acts for: pipeline rules and stage
permissions hold for it, and the audit trail names it. Without it a request acts as the service
key, which no rule binds."""

_ROUTES = (
    *account.ROUTES,
    *associations.ROUTES,
    *flows.ROUTES,
    *limits.ROUTES,
    *people.ROUTES,
    *pipelines.ROUTES,
    *properties.ROUTES,
    *record_routes.ROUTES,
    *rules.ROUTES,
    *validations.ROUTES,
)


class HubSpotSandbox:
    """A HubSpot account in memory or in a file: answers requests as the vendor's API does.

    The same requests at the same times give the same answers, ids included. Threads may share it;
    requests are answered one after another.
    """

    def __init__(self, path: str = ":memory:", *, profile: Profile | None = None) -> None:
        self.profile = Profile() if profile is None else profile
        self.store = Store(path)
        self._lock = RLock()
        self._answers = count(1)
        self._router = Router(_ROUTES)
        self._throttle = Throttle(self.profile)
        with self.store.transaction():
            if self.store.value("SELECT count(*) FROM pipelines") == 0:
                standard.furnish(self.store)
                people.add(self.store, self.profile.people, self.profile.teams)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the database."""
        self.store.close()

    def respond(self, request: Request, *, token: str | None, now: float) -> Response:
        """Answer as the vendor's API does; ``now`` is seconds since the epoch."""
        with self._lock:
            headers: dict[str, str] = {}
            try:
                response = self._answer(request, token, round(now * 1000), headers)
                correlation = self._correlation()
                body, status = response.json, response.status
            except Refusal as refusal:
                correlation = self._correlation()
                body, status = refusal.body(correlation), refusal.status
        return _response(status, body, {**headers, "x-hubspot-correlation-id": correlation})

    def _correlation(self) -> str:
        return f"{next(self._answers):08x}-0000-4000-8000-{self.profile.account:012x}"

    def _answer(
        self, request: Request, token: str | None, now: int, headers: dict[str, str]
    ) -> Response:
        """Admit a request and answer it in one transaction; fills in the rate-limit headers."""
        key = self._authenticate(token)
        searching = request.method == "POST" and request.path.rstrip("/").endswith("/search")
        headers.update(self._throttle.admit(key.app, now, searching=searching))
        destination = self._router.find(request.method, request.path)
        _refuse_missing_scopes(destination, key)
        _refuse_other_media(request)
        with self.store.transaction():
            call = self._call(request, destination, now)
            flow_enrolment.wake(call)
            return destination.route.handle(call)

    def _authenticate(self, token: str | None) -> Token:
        key = None if token is None else self.profile.tokens.get(token)
        if key is None:
            message = "Authentication credentials not found or not valid."
            raise Refusal(401, "INVALID_AUTHENTICATION", message)
        if key.expired:
            raise Refusal(401, "EXPIRED_AUTHENTICATION", "The access token is expired.")
        return key

    def _call(self, request: Request, destination: Destination, now: int) -> Call:
        return Call(
            store=self.store,
            profile=self.profile,
            request=request,
            version=destination.version,
            path=destination.path,
            now=now,
            actor=self._actor(request),
            used_today=self._throttle.used_today,
        )

    def _actor(self, request: Request) -> Person | None:
        name = _header(request, ACTS_AS)
        if name is None:
            return None
        person = people.find(self.store, name)
        if person is None or not person.active:
            raise invalid(f"{name} is not an active user")
        return person


def _header(request: Request, name: str) -> str | None:
    for key, value in request.headers:
        if key.lower() == name:
            return value
    return None


def _refuse_missing_scopes(destination: Destination, key: Token) -> None:
    for alternatives in destination.route.needs(destination.path):
        if alternatives and key.scopes.isdisjoint(alternatives):
            raise missing_scopes(alternatives)


def _refuse_other_media(request: Request) -> None:
    """A body must be JSON; what the server could not parse arrives as text."""
    media = _header(request, "content-type")
    if request.json is not None and media is not None and "json" not in media:
        raise Refusal(415, "", f"Unsupported media type: {media}")
    if isinstance(request.json, str):
        raise invalid("Invalid input JSON: the body could not be parsed")


def _response(status: int, body: Json, headers: Mapping[str, str]) -> Response:
    if body is None:
        return Response(status, None, headers)
    text = json.dumps(body, ensure_ascii=False)
    media = {"content-type": "application/json;charset=utf-8"}
    return Response(status, body, {**media, **headers}, text)

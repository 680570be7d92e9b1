"""Refusals, and the error body that the vendor gives each of them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from ixia_config.sdk.wire import Json

Context = Mapping[str, Sequence[str]]


class Refusal(Exception):  # noqa: N818  # an answer of the sandbox, not a failure of it
    """A request that is answered with an error; what it did so far is rolled back."""

    def __init__(
        self,
        status: int,
        category: str,
        message: str,
        *,
        context: Context | None = None,
        errors: Sequence[Mapping[str, Json]] = (),
    ) -> None:
        super().__init__(message)
        self.status = status
        self.category = category
        self.message = message
        self.context = dict(context or {})
        self.errors = [dict(error) for error in errors]

    def body(self, correlation: str) -> dict[str, Json]:
        """The vendor's error shape; what says nothing is left out."""
        body: dict[str, Json] = {
            "status": "error",
            "message": self.message,
            "correlationId": correlation,
        }
        if self.errors:
            body["errors"] = list(self.errors)
        if self.context:
            body["context"] = {key: list(values) for key, values in self.context.items()}
        if self.category:
            body["category"] = self.category
        return body


class Throttled(Refusal):
    """Over a rate limit. Real bodies carry no ``category``, whatever the published schema says."""

    def __init__(self, policy: str) -> None:
        name = policy.lower() + ("_rolling" if policy == "TEN_SECONDLY" else "")
        super().__init__(429, "", f"You have reached your {name} limit.")
        self.policy = name.upper()

    def body(self, correlation: str) -> dict[str, Json]:
        """The 429 body with its policy name."""
        return {
            "status": "error",
            "message": self.message,
            "errorType": "RATE_LIMIT",
            "correlationId": correlation,
            "policyName": self.policy,
            "groupName": "publicapi:service-keys:calls",
        }


def invalid(
    message: str, *, context: Context | None = None, errors: Sequence[Mapping[str, Json]] = ()
) -> Refusal:
    """400: the request makes no sense or breaks a rule."""
    return Refusal(400, "VALIDATION_ERROR", message, context=context, errors=errors)


def absent(what: str, name: str) -> Refusal:
    """404: there is no such thing, or it is archived."""
    return Refusal(404, "OBJECT_NOT_FOUND", f"{what} {name} does not exist", context={"id": [name]})


def conflict(message: str) -> Refusal:
    """409: a name or an id is taken."""
    return Refusal(409, "CONFLICT", message)


def forbidden(message: str) -> Refusal:
    """403: the token may, the account or the user may not."""
    return Refusal(403, "FORBIDDEN", message)


def missing_scopes(alternatives: Sequence[str]) -> Refusal:
    """403: the token lacks a scope; any one of these would do."""
    error: dict[str, Json] = {
        "message": "One or more of the following scopes are required.",
        "context": {"requiredGranularScopes": list(alternatives)},
    }
    message = (
        "This app hasn't been granted all required scopes to make this call. "
        "Read more about required scopes here: https://developers.hubspot.com/scopes."
    )
    return Refusal(403, "MISSING_SCOPES", message, errors=[error])


def invalid_values(problems: Sequence[Mapping[str, Json]]) -> Refusal:
    """400: property values that the record cannot take, in the vendor's text format."""
    text = json.dumps([dict(problem) for problem in problems], separators=(",", ":"))
    errors: list[dict[str, Json]] = [
        {
            "message": problem["message"],
            "code": problem["error"],
            "context": {"propertyName": [problem["name"]]},
        }
        for problem in problems
    ]
    return invalid(f"Property values were not valid: {text}", errors=errors)


def problem(name: str, code: str, message: str) -> dict[str, Json]:
    """One value that a record cannot take."""
    return {
        "isValid": False,
        "message": message,
        "error": code,
        "name": name,
        "localizedErrorMessage": message,
    }

"""What HubSpot's refusals and failures mean, as errors with a code and a way out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ixia_config.sdk import Kind, RemoteError, Request, Response

Body = Mapping[str, Any]


def explain_error(response: Response, request: Request) -> RemoteError | None:
    """Classify an answer; None where it is a success."""
    if response.status < 300:
        return None
    found: Body = response.json if isinstance(response.json, dict) else {}
    match response.status:
        case 401:
            return _unauthorised(response, request, found)
        case 403:
            return _forbidden(response, request, found)
        case 404:
            return _error(Kind.REJECTED, "IX611", response, request, _said(found, "not there"))
        case 409:
            return _conflict(response, request, found)
        case 423:
            return _locked(response, request)
        case 429:
            return _throttled(response, request, found)
        case 477:
            return _migrating(response, request)
        case status if status >= 500:
            return _failed(response, request, found)
        case _:
            return _rejected(response, request, found)


def _error(
    kind: Kind, code: str, response: Response, request: Request, message: str, hint: str = ""
) -> RemoteError:
    return RemoteError(
        kind,
        message,
        code=code,
        hint=hint,
        status=response.status,
        request=request,
        response=response,
    )


def _said(found: Body, otherwise: str) -> str:
    """HubSpot's own words, which people can search for."""
    return f"HubSpot says: {found.get('message') or otherwise}"


def _unauthorised(response: Response, request: Request, found: Body) -> RemoteError:
    if found.get("category") == "EXPIRED_AUTHENTICATION":
        hint = "make a new service key in HubSpot (Settings > Integrations > Service Keys)"
        message = "the HubSpot token has expired"
        return _error(Kind.UNAUTHORISED, "IX602", response, request, message, hint)
    hint = "check the variable or file that ixia.yaml names; it must hold a whole service key"
    message = "HubSpot does not accept the token"
    return _error(Kind.UNAUTHORISED, "IX601", response, request, message, hint)


def _forbidden(response: Response, request: Request, found: Body) -> RemoteError:
    scopes = list(dict.fromkeys(_scopes(found)))
    if scopes or found.get("category") == "MISSING_SCOPES":
        wanted = " or ".join(scopes) or "which HubSpot does not name"
        message = f"the HubSpot token lacks a scope: {wanted}"
        hint = "add it to the service key (Settings > Integrations > Service Keys) and run again"
        return _error(Kind.UNAUTHORISED, "IX603", response, request, message, hint)
    hint = "the account's plan, or the person who made the token, does not allow this"
    message = _said(found, "not allowed")
    return _error(Kind.UNAUTHORISED, "IX605", response, request, message, hint)


def _scopes(found: Body) -> Iterator[str]:
    contexts = [found.get("context"), *(_context(each) for each in found.get("errors") or [])]
    for context in contexts:
        if isinstance(context, dict):
            yield from context.get("requiredGranularScopes") or []


def _context(error: Any) -> Any:
    return error.get("context") if isinstance(error, dict) else None


def _conflict(response: Response, request: Request, found: Body) -> RemoteError:
    hint = "the name or id is taken, perhaps by something that was archived: rename, or restore it"
    return _error(Kind.REJECTED, "IX612", response, request, _said(found, "conflict"), hint)


def _locked(response: Response, request: Request) -> RemoteError:
    message = "HubSpot has locked the record while something else writes it"
    return _error(Kind.THROTTLED, "IX614", response, request, message, "run again in a minute")


def _throttled(response: Response, request: Request, found: Body) -> RemoteError:
    if str(found.get("policyName", "")).upper() == "DAILY":
        hint = "the count starts again at midnight in the account's time zone"
        message = "the HubSpot account has used up its requests for today"
        return _error(Kind.THROTTLED, "IX607", response, request, message, hint)
    message = "HubSpot asks for a pause: too many requests"
    hint = "another program may be using the same account; run again in a minute"
    return _error(Kind.THROTTLED, "IX606", response, request, message, hint)


def _migrating(response: Response, request: Request) -> RemoteError:
    wait = response.headers.get("retry-after", "")
    hint = f"run again in {wait} seconds" if wait else "run again in some hours"
    message = "HubSpot is moving this account to another data centre"
    return _error(Kind.UNAVAILABLE, "IX615", response, request, message, hint)


def _failed(response: Response, request: Request, found: Body) -> RemoteError:
    if found.get("category") == "RATE_LIMITS":
        return _throttled(response, request, found)
    kind = Kind.UNAVAILABLE if request.reads else Kind.UNKNOWN
    message = f"HubSpot failed to answer (status {response.status})"
    hint = "see https://status.hubspot.com, then run the command again"
    return _error(kind, "IX608", response, request, message, hint)


def _rejected(response: Response, request: Request, found: Body) -> RemoteError:
    details = [str(each.get("message", "")) for each in found.get("errors") or [] if each]
    more = f" ({'; '.join(details[:3])})" if any(details) else ""
    message = _said(found, f"status {response.status}") + more
    return _error(Kind.REJECTED, "IX613", response, request, message)

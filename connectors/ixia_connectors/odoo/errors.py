"""What Odoo's refusals and failures mean, as errors with a code and a way out.

An answer of Odoo may hold a traceback in ``debug``: nothing but its ``message`` is ever shown.
"""

from __future__ import annotations

from ixia_config.sdk import Kind, RemoteError, Request, Response

_LONGEST = 500


def explain_error(response: Response, request: Request) -> RemoteError | None:
    """Classify an answer; None where it is a success."""
    if response.status < 300:
        return None
    kind, code, hint = _class(response.status, reads=request.reads)
    return RemoteError(
        kind,
        f"Odoo says: {_said(response)}",
        code=code,
        hint=hint,
        status=response.status,
        request=request,
        response=Response(response.status, headers=response.headers),
    )


def _said(response: Response) -> str:
    """Odoo's own words for people; those of a programming error are not for them."""
    found = response.json if isinstance(response.json, dict) else {}
    message = found.get("message")
    if response.status >= 500 or not isinstance(message, str) or not message:
        return f"status {response.status}"
    return message[:_LONGEST]


def _class(status: int, *, reads: bool) -> tuple[Kind, str, str]:
    match status:
        case 401:
            return Kind.UNAUTHORISED, "IX601", "make a new API key (Preferences > Account Security)"
        case 403:
            return Kind.UNAUTHORISED, "IX605", "the user of the key needs Settings and Sales rights"
        case 404:
            return Kind.REJECTED, "IX611", "the app may not be installed, or it was removed"
        case 409:
            return Kind.REJECTED, "IX612", "somebody else wrote at the same time: plan again"
        case 429:
            return Kind.THROTTLED, "IX606", "run again in a minute"
        case _ if status >= 500 or status == 408:
            kind = Kind.UNAVAILABLE if reads else Kind.UNKNOWN
            return kind, "IX608", "look at Odoo's log, then run again"
        case _:
            return Kind.REJECTED, "IX613", ""

"""What Node-RED's refusals and failures mean, as errors with a code and a way out."""

from __future__ import annotations

from ixia_config.sdk import Kind, RemoteError, Request, Response


def explain_error(response: Response, request: Request) -> RemoteError | None:
    """Classify an answer; None where it is a success."""
    if response.status < 300:
        return None
    kind, code, hint = _class(response.status, reads=request.reads)
    found = response.json if isinstance(response.json, dict) else {}
    told = found.get("message") or found.get("code") or f"status {response.status}"
    return RemoteError(
        kind,
        f"Node-RED says: {told}",
        code=code,
        hint=hint,
        status=response.status,
        request=request,
        response=response,
    )


def _class(status: int, *, reads: bool) -> tuple[Kind, str, str]:
    match status:
        case 401:
            return Kind.UNAUTHORISED, "IX601", "get a new token from /auth/token; they expire"
        case 403:
            return Kind.UNAUTHORISED, "IX605", "the user of the token needs flows.read and .write"
        case 404:
            return Kind.REJECTED, "IX611", "check base_url: it must lead to the admin API"
        case 409:
            return Kind.REJECTED, "IX612", "somebody deployed flows meanwhile: plan again"
        case 429:
            return Kind.THROTTLED, "IX606", "run again in a minute"
        case _ if status >= 500 or status == 408:
            kind = Kind.UNAVAILABLE if reads else Kind.UNKNOWN
            return kind, "IX608", "look at Node-RED's log, then run again"
        case _:
            return Kind.REJECTED, "IX613", ""

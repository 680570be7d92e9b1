"""How Odoo refuses a JSON-2 call: a status, and a body with the exception and its traceback."""

from __future__ import annotations

from typing import NoReturn

from ixia_config.sdk import Json, Response


class Refused(Exception):  # noqa: N818  # an answer, not a failure
    """An exception of Odoo on its way to the client."""

    def __init__(self, status: int, name: str, message: str, *, http: bool = False) -> None:
        super().__init__(message)
        self.status = status
        self.name = name
        self.message = message
        self.http = http
        self.context: dict[str, Json] = {}

    def response(self) -> Response:
        """What the client gets; ``debug`` has a traceback, as the real one sends it."""
        arguments: Json = [self.message, self.status] if self.http else [self.message]
        last = self.name.rpartition(".")[2]
        body: Json = {
            "name": self.name,
            "message": self.message,
            "arguments": arguments,
            "context": self.context,
            "debug": f"Traceback (most recent call last):\n  (sandbox)\n{last}: {self.message}\n",
        }
        return Response(self.status, body)


def wrong(message: str) -> Refused:
    """A value that Odoo's own code trips over: an unknown field, a malformed domain."""
    return Refused(500, "builtins.ValueError", message)


def wrong_type(message: str) -> Refused:
    """A value of a type that Odoo's own code trips over."""
    return Refused(500, "builtins.TypeError", message)


def invalid(message: str) -> Refused:
    """A rule of the data is broken."""
    return Refused(422, "odoo.exceptions.ValidationError", message)


def user_error(message: str) -> Refused:
    """A refusal in words for a person."""
    return Refused(422, "odoo.exceptions.UserError", message)


def denied(message: str) -> Refused:
    """Rights or record rules stand in the way."""
    return Refused(403, "odoo.exceptions.AccessError", message)


def missing(model: str, row: int) -> Refused:
    """A row that does not exist."""
    told = f"Record does not exist or has been deleted.\n(Record: {model}({row},), User: 2)"
    return Refused(404, "odoo.exceptions.MissingError", told)


def not_found(message: str) -> Refused:
    """A model, a method or a page that does not exist."""
    return Refused(404, "werkzeug.exceptions.NotFound", message, http=True)


def unprocessable(message: str) -> Refused:
    """A call that does not fit its method."""
    return Refused(422, "werkzeug.exceptions.UnprocessableEntity", message, http=True)


def required(label: str, name: str, title: str, model: str, *, whole: bool = True) -> str:
    """What Odoo says of a mandatory field that is empty; ``load`` says it without a beginning."""
    begin = "The operation cannot be completed: " if whole else ""
    return (
        f"{begin}Missing required value for the field '{label}' ({name}).\n"
        f"Model: '{title}' ({model})\n"
        "- create/update: a mandatory field is not set\n"
        "- delete: another model requires the record being deleted, you can archive it instead\n"
    )


def in_use(title: str, model: str, constraint: str) -> NoReturn:
    """Refuse to delete what another row needs."""
    troublemaker = f"'{title}' ({model})" if model else "Unknown"
    raise invalid(
        "The operation cannot be completed: Another model is using the record you are trying to"
        f" delete.\n\nThe troublemaker is: {troublemaker}\nThanks to the following constraint:"
        f" {constraint}\nHow about archiving the record instead?"
    )

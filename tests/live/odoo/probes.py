"""Requests that tell one Odoo from another: each scenario is sent to the real one and to ours.

A step names itself; what it answers is kept under that name, and ``At("name")`` stands for the
first id in it, so that the same script works where ids differ.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from ixia_config.sdk import Response

Send = Callable[[str, Any], Response]
"""Sends a body to a path as an administrator."""


@dataclass(frozen=True)
class At:
    """The id of the given number in what a step answered."""

    step: str
    number: int = 0


@dataclass(frozen=True)
class Step:
    """One call, and whether the words of a refusal are compared too."""

    name: str
    model: str
    method: str
    body: dict[str, Any]
    words: bool = True


def step(name, model, method, *, words=True, **body) -> Step:
    """A step, its body as keywords."""
    return Step(name, model, method, body, words)


def run(send: Send, steps: Sequence[Step]) -> list[tuple[str, Any]]:
    """What every step of a scenario answers, made comparable."""
    kept: dict[str, Any] = {}
    told = []
    for each in steps:
        answer = send(f"/json/2/{each.model}/{each.method}", _filled(each.body, kept))
        kept[each.name] = answer.json
        told.append((each.name, shown(answer, words=each.words)))
    return told


def _filled(body: Any, kept: dict[str, Any]) -> Any:
    match body:
        case At(name, number):
            found = kept[name]
            rows = found["ids"] if isinstance(found, dict) else found
            row = rows[number]
            return row["id"] if isinstance(row, dict) else row
        case dict():
            return {key: _filled(value, kept) for key, value in body.items()}
        case list() | tuple():
            return [_filled(value, kept) for value in body]
        case str():
            return re.sub(r"<(\w+)>", lambda m: str(_filled(At(m[1]), kept)), body)
        case _:
            return body


def shown(answer: Response, *, words: bool) -> Any:
    """An answer without what differs from one database to the next: ids, times, tracebacks."""
    body = answer.json
    if answer.status == 200:
        return _plain(body)
    kept = {"status": answer.status, "name": body["name"], "has debug": bool(body["debug"])}
    if words:
        kept["message"] = _no_numbers(body["message"])
        kept["arguments"] = _plain(body["arguments"])
        kept["context"] = _plain(body["context"])
    return kept


def _plain(body: Any) -> Any:
    match body:
        case dict():
            return {
                key: _plain(value)
                for key, value in body.items()
                if key not in ("id", "moreinfo", "res_id", "debug", "params")
            }
        case [bool() | int(), str() | False as name]:
            return f"-> {name}"  # a row and its name
        case list() if body and all(type(each) is int for each in body):
            return f"{len(body)} ids"
        case list():
            return [_plain(each) for each in body]
        case str():
            return _no_numbers(body)
        case _:
            return body


def _no_numbers(text: str) -> str:
    text = re.sub(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d", "<time>", text)
    text = re.sub(r"'(stage_id|id)', *'(!?=)', *\d+", r"'\1', '\2', <id>", text)
    return re.sub(r"\((\d+)\)$", "(<id>)", text)


EVERY = {"active_test": False}


def model(name="crm.lead"):
    return step("model", "ir.model", "search", domain=[["model", "=", name]])


def field(name, label="field", table="crm.lead"):
    domain = [["model", "=", table], ["name", "=", name]]
    return step(label, "ir.model.fields", "search", domain=domain)


def gate(name, before, after, **more):
    given = {"name": name, "model_id": At("model"), "trigger": "on_write", **more}
    return step(name, "base.automation", "create",
                vals_list=[{**given, "filter_pre_domain": before,
                            "filter_domain": after}])  # fmt: skip


def block(rule, text):
    given = {"name": f"block {rule}", "model_id": At("model"), "state": "code",
             "code": f"raise UserError({text!r})", "base_automation_id": At(rule)}  # fmt: skip
    return step(f"block {rule}", "ir.actions.server", "create", vals_list=[given])


def read(name, table, fields, domain, **more):
    return step(name, table, "search_read", domain=domain, fields=fields, **more)

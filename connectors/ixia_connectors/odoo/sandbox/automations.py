"""Automation rules at work: on create, on write, and those that a timer runs.

The sandbox runs no code. A server action's code is read by a parser of ours that knows one
sentence, ``raise UserError('...')``; any other is kept, as Odoo keeps it, and refused when due.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ixia_connectors.odoo.sandbox import domains, due, times
from ixia_connectors.odoo.sandbox.errors import Refused, invalid, user_error
from ixia_connectors.odoo.sandbox.store import Row

if TYPE_CHECKING:
    from ixia_connectors.odoo.sandbox.orm import Odoo

TIMED = frozenset({"on_time", "on_time_created", "on_time_updated"})
_SETTING = frozenset({"on_create_or_write", "on_priority_set", "on_stage_set", "on_state_set",
                      "on_tag_set", "on_user_set"})  # fmt: skip
_CREATING = _SETTING | {"on_create"}
_WRITING = _SETTING | {"on_write", "on_archive", "on_unarchive"}
_CODE_LIMIT = 20_000


@dataclass(frozen=True, slots=True)
class Before:
    """What a write must be compared to: who met the condition before it, and the old values."""

    rules: Sequence[Row] = ()
    rows: dict[int, frozenset[int]] = field(default_factory=dict)  # by rule
    values: dict[int, dict[str, Any]] = field(default_factory=dict)  # by row


def created(odoo: Odoo, model: str, row: int) -> None:
    """Run the rules of a new row."""
    for rule in _rules(odoo, model, _CREATING):
        if _meets(odoo, rule, "filter_domain", model, row):
            process(odoo, rule, model, row)


def before(odoo: Odoo, model: str, rows: Sequence[int], names: frozenset[str]) -> Before:
    """Remember what a write is about to change."""
    rules = _rules(odoo, model, _WRITING)
    if not rules:
        return Before()
    good = {
        rule["id"]: frozenset(
            row for row in rows if _meets(odoo, rule, "filter_pre_domain", model, row)
        )
        for rule in rules
    }
    old = {row: {name: odoo.value(model, row, name) for name in names} for row in rows}
    return Before(rules, good, old)


def written(odoo: Odoo, model: str, found: Before) -> None:
    """Run the rules of a write on the rows where a watched field has changed."""
    for rule in found.rules:
        for row in sorted(found.rows[rule["id"]]):
            if _meets(odoo, rule, "filter_domain", model, row):
                changed = {
                    name
                    for name, value in found.values[row].items()
                    if odoo.value(model, row, name) != value
                }
                process(odoo, rule, model, row, changed)


def process(
    odoo: Odoo, rule: Row, model: str, row: int, changed: Iterable[str] | None = None
) -> None:
    """Run a rule on one row, once; None says that every field counts as changed."""
    if (rule["id"], row) in odoo.running:
        return
    watched = {_name(odoo, each) for each in rule.get("trigger_field_ids") or ()}
    if watched and changed is not None and watched.isdisjoint(changed):
        return
    at_work = odoo.with_(running=odoo.running | {(rule["id"], row)}, sudo=True)
    if "date_automation_last" in odoo.model(model).fields:
        at_work.write(model, [row], {"date_automation_last": times.stamp(odoo.now)})
    for action in at_work.search("ir.actions.server", [("base_automation_id", "=", rule["id"])]):
        try:
            _act(at_work, odoo.store.rows("ir.actions.server")[action], model, row)
        except Refused as refused:
            told = {"id": rule["id"], "name": rule["name"]}
            refused.context = {"exception_class": "base_automation", "base_automation": told}
            raise


def _act(odoo: Odoo, action: Row, model: str, row: int) -> None:
    match action["state"]:
        case "code":
            text = refusal(action["code"] or "")
            if text is None:
                raise user_error("This sandbox runs no code but: raise UserError('...')")
            raise user_error(text)
        case "next_activity":
            _schedule(odoo, action, model, row)
        case other:
            raise user_error(f"This sandbox has no server actions of type {other}")


def refusal(code: str) -> str | None:
    """The text that a server action raises; None where the code is anything else."""
    try:
        body = syntax(code).body
    except ValueError:
        return None
    match body:
        case [ast.Raise(exc=ast.Call(ast.Name("UserError"), [ast.Constant(str() as text)], []),
                        cause=None)]:  # fmt: skip
            return text
        case _:
            return None


def syntax(code: str) -> ast.Module:
    """The code of a server action, read but never run; ValueError where it is no Python."""
    if len(code) > _CODE_LIMIT:
        raise ValueError("the code is too long")
    try:
        return ast.parse(code.strip())
    except (SyntaxError, MemoryError, RecursionError) as error:
        raise ValueError(f"{type(error).__name__} : {error}") from None


def _schedule(odoo: Odoo, action: Row, model: str, row: int) -> None:
    if not action["activity_type_id"]:
        return
    odoo.create(
        "mail.activity",
        {
            "res_model": model,
            "res_model_id": action["model_id"],
            "res_id": row,
            "res_name": odoo.name_of(model, row),
            "activity_type_id": action["activity_type_id"],
            "summary": action["activity_summary"],
            "note": action["activity_note"],
            "date_deadline": due.deadline(odoo, action),
            "user_id": _assignee(odoo, action, model, row),
            "automated": True,
        },
    )


def _assignee(odoo: Odoo, action: Row, model: str, row: int) -> int | None:
    found: int | None = None
    if action["activity_user_type"] == "specific":
        found = action["activity_user_id"]
    elif action["activity_user_type"] == "generic":
        name = action["activity_user_field_name"] or "user_id"
        found = odoo.value(model, row, name)
    return found or 2


def run_timers(odoo: Odoo) -> None:
    """The scheduled action: each rule runs on the rows that fell due since it last ran."""
    for key in odoo.search("base.automation", [("trigger", "in", sorted(TIMED))]):
        rule = odoo.store.rows("base.automation")[key]
        model = odoo.value("base.automation", key, "model_name")
        wanted = _domain(rule["filter_domain"])
        name = _name(odoo, rule["trg_date_id"]) if rule["trg_date_id"] else ""
        found = odoo.search(model, wanted) if name else ()
        for row in due.rows(odoo, rule, model, name, found):
            process(odoo, rule, model, row)
        held = {**odoo.store.rows("base.automation")[key], "last_run": times.stamp(odoo.now)}
        odoo.store.put("base.automation", key, held)


def _rules(odoo: Odoo, model: str, triggers: Iterable[str]) -> list[Row]:
    rows = odoo.store.rows("base.automation").values()
    found = [
        row
        for row in rows
        if row["active"]
        and row["trigger"] in triggers
        and odoo.value("base.automation", row["id"], "model_name") == model
    ]
    return sorted(found, key=lambda row: row["id"])


def _name(odoo: Odoo, field_id: int) -> str:
    return str((odoo.store.get("ir.model.fields", field_id) or {}).get("name", ""))


def _meets(odoo: Odoo, rule: Row, which: str, model: str, row: int) -> bool:
    if not rule[which]:
        return True
    return domains.compiled(odoo.with_(sudo=True), model, _domain(rule[which]), active_test=True)(
        row
    )


def _domain(text: str | None) -> Any:
    try:
        return domains.read(text or "[]")
    except ValueError as error:
        cause = type(error.__cause__ or error).__name__
        told = f"{error} while evaluating\n{text!r}"
        raise Refused(500, f"builtins.{cause}", told) from None


def check(odoo: Odoo, row: int) -> None:
    """Refuse a timed rule whose delay is negative."""
    rule = odoo.store.rows("base.automation")[row]
    if rule["trigger"] in TIMED and (rule["trg_date_range"] or 0) < 0:
        raise invalid("Delay must be positive. Set 'Delay mode' to 'Before' to negate the delay.")

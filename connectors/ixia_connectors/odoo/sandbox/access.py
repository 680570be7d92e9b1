"""Who may do what: record rules, which bind the administrator too where they name no group."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from ixia_connectors.odoo.sandbox import domains
from ixia_connectors.odoo.sandbox.errors import denied, wrong

if TYPE_CHECKING:
    from ixia_connectors.odoo.sandbox.orm import Odoo

_COOKIES = (
    "If you really, really need access, perhaps you can win over your friendly administrator"
    " with a batch of freshly baked cookies."
)


def readable(odoo: Odoo, model: str) -> Callable[[int], bool] | None:
    """What decides whether a row may be read; None where no rule is about the model."""
    return _allowed(odoo, model, "read")


def check(odoo: Odoo, model: str, rows: Sequence[int], mode: str) -> None:
    """Refuse with 403 what a record rule forbids."""
    allowed = _allowed(odoo, model, mode)
    if allowed is None or all(allowed(row) for row in rows):
        return
    title = odoo.model(model).title
    raise denied(
        f"Uh-oh! Looks like you have stumbled upon some top-secret records.\n\n"
        f"Sorry, Administrator (id=2) doesn't have '{mode}' access to:\n"
        f"- {title} ({model})\n\n{_COOKIES}"
    )


def _allowed(odoo: Odoo, model: str, mode: str) -> Callable[[int], bool] | None:
    """Every rule without a group must hold; of those with our groups, one is enough."""
    rules = [
        rule
        for rule in odoo.store.rows("ir.rule").values()
        if rule["active"] and rule[f"perm_{mode}"] and _about(odoo, rule["model_id"], model)
    ]
    if odoo.sudo or not rules:
        return None
    free = odoo.with_(sudo=True)
    tests = [_test(free, model, rule["domain_force"]) for rule in rules if not rule.get("groups")]
    ours = [_test(free, model, rule["domain_force"]) for rule in rules if rule.get("groups")]
    return lambda row: (
        all(each(row) for each in tests) and (not ours or any(each(row) for each in ours))
    )


def _about(odoo: Odoo, row: int, model: str) -> bool:
    held = odoo.store.get("ir.model", row)
    return held is not None and held["model"] == model


def _test(odoo: Odoo, model: str, text: str | None) -> domains.Test:
    try:
        return domains.compiled(odoo, model, domains.read(text or "[]"), active_test=True)
    except ValueError as error:
        raise wrong(f"Invalid domain: {error}") from None

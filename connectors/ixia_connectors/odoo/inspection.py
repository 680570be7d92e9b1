"""What a plan should say of its changes: records that stand there, and what stands in the way."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from ixia_config.sdk import Change, Dependents, Finding, Flow, Live, Verb
from ixia_connectors.odoo.calls import count, database_ids, rows
from ixia_connectors.odoo.names import MODULE
from ixia_connectors.odoo.resources import LEAD, MODELS

_SAMPLE = 3
_MOST = 10_000


def inspect(changes: Sequence[Change], live: Live) -> Flow[Sequence[Finding]]:
    """Ask only what these changes need; a plan without removals asks nothing."""
    found: list[Finding] = []
    for change in changes:
        if change.type not in ("stage", "team") or change.remote_id is None:
            continue
        if change.verb.removes or change.verb is Verb.MIGRATE:
            found.append((yield from _leaving(change, live)))
    return found


def _leaving(change: Change, live: Live) -> Flow[Finding]:
    ids = yield from database_ids(MODELS[change.type], [change.remote_id or ""])
    number = ids.get(change.remote_id or "", 0)
    link = "stage_id" if change.type == "stage" else "team_id"
    domain = [[link, "=", number]]
    total = yield from count(LEAD, domain)
    some = yield from rows(LEAD, domain, ["name", "expected_revenue"], limit=_MOST)
    amount = sum((Decimal(str(row["expected_revenue"] or 0)) for row in some), Decimal(0))
    dependents = Dependents(
        total,
        "records",
        f"{amount:f}",
        live.identity.currency,
        tuple(str(row["name"]) for row in some[:_SAMPLE]),
        at_least=total > len(some),
    )
    blocker = (yield from _named_by(number)) if change.type == "stage" else ""
    hint = "take the stage out of it in Odoo first" if blocker else ""
    return Finding(change.id, dependents, blocker=blocker, hint=hint)


def _named_by(stage: int) -> Flow[str]:
    """Automations of others that name a stage: Odoo would leave them pointing at nothing."""
    domain = ["|", ["filter_domain", "like", "stage_id"], ["filter_pre_domain", "like", "stage_id"]]
    fields = ["name", "filter_domain", "filter_pre_domain"]
    found = yield from rows("base.automation", domain, fields)
    held = yield from rows(
        "ir.model.data", [["module", "=", MODULE], ["model", "=", "base.automation"]], ["res_id"]
    )
    ours = {row["res_id"] for row in held}
    number = re.compile(rf"(?<![0-9]){stage}(?![0-9])")
    for row in found:
        texts = f"{row['filter_domain'] or ''} {row['filter_pre_domain'] or ''}"
        if row["id"] not in ours and number.search(texts):
            return f'the automation "{row["name"]}", which is not ours, names this stage'
    return ""

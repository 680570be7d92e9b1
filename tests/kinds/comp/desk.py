"""Plans, people and deals in a few words, and the statements that come of them."""

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal

from ixia_config.kinds.comp_plan.periods import read_period
from ixia_config.kinds.comp_plan.ready import versions
from ixia_config.kinds.comp_plan.sales import Sale
from ixia_config.kinds.comp_plan.spec import CompPlan
from ixia_config.kinds.comp_plan.statement import payouts, records
from ixia_config.kinds.comp_plan.statement import statement as state
from ixia_config.kinds.conditions import catalogue
from ixia_config.kinds.parse import configure
from ixia_config.language import load
from ixia_config.rules import normalise

ANA, BO, CY = "ana@acme.example", "bo@acme.example", "cy@acme.example"
FIELDS = {
    "amount": "money",
    "close_date": "date",
    "order_date": "date",
    "cancelled_at": "date",
    "paid_at": "date",
    "owner": "person",
    "se": "person",
    "splits": "text",
    "currency": "text",
    "kind": "text",
    "months": "integer",
    "first_year": "money",
    "score": "percent",
    "weight": "percent",
    "units": "integer",
}


def tree(kind, name, spec):
    return {"apiVersion": "ixia/v1", "kind": kind, "metadata": {"name": name}, "spec": spec}


def plan(*components, name="plan", currency="USD", **spec):
    """A plan of these components; ``effective`` and so on as further keys."""
    return tree("CompPlan", name, {"currency": currency, "components": [*components], **spec})


def component(*tiers, key="acv", credit=None, rates=None, **spec):
    """A component that pays tiers: (from, to, rate or amount) each, as text."""
    written = [{k: v for k, v in zip(("from", "to", "rate"), t, strict=False) if v} for t in tiers]
    table = {"rates": {"tiers": written, **(rates or {})}} if tiers else {}
    return {"key": key, "credit": {"amount": "amount"} | (credit or {}), **table, **spec}


def assigned(*people, plan="plan", **extra):
    """People on a plan from 2026 on; a mapping says more of one."""
    each = [p if isinstance(p, dict) else {"person": p} for p in people or (ANA,)]
    base = {"plan": plan, "from": "2026-01-01"} | {k.rstrip("_"): v for k, v in extra.items()}
    return tree("CompAssignments", "people", {"assignments": [base | e for e in each]})


def directory(**managers):
    """People with their managers: ana="bo" says that Bo is the manager of Ana."""
    names = sorted({*managers, *managers.values()})
    people = [
        {"email": f"{n}@acme.example"}
        | ({"manager": f"{managers[n]}@acme.example"} if n in managers else {})
        for n in names
    ]
    return tree("Directory", "people", {"people": people})


def configured(*trees, fields=None):
    """The configuration of these documents, with a schema of deals."""
    schema = {"fields": {n: {"type": t} for n, t in (FIELDS | (fields or {})).items()}}
    schema["currency"] = "USD"
    every = [tree("RecordSchema", "deal", schema), *trees]
    if not any(each["kind"] == "CompAssignments" for each in every):
        every.append(assigned())
    text = "\n---\n".join(json.dumps(each) for each in every)
    configuration, found = configure(load("comp.yaml", text).documents)
    assert [] == [str(each) for each in found]
    assert all(versions(configuration).values()), "a condition has errors"
    return configuration


def deal(configuration, number, amount=0, on="2026-01-15", owner=ANA, **values):
    """One deal as the schema reads it; splits may be text."""
    written = {"amount": str(amount), "close_date": on, "owner": owner, **values}
    return Sale("deal", str(number), normalise(written, catalogue(configuration), "deal"))


def deals(configuration, *amounts, on="2026-01-15", **values):
    """Deals of these amounts on one day, numbered in order."""
    return [deal(configuration, f"{n:03}", a, on, **values) for n, a in enumerate(amounts, 1)]


def statement(configuration, period, sales, person=ANA, history=()):
    """The statement, of which every total foots."""
    found = state(configuration, person, period, sales, history)
    for payout in found.payouts:
        assert payout.total == sum((each.amount for each in payout.lines), Decimal(0))
    return found


def total(configuration, period, sales, person=ANA, history=()):
    """What is paid in a period."""
    return sum(statement(configuration, period, sales, person, history).totals.values(), Decimal(0))


def paid(configuration, sales, person=ANA, until="2026", history=()):
    """Every payout up to the end of a period."""
    return payouts(records(configuration, sales), person, read_period(until), history)


def but(configuration, **spec):
    """The same configuration with other values, already typed, in its one plan."""
    [policy] = configuration.of(CompPlan)
    body = policy.body.model_copy(update={"spec": policy.body.spec.model_copy(update=spec)})
    changed = replace(policy, body=body)
    return replace(configuration, policies={**configuration.policies, policy.address: changed})


def dated(sale, **dates):
    """The same deal with other dates."""
    given = {name: day(value) for name, value in dates.items()}
    return replace(sale, values={**sale.values, **given})


def day(value):
    """A day of its text."""
    return value if isinstance(value, date) else date.fromisoformat(value)

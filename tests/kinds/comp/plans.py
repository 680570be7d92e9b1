"""Plans of every shape that SQL pays, from a seed; and credits to pay with them."""

import json
from random import Random

from ixia_config.kinds.comp_plan.ready import versions
from ixia_config.kinds.comp_plan.sales import Sale
from ixia_config.kinds.conditions import catalogue
from ixia_config.kinds.parse import configure
from ixia_config.language import load
from ixia_config.rules import normalise
from tests.kinds.comp.desk import FIELDS as COMMON
from tests.kinds.comp.desk import plan, tree

ROLES = [
    {"role": "ae", "field": "owner", "share": "62.5%"},
    {"role": "lead", "field": "manager", "share": "37.5%"},
]
OVERLAY = {"role": "se", "field": "se", "share": "12.5%", "overlay": True}
FIELDS = {"manager": {"type": "person"}, "product": {"type": "text"}}


class Plans:
    """Plans for people who sell about ``size`` in a quarter."""

    def __init__(self, seed, size=60_000):
        self.r = Random(seed)
        self.size = size

    def tiers(self, basis, mode):
        bounds = (0, "50%", "100%", "130%")
        if basis != "attainment":
            bounds = (0, self.size // 4, self.size // 2, self.size)
        rates = self.r.choice([(4, 5, 6.5, 8), (3, 7, 6, 11), (2.25, 4, 5.125, 6)])
        found = [{"from": str(b), "rate": f"{r}%"} for b, r in zip(bounds, rates, strict=True)]
        if mode == "mixed":
            for tier in found[1:]:
                tier["retroactive"] = self.r.choice([True, False])
        if self.r.random() < 0.2:
            found[-1] = {"from": found[-1]["from"], "amount": "750"}
            found[-2]["to"] = found[-1]["from"]
        if self.r.random() < 0.2:
            del found[1]["rate"]
            found[1]["amount"] = "125.55"
        return found

    def rates(self):
        basis = self.r.choice(["amount", "amount", "attainment"])
        mode = self.r.choice(["marginal", "marginal", "retroactive", "mixed"])
        found = {"basis": basis, "mode": mode, "tiers": self.tiers(basis, mode)}
        lengths = ["transaction", "month", "quarter", "half", "year", "plan", None]
        length = self.r.choice(lengths[1:] if basis == "attainment" else lengths)
        if length:
            found["accumulate"] = length
        if self.r.random() < 0.25:
            found["crossing"] = self.r.choice(["before", "after"])
        if self.r.random() < 0.25 and length != "transaction":
            found["multipliers"] = [
                {"from": "0%", "to": "60%", "factor": "0.9"},
                {"from": "110%", "factor": "1.25"},
            ]
        return found

    def credit(self):
        found = {"amount": "amount"}
        match self.r.randrange(5):
            case 0:
                found["split"] = {"roles": ROLES}
            case 1:
                found["split"] = {"roles": [*ROLES, OVERLAY]}
            case 2:
                found["split"] = "splits"
        if self.r.random() < 0.25:
            found["multipliers"] = [{"when": 'product.startsWith("GTX")', "factor": "1.15"}]
        if self.r.random() < 0.25:
            found["when"] = "amount >= 600"
        return found

    def component(self, key):
        found = {"key": key, "credit": self.credit(), "rates": self.rates()}
        extra = self.r.random()
        if extra < 0.15:
            found["cap"] = {"per": "deal", "amount": "399.99"}
        elif extra < 0.3:
            found["cap"] = {"per": "period", "amount": str(self.size // 20)}
        if self.r.random() < 0.15:
            found["floor"] = {"amount": "800"}
        if self.r.random() < 0.2:
            pays = self.r.choice(["from_first", "from_first", "above"])
            if found["rates"]["basis"] == "attainment" or pays == "from_first":
                found["threshold"] = {"at": "40%", "pays": pays}
        return found

    def rounding(self):
        return {
            "at": self.r.choice(["line", "component", "component"]),
            "mode": self.r.choice(["half_up", "half_up", "half_even", "up", "down"]),
            "residue": self.r.choice(["listed_order", "listed_order", "largest_remainder"]),
        }

    def plan(self):
        """A plan; its second component counts for the main quota, too, now and then."""
        components = [self.component("acv")]
        if self.r.random() < 0.3:
            extra = {"key": "extra", "type": "bonus", "pay": "512.34", "period": "quarter"}
            components.append(extra | {"gates": [{"measure": "acv", "at": "75%"}]})
            components[-1]["credit"] = components[0]["credit"]
        spec = {
            "ote": {"base": "60000", "variable": "48000"},
            "quota": {"measure": "acv", "period": "quarter", "amount": str(self.size)},
            "payout": {
                "period": self.r.choice(["month", "month", "quarter"]),
                "method": self.r.choice(["to_date_less_paid", "at_to_date_rate"]),
            },
            "rounding": self.rounding(),
            "proration": {"quota": False},
        }
        if self.r.random() < 0.2:
            spec["cap"] = "2500"
        if self.r.random() < 0.3:
            spec["ramp"] = [{"month": "1", "quota": "0%"}, {"month": "2", "quota": "50%"}]
        return plan(*components, **spec)


def people(addresses, r):
    """Everybody on the plan from the start, some with a quota of their own."""
    each = [
        {"person": who, "plan": "plan", "from": "2017-01-01"}
        | ({"quota": str(r.randrange(20, 90) * 1000)} if r.random() < 0.4 else {})
        for who in sorted(addresses)
    ]
    each[0] |= {"to": "2017-08-14"}
    return tree("CompAssignments", "people", {"assignments": each})


def sale(configuration, number, values):
    return Sale("deal", number, normalise(values, catalogue(configuration), "deal"))


def configuration(seed, addresses, size=60_000):
    """The configuration of a seed."""
    made = Plans(seed, size)
    return configured(made.plan(), people(addresses, made.r))


def configured(*trees):
    """The configuration of these documents; that a plan is odd does not matter here."""
    fields = {name: {"type": kind} for name, kind in COMMON.items()} | FIELDS
    schema = tree("RecordSchema", "deal", {"currency": "USD", "fields": fields})
    text = "\n---\n".join(json.dumps(each) for each in (schema, *trees))
    found, _ = configure(load("comp.yaml", text).documents)
    assert all(versions(found).values()), "a condition has errors"
    return found

"""Routing policies for tests, made of the YAML that a team would write."""

from datetime import UTC, datetime

from ixia_config.kinds.check import check
from ixia_config.kinds.conditions import catalogue
from ixia_config.kinds.parse import configure
from ixia_config.kinds.routing_policy.decide import route, route_all
from ixia_config.kinds.routing_policy.rotation import NOBODY_YET
from ixia_config.kinds.routing_policy.spec import RoutingPolicy
from ixia_config.language import load
from ixia_config.rules import normalise

MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)
SCHEMA = """\
apiVersion: ixia/v1
kind: RecordSchema
metadata: {name: lead}
spec:
  currency: USD
  fields:
    region: {type: choice, choices: [AMER, EMEA, APAC]}
    country: {type: text}
    employees: {type: integer}
    score: {type: integer}
    amount: {type: money}
    domain: {type: text}
    account: {type: reference, to: company}
---
apiVersion: ixia/v1
kind: RecordSchema
metadata: {name: company}
spec: {fields: {lifecycle: {type: text}, domain: {type: text}, owner: {type: person}}}
"""


def document(kind, name, spec):
    """One document; the spec is YAML that starts on a line of its own."""
    lines = "".join(f"  {line}\n" for line in spec.strip("\n").splitlines())
    return f"apiVersion: ixia/v1\nkind: {kind}\nmetadata: {{name: {name}}}\nspec:\n{lines}"


def directory(members, method="round_robin", people=(), queues="queues: {triage: {owner: ops}}"):
    """A Directory with one pool; members are flow mappings."""
    addresses = [member.partition("email: ")[2].split(",")[0].rstrip("}") for member in members]
    lines = [*people, *(f"{{email: {address}}}" for address in addresses if not people)]
    return document(
        "Directory",
        "people",
        "\n".join(
            [
                "roles: [ops]",
                "people:",
                *(f"  - {line}" for line in lines),
                "pools:",
                f"  team: {{method: {method}, members: [{', '.join(members)}]}}",
                queues,
            ]
        ),
    )


POOL_ONLY = document(
    "RoutingPolicy",
    "leads",
    """
object: lead
rules:
  - {key: all, assign: {pool: team}}
on_no_eligible: {queue: triage}
otherwise: {queue: triage}
""",
)


class Office:
    """A configuration with one routing policy, and its rotation from record to record."""

    def __init__(self, *texts):
        documents = [d for text in (SCHEMA, *texts) for d in load("a.yaml", text).documents]
        self.configuration, found = configure(documents)
        assert [] == [str(d) for d in found]
        self.policy = self.configuration.get(RoutingPolicy, "leads")
        self.rotation = NOBODY_YET

    def record(self, **fields):
        return normalise(fields, catalogue(self.configuration), self.policy.body.spec.object)

    def route(self, record=None, now=MONDAY, **options):
        """The decision on one record; the rotation goes on from it."""
        decision, self.rotation = route(
            self.configuration,
            self.policy,
            self.record(**(record or {})),
            now=now,
            rotation=self.rotation,
            **options,
        )
        return decision

    def route_all(self, records, now=MONDAY, **options):
        pairs = [(self.record(**record), now) for record in records]
        return route_all(self.configuration, self.policy, pairs, **options)

    def codes(self):
        return [diagnostic.code for diagnostic in check(self.configuration, MONDAY.date())]

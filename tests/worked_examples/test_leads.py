"""The worked examples of leads, read from their file and decided by real policy documents."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from ixia_config.kinds.check import check
from ixia_config.kinds.conditions import catalogue
from ixia_config.kinds.parse import configure
from ixia_config.kinds.routing_policy.acceptance import Offer, deadline
from ixia_config.kinds.routing_policy.decide import route_all
from ixia_config.kinds.routing_policy.matching import match
from ixia_config.kinds.routing_policy.scoring import score
from ixia_config.kinds.routing_policy.spec import RoutingPolicy
from ixia_config.kinds.sla_policy.decide import decide
from ixia_config.kinds.sla_policy.result import State
from ixia_config.kinds.sla_policy.spec import SlaPolicy
from ixia_config.language import load
from ixia_config.language.emit import write
from ixia_config.rules import normalise
from ixia_config.rules.write import quoted

pytestmark = pytest.mark.shared

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
OPERATORS = {"eq": "==", "gt": ">", "gte": ">="}
TYPES = {"score": "integer", "employees": "integer", "deal_amount": "money"}
IMPLIED = "IX411"


@pytest.fixture(scope="module")
def examples(shared):
    """The examples of the area by id."""
    text = (shared / "worked-examples" / "leads.yaml").read_text(encoding="utf-8")
    [document] = load("leads.yaml", text).documents
    return {example["id"]: example for example in document.tree["examples"]}


def document(kind, name, spec):
    """The YAML of one document."""
    head = {"apiVersion": "ixia/v1", "kind": kind, "metadata": {"name": name}}
    return write({**head, "spec": spec})


def schema(fields, name="lead"):
    types = {field: {"type": kind} for field, kind in fields.items()}
    return document("RecordSchema", name, {"currency": "USD", "fields": types})


def configured(*texts):
    documents = [d for text in texts for d in load("a.yaml", text).documents]
    configuration, found = configure(documents)
    assert () == found
    return configuration


def email(member):
    return f"{member}@acme.example"


def pool(members, method="round_robin", away=()):
    """A Directory with one pool; members have settings by their id."""
    absence = {"from": str(NOW.date()), "to": str(NOW.date() + timedelta(days=9))}
    people = [
        {"email": email(key), **({"away": [absence]} if key in away else {})} for key in members
    ]
    listed = [{"email": email(key), **settings} for key, settings in members.items()]
    return document(
        "Directory",
        "people",
        {
            "roles": ["ops"],
            "people": people,
            "pools": {"team": {"method": method, "members": listed}},
            "queues": {"queue": {"owner": "ops"}},
        },
    )


def routing(**spec):
    spec.setdefault("rules", [{"key": "all", "assign": {"pool": "team"}}])
    spec.setdefault("otherwise", {"queue": "queue"})
    return document("RoutingPolicy", "leads", {"object": "lead", **spec})


def shared_out(leads, directory, **spec):
    """To whom so many equal leads go, and the rotation after each."""
    configuration = configured(schema({"country": "text"}), directory, routing(**spec))
    policy = configuration.get(RoutingPolicy, "leads")
    found = [
        route_all(configuration, policy, [({}, NOW)] * count) for count in range(1, int(leads) + 1)
    ]
    takers = [decision.person.partition("@")[0] or decision.queue for decision in found[-1][0]]
    return takers, [rotation for _, rotation in found]


def test_every_example_is_tested(examples):
    tested = {"lead-01", "lead-03", "lead-05", "lead-07", "lead-09", "lead-11", "lead-13"}

    assert tested | {"lead-15", "lead-17"} == set(examples)


def test_plain_round_robin(examples):
    given, expected = examples["lead-01"]["given"], examples["lead-01"]["expected"]
    members = given["members"]

    takers, rotations = shared_out(given["leads"], pool({key: {} for key in members}))

    next_places = [(each.turns("team").place + 1) % len(members) for each in rotations]
    assert expected["assigned"] == takers
    assert expected["modulo_ids"] == [str(place) for place in next_places]


def test_weighted_turns(examples):
    given, expected = examples["lead-03"]["given"], examples["lead-03"]["expected"]
    members = {key: {"weight": weight} for key, weight in given["weights"].items()}

    takers, _ = shared_out(given["leads"], pool(members, "weighted"))

    assert expected["totals"] == {key: str(count) for key, count in Counter(takers).items()}


def test_a_cap_and_an_absence(examples):
    given, expected = examples["lead-05"]["given"], examples["lead-05"]["expected"]
    members = {
        member["id"]: {key: member[key] for key in ("daily_cap",) if key in member}
        for member in given["members"]
    }
    away = {member["id"] for member in given["members"] if member.get("out_of_office")}

    takers, _ = shared_out(
        given["leads"], pool(members, away=away), on_no_eligible={"queue": given["fallback"]}
    )

    assert expected["assigned"] == takers


def condition(group):
    """An AND of the example's tests, as a user would write it."""
    return " && ".join(
        f"{test['field']} {OPERATORS[test['op']]} {constant(test)}" for test in group
    )


def constant(test):
    return test["value"] if test["field"] in TYPES else quoted(test["value"])


def typed_fields(records):
    return {name: TYPES.get(name, "text") for record in records for name in record}


def decided(given, rules, queues):
    """The rule that takes each record of an example, and what is wrong with the policy."""
    owners = {name: {"owner": "ops"} for name in ("queue", *queues)}
    configuration = configured(
        schema(typed_fields(given["records"])),
        document("Directory", "people", {"roles": ["ops"], "queues": owners}),
        routing(rules=rules),
    )
    known = catalogue(configuration)
    records = [(normalise(record, known, "lead"), NOW) for record in given["records"]]
    policy = configuration.get(RoutingPolicy, "leads")
    return route_all(configuration, policy, records)[0], check(configuration, NOW.date())


def test_groups_of_conditions(examples):
    given, expected = examples["lead-07"]["given"], examples["lead-07"]["expected"]
    either = " || ".join(f"({condition(group)})" for group in given["any_of"])

    decisions, _ = decided(
        given, [{"key": "fires", "when": either, "assign": {"queue": "yes"}}], ["yes"]
    )

    assert expected["fires"] == [decision.rule == "fires" for decision in decisions]


def test_the_first_match_wins_and_the_shadowed_rule_is_named(examples):
    given, expected = examples["lead-09"]["given"], examples["lead-09"]["expected"]
    rules = [
        {
            "key": rule["id"],
            **({"when": condition(rule["when"])} if rule["when"] else {}),
            "assign": {"queue": rule["route"]},
        }
        for rule in given["rules"]
    ]

    decisions, found = decided(given, rules, [rule["route"] for rule in given["rules"]])

    assert expected["routes"] == [decision.queue for decision in decisions]
    assert expected["shadowed"] == [each.rule for each in found if each.code == IMPLIED]


PREFERENCES = {
    "open_opportunity": ("open_opportunity", "yes"),
    "customer": ("customer", "yes"),
    "latest_activity": ("latest_activity", "latest"),
    "oldest_created": ("created", "oldest"),
}
COMPANY = {
    "id": "text",
    "domain": "text",
    "open_opportunity": "boolean",
    "customer": "boolean",
    "latest_activity": "date",
    "created": "date",
}


def test_leads_find_their_account(examples):
    given, expected = examples["lead-11"]["given"], examples["lead-11"]["expected"]
    breakers = [PREFERENCES[name] for name in given["tie_breakers"]]
    configuration = configured(
        document(
            "RecordSchema",
            "lead",
            {
                "fields": {
                    "email": {"type": "text"},
                    "account": {"type": "reference", "to": "company"},
                }
            },
        ),
        schema(COMPANY, "company"),
        pool({"u1": {}}),
        routing(
            match={
                "fill": "account",
                "by": "email",
                "to": "domain",
                "personal_domains": given["personal_domains"],
                "tie_breakers": [{"field": field, "prefer": prefer} for field, prefer in breakers],
            }
        ),
    )
    known = catalogue(configuration)
    accounts = [normalise(account, known, "company") for account in given["accounts"]]
    settings = configuration.get(RoutingPolicy, "leads").body.spec.match

    found = [
        match(settings, normalise(lead, known, "lead"), accounts).record for lead in given["leads"]
    ]

    assert expected["matches"] == [None if each is None else each["id"] for each in found]


def test_scores_on_two_axes(examples):
    given, expected = examples["lead-13"]["given"], examples["lead-13"]["expected"]
    fit, behaviour = given["fit_rules"], given["behaviour_rules"]
    configuration = configured(
        schema({**dict.fromkeys(fit, "boolean"), **dict.fromkeys(behaviour, "integer")}),
        pool({"u1": {}}),
        routing(
            score={
                "axes": {
                    "fit": [{"key": k, "when": k, "points": v} for k, v in fit.items()],
                    "behaviour": [{"key": k, "each": k, "points": v} for k, v in behaviour.items()],
                },
                "qualified": {
                    axis: given["mql"][f"{axis}_at_least"] for axis in ("fit", "behaviour")
                },
            }
        ),
    )
    settings = configuration.get(RoutingPolicy, "leads").body.spec.score
    leads = [
        {**dict.fromkeys(lead["fit"], True), **Counter(lead["behaviour"])}
        for lead in given["leads"]
    ]

    scores = [
        score(
            configuration,
            settings,
            normalise(lead, catalogue(configuration), "lead"),
            object="lead",
        )
        for lead in leads
    ]

    assert expected["scores"] == [
        {**{axis: str(points) for axis, points in each.points.items()}, "mql": each.qualified}
        for each in scores
    ]


def test_an_unworked_lead_goes_on_in_working_hours(examples):
    given, expected = examples["lead-15"]["given"], examples["lead-15"]["expected"]
    working = given["working"]
    hours = [f"{working['from']}-{working['to']}"]
    configuration = configured(
        schema({"country": "text"}),
        document(
            "Calendar",
            "working",
            {"zone": working["tz"], "week": dict.fromkeys(working["days"], hours)},
        ),
        pool({"u1": {}, "u2": {}}),
        routing(acceptance={"within": "0 business minutes", "calendar": "working"}),
    )
    policy = configuration.get(RoutingPolicy, "leads")

    found = [
        deadline(configuration, policy, Offer(email("u1"), local(at, working["tz"])))
        for at in given["eligible"]
    ]

    assert [local(at, working["tz"]) for at in expected["reassigned"]] == found


def local(text, zone="UTC"):
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))


def test_steps_that_are_met_to_the_second(examples):
    given, expected = examples["lead-17"]["given"], examples["lead-17"]["expected"]
    targets, events = given["targets_minutes"], given["events"]
    slas = [
        document(
            "SlaPolicy",
            step.replace("_", "-"),
            {
                "object": "lead",
                "metric": step,
                "start": {"on": "created"},
                "stop": {"on": step},
                "targets": [{"within": f"{minutes} minutes"}],
            },
        )
        for step, minutes in targets.items()
    ]
    fields = {f"{step}_at": "datetime" for step in ("created", *targets)}
    configuration = configured(schema(fields), *slas)
    record = {
        f"{step}_at": local(at) for step, at in {**events, "created": given["created"]}.items()
    }
    normal = normalise(record, catalogue(configuration), "lead")

    met = {
        step: decide(
            configuration.get(SlaPolicy, step.replace("_", "-")), configuration, normal, NOW
        ).state
        is State.MET
        for step in targets
    }

    assert expected["met"] == met

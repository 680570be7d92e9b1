"""The worked examples of validation: every fault is found, and nothing on its sound twin."""

from datetime import date

import pytest

from ixia_config.kinds.calendar.codes.structure import NoHours
from ixia_config.kinds.check import check
from ixia_config.kinds.comp_plan.codes.tiers import TiersOverlap
from ixia_config.kinds.parse import configure
from ixia_config.kinds.proofs import Depth
from ixia_config.language import load
from ixia_config.language.edit import write

pytestmark = pytest.mark.shared

TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def examples(shared):
    """The examples of the area by id: what is given, and what is expected."""
    text = (shared / "worked-examples" / "validation.yaml").read_text(encoding="utf-8")
    [document] = load("validation.yaml", text).documents
    return {each["id"]: (each["given"], each["expected"]) for each in document.tree["examples"]}


def document(kind, name, spec):
    """One document as YAML."""
    head = {"apiVersion": "ixia/v1", "kind": kind, "metadata": {"name": name}}
    return write({**head, "spec": spec})


def found(*texts):
    """Everything that is found in these documents."""
    documents = [d for text in texts for d in load("policies.yaml", text).documents]
    configuration, shape = configure(documents)
    assert () == shape
    return check(configuration, TODAY, Depth.DEEP)


def codes(*texts):
    return sorted(each.code for each in found(*texts))


DEAL = document(
    "RecordSchema",
    "deal",
    {
        "currency": "USD",
        "fields": {
            "discount": {"type": "percent", "minimum": "0%", "required": True},
            "amount": {"type": "money"},
            "close_date": {"type": "date"},
            "owner": {"type": "person"},
        },
    },
)


def people(**roles):
    """A Directory with these people by role; the last role has the manager of all."""
    every = [(who, role) for role, members in roles.items() for who in members]
    listed = [{"email": f"{who}@acme.example", "role": role} for who, role in every]
    return document("Directory", "people", {"roles": sorted(roles), "people": listed})


ROLES = {name: [name] for name in ("manager", "director", "cro", "cfo")}


def bands(conditions):
    """An ApprovalPolicy where one band each is approved one tier higher."""
    rules = [
        {"key": role, "when": when, "steps": [{"approver": {"role": role}}]}
        for role, when in zip(ROLES, conditions, strict=True)
    ]
    spec = {"object": "deal", "hit_policy": "unique", "rules": rules, "on_no_match": "deny"}
    return document("ApprovalPolicy", "discounts", spec)


def test_printed_bands_have_gaps_and_an_overlap(examples):
    given, expected = examples["val-01"]
    printed = [
        f"discount >= {low}%" + (f" && discount <= {high}%" if high else "")
        for low, high in given["closed_bands"]
    ]

    told = found(DEAL, people(**ROLES), bands(printed))
    gaps = [each for each in told if each.code == "IX801"]
    overlaps = [each for each in told if each.code == "IX803"]

    assert len(told) == len(expected["findings"])
    assert [("manager", "director"), ("director", "cro")] == [(d.lower, d.higher) for d in gaps]
    for each, want in zip(gaps, expected["findings"], strict=False):
        low, high = map(float, want["between"])
        assert low < float(each.example.split()[1]) < high
    [overlap] = overlaps
    assert f"discount {expected['findings'][2]['at']} %" == overlap.example
    assert "cro  discount < 30%" == overlap.mend.words
    assert ["director  discount > 10%", "cro  discount > 20%"] == [d.mend.words for d in gaps]


def test_bands_that_adjoin_are_sound():
    edges = ("discount < 10%", "discount >= 10% && discount < 20%")
    more = ("discount >= 20% && discount < 30%", "discount >= 30%")

    assert [] == codes(DEAL, people(**ROLES), bands([*edges, *more]))


def plan(tiers):
    """A CompPlan with this rate table."""
    rows = [{key: value for key, value in tier.items() if value is not None} for tier in tiers]
    component = {
        "key": "new",
        "credit": {"amount": "amount"},
        "rates": {"basis": "attainment", "tiers": rows},
    }
    return document(
        "CompPlan",
        "ae-2027",
        {
            "currency": "USD",
            "governed_by": "close_date",
            "effective": {"from": "2027-01-01", "to": "2028-01-01"},
            "ote": {"base": "60000", "variable": "60000"},
            "quota": {"measure": "acv", "amount": "1000000"},
            "components": [component],
        },
    )


def test_overlapping_tiers_are_found(examples):
    given, expected = examples["val-03"]

    told = [
        each
        for each in found(DEAL, plan(_percent(given["tiers"])))
        if "Tier" in type(each).__name__
    ]

    assert [TiersOverlap.code] * len(expected["findings"]) == [each.code for each in told]


def _percent(tiers):
    """Shares as people write them."""

    def told(value):
        return None if value is None else f"{float(value) * 100:g}%"

    return [{key: told(value) for key, value in tier.items()} for tier in tiers]


def test_tiers_that_adjoin_are_sound():
    tiers = [
        {"from": "0%", "to": "50%", "rate": "4%"},
        {"from": "50%", "to": "100%", "rate": "8%"},
        {"from": "100%", "rate": "10%"},
    ]

    assert [] == [each.code for each in found(DEAL, plan(tiers)) if "Tier" in type(each).__name__]


def pipeline(chances, **more):
    """A Pipeline with open stages of these probabilities."""
    stages = [
        {"key": f"s{n}", "title": f"Step {n}", "probability": f"{chance}%"}
        for n, chance in enumerate(chances)
    ]
    closed = [
        {"key": "won", "title": "Won", "type": "won"},
        {"key": "lost", "title": "Lost", "type": "lost", "reasons": ["price"]},
    ]
    return document("Pipeline", "sales", {"object": "deal", "stages": [*stages, *closed], **more})


def test_only_a_probability_that_falls_is_wrong(examples):
    given, expected = examples["val-05"]

    for chances, fine, place in zip(
        given["pipelines"], expected["ok"], expected["falls_at"], strict=True
    ):
        told = [each for each in found(DEAL, pipeline(chances)) if each.code == "IX343"]

        assert (fine == "True" or fine is True) == (not told)
        if place is not None:
            assert [f"s{place}"] == [each.stage for each in told]


def graph(given):
    """A Pipeline with these moves."""
    closed = given["closed"]
    names = [*given["transitions"], *closed]
    stages = [
        {"key": name, "title": name.title()}
        | ({"type": name} if name in closed else {})
        | ({"reasons": ["price"]} if name == "lost" else {})
        for name in names
    ]
    moves = {"allowed": given["transitions"]}
    spec = {"object": "deal", "create_in": given["create_in"], "moves": moves, "stages": stages}
    return document("Pipeline", "sales", spec)


def test_dead_ends_and_unreachable_stages_are_found(examples):
    given, expected = examples["val-07"]

    told = found(DEAL, graph(given))

    assert expected["dead_ends"] == [each.stage for each in told if each.code == "IX352"]
    assert expected["unreachable"] == [each.stage for each in told if each.code == "IX353"]


def test_a_graph_that_leads_to_the_end_is_sound(examples):
    given, _ = examples["val-07"]
    moves = {"discovery": ["evaluation", "lost"], "evaluation": ["legal", "lost"]}
    sound = {**given, "transitions": {**moves, "legal": ["pilot"], "pilot": ["won", "lost"]}}

    assert [] == codes(DEAL, graph(sound))


LEAD = document(
    "RecordSchema",
    "lead",
    {
        "fields": {
            "employees": {"type": "integer"},
            "country": {"type": "choice", "choices": ["US", "CA", "MX"]},
            "created_at": {"type": "datetime"},
            "first_touch_at": {"type": "datetime"},
        }
    },
)
OPERATORS = {"gte": ">=", "lt": "<"}


def routing(rules):
    """A Directory with a queue for each rule, and a RoutingPolicy."""
    queues = {key: {"owner": "ana@acme.example"} for key, _ in rules}
    every = {**queues, "triage": {"owner": "ana@acme.example"}}
    listed = [{"key": key, "when": when, "assign": {"queue": key}} for key, when in rules]
    spec = {"object": "lead", "rules": listed, "otherwise": {"queue": "triage"}}
    staff = {"people": [{"email": "ana@acme.example"}], "queues": every}
    return document("Directory", "people", staff), document("RoutingPolicy", "inbound", spec)


def condition(when):
    """The condition of the worked example in the language of policies."""
    tests = []
    for field, asked in when.items():
        for operator, value in asked.items():
            if operator == "in":
                tests.append(f"{field} in [{', '.join(repr(each) for each in value)}]")
            else:
                tests.append(f"{field} {OPERATORS[operator]} {value}")
    return " && ".join(tests).replace("'", '"')


def test_shadowed_rules_are_found(examples):
    given, expected = examples["val-09"]
    rules = [(each["id"], condition(each["when"])) for each in given["rules"]]

    told = [each for each in found(LEAD, *routing(rules)) if each.code == "IX411"]

    assert expected["shadowed"] == [{"rule": each.rule, "by": each.earlier} for each in told]


def test_the_same_rules_in_a_sound_order_are_sound(examples):
    given, _ = examples["val-09"]
    by_id = {each["id"]: condition(each["when"]) for each in given["rules"]}

    assert [] == codes(LEAD, *routing([(key, by_id[key]) for key in ("b", "a", "d", "c", "e")]))


def approval(given):
    """Everybody who may ask, and the steps."""
    steps = [{"key": each["id"], "approver": {"role": each["role"]}} for each in given["steps"]]
    rules = [{"key": "all", "steps": steps}]
    spec = {"object": "deal", "submitters": given["submitters"], "rules": rules}
    return people(**given["roles"]), document("ApprovalPolicy", "discounts", spec)


def test_self_approval_and_nobody_to_approve_are_found(examples):
    given, expected = examples["val-11"]
    meant = {"self_approval_possible": "IX441", "no_eligible_approver": "IX442"}

    told = codes(DEAL, *approval(given))

    assert sorted(meant[each["finding"]] for each in expected["findings"]) == told


def test_steps_with_somebody_else_are_sound(examples):
    given, _ = examples["val-11"]
    roles = {**given["roles"], "cro": ["kim"]}
    sound = {**given, "submitters": ["ae"], "roles": roles}

    assert [] == codes(DEAL, *approval(sound))


def sla(week, within, warnings=()):
    """A Calendar and an SlaPolicy."""
    spec = {"zone": "America/New_York", "week": week, "holidays": {"region": "US"}}
    clock = {
        "object": "lead",
        "metric": "first_touch",
        "stop": "known(first_touch_at)",
        "targets": [{"within": within}],
        "calendar": "hours",
    }
    more = {"warn_at": list(warnings)} if warnings else {}
    return document("Calendar", "hours", spec), document("SlaPolicy", "speed", {**clock, **more})


WEEK = {"mon-fri": ["09:00-17:00"]}


def test_targets_that_no_calendar_meets_are_found(examples):
    given, _ = examples["val-13"]
    s1, s2, s3 = given["slas"]
    shares = [f"{int(each) * 100 // int(s3['target_minutes'])}%" for each in s3["warn_at_minutes"]]

    assert ["IX391"] == codes(LEAD, *sla(WEEK, s1["unit_written"].replace("d", " day")))
    assert [NoHours.code] == codes(LEAD, *sla({}, f"{s2['target_minutes']} business minutes"))
    told = found(LEAD, *sla(WEEK, f"{s3['target_minutes']} business minutes", shares))
    assert ["IX393", "IX393"] == [each.code for each in told]


def test_a_target_within_the_day_is_sound():
    assert [] == codes(LEAD, *sla(WEEK, "1 business day"))
    assert [] == codes(LEAD, *sla(WEEK, "240 business minutes", ["50%", "75%"]))

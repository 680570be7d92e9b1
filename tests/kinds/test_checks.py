"""What is found across documents, beyond the one example that each code documents."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ixia_config.codes import Severity
from ixia_config.kinds.check import check
from ixia_config.kinds.parse import configure
from ixia_config.kinds.pipeline.decide import dead_ends, moves, unreachable
from ixia_config.kinds.pipeline.spec import PipelineSpec
from ixia_config.language import load

TODAY = date(2026, 11, 22)
SCHEMA = """\
apiVersion: ixia/v1
kind: RecordSchema
metadata: {name: deal}
spec:
  currency: USD
  fields:
    amount: {type: money}
    champion: {type: text}
    buyer: {type: person}
    account: {type: reference, to: company}
---
apiVersion: ixia/v1
kind: RecordSchema
metadata: {name: company}
spec: {fields: {segment: {type: choice, choices: [smb, {value: ent, active: false}]}}}
---
"""
CLOSED = """\
    - {key: won, title: Won, type: won}
    - {key: lost, title: Lost, type: lost, reasons: [price]}
"""


def found_in(text, today=TODAY):
    configuration, found = configure(load("a.yaml", text).documents)
    assert [] == [str(d) for d in found]
    return check(configuration, today)


def codes(text, today=TODAY):
    return [diagnostic.code for diagnostic in found_in(text, today)]


def policy(kind, spec, name="x"):
    return f"apiVersion: ixia/v1\nkind: {kind}\nmetadata: {{name: {name}}}\nspec: {spec}\n---\n"


def pipeline(stages, extra="", closed=CLOSED, name="sales"):
    lines = "".join(f"    - {stage}\n" for stage in stages)
    return policy("Pipeline", f"\n  object: deal\n{extra}  stages:\n{lines}{closed}", name)


# Pipelines


def test_a_ticket_pipeline_needs_one_closed_stage_only():
    schema = policy("RecordSchema", "{fields: {subject: {type: text}}}", "ticket")
    text = schema + policy(
        "Pipeline",
        "\n  object: ticket\n  stages:\n    - {key: new, title: New}\n"
        "    - {key: closed, title: Closed, type: won}\n",
    )

    assert [] == codes(text)


@pytest.mark.parametrize(
    ("chances", "fall"),
    [
        (["10%", "10%", "20%"], []),
        (["10%", None, "5%"], ["IX343"]),
        (["30%", "20%", "10%"], ["IX343", "IX343"]),
        (["0.1%", "0.10%", "99.9%"], []),
    ],
)
def test_only_falling_chances_are_wrong(chances, fall):
    stages = [
        f"{{key: s{n}, title: S{n}{f', probability: {chance}' if chance else ''}}}"
        for n, chance in enumerate(chances)
    ]

    assert fall == codes(SCHEMA + pipeline(stages))


@pytest.mark.parametrize(
    ("age", "wrong"),
    [
        ("warn: 14 days, breach: 2 weeks", []),
        ("warn: 15 days, breach: 2 weeks", ["IX348"]),
        ("warn: 21 business days, breach: 25 days", []),
        ("warn: 10 business days, breach: 9 business days", ["IX348"]),
        ("warn: 20 business hours, breach: 2 business days", []),
        ("warn: 5 days", []),
    ],
)
def test_a_warning_is_late_only_where_that_is_certain(age, wrong):
    assert wrong == codes(SCHEMA + pipeline([f"{{key: a, title: A, age: {{{age}}}}}"]))


def test_nine_stages_are_too_many_and_eight_are_not():
    stages = [f"{{key: s{n}, title: S{n}}}" for n in range(7)]

    assert ["IX349"] == codes(SCHEMA + pipeline(stages))
    assert [] == codes(SCHEMA + pipeline(stages[:6]))


@pytest.mark.parametrize(
    ("when", "found"),
    [
        ("known(champion)", ["IX358"]),
        ("known(champion) && amount > 5", ["IX358"]),
        ("amount > 5 || known(champion)", []),
        ("!known(champion)", []),
        ('account.segment == "smb"', []),
        ('account.segment == "ent"', ["IX361"]),
        ('account.segment == "enterprise"', ["IX321"]),
        ("amuont > 5", ["IX320"]),
        ("amount > 5 and known(buyer)", ["IX305"]),
    ],
)
def test_exit_criteria_are_typed_against_the_fields_and_later_stages(when, found):
    stages = [
        f"{{key: a, title: A, exit: [{{key: c, title: C, when: '{when}'}}]}}",
        "{key: b, title: B}",
        "{key: c, title: C, required: [champion]}",
    ]

    assert found == codes(SCHEMA + pipeline(stages))


@pytest.mark.parametrize(
    "place",
    [
        "entry: [{key: c, title: C, when: %s}]",
        "exit: [{key: c, title: C, when: %s}]",
        "approval: {approvers: [a@b.example], when: %s}",
    ],
)
def test_every_condition_of_a_stage_is_typed_with_the_caret_in_it(place):
    text = SCHEMA + pipeline(["{key: a, title: A, " + place % "amuont > 5" + "}"])

    [wrong] = found_in(text)

    line = text.splitlines()[wrong.mark.line - 1]
    assert "amuont" == line[wrong.mark.column - 1 :][: wrong.mark.width]


def test_a_condition_of_the_whole_pipeline_is_typed():
    stages = ["{key: a, title: A}"]

    assert ["IX320"] == codes(SCHEMA + pipeline(stages, "  applies_when: amuont > 5\n"))


def test_an_undeclared_record_type_is_told_of_once():
    stages = ["{key: a, title: A, required: [x], exit: [{key: c, title: C, when: y > 1}]}"]

    assert ["IX201"] == codes(pipeline(stages))


@pytest.mark.parametrize(
    "extra",
    [
        "  create_in: [x]\n",
        "  moves: {reopen_to: x}\n",
        "  moves: {lost_from: [x]}\n",
        "  moves: {allowed: {x: [a]}}\n",
        "  moves: {allowed: {a: [x, won, lost]}}\n",
        "  moved: [{from: y, to: x}]\n",
        "  retired: [{key: y, migrate_to: x}]\n",
        "  external: {crm: {id: d, stages: {x: y}}}\n",
    ],
)
def test_every_name_of_a_stage_must_lead_to_one(extra):
    assert ["IX203"] == codes(SCHEMA + pipeline(["{key: a, title: A}"], extra))


def test_a_field_of_a_related_record_cannot_be_required():
    [wrong] = found_in(SCHEMA + pipeline(["{key: a, title: A, required: [account.segment]}"]))

    assert "IX202" == wrong.code
    assert "only fields of deal itself" in wrong.hint()


# Moves


KEYS = ("a", "b", "c", "d")


@st.composite
def specs(draw):
    """Pipelines of open stages with any rules about moves."""
    opened = KEYS[: draw(st.integers(1, 4))]
    stages = [{"key": key, "title": key} for key in opened]
    closed = [{"key": kind, "title": kind, "type": kind} for kind in ("won", "lost")]
    keys = st.lists(st.sampled_from((*opened, "won", "lost")), unique=True)
    rules = {"skip": draw(st.none() | st.booleans()), "back": draw(st.none() | st.booleans())}
    rules["lost_from"] = draw(st.just("any") | st.lists(st.sampled_from(opened), unique=True))
    if draw(st.booleans()):
        rules["allowed"] = draw(st.dictionaries(st.sampled_from(opened), keys))
    create_in = draw(st.lists(st.sampled_from(opened), unique=True))
    spec = {"object": "deal", "stages": stages + closed, "moves": rules, "create_in": create_in}
    return PipelineSpec.model_validate(spec)


def closure(graph):
    """Every pair of stages with a chain of moves between them, by Warshall's algorithm."""
    pairs = {(a, b) for a, targets in graph.items() for b in targets} | {(a, a) for a in graph}
    for middle in graph:
        for a in graph:
            for b in graph:
                if (a, middle) in pairs and (middle, b) in pairs:
                    pairs.add((a, b))
    return pairs


@given(specs())
def test_a_dead_end_is_an_open_stage_without_a_way_to_a_closed_one(spec):
    pairs = closure(moves(spec))
    opened = [stage.key for stage in spec.stages if stage.type == "open"]

    expected = [k for k in opened if not {(k, "won"), (k, "lost")} & pairs]

    assert expected == list(dead_ends(spec))


@given(specs())
def test_an_unreachable_stage_has_no_way_from_any_start(spec):
    pairs = closure(moves(spec))
    starts = spec.create_in or [s.key for s in spec.stages if s.type == "open"]

    expected = [s.key for s in spec.stages if not any((a, s.key) in pairs for a in starts)]

    assert expected == list(unreachable(spec))


@given(specs())
def test_more_freedom_never_makes_a_stage_unreachable(spec):
    freer = spec.model_copy(
        update={"moves": spec.moves.model_copy(update={"skip": True, "back": True})}
    )

    assert set(unreachable(freer)) <= set(unreachable(spec))


@given(specs().filter(lambda spec: spec.moves.allowed is None and not spec.create_in))
def test_the_order_of_stages_alone_leads_everywhere_but_where_losing_is_forbidden(spec):
    assert set(unreachable(spec)) <= {"lost"}
    assert () == dead_ends(spec)


# People


PEOPLE = (
    "{{people: [{{email: ana@a.example, to: {to}}}], teams: {{emea: {{lead: ana@a.example}}}}}}"
)


@given(st.integers(-400, 400))
def test_somebody_is_gone_from_the_first_day_after_the_last(days):
    to = TODAY + timedelta(days=days)

    assert (["IX220"] if days <= 0 else []) == codes(policy("Directory", PEOPLE.format(to=to)))


@pytest.mark.parametrize(
    ("spec", "found"),
    [
        ("{people: [{email: a@b.c, manager: A@B.C}]}", ["IX166"]),
        ("{people: [{email: a@b.c, manager: d@b.c}]}", ["IX204"]),
        ("{people: [{email: a@b.c, team: x}]}", ["IX205"]),
        ("{people: [{email: a@b.c, zone: Mars/Base}]}", ["IX141"]),
        ("{people: [{email: a@b.c, from: 2026-02-01, to: 2026-01-01}]}", ["IX114"]),
        ("{people: [{email: a@b.c}], queues: {q: {owner: d@b.c}}}", ["IX204"]),
        ("{people: [{email: a@b.c}], queues: {q: {owner: nobody}}}", ["IX206"]),
        ("{roles: [cfo], queues: {q: {owner: cfo}}}", ["IX221"]),
        ("{people: [{email: a@b.c}], queues: {q: {owner: a@b.c}}}", []),
        ("{people: [{email: a@b.c, role: x, to: 2020-01-01}], queues: {q: {owner: x}}}", ["IX221"]),
        ("{teams: {a: {parent: b}, b: {parent: c}, c: {parent: a}}}", ["IX167"]),
        ("{teams: {a: {parent: z}}}", ["IX205"]),
        (
            "{people: [{email: a@b.c, to: 2020-01-01}], pools: {p: {members: [{email: a@b.c}]}}}",
            ["IX163", "IX220"],
        ),
        (
            "{people: [{email: a@b.c}], pools: {p: {members: [{email: a@b.c, to: 2020-01-01}]}}}",
            ["IX163"],
        ),
        ("{people: [{email: a@b.c}, {email: d@b.c, to: 2020-01-01, manager: a@b.c}]}", []),
    ],
)
def test_people_and_groups_lead_to_people_who_work_here(spec, found):
    assert sorted(found) == sorted(codes(policy("Directory", spec)))


def test_a_circle_of_managers_is_told_of_once_with_its_chain():
    people = ", ".join(f"{{email: {a}@x.y, manager: {b}@x.y}}" for a, b in ("ab", "bc", "ca", "da"))

    [circle] = found_in(policy("Directory", f"{{people: [{people}]}}"))

    assert ("a@x.y", "b@x.y", "c@x.y") == circle.chain


def test_several_directories_add_up():
    one = policy("Directory", "{people: [{email: a@b.c, team: t, manager: d@b.c}]}", "one")
    two = policy("Directory", "{people: [{email: d@b.c}], teams: {t: {lead: a@b.c}}}", "two")

    assert [] == codes(one + two)


def test_owners_and_approvers_are_not_judged_where_no_directory_is_kept():
    stages = ["{key: a, title: A, approval: {approvers: [x@y.z]}, handoff: {to: cs}}"]

    assert [] == codes(SCHEMA + pipeline(stages))
    people = policy("Directory", "{people: [{email: a@b.c}]}", "people")
    assert ["IX204", "IX206"] == codes(SCHEMA + pipeline(stages) + people)


# Calendars


def calendar(week, rest="holidays: {region: ES}"):
    return policy("Calendar", f"{{zone: Europe/Madrid, week: {week}, {rest}}}")


@pytest.mark.parametrize(
    ("week", "found"),
    [
        ('{mon-fri: ["09:00-17:00"]}', []),
        ('{mon-fri: ["09:00-12:00", "12:00-17:00"]}', []),
        ('{mon-fri: ["13:00-17:00", "09:00-12:00"]}', []),
        ('{mon-fri: ["09:00-12:30", "12:00-17:00"]}', ["IX144"]),
        ('{mon-fri: ["22:00-06:00"]}', ["IX143"]),
        ('{mon-fri: ["22:00-30:00"]}', []),
        ('{mon-fri: ["22:00-30:00", "05:00-09:00"]}', ["IX144"]),
        ('{sun: ["22:00-30:00"], mon: ["05:00-09:00"]}', ["IX144"]),
        ('{fri-mon: ["09:00-17:00"], sat: ["09:00-10:00"]}', ["IX145", "IX144"]),
        ('{mon: ["24:00-26:00"]}', ["IX143"]),
        ('{mon: ["09:00-49:00"]}', ["IX143"]),
        ('{mon: ["09:00-09:00"]}', ["IX143"]),
        ("{}", ["IX140"]),
    ],
)
def test_hours_are_ordered_and_apart(week, found):
    told = codes(calendar(week))

    assert set(told) <= set(found)
    assert found[:1] == told[:1]


def test_hours_past_midnight_are_suggested():
    [wrong] = found_in(calendar('{mon: ["22:00-06:00"]}'))

    assert "past midnight, write 22:00-30:00" == wrong.hint()


WEEK = '{mon-fri: ["09:00-17:00"]}'


@pytest.mark.parametrize(
    ("rest", "found"),
    [
        ("holidays: {region: US-CA}", []),
        ("holidays: {region: XX}", ["IX148"]),
        ("holidays: {region: US-XX}", ["IX148"]),
        ("holidays: {also: [2027-01-01]}", []),
        ("holidays: {also: [2026-12-25]}", ["IX376"]),
        ("holidays: {also: [2026-12-25]}, effective: {to: 2027-01-01}", []),
        ("effective: {from: 2020-01-01}", ["IX375"]),
        ("holidays: {region: ES, except: [2026-10-12]}", []),
        ("holidays: {region: ES, except: [2026-10-13]}", ["IX377"]),
        ("holidays: {region: XX, except: [2026-10-13]}", ["IX148"]),
        ('holidays: {region: ES}, overrides: {2026-12-26: ["09:00-12:00"]}', []),
        ('holidays: {region: ES}, overrides: {2026-12-28: ["12:00-09:00"]}', ["IX143"]),
        ("holidays: {region: ES}, effective: {from: 2027-01-01, to: 2026-01-01}", ["IX114"]),
        (
            "holidays: {region: ES}, effective: {to: 2026-01-01}, overrides: {2026-01-01: []}",
            ["IX146"],
        ),
    ],
)
def test_holidays_hold_and_go_on(rest, found):
    assert found == codes(calendar(WEEK, rest))


# Fields


@pytest.mark.parametrize(
    ("field", "found"),
    [
        ("{type: integer, minimum: 1, maximum: 10}", []),
        ("{type: integer, minimum: 1.5}", ["IX125"]),
        ("{type: percent, minimum: 20}", ["IX125"]),
        ("{type: date, minimum: 2026-01-01, maximum: 2025-01-01}", ["IX125"]),
        ("{type: text, minimum: 3}", ["IX120"]),
        ("{type: reference}", ["IX121"]),
        ("{type: reference, to: nowhere}", ["IX201"]),
        ("{type: choice, choices: [a, b], to: nowhere}", ["IX120", "IX201"]),
        ("{type: choice, choices: [EMEA, emea]}", ["IX360"]),
        ("{type: choice, choices: [{value: a, title: b}, b]}", ["IX122"]),
        ("{type: choice, choices: [-- None --, a]}", ["IX367"]),
        ('{type: choice, choices: ["?", a]}', ["IX367"]),
        ('{type: choice, choices: ["?", a], placeholders: ["?"]}', []),
        ("{type: choice, choices: [None, a, b]}", []),
        ("{type: choice, choices: [a], retired_choices: {z: b}}", ["IX123"]),
        ("{type: text, required: true, filled_by: [enrichment]}", ["IX362"]),
        ("{type: text, required: true}", []),
        ("{type: text, completeness: {target: 50%, measured: 60%}}", ["IX366"]),
        ("{type: money}", ["IX368"]),
        ("{type: money, currency: EUR}", []),
        ("{type: text, validate: f == 'a'}", []),
        ("{type: text, validate: f > 3}", ["IX330"]),
    ],
)
def test_the_settings_of_a_field_fit_its_type(field, found):
    assert sorted(found) == sorted(codes(policy("RecordSchema", f"{{fields: {{f: {field}}}}}")))


def test_targets_are_those_of_the_project():
    project = policy(
        "Project",
        "{targets: {crm: {connector: hubspot, environments: {p: {account: 1, token: {env: T}}}}}}",
    )
    fields = "{fields: {f: {type: text, source_of_truth: [crn]}}, external: {cmr: {}}}"

    assert ["IX208", "IX208"] == codes(project + policy("RecordSchema", fields))
    assert [] == codes(policy("RecordSchema", fields))


# Project


@pytest.mark.parametrize(
    ("url", "safe"),
    [
        ("https://api.example.com", True),
        ("http://localhost:8700", True),
        ("http://127.0.0.1:8700/x", True),
        ("http://[::1]:8700", True),
        ("http://127.0.0.2", True),
        ("http://127.0.0.1.evil.example", False),
        ("http://localhost.evil.example", False),
        ("http://localhost@evil.example", False),
        ("https://user:secret@api.example.com", False),
        ("http://10.0.0.1", False),
        ("ftp://localhost", False),
        ("//localhost", False),
        ("https://", False),
        ("http://[::1", False),
    ],
)
def test_a_token_only_goes_over_https_or_nowhere(url, safe):
    environment = f'{{account: 1, token: {{env: T}}, base_url: "{url}"}}'
    text = policy(
        "Project", f"{{targets: {{crm: {{connector: x, environments: {{p: {environment}}}}}}}}}"
    )

    found = found_in(text)

    assert ([] if safe else ["IX182"]) == [diagnostic.code for diagnostic in found]
    assert all("secret@" not in str(diagnostic) for diagnostic in found)


def test_the_account_of_two_environments_is_compared_across_targets():
    environments = "environments: {p: {account: 1, token: {env: T}}}"
    text = policy(
        "Project",
        f"{{targets: {{a: {{connector: x, {environments}}}, b: {{connector: x, {environments}}}, "
        f"c: {{connector: y, {environments}}}}}}}",
    )

    assert ["IX181"] == codes(text)


def test_errors_stop_and_warnings_do_not():
    [warning] = found_in(calendar(WEEK, "effective: {from: 2020-01-01}"))

    assert Severity.WARNING is warning.severity


def test_findings_come_in_the_order_of_the_files():
    text = SCHEMA + pipeline(["{key: a, title: A, probability: 0%}"], "  create_in: [x]\n")

    found = found_in(text)

    assert sorted(found, key=lambda d: (d.mark.line, d.mark.column)) == list(found)
    assert ["IX203", "IX342"] == [diagnostic.code for diagnostic in found]

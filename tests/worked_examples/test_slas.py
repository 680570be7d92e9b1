"""The worked examples of SLAs, read from their file and decided as real documents."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from ixia_config.kinds.calendar.decide import clock
from ixia_config.kinds.check import check
from ixia_config.kinds.conditions import catalogue
from ixia_config.kinds.parse import configure
from ixia_config.kinds.scalars import percentage
from ixia_config.kinds.sla_policy.decide import decide
from ixia_config.kinds.sla_policy.spec import SlaPolicy
from ixia_config.kinds.sla_policy.triggers import Change
from ixia_config.language import load
from ixia_config.rules import normalise

pytestmark = pytest.mark.shared

SCHEMA = """\
apiVersion: ixia/v1
kind: RecordSchema
metadata: {name: lead}
spec:
  fields:
    assigned_at: {type: datetime}
    first_touch_at: {type: datetime}
    status: {type: choice, choices: [open, waiting]}
"""
HEAD = "apiVersion: ixia/v1\nkind: {}\nmetadata: {{name: example}}\nspec:\n"
COMPUTATIONS = {
    "due": {"sla-01", "sla-03", "sla-05", "sla-09", "sla-13", "sla-15"},
    "due_many": {"sla-21"},
    "due_with_pauses": {"sla-17"},
    "elapsed": {"sla-07"},
    "segments": {"sla-11"},
    "thresholds": {"sla-19"},
}


@pytest.fixture(scope="module")
def examples(shared):
    """The examples of the area by id."""
    text = (shared / "worked-examples" / "sla.yaml").read_text(encoding="utf-8")
    [document] = load("sla.yaml", text).documents
    return {example["id"]: example for example in document.tree["examples"]}


def week(given):
    if given.get("always_open"):
        return 'mon-sun: ["00:00-24:00"]'
    days = (f"{day}: {list(hours)}" for day, hours in given["week"].items())
    return ", ".join(days).replace("'", '"')


def calendar(given):
    """The YAML of a Calendar with the hours of an example."""
    holidays = ", ".join(given.get("holidays") or [])
    return (
        f"{HEAD.format('Calendar')}  zone: {given['tz']}\n  week: {{{week(given)}}}\n"
        f"  holidays: {{also: [{holidays}]}}\n"
    )


def policy(minutes, *, business="business ", warn_at=()):
    """The YAML of an SlaPolicy with the target of an example."""
    shares = ", ".join(percentage(Decimal(share)) for share in warn_at)
    return (
        f"{HEAD.format('SlaPolicy')}  object: lead\n  metric: first_touch\n"
        "  start: {on: assigned}\n  stop: known(first_touch_at)\n"
        '  pause: status == "waiting"\n'
        f"  targets: [{{within: {minutes} {business}minutes}}]\n"
        f"  calendar: example\n  warn_at: [{shares}]\n"
    )


def configured(*texts):
    documents = [d for text in (SCHEMA, *texts) for d in load("a.yaml", text).documents]
    configuration, found = configure(documents)
    assert () == found
    return configuration


def local(text, zone):
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))


def decided(given, case, *, history=(), **settings):
    """The decision for one case of an example."""
    zone = given["calendar"]["tz"]
    configuration = configured(
        calendar(given["calendar"]), policy(case["target_minutes"], **settings)
    )
    start = local(case["start"], zone)
    known = catalogue(configuration)
    record = normalise({"assigned_at": start, "status": "open"}, known, "lead")
    changes = [
        Change(local(at, zone), {**record, "status": status}, event)
        for at, status, event in history
    ]
    now = max((change.at for change in changes), default=start)
    found = configuration.get(SlaPolicy, "example")
    return decide(found, configuration, record, now, changes)


def test_every_example_of_the_file_is_tested_here(examples):
    found = {}
    for example in examples.values():
        found.setdefault(example["computation"], set()).add(example["id"])

    assert COMPUTATIONS == found


@pytest.mark.parametrize("name", sorted(COMPUTATIONS["due"]))
def test_a_target_is_due_when_published(examples, name):
    given, expected = examples[name]["given"], examples[name]["expected"]
    zone = given["calendar"]["tz"]

    due = decided(given, given).due

    assert local(expected["due"], zone) == due
    if "due_utc" in expected:
        assert local(expected["due_utc"], "UTC") == due
    if "calendar_hours_due" in expected:
        real = decided(given, given, business="").due
        assert local(expected["calendar_hours_due"], zone) == real


def test_targets_that_start_near_or_after_closing_are_due_as_published(examples):
    example = examples["sla-21"]
    given = example["given"]

    dues = [decided(given, case).due for case in given["cases"]]

    assert [local(due, given["calendar"]["tz"]) for due in example["expected"]["due"]] == dues


def test_pauses_move_the_due_time_by_the_business_time_that_they_take(examples):
    example = examples["sla-17"]
    given = example["given"]

    dues = [
        decided(
            given,
            case,
            history=[
                (case["start"], "open", "assigned"),
                *(
                    (at, s, "")
                    for p in case["pauses"]
                    for at, s in zip(p, ("waiting", "open"), strict=True)
                ),
            ],
        ).due
        for case in given["cases"]
    ]

    assert [local(due, given["calendar"]["tz"]) for due in example["expected"]["due"]] == dues


def test_thresholds_are_shares_of_business_time(examples):
    example = examples["sla-19"]
    given = example["given"]

    decision = decided(given, given, warn_at=given["thresholds"])

    zone = given["calendar"]["tz"]
    assert [local(at, zone) for at in example["expected"]["at"]] == [
        notice.at for notice in decision.warnings
    ]


def test_elapsed_time_overnight_is_business_time_and_real_time(examples):
    given, expected = examples["sla-07"]["given"], examples["sla-07"]["expected"]
    case = {**given, "target_minutes": 9999}
    later = [(given["now"], "open", "assigned")]
    minute = timedelta(minutes=1)

    business = decided(given, case, history=later).used
    real = decided(given, case, history=later, business="").used

    assert int(expected["business_minutes"]) == business / minute
    assert int(expected["actual_minutes"]) == real / minute


def test_an_irregular_week_opens_and_closes_as_published(examples):
    given, expected = examples["sla-11"]["given"], examples["sla-11"]["expected"]
    first, last = (local(given[key], "UTC") for key in ("from_utc", "to_utc"))
    business = clock(configured(calendar(given["calendar"])), "example")

    segments = [list(segment) for segment in business.segments(first, last)]

    assert [[local(at, "UTC") for at in pair] for pair in expected["segments_utc"]] == segments
    minutes = business.elapsed(first, last) / timedelta(minutes=1)
    assert int(expected["business_minutes"]) == minutes


def test_the_documents_of_the_examples_are_valid(examples):
    for example in examples.values():
        given = example["given"]["calendar"]
        found = check(configured(calendar(given), policy(240)), date(2010, 1, 1))

        assert [] == [str(each) for each in found if each.severity == "error"]

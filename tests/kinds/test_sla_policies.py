"""What an SlaPolicy decides: states, pauses, warnings, escalations, and whose calendar counts."""

from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ixia_config.kinds.calendar.decide import clock
from ixia_config.kinds.conditions import catalogue
from ixia_config.kinds.parse import configure
from ixia_config.kinds.sla_policy.decide import decide
from ixia_config.kinds.sla_policy.result import State
from ixia_config.kinds.sla_policy.spec import SlaPolicy
from ixia_config.kinds.sla_policy.triggers import Change
from ixia_config.language import load
from ixia_config.rules import normalise
from tests.snapshots import Text

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
BASE = """\
apiVersion: ixia/v1
kind: RecordSchema
metadata: {name: lead}
spec:
  fields:
    score: {type: integer}
    source: {type: text}
    status: {type: choice, choices: [new, waiting, junk]}
    assigned_at: {type: datetime}
    first_touch_at: {type: datetime}
    waiting_since: {type: datetime}
    reassigned_at: {type: datetime}
    owner: {type: person}
    team: {type: text}
    account: {type: reference, to: company}
---
apiVersion: ixia/v1
kind: RecordSchema
metadata: {name: company}
spec: {fields: {calendar: {type: text}}}
---
apiVersion: ixia/v1
kind: Calendar
metadata: {name: us-business}
spec:
  zone: America/New_York
  week: {mon-thu: ["09:00-12:00", "13:00-17:30"], fri: ["09:00-16:00"]}
  holidays: {also: [2026-11-26]}
---
apiVersion: ixia/v1
kind: Calendar
metadata: {name: es-business}
spec:
  zone: Europe/Madrid
  week: {mon-fri: ["09:00-18:00"]}
  holidays: {also: [2026-12-08]}
---
apiVersion: ixia/v1
kind: Directory
metadata: {name: people}
spec:
  people:
    - {email: ana@acme.example, name: Ana Ruiz, role: sdr, team: emea, manager: lee@acme.example, calendar: es-business}
    - {email: sam@acme.example, name: Sam Wu, role: sdr}
    - {email: lee@acme.example, name: Lee Day, role: head, team: emea, calendar: us-business}
  teams: {emea: {lead: lee@acme.example}}
---
"""  # noqa: E501
POLICY = """\
apiVersion: ixia/v1
kind: SlaPolicy
metadata: {name: speed-to-lead}
spec:
  object: lead
  metric: first_touch
  start: {on: assigned}
  stop: known(first_touch_at)
"""
TARGET = "  targets: [{within: 4 business hours}]\n  calendar: us-business\n"
MONDAY = datetime.fromisoformat("2026-11-23T09:00:00-05:00")


def configured(rest, base=BASE):
    configuration, found = configure(load("a.yaml", base + POLICY + rest).documents)
    assert [] == [str(each) for each in found]
    return configuration


def decided(rest, record, now=MONDAY, history=(), base=BASE):
    """The decision about a lead, whose times may be given as text."""
    configuration = configured(rest, base)
    known = catalogue(configuration)
    policy = configuration.get(SlaPolicy, "speed-to-lead")
    changes = [
        Change(at, normalise({**record, **values}, known, "lead"), event)
        for at, values, event in history
    ]
    return decide(policy, configuration, normalise(record, known, "lead"), now, changes)


def lead(**values):
    return {"assigned_at": MONDAY, **values}


# States


@pytest.mark.parametrize(
    ("record", "after", "state"),
    [
        ({}, 0, State.NOT_STARTED),
        ({"source": "import", "assigned_at": MONDAY}, 0, State.NOT_APPLICABLE),
        (lead(), 0, State.RUNNING),
        (lead(), 5, State.RUNNING),  # due at 14:00, and it is 14:00
        (lead(), 5.001, State.BREACHED),
        (lead(status="waiting"), 3, State.PAUSED),
        (lead(first_touch_at=MONDAY + HOUR), 48, State.MET),
        (lead(first_touch_at=MONDAY + 5 * HOUR), 48, State.MET),
        (lead(first_touch_at=MONDAY + 5 * HOUR + timedelta(microseconds=1)), 48, State.BREACHED),
        (lead(first_touch_at=MONDAY + HOUR), 0.5, State.RUNNING),  # it has not happened yet
        (lead(status="junk"), 1, State.CANCELLED),
    ],
)
def test_a_clock_stands_as_its_record_says(record, after, state):
    rest = (
        '  when: source != "import"\n  pause: status == "waiting"\n  cancel: status == "junk"\n'
        f"{TARGET}"
    )

    assert state == decided(rest, record, MONDAY + after * HOUR).state


def test_a_trigger_may_ask_whether_a_field_without_a_time_is_known():
    rest = f"  cancel: known(source)\n{TARGET}"

    assert State.RUNNING == decided(rest, lead()).state
    assert State.CANCELLED == decided(rest, lead(source="web")).state


def test_a_target_met_exactly_at_closing_is_due_at_closing():
    rest = "  targets: [{within: 7 business hours}]\n  calendar: us-business\n"

    decision = decided(rest, {"assigned_at": "2026-11-20T09:00:00-05:00"})

    assert datetime.fromisoformat("2026-11-20T16:00:00-05:00") == decision.due


def test_the_used_share_keeps_counting_after_the_due_time():
    decision = decided(TARGET, lead(), MONDAY + 24 * HOUR)

    assert Decimal("1.8750") == decision.share
    assert -3.5 * HOUR == decision.remaining


def test_a_date_that_is_no_date_of_business_is_told_as_such():
    decision = decided(TARGET, {"assigned_at": "0026-11-20T09:00:00Z"})

    assert State.UNKNOWN == decision.state
    assert (
        "0026-11-20 lies outside the years 1970 to 2199; check the date" in decision.reasons[0].why
    )


# Targets


@pytest.mark.parametrize(("score", "due"), [("80", 5 * MINUTE), ("79", 5 * HOUR), (None, 5 * HOUR)])
def test_the_first_target_that_holds_counts(score, due):
    rest = """\
  targets:
    - {when: score >= 80, within: 5 business minutes}
    - {within: 4 business hours}
  calendar: us-business
"""

    assert MONDAY + due == decided(rest, lead(score=score)).due


@pytest.mark.parametrize(
    ("start", "due"),
    [
        ("2026-11-23T10:00:00-05:00", "2026-11-24T16:00:00-05:00"),
        ("2026-11-23T20:00:00-05:00", "2026-11-24T16:00:00-05:00"),
        ("2026-11-25T10:00:00-05:00", "2026-11-27T16:00:00-05:00"),
        ("2026-11-21T10:00:00-05:00", "2026-11-23T16:00:00-05:00"),
    ],
)
def test_next_business_day_by_four(start, due):
    rest = '  targets: [{within: 1 business day, by: "16:00"}]\n  calendar: us-business\n'
    begun = datetime.fromisoformat(start)

    assert datetime.fromisoformat(due) == decided(rest, {"assigned_at": start}, begun).due


def test_real_time_runs_at_night():
    assert MONDAY + 12 * HOUR == decided("  targets: [{within: 12 hours}]\n", lead()).due


# Pauses


def test_a_pause_takes_its_business_time_and_not_its_night():
    rest = f'  pause: status == "waiting"\n{TARGET}'
    waiting, again = MONDAY + 8 * HOUR, MONDAY + 24 * HOUR
    history = [
        (MONDAY + 6 * HOUR, {}, "assigned"),
        (waiting, {"status": "waiting"}, ""),
        (again, {"status": "new"}, ""),
    ]

    record = {"assigned_at": MONDAY + 6 * HOUR}
    decision = decided(rest, record, again + HOUR, history)

    # 15:00 to 17:00 and from 9:00 on Tuesday: two hours are left then.
    assert again + 2 * HOUR == decision.due
    assert 3 * HOUR == decision.used


def test_a_field_tells_since_when_a_record_waits():
    rest = f'  pause: {{when: status == "waiting", since: waiting_since}}\n{TARGET}'
    record = lead(status="waiting", waiting_since=MONDAY + HOUR)

    decision = decided(rest, record, MONDAY + 2 * HOUR)

    assert (State.PAUSED, HOUR) == (decision.state, decision.used)
    assert MONDAY + 6 * HOUR == decision.due


def test_a_stop_that_nothing_dates_is_told_as_taken_for_now():
    rest = f'  cancel: status == "junk"\n{TARGET}'

    dated = decided(rest, lead(first_touch_at=MONDAY))
    guessed = decided(rest, lead(status="junk"))

    assert [] == [reason for reason in dated.reasons if "taken as now" in reason.why]
    assert ["cancel"] == [each.subject for each in guessed.reasons if "taken as now" in each.why]


moments = st.integers(0, 3 * 1440)


@st.composite
def pauses(draw):
    """Pauses in minutes after the start, in order."""
    ends = sorted(draw(st.lists(moments, max_size=6, unique=True)))
    return list(zip(ends[::2], ends[1::2], strict=False))


def paused(spans, target, after=4 * 1440):
    """The decision about a lead that paused, some days later."""
    rest = (
        '  pause: status == "waiting"\n  calendar: us-business\n'
        f"  targets: [{{within: {target} business minutes}}]\n"
    )
    history = [(MONDAY, {}, "assigned")]
    for start, end in spans:
        history.append((MONDAY + start * MINUTE, {"status": "waiting"}, ""))
        history.append((MONDAY + end * MINUTE, {"status": "new"}, ""))
    return decided(rest, lead(), MONDAY + after * MINUTE, history)


@given(pauses(), st.integers(1, 2000))
def test_a_pause_never_shortens_a_deadline(spans, target):
    due = decided(
        f"  targets: [{{within: {target} business minutes}}]\n  calendar: us-business\n", lead()
    )

    assert due.due <= paused(spans, target).due


@given(pauses(), st.integers(1, 1000), st.integers(0, 1000))
def test_due_times_are_monotone_in_the_target(spans, target, more):
    assert paused(spans, target).due <= paused(spans, target + more).due


@given(pauses(), st.integers(0, 4 * 1440))
def test_used_time_is_what_a_walk_from_minute_to_minute_counts(spans, after):
    spans = [(start, end) for start, end in spans if end <= after]
    business = clock(configured(TARGET), "us-business")
    worked = list(business.segments(MONDAY, MONDAY + 5 * 24 * HOUR))
    counted = 0
    for minute in range(after):
        at = MONDAY + minute * MINUTE
        stands = any(start <= minute < end for start, end in spans)
        counted += not stands and any(opens <= at < closes for opens, closes in worked)

    assert counted * MINUTE == paused(spans, 9999, after).used


# Other turns of a clock


def test_a_reset_begins_anew():
    rest = f"  reset: {{on: reassigned}}\n{TARGET}"

    decision = decided(rest, lead(reassigned_at=MONDAY + HOUR), MONDAY + 2 * HOUR)

    assert (MONDAY + HOUR, HOUR) == (decision.started, decision.used)


def test_a_reset_reopens_a_clock_that_had_stopped():
    rest = f"  reset: {{on: reassigned}}\n{TARGET}".replace("known(first_touch_at)", "x")
    history = [
        (MONDAY, {}, "assigned"),
        (MONDAY + HOUR, {"first_touch_at": MONDAY + HOUR}, ""),
        (MONDAY + 2 * HOUR, {}, "reassigned"),
    ]

    decision = decided(rest, lead(), MONDAY + 3 * HOUR, history)

    assert (State.RUNNING, HOUR) == (decision.state, decision.used)


def test_what_is_met_stays_met_when_the_record_changes_again():
    history = [
        (MONDAY, {}, "assigned"),
        (MONDAY + HOUR, {"first_touch_at": MONDAY + HOUR}, ""),
        (MONDAY + 2 * HOUR, {"first_touch_at": None}, ""),
    ]

    decision = decided(TARGET, lead(), MONDAY + 48 * HOUR, history)

    assert (State.MET, MONDAY + HOUR) == (decision.state, decision.stopped)


def test_the_version_that_holds_on_the_day_of_the_start_counts():
    old = "  effective: {to: 2026-11-23}\n  targets: [{within: 1 hour}]\n---\n"
    new = "  effective: {from: 2026-11-23}\n  targets: [{within: 2 hours}]\n"

    before, since = (
        decided(new, {"assigned_at": at}, base=BASE + POLICY + old)
        for at in (MONDAY - 24 * HOUR, MONDAY)
    )

    assert (MONDAY - 23 * HOUR, MONDAY + 2 * HOUR) == (before.due, since.due)


# Calendars of people


@pytest.mark.parametrize(
    ("calendar", "record", "name"),
    [
        ("us-business", {"owner": "ana@acme.example"}, "us-business"),
        ("owner", {"owner": "ANA@acme.example"}, "es-business"),
        ("owner", {"owner": "sam@acme.example"}, ""),
        ("owner", {}, ""),
        ("{of: owner, otherwise: us-business}", {}, "us-business"),
        ("{of: owner, otherwise: us-business}", {"owner": "sam@acme.example"}, "us-business"),
        ("team", {"owner": "ana@acme.example"}, "us-business"),
        ("team", {"team": "emea"}, "us-business"),
        ("customer", {"account": {"calendar": "es-business"}}, "es-business"),
        ("{of: customer, otherwise: us-business}", {"account": {"calendar": "?"}}, "us-business"),
    ],
)
def test_the_calendar_of_the_record_counts(calendar, record, name):
    rest = f"  targets: [{{within: 4 business hours}}]\n  calendar: {calendar}\n"

    decision = decided(rest, lead(**record))

    assert name == decision.calendar
    assert (decision.state is State.UNKNOWN) == (not name)


# Warnings and escalations


def test_warnings_and_escalations_come_at_their_time_and_reach_people():
    rest = f"""{TARGET}\
  warn_at: [50%, 30 business minutes, 1 business day, 30 minutes]
  escalate:
    - {{at: 100%, to: manager, action: reroute}}
    - {{after: 1 business hour, to: team_lead}}
    - {{after: 10 hours, to: head}}
"""

    decision = decided(rest, lead(owner="ana@acme.example"), MONDAY + 6 * HOUR)

    due = MONDAY + 5 * HOUR
    assert due == decision.due
    assert [MONDAY + 2 * HOUR, due - HOUR / 2, MONDAY, due - HOUR / 2] == [
        notice.at for notice in decision.warnings
    ]
    assert [due, due + HOUR, due + 10 * HOUR] == [step.at for step in decision.escalations]
    assert [True, True, False] == [step.reached for step in decision.escalations]
    assert {("lee@acme.example",)} == {step.people for step in decision.escalations}


def test_no_alarm_is_raised_after_the_clock_has_stopped():
    rest = f"{TARGET}  warn_at: [50%]\n  escalate: [{{at: 100%, to: head}}]\n"

    decision = decided(rest, lead(first_touch_at=MONDAY + HOUR), MONDAY + 48 * HOUR)

    assert not decision.warnings[0].reached
    assert not decision.escalations[0].reached


# Explanations


def text(reasons, margin=""):
    """Reasons as lines, those below indented."""
    return "".join(
        f"{margin}{reason.subject} [{reason.verdict.value}] {reason.why}\n"
        f"{text(reason.below, margin + '  ')}"
        for reason in reasons
    )


def test_an_explanation_reads_as_a_rep_would_say_it(snapshot):
    rest = """\
  pause: status == "waiting"
  targets:
    - {when: score >= 80, within: 5 business minutes}
    - {within: 8 business hours}
  calendar: {of: owner, otherwise: us-business}
  warn_at: [50%, 30 business minutes]
  escalate: [{at: 100%, to: manager, action: reroute}, {after: 1 business hour, to: head}]
"""
    start = datetime.fromisoformat("2026-11-24T18:30:00-05:00")
    waits, again = start + 17 * HOUR, start + 18 * HOUR
    history = [
        (start, {}, "assigned"),
        (waits, {"status": "waiting"}, ""),
        (again, {"status": "new"}, ""),
    ]
    record = {"score": "50", "owner": "sam@acme.example", "assigned_at": start}
    told = [
        decided(rest, record, again + HOUR, history),
        decided(rest, record, again + 60 * HOUR, history),
        decided(rest, {"score": "95", "owner": "ana@acme.example", "assigned_at": start}, start),
        decided(rest, {"score": "95"}, start),
    ]

    assert "\n".join(text(decision.reasons) for decision in told) == snapshot(
        extension_class=Text, name="explanation"
    )

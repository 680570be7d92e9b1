"""Generated SLA policies with records, and what happens to them."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cached_property

from hypothesis import strategies as st

from ixia_config.flows import sla_graph
from ixia_config.kinds.conditions import catalogue
from ixia_config.kinds.parse import configure
from ixia_config.kinds.sla_policy.decide import decide
from ixia_config.kinds.sla_policy.spec import SlaPolicy
from ixia_config.kinds.sla_policy.triggers import Change
from ixia_config.language import load
from ixia_config.rules import normalise
from tests.kinds.test_sla_policies import BASE

NIGHT = """\
apiVersion: ixia/v1
kind: Calendar
metadata: {name: night}
spec:
  zone: America/Sao_Paulo
  week: {mon-fri: ["20:00-28:00"], sat: ["01:00-03:30", "22:00-30:00"], sun: ["02:00-06:00"]}
  overrides: {2026-11-24: ["10:00-11:00"]}
---
apiVersion: ixia/v1
kind: SlaPolicy
metadata: {name: touch}
spec:
"""
HEAD, _, TAIL = BASE.rpartition("kind: Directory")
PEOPLE = f"kind: Directory{TAIL}"
BEGINS = [
    datetime(2026, 11, 20, 15, tzinfo=UTC),
    datetime(2026, 3, 27, 22, 30, tzinfo=UTC),  # Europe moves its clocks on Sunday
    datetime(2026, 10, 30, 20, tzinfo=UTC),  # America does
]
WITHIN = [
    "0 business minutes", "5 business minutes", "4 business hours", "9 business hours",
    "1 business day", "3 business days", "30 minutes", "6 hours", "2 days", "1 week",
]  # fmt: skip
CALENDARS = [
    "us-business", "es-business", "night", "{of: owner, otherwise: us-business}", "owner",
    "{of: team, otherwise: night}", "customer", "{of: customer, field: account.calendar}",
]  # fmt: skip
WARN = ["50%", "33.3333%", "100%", "15 minutes", "30 business minutes", "1 business day", "2 hours"]
TO = ["owner", "manager", "team_lead", "sdr", "emea", "sam@acme.example"]
ACTIONS = ["notify", "reroute", "raise_priority", "task"]
VALUES = {
    "score": [None, 10, 90],
    "source": [None, None, "web", "import"],
    "status": [None, "new", "waiting"],
    "owner": [None, "ana@acme.example", "SAM@acme.example", "gone@acme.example"],
    "team": [None, "emea", "none"],
    "account": [None, {"calendar": "es-business"}, {"calendar": "lost"}],
}
STEPS = st.one_of(
    st.integers(0, 40).map(lambda n: timedelta(minutes=15 * n)),
    st.integers(0, 5 * 24 * 12).map(lambda n: timedelta(minutes=5 * n, seconds=n % 7)),
)
HAPPENS = [
    ("first_touch", {"first_touch_at": 0}),
    ("first_touch", {"first_touch_at": 0, "status": "new", "score": 90}),
    ("", {"status": "waiting"}),
    ("", {"status": "waiting", "waiting_since": 0}),
    ("", {"status": "waiting", "waiting_since": -60}),
    ("", {"status": "new", "waiting_since": None}),
    ("", {"status": "junk"}),
    ("", {"score": 90}),
    ("", {"score": 10, "owner": "SAM@acme.example"}),
    ("reassigned", {"reassigned_at": 0, "owner": "ana@acme.example"}),
    ("reassigned", {}),
    ("assigned", {"assigned_at": 30}),
    ("", {}),
]
"""Events with the values that they set; a number is a time so many minutes after the event."""


@st.composite
def specs(draw):
    """The spec of one SLA policy in YAML."""

    def maybe(line, chance=2):
        return [line] if draw(st.integers(0, chance)) == 0 else []

    lines = ["object: lead", "metric: first_touch"]
    lines += maybe('when: source != "import"')
    lines.append(draw(st.sampled_from(["start: {on: assigned}", "start: known(status)"])))
    stops = ["known(first_touch_at)", 'status == "new" && score > 50', "{on: first_touch}"]
    lines.append(f"stop: {draw(st.sampled_from(stops))}")
    lines += maybe(
        draw(
            st.sampled_from(
                [
                    'pause: status == "waiting"',
                    "pause: {when: known(waiting_since)}",
                    'pause: {when: status == "waiting", since: waiting_since}',
                ]
            )
        )
    )
    lines += maybe(draw(st.sampled_from(["reset: {on: reassigned}", "reset: score > 50"])))
    lines += maybe('cancel: status == "junk"', 3)
    lines.append("targets:")
    if draw(st.booleans()):
        lines.append(
            f"  - {{key: hot, when: score >= 80, within: {draw(st.sampled_from(WITHIN))}}}"
        )
    if draw(st.integers(0, 3)) == 0:
        lines.append('  - {key: late, when: known(team), within: 1 business day, by: "16:00"}')
    if draw(st.integers(0, 4)):
        lines.append(f"  - {{within: {draw(st.sampled_from(WITHIN))}}}")
    elif lines[-1] == "targets:":
        lines.append("  - {when: known(owner), within: 2 business hours}")
    lines.append(f"calendar: {draw(st.sampled_from(CALENDARS))}")
    lines.append(f"warn_at: {draw(st.lists(st.sampled_from(WARN), max_size=3))}".replace("'", ""))
    lines.append("escalate:")
    for _ in range(draw(st.integers(0, 3))):
        when = draw(st.sampled_from(["at: 75%", "at: 100%", "at: 150%", "after: 1 hour"]))
        when = draw(st.sampled_from([when, when, "after: 2 business hours"]))
        to, action = draw(st.sampled_from(TO)), draw(st.sampled_from(ACTIONS))
        lines.append(f"  - {{{when}, to: {to}, action: {action}}}")
    if lines[-1] == "escalate:":
        lines.pop()
    return "\n".join(lines)


@dataclass
class Story:
    """One policy, and what happens to one record: each event with the record after it."""

    spec: str
    events: list = field(default_factory=list)
    looks: list = field(default_factory=list)

    @cached_property
    def configuration(self):
        text = HEAD + PEOPLE + NIGHT + "".join(f"  {line}\n" for line in self.spec.splitlines())
        configuration, found = configure(load("a.yaml", text).documents)
        assert [] == [str(each) for each in found]
        return configuration

    @cached_property
    def policy(self):
        return self.configuration.get(SlaPolicy, "touch")

    @cached_property
    def graph(self):
        return sla_graph(self.configuration, self.policy)

    def record(self, values):
        return normalise(values, catalogue(self.configuration), "lead")

    def changes(self, until=None):
        return [
            Change(at, self.record(values), event)
            for at, values, event in self.events
            if until is None or at <= until
        ]

    def decide(self, now):
        told = self.changes(now)
        return decide(self.policy, self.configuration, told[-1].record, now, told)


@st.composite
def stories(draw):
    """A policy with a record to which two or three things happen, and when somebody looks."""
    story = Story(draw(specs()))
    at = draw(st.sampled_from(BEGINS))
    record = {name: draw(st.sampled_from(VALUES[name])) for name in sorted(VALUES)}
    happening = ("assigned", {"assigned_at": draw(st.sampled_from([0, 0, -45]))})
    for _ in range(draw(st.integers(1, 5))):
        event, values = happening
        for name, value in values.items():
            moved = name.endswith(("_at", "_since")) and value is not None
            record[name] = (at + timedelta(minutes=value)).isoformat() if moved else value
        story.events.append((at, dict(record), event))
        at += draw(STEPS)
        happening = draw(st.sampled_from(HAPPENS))
    begin = story.events[0][0]
    looks = draw(st.lists(STEPS, min_size=1, max_size=3))
    story.looks = sorted({*(begin + step for step in looks), at})
    return story


_RULES = (
    "object: lead\nmetric: first_touch\nstart: {on: assigned}\nstop: known(first_touch_at)\n"
    'pause: {when: status == "waiting", since: waiting_since}\nreset: {on: reassigned}\n'
    "targets: [{within: 4 business hours}]\ncalendar: CALENDAR\nwarn_at: [50%]\n"
    "escalate: [{at: 100%, to: manager}, {after: 1 hour, to: sdr}]"
)
_MONDAY = datetime(2026, 11, 23, 14, tzinfo=UTC)  # 9:00 in New York


def _told(*events, calendar="us-business", begin=_MONDAY, looks=(), **more):
    """A story of a lead of Ana: minutes after the beginning, values, event."""
    story, record = Story(_RULES.replace("CALENDAR", calendar)), {"owner": "ana@acme.example"}
    for minutes, values, event in events:
        at = begin + timedelta(minutes=minutes)
        times = {
            k: (begin + timedelta(minutes=v)).isoformat() for k, v in values.items() if k in _AT
        }
        record |= {**values, **times}
        story.events.append((at, dict(record), event))
    story.looks = [begin + timedelta(minutes=each) for each in looks]
    return story


_AT = ("assigned_at", "first_touch_at", "waiting_since", "reassigned_at")
_ASSIGNED = (0, {"assigned_at": 0}, "assigned")
KNOWN = [
    _told(_ASSIGNED, looks=[119, 120, 299, 300, 301, 359, 360]),  # with a break of an hour
    _told(_ASSIGNED, (300, {"first_touch_at": 300}, ""), looks=[299, 300, 400]),  # just in time
    _told(
        _ASSIGNED, (60, {"status": "waiting", "waiting_since": 30}, ""),
        (90, {"status": "new"}, ""),
        (100, {"status": "waiting", "waiting_since": 70}, ""), (110, {"status": "new"}, ""),
        looks=[60, 95, 105, 170, 200, 370, 450],
    ),  # the second pause begins, by its field, before the first one ended
    _told(
        _ASSIGNED, (400, {"reassigned_at": 390, "owner": "SAM@acme.example"}, "reassigned"),
        (420, {"first_touch_at": 415}, "first_touch"), (500, {"reassigned_at": 490}, "reassigned"),
        looks=[301, 405, 430, 510, 2000],
    ),
    _told(_ASSIGNED, calendar="night", begin=datetime(2026, 11, 22, 4, tzinfo=UTC),
          looks=[60, 241, 1200, 1500]),  # a shift that began the day before
    _told(_ASSIGNED, calendar="es-business", begin=datetime(2026, 3, 27, 15, tzinfo=UTC),
          looks=[3000, 4200, 4320]),
]  # fmt: skip
"""Stories in which each minute matters"""

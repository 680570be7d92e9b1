"""Generated approval policies with requests and answers."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cached_property

from hypothesis import strategies as st

from ixia_config.flows import approval_graph
from ixia_config.kinds.approval_policy.decide import chain
from ixia_config.kinds.approval_policy.progress import Answer
from ixia_config.kinds.approval_policy.spec import ApprovalPolicy
from ixia_config.kinds.conditions import catalogue
from ixia_config.kinds.parse import configure
from ixia_config.language import load
from ixia_config.rules import normalise
from tests.kinds.test_approvals import ANA, CFO, CRO, DAN, FAY, KIM, LEE, LEO, PEOPLE

HEAD = "apiVersion: ixia/v1\nkind: ApprovalPolicy\nmetadata: {name: discounts}\nspec:\n"
CONDITIONS = [
    "discount < 10%", "discount < 20%", "amount >= 500000", "known(owner)", "term_months > 24",
    'owner == "ana@acme.example"', "amount * 2 > 900000.5",
]  # fmt: skip
APPROVERS = [
    "{role: finance}", "{role: legal}", "{role: manager}", "{role: sales-director}", "{role: cro}",
    "{team: desk}", "{pool: legal}", "{person: kim@acme.example}", "{person: OLD@acme.example}",
    "{field: owner}", "{manager_of: submitter}", "{manager_of: submitter, level: 2}",
    "{manager_of: owner}",
]  # fmt: skip
DUES = [
    "{within: 4 hours, on_timeout: reject}",
    "{within: 1 business day, calendar: london, on_timeout: escalate}",
    "{within: 3 business hours, calendar: london}",
    (
        "{within: 2 hours, on_timeout: escalate, escalate: [{after: 3 hours, to: {role: cro}}, "
        "{after: 2 days}]}"
    ),
]
DELEGATIONS = [
    "{from: fay@acme.example, to: leo@acme.example}",
    "{from: lee@acme.example, to: kim@acme.example, effective: {from: 2026-12-01, to: 2026-12-22}}",
    "{from: kim@acme.example, to: lee@acme.example}",
    "{from: leo@acme.example, to: cfo@acme.example, when: amount < 1000000}",
    "{from: cro@acme.example, to: ana@acme.example, limit: 20%, field: discount}",
    "{from: dan@acme.example, to: new@acme.example}",
]
BEGINS = [datetime(2026, 12, 21, 9, tzinfo=UTC), datetime(2026, 12, 24, 16, 30, tzinfo=UTC)]
RECORDS = st.fixed_dictionaries(
    {
        "discount": st.sampled_from([None, "5%", "10%", "25%"]),
        "amount": st.sampled_from([None, "100.50", "500000", "2000000"]),
        "term_months": st.sampled_from([None, 12, 36]),
        "owner": st.sampled_from([None, ANA, "LEE@acme.example", FAY, "who@acme.example"]),
    }
)
VOTERS = [ANA, LEE, KIM, DAN, FAY, LEO, CRO, "CFO@acme.example", CFO]
WAITS = st.integers(0, 60).map(lambda n: timedelta(minutes=30 * n))


@st.composite
def steps(draw):
    """The steps of a rule in YAML."""
    found = []
    for _ in range(draw(st.integers(1, 2))):
        asked = draw(st.lists(st.sampled_from(APPROVERS), min_size=1, max_size=3))
        parts = [f"approvers: [{', '.join(asked)}]"]
        mode = draw(st.sampled_from(["all", "all", "any", "quorum"]))
        parts.append(f"mode: {mode}")
        if mode == "quorum":
            parts.append(f"need: {draw(st.integers(1, 2))}")
        if draw(st.integers(0, 3)) == 0:
            parts.append(f"skip_when: '{draw(st.sampled_from(CONDITIONS))}'")
        if draw(st.integers(0, 4)) == 0:
            parts.append("comment_required: true")
        if draw(st.integers(0, 2)) == 0:
            parts.append(f"due: {draw(st.sampled_from(DUES))}")
        found.append("{" + ", ".join(parts) + "}")
    return f"[{', '.join(found)}]"


@st.composite
def specs(draw):
    """The spec of one approval policy in YAML."""
    lines = ["object: deal"]
    if draw(st.integers(0, 4)) == 0:
        lines.append(f"applies_when: '{draw(st.sampled_from(CONDITIONS))}'")
    if draw(st.booleans()):
        lines.append(f"due: {draw(st.sampled_from(DUES))}")
    separated = ["[submitter, approver]", "[]", "[submitter, owner, approver]", "[owner]"]
    lines.append(f"separation: {draw(st.sampled_from(separated))}")
    lines.append("rules:")
    for number in range(draw(st.integers(1, 3))):
        last = draw(st.booleans())
        when = "" if last else f"when: '{draw(st.sampled_from(CONDITIONS))}', "
        higher = ""
        if draw(st.integers(0, 3)) == 0:
            higher = f", escalate_when: '{draw(st.sampled_from(CONDITIONS))}'"
        ways = ["auto", "draft", "deny", "", "", "", "", ""]
        way = draw(st.sampled_from(ways))
        does = f"approve: {way}" if way else f"steps: {draw(steps())}"
        lines.append(f"  - {{key: rule-{number}, {when}{does}{higher}}}")
    for number in range(draw(st.integers(0, 2))):
        if not number:
            lines.append("also:")
        when = f"when: '{draw(st.sampled_from(CONDITIONS))}', " if draw(st.booleans()) else ""
        lines.append(f"  - {{{when}steps: {draw(steps())}}}")
    given = draw(st.lists(st.sampled_from(DELEGATIONS), max_size=3, unique=True))
    if given:
        lines.append(f"delegation: [{', '.join(given)}]")
    return "\n".join(lines)


@dataclass
class Case:
    """One policy, a request, and what people answer: after how long, who, yes or no."""

    spec: str
    submitter: str = ANA
    values: dict = field(default_factory=dict)
    begins: datetime = BEGINS[0]
    votes: list = field(default_factory=list)
    looks: list = field(default_factory=list)

    @cached_property
    def configuration(self):
        text = PEOPLE + HEAD + "".join(f"  {line}\n" for line in self.spec.splitlines())
        configuration, found = configure(load("a.yaml", text).documents)
        assert [] == [str(each) for each in found]
        return configuration

    @cached_property
    def policy(self):
        return self.configuration.of(ApprovalPolicy)[0]

    @cached_property
    def graph(self):
        return approval_graph(self.configuration, self.policy)

    @property
    def record(self):
        return normalise(self.values, catalogue(self.configuration), "deal")

    def decide(self):
        return chain(self.configuration, self.policy, self.record, self.submitter, self.begins)

    @property
    def answers(self):
        return [Answer(who, yes, self.begins + at, note) for at, who, yes, note in self.votes]


@st.composite
def cases(draw):
    """A policy with a request, answers and when somebody looks."""
    case = Case(draw(specs()))
    case.submitter = draw(st.sampled_from([ANA, ANA, LEE, FAY, "CRO@acme.example"]))
    case.values, case.begins = draw(RECORDS), draw(st.sampled_from(BEGINS))
    vote = st.tuples(
        WAITS, st.sampled_from(VOTERS), st.integers(0, 5).map(bool), st.sampled_from(["", "fine"])
    )
    case.votes = sorted(draw(st.lists(vote, max_size=8)))
    case.looks = sorted(draw(st.lists(WAITS, min_size=1, max_size=3)))
    return case


def _case(steps, votes=(), looks=(), more="", submitter=ANA, **values):
    """A request whose one rule has these steps; votes are minutes, who and yes or no."""
    case = Case(f"{more}object: deal\nrules: [{{key: all, steps: [{steps}]}}]", submitter, values)
    case.votes = [(timedelta(minutes=at), who, yes, "") for at, who, yes in votes]
    case.looks = [timedelta(minutes=each) for each in looks]
    return case


_REJECTS = "due: {within: 1 hour, on_timeout: reject}"
_CLIMBS = (
    "due: {within: 1 hour, on_timeout: escalate, "
    "escalate: [{after: 2 hours, to: {role: finance}}, {after: 3 hours}]}"
)
_LIMITED = (
    "delegation: [{from: cro@acme.example, to: dan@acme.example, limit: 20%, field: discount}]\n"
)
_THREE = "approvers: [{role: finance}, {role: legal}, {role: cfo}], mode: quorum, need: 2"
KNOWN = [
    _case("{approver: {role: manager}}", [(1, KIM, True), (2, LEE, True)], [0, 1, 2]),  # Kim: away
    _case("{approver: {person: kim@acme.example}}", [(1, KIM, True)], [0, 1]),
    _case(f"{{approver: {{role: finance}}, {_REJECTS}}}", [(60, FAY, True)], [59, 60, 61]),
    _case(f"{{approver: {{role: finance}}, {_REJECTS}}}", [(59, FAY, True)], [58, 59, 61]),
    _case(
        f"{{approver: {{manager_of: submitter}}, {_CLIMBS}}}",
        [(119, FAY, True), (121, FAY, True)],
        [60, 119, 120, 121, 180],
    ),
    _case(f"{{{_THREE}}}", [(1, FAY, False), (2, FAY, True), (3, LEO, True)], [1, 2, 3]),
    _case(f"{{{_THREE}}}", [(1, FAY, False), (2, LEO, False), (3, CFO, True)], [1, 2, 3]),
    _case("{approvers: [{role: finance}, {team: desk}]}", [(1, FAY, True), (2, LEO, True)], [1, 2]),
    _case("{approver: {role: manager}, mode: any}", [(1, LEE, False)], [0, 1], submitter=KIM),
    _case(
        "{approver: {role: cro}}",
        [(1, CRO, True), (2, DAN, True)],
        [0, 1, 2],
        _LIMITED,
        discount="20%",
    ),
    _case(
        "{approver: {role: cro}}",
        [(1, DAN, True), (2, CRO, True)],
        [0, 1, 2],
        _LIMITED,
        discount="21%",
    ),
    _case("{approver: {role: finance}}", [], [0], submitter=FAY),
    _case(
        "{approver: {role: finance}}", [], [0], "also: [{steps: [{approver: {role: finance}}]}]\n"
    ),
]
"""Requests in which each minute and each person matters"""

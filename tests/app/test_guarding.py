"""Change policies, holds and last counts on the whole road, against the sandbox over real HTTP."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from ixia_config import render
from ixia_config.app import Refusal
from ixia_config.app.freezing import freeze
from ixia_config.exits import Exit
from ixia_config.kinds.change_policy.decide import reviews
from ixia_config.model import Address, Cause, Hold, Status, Verb
from tests.app.place import PIPELINE, TODAY
from tests.app.test_drifting import STAGES, edit, ours
from tests.snapshots import Markdown, Text

PEOPLE = """\
apiVersion: ixia/v1
kind: Directory
metadata: {name: people}
spec:
  people:
    - {email: Kim@acme.example, role: revops}
    - {email: lee@acme.example, role: revops}
    - {email: ana@acme.example, role: ae}
---
apiVersion: ixia/v1
kind: Calendar
metadata: {name: office}
spec:
  zone: UTC
  week: {mon-fri: ["09:00-17:00"]}
  holidays: {region: US}
---
"""
POLICY = """\
apiVersion: ixia/v1
kind: ChangePolicy
metadata: {name: production}
spec:
"""
REVIEW = """\
  rules:
    - key: stages
      when: {kinds: [Pipeline], risk: medium}
      approve: {roles: [revops], not_author: true}
      labels: [needs-revops]
"""
STAGE = "ChangePolicy/production#stages"


def ruled(place, spec):
    place.write("changes.yaml", PEOPLE + POLICY + spec)


def refused(place, plan=None, **more):
    with pytest.raises(Refusal) as caught:
        place.apply(plan, **more)
    assert place.writes() == []
    return caught.value


def nameless(plan):
    """The plan under a name that does not depend on the sandbox's port."""
    return replace(plan, digest="0" * 64)


def codes(refusal):
    return [each.code for each in refusal.diagnostics]


def committed(place, email):
    """The repository under git, written by this person."""
    author = ("-c", f"user.email={email}", "-c", "user.name=Somebody")
    for arguments in (("init", "-q"), ("add", "-A"), ("commit", "-q", "-m", "all of it")):
        subprocess.run(["git", *author, *arguments], cwd=place.root, check=True)


@pytest.fixture
def sold(place):
    place.apply()
    place.log.clear()
    return place


def test_nothing_is_applied_in_a_freeze_and_the_plan_says_until_when(sold, snapshot):
    sold.edit("pipelines/new-business.yaml", "40%", "50%")
    ruled(sold, "  freeze: [{key: fair, from: 2026-11-20, to: 2026-11-25, reason: the fair}]\n")

    plan = sold.plan()
    refusal = refused(sold, plan)

    assert plan.denials[0].until == "2026-11-25T00:00:00+00:00"
    assert (refusal.exit, codes(refusal)) == (Exit.DENIED, ["IX580"])
    assert render.plan_text(nameless(plan)) == snapshot(extension_class=Text)
    assert "\n".join(map(str, refusal.diagnostics)) == snapshot(
        name="refusal", extension_class=Text
    )
    sold.ticking.now = datetime(2026, 11, 25, 0, 0, tzinfo=UTC)
    assert sold.apply(plan).verified


def test_a_freeze_that_began_after_the_plan_stops_the_apply(sold):
    sold.edit("pipelines/new-business.yaml", "40%", "50%")
    ruled(sold, "  freeze: [{key: fair, from: 2026-11-23, to: 2026-11-25}]\n")
    plan = sold.plan()
    assert plan.denials == ()

    sold.ticking.now = datetime(2026, 11, 23, 0, 0, tzinfo=UTC)

    assert codes(refused(sold, plan)) == ["IX580"]


def test_a_freeze_of_other_kinds_stops_nothing(sold):
    sold.edit("pipelines/new-business.yaml", "40%", "50%")
    ruled(
        sold,
        "  freeze: [{key: fair, from: 2026-11-20, to: 2026-11-25, when: {kinds: [CompPlan]}}]\n",
    )

    assert sold.apply().verified


def test_a_waiver_lets_pass_and_stays_visible_until_its_day(sold):
    sold.edit("pipelines/new-business.yaml", "40%", "50%")
    spec = "  freeze: [{key: fair, from: 2026-11-20, to: 2026-12-25}]\n"
    waiver = "  waivers: [{of: fair, owner: revops, reason: a law, until: 2026-11-30}]\n"
    ruled(sold, spec + waiver)

    plan = sold.plan()

    assert "waived until 2026-11-30 by revops: a law" in " ".join(render.plan_text(plan).split())
    sold.ticking.now = datetime(2026, 11, 30, 0, 0, tzinfo=UTC)
    assert codes(refused(sold)) == ["IX580"]
    sold.ticking.now = datetime(2026, 11, 29, 23, 59, tzinfo=UTC)
    assert sold.apply().verified


@pytest.mark.parametrize(
    ("now", "until"),
    [
        ("2026-12-28T23:59:00+00:00", None),
        ("2026-12-29T00:00:00+00:00", "2027-01-02T00:00:00+00:00"),
        ("2027-01-01T23:59:00+00:00", "2027-01-02T00:00:00+00:00"),
        ("2027-01-02T00:00:00+00:00", None),
        ("2026-11-22T09:00:00+00:00", None),
    ],
)
def test_the_end_of_a_quarter_is_frozen_by_the_fiscal_calendar(sold, now, until):
    sold.edit("pipelines/new-business.yaml", "40%", "50%")
    window = "{key: quarter, quarter_end: {days_before: 3, days_after: 1}}"
    ruled(sold, f"  freeze: [{window}]\n")
    sold.ticking.now = datetime.fromisoformat(now)

    assert [each.until for each in sold.plan().denials] == ([until] if until else [])


def test_a_fiscal_year_that_begins_in_february_ends_its_quarters_a_month_later(sold):
    text = (sold.root / "ixia.yaml").read_text()
    sold.write("ixia.yaml", text + "  fiscal_year_start: 2\n")
    sold.edit("pipelines/new-business.yaml", "40%", "50%")
    ruled(sold, "  freeze: [{key: quarter, quarter_end: {days_before: 3}}]\n")

    sold.ticking.now = datetime(2026, 12, 30, 9, 0, tzinfo=UTC)
    assert sold.plan().denials == ()
    sold.ticking.now = datetime(2027, 1, 30, 9, 0, tzinfo=UTC)
    assert sold.plan().denials != ()


def test_outside_business_hours_nothing_is_applied(sold):
    sold.edit("pipelines/new-business.yaml", "40%", "50%")
    ruled(sold, "  freeze: [{key: nights, outside: office}]\n")

    refusal = refused(sold)  # 22 November 2026 is a Sunday

    assert "until 2026-11-23T09:00:00+00:00" in str(refusal.diagnostics[0])
    sold.ticking.now = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
    assert sold.apply().verified


def test_a_rule_wants_the_word_of_somebody_in_a_role_who_is_not_the_author(sold, snapshot):
    sold.edit("pipelines/new-business.yaml", "40%", "50%")
    ruled(sold, REVIEW)
    committed(sold, "kim@acme.example")
    plan = sold.plan()
    at = f"@{plan.digest[:6]}"

    missing = refused(sold, plan)

    assert (missing.exit, codes(missing)) == (Exit.DENIED, ["IX581"])
    told = "\n".join(map(str, missing.diagnostics)).replace(at, "@DIGEST")
    assert told == snapshot(extension_class=Text)
    for no in (
        f"{STAGE}:kim@acme.example{at}",  # the author
        f"{STAGE}:ana@acme.example{at}",  # another role
        f"{STAGE}:lee@acme.example@000000",  # another plan
        f"ChangePolicy/production#other:lee@acme.example{at}",  # another rule
        f"{STAGE}{at}",  # nobody
    ):
        assert codes(refused(sold, plan, approvals=(no,))) == ["IX581"]
    assert sold.apply(plan, approvals=(f"{STAGE}:Lee@acme.example{at}",)).verified


def test_where_nobody_knows_the_author_no_approval_counts(sold):
    sold.edit("pipelines/new-business.yaml", "40%", "50%")
    ruled(sold, REVIEW)

    plan = sold.plan()
    approval = f"{STAGE}:lee@acme.example@{plan.digest[:6]}"

    assert codes(refused(sold, plan, approvals=(approval,))) == ["IX582"]


def test_a_new_thing_of_low_risk_asks_nobody(sold):
    sold.edit(
        "schemas/deal.yaml", "    segment:", "    note: {type: text, title: Note}\n    segment:"
    )
    ruled(sold, REVIEW)

    assert sold.apply().verified


def test_a_pull_request_learns_its_reviewers_and_labels(sold):
    sold.edit("pipelines/new-business.yaml", "40%", "50%")
    pay = "    - {key: pay, when: {kinds: [CompPlan]}, approve: {roles: [revops], need: 2}}\n"
    ruled(sold, REVIEW + pay)
    configuration, plan = sold.check().configuration, sold.plan()

    [stages] = reviews(configuration, plan)
    both = reviews(configuration, plan, (Address("CompPlan", "ae-2027"),))

    assert (stages.rule, stages.labels) == (STAGE, ("needs-revops",))
    assert stages.people == ("kim@acme.example", "lee@acme.example")
    assert [(each.rule, each.need) for each in both] == [
        ("ChangePolicy/production#pay", 2),
        (STAGE, 1),
    ]


def test_a_rule_that_denies_stops_the_apply_in_its_environments_only(sold):
    sold.edit("pipelines/new-business.yaml", "40%", "50%")
    rule = "  rules: [{key: no, when: {fields: [probability]}, deny: by the board only}]\n"
    ruled(sold, rule)
    assert codes(refused(sold)) == ["IX580"]

    text = (sold.root / "ixia.yaml").read_text()
    more = '        production: {account: "1001", token: {env: HUBSPOT_TOKEN}}\n'
    sold.write("ixia.yaml", text + more)
    ruled(sold, "  environments: [production]\n" + rule)
    assert sold.apply().verified


# Holds


def test_known_drift_is_visible_and_left_until_its_day(sold, snapshot):
    edit(sold, "Evaluate", metadata={"probability": "0.6"})
    hold = (
        "{part: evaluate, field: probability, owner: sales-ops, "
        "reason: they try it, until: 2026-12-01}"
    )
    sold.edit(
        "pipelines/new-business.yaml",
        "title: New business}",
        f"title: New business, hold: [{hold}]}}",
    )

    plan = sold.plan()

    assert plan.writes == ()
    assert [each.fields[0].cause for each in plan.held] == [Cause.DRIFT]
    assert not render.has_drift(plan)
    assert render.plan_text(nameless(plan)) == snapshot(extension_class=Text)
    assert render.plan_markdown(nameless(plan)) == snapshot(extension_class=Markdown)
    assert render.drift_text(plan) == snapshot(name="drift", extension_class=Text)
    sold.apply(plan)
    sold.ticking.now = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)
    [change] = sold.plan().writes
    assert change.fields[0].cause is Cause.DRIFT


def test_a_freeze_in_an_emergency_is_a_line_in_the_policy(sold):
    address = Address("Pipeline", "new-business", "evaluate")
    hold = Hold(address, "", "sales-ops", "the board looks", "2026-12-01")

    done = freeze(sold.check(), hold, today=TODAY)
    sold.edit("pipelines/new-business.yaml", "40%", "50%")

    assert done.file == "pipelines/new-business.yaml"
    assert sold.plan().holds == (hold,)
    assert (sold.plan().writes, len(sold.plan().held)) == ((), 1)


@pytest.mark.parametrize(
    ("address", "until", "code"),
    [
        (Address("Pipeline", "nobody"), "2026-12-01", "IX583"),
        (Address("Pipeline", "new-business"), "2026-11-22", "IX584"),
        (Address("Pipeline", "new-business", "nothing"), "2026-12-01", "IX871"),
    ],
)
def test_a_freeze_of_nothing_or_of_the_past_is_refused(sold, address, until, code):
    with pytest.raises(Refusal) as caught:
        freeze(sold.check(), Hold(address, "", "sales-ops", "why", until), today=TODAY)

    assert code in codes(caught.value)
    assert (sold.root / "pipelines/new-business.yaml").read_text() == PIPELINE


def test_a_hold_whose_day_has_come_is_a_warning(sold):
    hold = "{owner: sales-ops, reason: they try it, until: 2026-11-22}"
    sold.edit(
        "pipelines/new-business.yaml",
        "title: New business}",
        f"title: New business, hold: [{hold}]}}",
    )

    assert "IX870" in [each.code for each in sold.check().diagnostics]
    assert date(2026, 11, 22) == TODAY


# Right before the call


def test_records_that_came_since_the_apply_began_keep_their_stage(sold):
    text = PIPELINE.replace("    - {key: proposal, title: Proposal, probability: 70%}\n", "")
    sold.write("pipelines/new-business.yaml", text)
    project = (sold.root / "ixia.yaml").read_text()
    removal = "connector: hubspot\n      on_remove: archive"
    sold.write("ixia.yaml", project.replace("connector: hubspot", removal))
    plan = sold.plan()
    pipeline = ours(sold)
    [stage] = [each for each in pipeline["stages"] if each["label"] == "Proposal"]
    [approval] = [each.approve for each in plan.verdicts]
    deal = {"dealname": "Late", "pipeline": pipeline["id"], "dealstage": stage["id"]}
    came = []

    def fault(request, go_on):
        """A deal comes right after the apply has counted for the first time."""
        answer = go_on()
        if request.path.partition("?")[0].endswith("/search") and not came:
            came.append(sold.ask("POST", "/crm/objects/2026-09/deals", {"properties": deal}))
            sold.ticking.pass_(minutes=1)  # the search lags behind
        return answer

    sold.fault = fault
    report = sold.apply(plan, approvals=(f"{approval}@{plan.digest[:6]}",))

    [result] = [each for each in report.results if each.change.verb is Verb.ARCHIVE]
    assert came[0].status == 201
    assert result.status is Status.FAILED
    assert not [each for each in sold.writes() if each.method == "DELETE"]
    assert "1 open deal" in result.message
    assert sold.ask("GET", STAGES.format(pipeline["id"], stage["id"])).status == 200


def test_a_reserve_leaves_requests_to_others(sold):
    text = (sold.root / "ixia.yaml").read_text()
    before = sold.plan().quota
    sold.write("ixia.yaml", text.replace('account: "4242"', 'account: "4242", reserve: 50%'))

    after = sold.plan().quota

    assert after.allowed == before.allowed * 5 // 9  # 50% of all instead of 90%
    assert before.remaining * 0.49 < after.remaining < before.remaining * 0.51

"""Every way in which a run can go wrong gets one clear error, and nothing is lost or half-done."""

from __future__ import annotations

import pytest

from ixia_config.app import Refusal
from ixia_config.edges.serve import Drop, Truncate
from ixia_config.engine import codec
from ixia_config.engine.codec import PlanProblem
from ixia_config.exits import Exit
from ixia_config.model import Status
from ixia_config.sdk.wire import Response
from ixia_connectors.hubspot.sandbox import ALL_SCOPES, HubSpotSandbox, Profile, Tier, Token
from tests.app.place import PIPELINE, TOKEN, a_place, is_read


def refused(place, code, *words):
    """The plan is refused with this exit code and these words, and nothing is written."""
    with pytest.raises(Refusal) as caught:
        place.plan()
    text = str(caught.value)
    assert caught.value.exit is code, text
    for word in words:
        assert word in text
    assert TOKEN not in text
    assert place.writes() == []
    return text


@pytest.fixture
def account(tmp_path):
    """A place whose account is played with another profile."""
    opened = []

    def make(**profile):
        context = a_place(tmp_path / "repo", HubSpotSandbox(profile=Profile(**profile)))
        opened.append(context)
        return context.__enter__()

    yield make
    for context in opened:
        context.__exit__(None, None, None)


def throttled(policy, **headers):
    return Response(
        429,
        {
            "status": "error",
            "message": f"You have reached your {policy.lower()} limit.",
            "errorType": "RATE_LIMIT",
            "correlationId": "c93e06a4-0000-0000-0000-000000000000",
            "policyName": policy,
        },
        headers,
    )


def first(answer, *, times=1, writes=False):
    """A fault that gives this answer to the first requests (or the first writes)."""
    seen = []

    def fault(request, go_on):
        if writes and is_read(request.method, request.path):
            return go_on()
        seen.append(request)
        return answer if len(seen) <= times else go_on()

    return fault


@pytest.mark.parametrize(
    ("file", "text", "code"),
    [
        ("pipelines/x.yaml", "apiVersion: ixia/v1\nkind: [", "IX0"),
        ("pipelines/x.yaml", PIPELINE.replace("object: deal", "object: {a: 1}"), "IX1"),
        ("pipelines/x.yaml", PIPELINE.replace("create_in", "crate_in"), "IX1"),
        ("pipelines/x.yaml", PIPELINE.replace("object: deal", "object: deel"), "IX2"),
        ("pipelines/x.yaml", PIPELINE.replace("known(pain)", "known(pane)"), "IX3"),
        ("pipelines/x.yaml", PIPELINE.replace("known(pain)", '"pain = 1"'), "IX3"),
    ],
)
def test_a_mistake_in_a_file_is_told_with_its_place_and_nothing_is_asked(place, file, text, code):
    (place.root / "pipelines/new-business.yaml").unlink()
    place.write(file, text)

    refused(place, Exit.INVALID, "pipelines/x.yaml:", code)

    assert place.log == []


def test_a_literal_token_is_refused_and_never_shown(place):
    secret = "pat-na1-0a1b2c3d-1111-2222-3333-444455556666"
    place.edit("ixia.yaml", "{env: HUBSPOT_SANDBOX_TOKEN}", secret)

    text = refused(place, Exit.INVALID, "ixia.yaml:")

    assert secret not in text


def test_a_token_that_is_not_set_is_named(place):
    place.environ.clear()

    refused(place, Exit.REMOTE, "IX601", "HUBSPOT_SANDBOX_TOKEN")


def test_a_token_that_the_account_does_not_know(place):
    place.environ["HUBSPOT_SANDBOX_TOKEN"] = "another-token"

    text = refused(place, Exit.REMOTE, "IX601")

    assert "another-token" not in text


def test_an_expired_token(account):
    place = account(tokens={TOKEN: Token(expired=True)})

    refused(place, Exit.REMOTE, "IX602")


def test_a_missing_scope_to_read_is_named_and_blocks_nothing_else(account):
    scopes = ALL_SCOPES - {"crm.schemas.deals.read", "crm.objects.deals.read", "automation"}
    place = account(tokens={TOKEN: Token(scopes=scopes)})

    made = place.plan()

    with place.session() as session, session.driver(writes=False) as driver:
        from ixia_config.sdk.connector import Scope

        live = driver.run(session.connector.read(Scope(configuration=session.configuration)))
    assert any("crm.schemas.deals.read" in each for each in live.incomplete)
    assert made.refused


def test_a_missing_scope_to_write_is_named_with_its_scopes(account):
    scopes = ALL_SCOPES - {"crm.schemas.deals.write"}
    place = account(tokens={TOKEN: Token(scopes=scopes)})

    report = place.apply()

    [failed] = report.having(Status.FAILED)
    assert "IX603" in failed.message
    assert "crm.schemas.deals.write" in failed.message
    assert report.having(Status.SKIPPED)


def test_a_tier_that_lacks_pipeline_rules_says_so(account):
    place = account(tier=Tier.STARTER)

    made = place.plan()
    told = [verdict.message for verdict in made.refused] + [
        result.message
        for result in ([] if made.refused else place.apply(made).results)
        if result.status is Status.FAILED
    ]

    assert any("Professional" in text or "tier" in text or "IX605" in text for text in told), told


def test_a_host_that_does_not_exist(place):
    place.edit("ixia.yaml", place.url, "https://nowhere.invalid")

    text = refused(place, Exit.REMOTE)

    assert "nowhere.invalid" in text


def test_a_token_is_never_sent_to_a_host_that_is_not_the_vendors(place):
    place.edit("ixia.yaml", place.url, "https://api.hubapi.com.example.org")

    with pytest.raises(Refusal):
        place.plan()

    assert place.log == []


@pytest.mark.parametrize("headers", [{"retry-after": "1"}, {}])
def test_a_429_is_waited_out(place, headers):
    place.fault = first(throttled("TEN_SECONDLY_ROLLING", **headers), times=2)

    assert place.plan().writes
    assert place.apply().verified


def test_a_429_on_a_write_is_waited_out_and_written_once(place):
    approved = place.plan()
    place.fault = first(throttled("SECONDLY"), writes=True)

    assert place.apply(approved).verified


def test_the_daily_limit_ends_the_run(place):
    place.fault = first(throttled("DAILY"), times=99)

    refused(place, Exit.REMOTE, "IX607")
    assert len(place.log) == 1


def test_a_server_error_on_a_read_is_tried_again(place):
    place.fault = first(Response(503, {"status": "error", "message": "sorry"}))

    assert place.plan().writes


def test_a_server_that_stays_broken_ends_the_run(place):
    place.fault = first(Response(500, {"status": "error", "message": "sorry"}), times=999)

    refused(place, Exit.REMOTE, "IX608")


def test_a_server_error_on_a_write_leaves_an_open_intent_and_no_second_try(place):
    approved = place.plan()
    place.fault = first(Response(502, None), writes=True)

    report = place.apply(approved)

    assert len(report.having(Status.UNKNOWN)) == 1
    assert len(place.writes()) == 1
    assert report.having(Status.SKIPPED)
    with place.session() as session:
        assert session.journal.open_runs() == (report.run,)


def test_an_answer_that_breaks_off(place):
    place.fault = lambda request, go_on: Truncate(go_on(), keep=10)

    refused(place, Exit.REMOTE)


def test_an_answer_that_is_not_what_the_vendor_sends(place):
    place.fault = lambda request, go_on: Response(200, ["surprise"])

    refused(place, Exit.REMOTE, "IX609")


def test_a_connection_that_is_dropped(place):
    place.fault = lambda request, go_on: Drop()

    refused(place, Exit.REMOTE, "IX610")


def test_a_title_held_by_an_archived_twin_is_found_before_anything_is_written(place):
    place.apply()
    pipelines = place.ask("GET", "/crm/pipelines/2026-09/deals").json["results"]
    ours = next(each for each in pipelines if each["label"] == "New business")
    assert place.ask("DELETE", f"/crm/pipelines/2026-09/deals/{ours['id']}").status == 204
    place.log.clear()

    made = place.plan()

    assert any("archived" in verdict.message for verdict in made.refused)
    assert place.writes() == []


def test_a_stage_in_use_is_not_removed(place):
    place.edit("ixia.yaml", "connector: hubspot", "connector: hubspot\n      on_remove: archive")
    place.apply()
    pipelines = place.ask("GET", "/crm/pipelines/2026-09/deals").json["results"]
    ours = next(each for each in pipelines if each["label"] == "New business")
    stage = next(each for each in ours["stages"] if each["label"] == "Proposal")
    deal = {"dealname": "Big", "pipeline": ours["id"], "dealstage": stage["id"]}
    place.ask("POST", "/crm/objects/2026-03/deals", {"properties": deal})
    place.ticking.pass_(minutes=5)
    text = PIPELINE.replace("    - {key: proposal, title: Proposal, probability: 70%}\n", "")
    place.write("pipelines/new-business.yaml", text)

    made = place.plan()

    assert "IX507" in {verdict.code for verdict in made.refused}
    with pytest.raises(Refusal) as caught:
        place.apply(made)
    assert caught.value.exit is Exit.GUARDED


def test_a_removal_without_its_own_approval_is_denied_and_with_it_done(place):
    place.edit("ixia.yaml", "connector: hubspot", "connector: hubspot\n      on_remove: archive")
    place.apply()
    text = PIPELINE.replace("    - {key: proposal, title: Proposal, probability: 70%}\n", "")
    place.write("pipelines/new-business.yaml", text)
    made = place.plan()

    with pytest.raises(Refusal) as caught:
        place.apply(made)
    report = place.apply(
        made, approvals=[f"archive:Pipeline/new-business#proposal@{made.digest[:6]}"]
    )

    assert caught.value.exit is Exit.DENIED
    assert report.verified


def test_a_plan_that_was_edited_is_refused(place):
    text = codec.dump(place.plan()).replace("Qualify", "Qualified")

    with pytest.raises(PlanProblem) as caught:
        codec.load(text)

    assert caught.value.diagnostic.code == "IX521"


@pytest.mark.parametrize(
    "spoil",
    [
        lambda text: text[: len(text) // 2],
        lambda text: text.replace("4242", "4243"),
        lambda text: "",
        lambda text: text.replace('"serial"', '"sreial"'),
    ],
)
def test_a_spoiled_state_stops_the_run_and_is_left_as_it_is(place, spoil):
    place.apply()
    [file] = (place.root / ".ixia").glob("*.json")
    file.write_text(spoil(file.read_text()))
    spoiled = file.read_text()
    place.log.clear()

    refused(place, Exit.RECOVERY, "IX531")

    assert file.read_text() == spoiled

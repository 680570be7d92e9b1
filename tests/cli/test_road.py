"""The road as it is typed: start, check, plan, apply, drift, and what stops it."""

import json

import pytest

from ixia_config.exits import Exit
from ixia_connectors.hubspot.sandbox import HubSpotSandbox, messy_account
from tests.app.place import TOKEN, a_place


def test_what_init_writes_is_valid_and_laid_out(tmp_path, ixia):
    started = ixia("init", "--dir", tmp_path / "acme")

    assert started.code == Exit.OK
    assert "ixia.yaml" in started.out.split()
    assert "name: acme" in (tmp_path / "acme/ixia.yaml").read_text("utf-8")
    assert ixia("validate", "--strict", "--dir", tmp_path / "acme").code == Exit.OK
    assert ixia("fmt", "--check", "--dir", tmp_path / "acme").code == Exit.OK


def test_the_files_of_init_find_their_schemas(tmp_path, ixia):
    ixia("init", "--dir", tmp_path)

    for file in tmp_path.rglob("*.yaml"):
        first = file.read_text("utf-8").splitlines()[0]
        assert (file.parent / first.partition("$schema=")[2]).is_file()


def test_init_overwrites_nothing(tmp_path, ixia):
    (tmp_path / "ixia.yaml").write_text("mine")

    ended = ixia("init", "--dir", tmp_path)

    assert ended.code == Exit.INVALID
    assert "IX543" in ended.err
    assert [each.name for each in tmp_path.iterdir()] == ["ixia.yaml"]
    assert (tmp_path / "ixia.yaml").read_text() == "mine"


def test_fmt_only_says_what_it_would_change_when_asked_to_check(place, ixia):
    ixia("fmt")
    untidy = place.root / "schemas/deal.yaml"
    untidy.write_text("kind: RecordSchema   \n" + untidy.read_text().partition("RecordSchema\n")[2])
    before = untidy.read_text()

    checked = ixia("fmt", "--check")

    assert (checked.code, checked.out) == (Exit.CHANGES, "schemas/deal.yaml\n")
    assert before == untidy.read_text()
    assert ixia("fmt").code == Exit.OK
    assert ixia("fmt", "--check").code == Exit.OK


@pytest.mark.parametrize("form", ["text", "json", "markdown", "github", "sarif"])
def test_every_format_tells_the_error(form, place, ixia):
    place.edit("pipelines/new-business.yaml", "probability: 40%", "probability: 400%")

    ended = ixia("validate", "--format", form)

    assert ended.code == Exit.INVALID
    assert "pipelines/new-business.yaml" in ended.out
    assert "IX341" in ended.out


def test_a_saved_plan_is_applied_exactly_and_then_there_is_nothing_to_do(place, ixia):
    planned = ixia("plan", "--out", "plan.json", "--detailed-exitcode")
    applied = ixia("apply", "plan.json")
    again = ixia("plan", "--detailed-exitcode")

    assert planned.code == Exit.CHANGES
    assert "Apply exactly this:  ixia apply plan.json" in planned.out
    assert applied.code == Exit.OK
    assert applied.err == ""
    assert "Read back: HubSpot holds exactly what was planned." in applied.out
    assert again.code == Exit.OK
    assert again.out.startswith("acme-revenue and HubSpot")
    assert ixia("drift", "--detailed-exitcode").code == Exit.OK


def test_an_edit_behind_our_back_is_drift_and_is_restored(place, ixia):
    ixia("apply", "--yes")
    pipelines = place.ask("GET", "/crm/pipelines/2026-09/deals").json["results"]
    [ours] = [each for each in pipelines if each["label"] == "New business"]
    [stage] = [each for each in ours["stages"] if each["label"] == "Evaluate"]
    path = f"/crm/pipelines/2026-09/deals/{ours['id']}/stages/{stage['id']}"
    edited = {"label": "Evaluate", "displayOrder": 1, "metadata": {"probability": "0.8"}}
    place.ask("PATCH", path, edited)

    drifted = ixia("drift", "--detailed-exitcode")
    restored = ixia("apply", "--yes")

    assert drifted.code == Exit.CHANGES
    assert "probability 40 % in the YAML, 80 % in HubSpot" in drifted.out
    assert restored.code == Exit.OK
    assert ixia("drift", "--detailed-exitcode").code == Exit.OK


def test_a_deal_that_breaks_a_rule_is_shown_when_records_are_asked_for(place, ixia):
    ixia("apply", "--yes")
    properties = {"dealname": "Nordwind", "pipeline": "ixia_new_business"}
    properties["dealstage"] = "ixia_new_business__qualify"
    made = place.ask("POST", "/crm/objects/2026-09/deals", {"properties": properties})
    assert made.status == 201, made

    plain = ixia("drift", "--detailed-exitcode")
    found = ixia("drift", "--records", "--detailed-exitcode")
    place.ticking.pass_(minutes=1)  # so that no limit is met
    told = json.loads(ixia("drift", "--records", "--format", "json").out)

    assert (Exit.OK, Exit.CHANGES) == (plain.code, found.code)
    assert "Nordwind" not in plain.out
    assert "1 of 1 open deal breaks a rule of New business" in found.out
    assert "amount is empty" in found.out
    assert ["Nordwind"] == [each["title"] for each in told["records"][0]["rules"][0]["examples"]]


def test_nobody_is_asked_without_a_terminal_and_nothing_is_written(place, ixia):
    ended = ixia("apply")

    assert ended.code == Exit.DENIED
    assert "IX527" in ended.err
    assert place.writes() == []


def test_a_protected_environment_must_be_named(place, ixia):
    place.edit("ixia.yaml", "account:", "protected: true, account:")

    assert ixia("apply", "--yes").code == Exit.DENIED
    assert ixia("apply", "--yes", "production").code == Exit.DENIED
    assert place.writes() == []
    assert ixia("apply", "--yes", "sandbox").code == Exit.OK


def test_an_altered_plan_is_not_applied(place, ixia):
    ixia("plan", "--out", "plan.json")
    place.edit("plan.json", '"0.4"', '"0.5"')

    ended = ixia("apply", "plan.json")

    assert ended.code == Exit.STALE
    assert "IX521" in ended.err
    assert place.writes() == []


@pytest.mark.parametrize("content", [None, b"", b"\xff\xfe", b"[]"])
def test_a_file_that_is_no_plan_is_not_applied(content, place, ixia):
    if content is not None:
        (place.root / "plan.json").write_bytes(content)

    ended = ixia("apply", "plan.json")

    assert ended.code == Exit.STALE
    assert "IX526" in ended.err


def test_a_plan_that_cannot_be_saved_says_why(place, ixia):
    ended = ixia("plan", "--out", "nowhere/plan.json")

    assert ended.code == Exit.USAGE
    assert "no such file or directory" in ended.err


def test_an_unknown_environment_ends_with_64(place, ixia):
    ended = ixia("plan", "--env", "sandbx")

    assert ended.code == Exit.USAGE
    assert "IX541" in ended.err


def test_a_missing_token_is_named(place, ixia, monkeypatch):
    monkeypatch.delenv("HUBSPOT_SANDBOX_TOKEN")

    ended = ixia("plan")

    assert ended.code == Exit.REMOTE
    assert "HUBSPOT_SANDBOX_TOKEN" in ended.err


def test_outside_a_configuration_the_next_command_is_named(tmp_path, ixia, monkeypatch):
    monkeypatch.chdir(tmp_path)

    ended = ixia("validate")

    assert ended.code == Exit.INVALID
    assert "ixia init" in ended.err


def test_the_plan_of_a_broken_configuration_tells_the_errors(place, ixia):
    place.edit("pipelines/new-business.yaml", "probability: 40%", "probability: 400%")

    ended = ixia("plan")

    assert ended.code == Exit.INVALID
    assert "pipelines/new-business.yaml:" in ended.err
    assert "^" in ended.err


def test_debug_shows_requests_and_no_token(place, ixia):
    ended = ixia("plan", "--debug")

    assert "GET /crm/pipelines/2026-09/deals 200" in ended.err
    assert TOKEN not in ended.err


def test_coverage_asks_no_system(place, ixia, monkeypatch):
    monkeypatch.delenv("HUBSPOT_SANDBOX_TOKEN")

    ended = ixia("coverage")

    assert ended.code == Exit.OK
    assert "exit criteria" in ended.out
    assert place.log == []


def test_doctor_says_what_to_do(place, ixia, monkeypatch):
    well = ixia("doctor")
    monkeypatch.delenv("HUBSPOT_SANDBOX_TOKEN")
    ill = ixia("doctor")

    assert (well.code, well.out.splitlines()[-1]) == (Exit.OK, "All is well.")
    assert (ill.code, ill.out.splitlines()[-1]) == (Exit.INVALID, "1 thing to mend.")
    assert "HUBSPOT_SANDBOX_TOKEN" in ill.out


def test_pull_makes_an_old_account_yaml_that_plans_to_nothing(tmp_path, ixia, monkeypatch):
    monkeypatch.setenv("HUBSPOT_SANDBOX_TOKEN", TOKEN)
    sandbox = HubSpotSandbox()
    messy_account(sandbox, deals=50)
    with a_place(tmp_path / "repo", sandbox) as messy:
        monkeypatch.chdir(messy.root)
        for file in ("schemas/deal.yaml", "pipelines/new-business.yaml"):
            (messy.root / file).unlink()

        pulled = ixia("pull", "--format", "json")

        told = json.loads(pulled.out)
        assert pulled.code == Exit.OK
        assert (told["left"], bool(told["files"])) == (0, True)
        assert messy.writes() == []
        assert ixia("plan", "--detailed-exitcode").code == Exit.OK


def test_schemas_are_written_whole(tmp_path, ixia):
    listed = ixia("schema")
    one = ixia("schema", "Pipeline")
    ixia("schema", "--write", tmp_path / "v1")

    assert "Pipeline" in listed.out
    assert one.out == (tmp_path / "v1/pipeline.schema.json").read_text("utf-8")


def test_the_overlay_of_the_only_environment_counts_without_being_named(place, ixia):
    place.edit("ixia.yaml", "spec:", "spec:\n  overlays: environments/")
    place.write(
        "environments/sandbox.yaml",
        "apiVersion: ixia/v1\nkind: Pipeline\nmetadata: {name: new-business, title: Rehearsal}\n",
    )

    assert "pipeline Rehearsal" in ixia("plan").out

"""Drift goes into the YAML by the smallest edit, over real HTTP against the sandbox."""

from __future__ import annotations

import pytest

from ixia_config.app.drifting import adopt_drift
from ixia_config.model import Verb

COMMENTED = """\
# How we sell to new customers.
apiVersion: ixia/v1
kind: Pipeline
metadata: {name: new-business, title: New business}
spec:
  object: deal
  create_in: [qualify]
  moves: {skip: false}
  stages:
    # The first talk.
    - {key: qualify, title: Qualify, probability: 10%, required: [amount]}
    # They compare.
    - key: evaluate
      title: Evaluate       # as in the playbook
      probability: 40%      # measured in Q2
      exit: [{key: pain, title: Pain confirmed, when: known(pain)}]
    - {key: proposal, title: Proposal, probability: 70%}
    - {key: won, title: Closed won, type: won}
    - {key: lost, title: Closed lost, type: lost, reasons: [price, timing]}
"""
STAGES = "/crm/pipelines/2026-09/deals/{}/stages/{}"


@pytest.fixture
def sold(place):
    place.write("pipelines/new-business.yaml", COMMENTED)
    place.apply()
    return place


def ours(place):
    pipelines = place.ask("GET", "/crm/pipelines/2026-09/deals").json["results"]
    return next(each for each in pipelines if each["label"] == "New business")


def edit(place, title, **body):
    """Change one stage as the account's admin."""
    pipeline = ours(place)
    [stage] = [each for each in pipeline["stages"] if each["label"] == title]
    path = STAGES.format(pipeline["id"], stage["id"])
    assert place.ask("PATCH", path, {"metadata": stage["metadata"], **body}).status == 200


def adopt(place, *, write=True):
    with place.session() as session:
        return adopt_drift(session, write=write)


def test_one_edit_in_the_account_is_one_line_of_the_file(sold):
    edit(sold, "Evaluate", metadata={"probability": "0.6"})

    done = adopt(sold)

    assert (sold.root / "pipelines/new-business.yaml").read_text() == COMMENTED.replace(
        "probability: 40%      #", "probability: 60%      #"
    )
    assert done.remaining == ()
    assert sold.plan().changes == ()


def test_a_dry_run_writes_nothing_and_shows_the_same_edit(sold):
    edit(sold, "Evaluate", metadata={"probability": "0.6"})

    shown = adopt(sold, write=False)

    assert (sold.root / "pipelines/new-business.yaml").read_text() == COMMENTED
    assert "-      probability: 40%      # measured in Q2\n" in shown.diff
    assert "+      probability: 60%      # measured in Q2\n" in shown.diff
    assert adopt(sold).diff == shown.diff


def test_titles_of_pipelines_and_stages_are_taken(sold):
    edit(sold, "Proposal", label="Offer")
    path = f"/crm/pipelines/2026-09/deals/{ours(sold)['id']}"
    assert sold.ask("PATCH", path, {"label": "New logos"}).status == 200

    done = adopt(sold)

    text = (sold.root / "pipelines/new-business.yaml").read_text()
    expected = COMMENTED.replace("title: Proposal", "title: Offer")
    assert text == expected.replace("title: New business", "title: New logos")
    # The field that holds the reasons is named after its pipeline, so it follows.
    assert [change.type for change in done.remaining] == ["property"]
    assert sold.plan().writes == done.remaining


def test_another_order_moves_lines_with_their_comments(sold):
    edit(sold, "Proposal", metadata={"probability": "0.4"})
    adopt(sold)
    before = (sold.root / "pipelines/new-business.yaml").read_text()
    edit(sold, "Evaluate", displayOrder=2)
    edit(sold, "Proposal", displayOrder=1)

    done = adopt(sold)

    text = (sold.root / "pipelines/new-business.yaml").read_text()
    assert [each.field.path for each in done.taken] == ["order"]
    assert text.index("Proposal") < text.index("# They compare.") < text.index("Evaluate")
    assert sorted(text.splitlines()) == sorted(before.splitlines())
    assert sold.plan().writes == ()


def test_a_stage_that_is_gone_is_taken_out(sold):
    pipeline = ours(sold)
    [stage] = [each for each in pipeline["stages"] if each["label"] == "Proposal"]
    sold.ask("DELETE", STAGES.format(pipeline["id"], stage["id"]))

    done = adopt(sold)

    text = (sold.root / "pipelines/new-business.yaml").read_text()
    assert text == COMMENTED.replace(
        "    - {key: proposal, title: Proposal, probability: 70%}\n", ""
    )
    assert {change.verb for change in sold.plan().changes} == {Verb.FORGET}
    assert done.remaining == ()


def test_the_patch_of_an_environment_is_edited_where_it_says_the_value(sold):
    text = (sold.root / "ixia.yaml").read_text()
    sold.write("ixia.yaml", text + "  overlays: environments/\n")
    patch = """\
apiVersion: ixia/v1
kind: Pipeline
metadata: {name: new-business}
spec:
  stages:
    - {key: proposal, probability: 80%}  # they are quicker here
"""
    sold.write("environments/sandbox.yaml", patch)
    sold.apply()
    edit(sold, "Proposal", metadata={"probability": "0.9"})

    adopt(sold)

    assert (sold.root / "pipelines/new-business.yaml").read_text() == COMMENTED
    assert (sold.root / "environments/sandbox.yaml").read_text() == patch.replace("80%", "90%")
    assert sold.plan().changes == ()


def test_the_title_of_a_choice_is_taken(sold):
    path = "/crm/properties/2026-09/deals/segment"
    options = sold.ask("GET", path).json["options"]
    changed = [
        {**each, "label": "Mid market"} if each["value"] == "mid" else each for each in options
    ]
    assert sold.ask("PATCH", path, {"options": changed}).status == 200

    adopt(sold)

    text = (sold.root / "schemas/deal.yaml").read_text()
    assert "smb, {title: Mid market, value: mid}, enterprise" in text
    assert sold.plan().changes == ()


def test_an_order_that_breaks_a_rule_of_the_files_is_left_with_the_rule(sold):
    edit(sold, "Evaluate", displayOrder=2)
    edit(sold, "Proposal", displayOrder=1)

    done = adopt(sold)

    [(left, why)] = done.left
    assert left.field.path == "order"
    assert why.startswith("the files would break IX3")
    assert (sold.root / "pipelines/new-business.yaml").read_text() == COMMENTED


def test_what_breaks_the_rules_of_the_files_is_left_and_said(sold):
    edit(sold, "Evaluate", metadata={"probability": "0.6"})
    pipeline = ours(sold)
    [stage] = [each for each in pipeline["stages"] if each["label"] == "Qualify"]
    sold.ask("DELETE", STAGES.format(pipeline["id"], stage["id"]))

    done = adopt(sold)

    assert [each.change.title for each in done.taken] == ["Evaluate"]
    assert {each.change.title for each, _ in done.left} >= {"Qualify"}
    assert all(why for _, why in done.left)
    assert "probability: 60%" in (sold.root / "pipelines/new-business.yaml").read_text()


def test_without_drift_there_is_nothing_to_take(sold):
    assert adopt(sold).files == {}


def test_a_conflict_takes_what_the_account_has(sold):
    edit(sold, "Evaluate", metadata={"probability": "0.6"})
    sold.edit("pipelines/new-business.yaml", "40%", "50%")

    done = adopt(sold)

    assert done.remaining == ()
    assert "probability: 60%" in (sold.root / "pipelines/new-business.yaml").read_text()

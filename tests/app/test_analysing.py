"""`ixia analyse` on the acme example: ten mistakes, what a change changes, and what is mended."""

import json
from datetime import date

import pytest

from ixia_config.app.analysing import analyse, mend
from ixia_config.app.checking import check
from ixia_config.app.refusal import Refusal
from ixia_config.render.analysis import analysis_text, changes_text
from ixia_config.render.analysis_data import analysis_json, analysis_markdown, changes_markdown
from tests.cli.review import committed, edited, git
from tests.snapshots import Markdown, Text

TODAY = date(2026, 11, 22)
BANDS = (
    ("when: discount < 20%", "when: discount >= 11% && discount <= 20%"),
    ("when: discount < 30%", "when: discount >= 20% && discount < 30%"),
    ("{key: executive, steps", "{key: executive, when: discount >= 30%, steps"),
    ("  rules:\n", "  hit_policy: unique\n  rules:\n"),
    ("separation: [submitter, approver]", "separation: []\n  submitters: [sales-director, ae]"),
)
ACCEPTED = """\
  owner: sdr-lead
  accept:
    - {code: IX412, owner: sales-ops, reason: until spring, until: 2027-03-01}
"""
HUGE = """\
    - key: emea-huge
      when: region == "EMEA" && employees >= 5000
      assign: {queue: triage}
    - key: amer
"""
MISTAKES = (
    (
        "routing/inbound-leads.yaml",
        (
            (
                "    - key: amer\n",
                HUGE,
            ),
        ),
    ),
    ("approvals/discounts.yaml", BANDS),
    ("comp/ae-2027.yaml", (("mode: marginal", "mode: retroactive"),)),
    (
        "pipelines/new-business.yaml",
        (("{skip: false, ", "{allowed: {proposal: []}, "),),
    ),
    ("people/directory.yaml", (("name: Tom Reed,", "name: Tom Reed, to: 2026-10-31,"),)),
    (
        "calendars/business-hours.yaml",
        (("holidays: {region: GB}", "holidays: {also: [2026-12-25, 2026-12-28]}"),),
    ),
    ("slas/speed-to-lead.yaml", (("within: 4 business hours", "within: 1 day"),)),
)
NAMED = {  # the ten mistakes that teams name most, by the code that tells of each
    "shadowed rule": "IX411",
    "gap at 10.5 %": "IX801",
    "overlap at 20 %": "IX803",
    "cliff nobody saw": "IX740",
    "stage without exit": "IX352",
    "approver equals submitter": "IX441",
    "person who left": "IX220",
    "holiday list that ended": "IX376",
    "1 day meaning 24 business hours": "IX391",
    "plan change dated into a closed quarter": "IX726",
}


def changed(root, file, edits):
    """Edit one file of the example; every edit must fit."""
    path = root / file
    text = path.read_text(encoding="utf-8")
    for old, new in edits:
        assert old in text, (file, old)
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")


@pytest.fixture
def mistaken(tmp_path):
    """A repository in which a quarter is closed, and a working tree with ten mistakes."""
    root = committed(tmp_path / "repo")
    changed(
        root,
        "comp/ae-2027.yaml",
        [("  currency: USD\n", "  currency: USD\n  closed_until: 2027-03-31\n")],
    )
    git(root, "commit", "--quiet", "--all", "--message=closed")
    for file, edits in MISTAKES:
        changed(root, file, edits)
    return root


def told(root, against="", names=()):
    """The analysis of a working tree, and its text."""
    found = analyse(check(root, today=TODAY), names, today=TODAY, against=against)
    return found, analysis_text(found.diagnostics, found.proofs, found.checked.sources)


def test_the_ten_mistakes_that_teams_name_most_are_found(mistaken, snapshot):
    found, text = told(mistaken, against="HEAD")

    codes = {each.code for each in found.diagnostics}
    assert {} == {name: code for name, code in NAMED.items() if code not in codes}
    assert snapshot(extension_class=Text) == text


def test_the_example_has_no_finding(tmp_path):
    found, text = told(committed(tmp_path / "repo"))

    assert () == found.diagnostics
    assert text.startswith("23 rules in 6 policies: nothing is wrong.")


def test_bounds_are_mended_and_comments_stay(mistaken):
    before = (mistaken / "approvals/discounts.yaml").read_text(encoding="utf-8")

    mended = mend(check(mistaken, today=TODAY), (), today=TODAY)

    after = (mistaken / "approvals/discounts.yaml").read_text(encoding="utf-8")
    assert ["manager  discount < 20%", "manager  discount >= 10%"] == sorted(
        each.words for each in mended.mends
    )
    assert "when: discount >= 10% && discount < 20%" in after
    assert len(before.splitlines()) == len(after.splitlines())
    assert before.splitlines()[0] == after.splitlines()[0]
    codes = {each.code for each in mended.analysed.diagnostics}
    assert not codes & {"IX801", "IX803"}


def test_nothing_is_written_where_nothing_can_be_mended(tmp_path):
    root = committed(tmp_path / "repo")
    before = {file: file.read_bytes() for file in root.rglob("*.yaml")}

    mended = mend(check(root, today=TODAY), (), today=TODAY)

    assert ((), ()) == (mended.mends, mended.left)
    assert before == {file: file.read_bytes() for file in root.rglob("*.yaml")}


def test_a_change_is_told_in_regions(tmp_path, snapshot):
    root = edited(committed(tmp_path / "repo"))

    found, _ = told(root, against="main")

    assert snapshot(extension_class=Text) == changes_text(found.changes, "main")
    assert snapshot(extension_class=Markdown) == changes_markdown(found.changes, "main")
    values = json.loads(analysis_json(found.diagnostics, found.proofs, found.changes, "main"))
    equivalent = {each["address"]: each["equivalent"] for each in values["changes"]}
    assert "no" == equivalent["RoutingPolicy/inbound-leads"]
    assert "yes" == equivalent["SlaPolicy/speed-to-lead"]


def test_rules_that_only_changed_places_are_equivalent(tmp_path):
    root = committed(tmp_path / "repo")
    rules = '      when: region == "AMER"\n      assign: {pool: amer}\n'
    first = "    - key: amer\n" + rules
    changed(root, "routing/inbound-leads.yaml", [(first, "")])
    changed(
        root,
        "routing/inbound-leads.yaml",
        [("    - key: emea-enterprise\n", first + "    - key: emea-enterprise\n")],
    )

    found, _ = told(root, against="main", names=("inbound-leads",))

    [change] = found.changes
    assert "equivalent: " in changes_text([change], "main")
    assert change.books[0].comparison.reordered_without_effect


def test_what_is_accepted_stays_in_the_report_with_its_owner(tmp_path):
    root = committed(tmp_path / "repo")
    changed(
        root,
        "routing/inbound-leads.yaml",
        [
            (
                "  owner: sdr-lead\n",
                ACCEPTED,
            ),
            ("employees >= 1000", "employees >= 1000 && employees < 10"),
        ],
    )

    found, text = told(root)

    assert ["IX190"] == [each.code for each in found.diagnostics]
    assert "accepted until 2027-03-01 (sales-ops: until spring)" in " ".join(text.split())


def test_an_unknown_policy_is_refused(tmp_path):
    root = committed(tmp_path / "repo")

    with pytest.raises(Refusal) as refused:
        told(root, names=("RoutingPolicy/inbound-laeds",))

    assert ["IX472"] == [each.code for each in refused.value.diagnostics]


def test_markdown_has_the_findings_and_the_proofs(mistaken):
    found, _ = told(mistaken)

    text = analysis_markdown(found.diagnostics, found.proofs, found.checked.sources)

    assert "**IX801**" in text
    assert "<details><summary>Proved" in text

"""The comment that a VP of Sales reads, and that a hostile pull request cannot make say more."""

import re
from dataclasses import replace

import pytest

from ixia_config.exits import Exit
from ixia_config.render.comment import LARGEST, ROOM, Finding, Material, comment, marked, marker
from tests.ci.scenario import LINKS, records
from tests.cli.review import committed, git
from tests.render.rich import RICH
from tests.render.wrong import FOUND
from tests.snapshots import Text


def test_a_change_of_three_rules_reads_like_a_memo(material, snapshot):
    assert comment(material) == snapshot(extension_class=Text)


def test_what_is_proved_stands_above_the_details(material):
    top = comment(material).partition("<details")[0]

    assert "deals with discount from 15 % to under 20 %: manager → sales-director" in top
    assert "employees 500 to 999: queue triage → pool emea-enterprise" in top
    assert "4 other policies with rules decide every record as before" in top


GAPS = (
    ("discount < 30%", "discount < 15%", "director never decides"),
    (
        "{key: executive, steps: ",
        "{key: executive, when: discount > 30%, steps: ",
        "a deal with discount 30 % matches no rule",
    ),
)


@pytest.mark.parametrize(("old", "new", "said"), GAPS)
def test_a_gap_or_a_rule_in_the_shadow_of_another_is_told_at_once(ixia, tmp_path, old, new, said):
    root = committed(tmp_path / "repo")
    file = root / "approvals" / "discounts.yaml"
    file.write_text(file.read_text("utf-8").replace(old, new), "utf-8")
    body = tmp_path / "comment.md"

    ixia("ci", "review", "--dir", root, "--base", "main", "--no-plan", "--body", body)

    text = body.read_text("utf-8")
    assert said in text
    assert "`approvals/discounts.yaml:" in text
    assert "<details" not in text


@pytest.mark.parametrize(("kept", "opened"), [(FOUND, True), (FOUND[:1], False), ((), False)])
def test_what_is_doubtful_is_open_and_what_is_not_is_folded(material, kept, opened):
    text = comment(replace(material, analysis=replace(material.analysis, found=kept)))

    assert opened == ("<details open><summary>Analysis of the rules: " in text)
    assert all(f"**{each.code}**" in text for each in kept)


def test_a_branch_with_errors_is_compared_with_nothing_and_that_is_said(ixia, tmp_path):
    root = committed(tmp_path / "repo")
    (root / "broken.yaml").write_text("kind: Pipelin\n", "utf-8")
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message=broken")
    (root / "broken.yaml").unlink()
    body, page = tmp_path / "comment.md", tmp_path / "report.html"
    into = ("--base", "main", "--no-plan", "--body", body, "--report", page)

    ended = ixia("ci", "review", "--dir", root, *into, *records(tmp_path))

    assert ended.code == Exit.OK
    assert "has errors, so nothing is compared with it" in body.read_text("utf-8")
    assert page.exists()


def test_a_huge_plan_is_cut_and_the_report_linked(material):
    many = tuple(
        replace(each, id=f"{n}:{each.id}", title=f"{each.title} {n}")
        for n in range(200)
        for each in RICH.changes
    )
    text = comment(replace(material, plans=(replace(RICH, changes=many),) * 3))

    assert len(text.encode()) + ROOM <= LARGEST
    assert text.count("<details") == text.count("</details>")
    assert re.search(r"more lines; the plan file holds all", text)
    assert text.rstrip().endswith(f"In full: [The plan](<{LINKS[0][1]}>)")


def test_every_fold_is_closed_and_the_comment_fits(material):
    text = comment(material)

    assert text.count("<details") == text.count("</details>")
    assert len(text.encode()) + ROOM <= LARGEST


def test_nobodys_pay_is_in_it(material):
    hidden = comment(material)
    shown = comment(material, show_pay=True)

    amounts = set(re.findall(r"\d[\d,]*\.\d\d\b", shown)) - set(re.findall(r"\d[\d,.]*", hidden))
    assert amounts
    assert "what people are paid is shown with" in hidden


def test_who_must_approve_stands_above_the_details(material):
    top = comment(material).partition("<details")[0]

    assert "finance (comp)" in top
    assert "sales-director (approvals)" in top


@pytest.mark.parametrize("length", [10, 3_000, 200_000])
@pytest.mark.parametrize("letter", ["x", "世", "<", "|", "`"])
def test_no_text_however_long_makes_it_too_long(material, letter, length):
    findings = tuple(Finding(f"Check {n}", (letter * length,) * 3) for n in range(4))
    text = comment(replace(material, findings=findings))

    assert len(text.encode()) + ROOM <= LARGEST
    assert text.count("<details") == text.count("</details>")
    assert LINKS[0][1] in text


def test_a_marker_says_what_the_comment_is_about():
    first = marker("crm.production", (("plan", "0a" * 32), ("head", "b1" * 20)))

    assert ("crm.production", {"plan": "0a" * 32, "head": "b1" * 20}) == marked(f"{first}\nHello")


@pytest.mark.parametrize("fact", ["--> @all", "x -->", "a b", "X" * 3, "ab\ncd", ""])
def test_no_fact_can_end_the_marker(fact):
    first = marker("crm.production", (("plan", fact),))

    assert first == "<!-- ixia crm.production -->"


@pytest.mark.parametrize("text", ["", "Hello", "> <!-- ixia crm -->", "<!-- ixia crm --> more"])
def test_only_a_whole_first_line_is_a_marker(text):
    assert marked(text) is None


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "https://x.example/a b", "https://x.example/)[y](", "//x", "<x>"]
)
def test_an_address_that_is_more_than_one_is_left_out(material, url):
    text = comment(replace(material, links=(("Here", url),)))

    assert url not in text
    assert "Here" not in text


def test_two_plans_without_change_are_one_line(material):
    quiet = replace(material.plans[0], changes=(), clauses=(), verdicts=(), reviews=(), denials=())
    text = comment(Material(plans=(quiet, quiet)))

    assert 1 == text.count("\n")

"""``ixia analyse`` as it is typed: exit codes, formats, questions."""

import json

import pytest

from tests.cli.review import committed, edited


@pytest.fixture
def repository(tmp_path):
    """The example, with a change in the working tree."""
    return edited(committed(tmp_path / "repo"))


def masked(root):
    """A rule that never decides."""
    file = root / "approvals" / "discounts.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("when: discount < 15%", "when: discount < 5%"), encoding="utf-8")
    return root


def test_an_error_ends_with_3_and_code_scanning_sees_both_places(ixia, repository):
    ended = ixia("analyse", "--dir", masked(repository), "--format", "sarif")

    assert 3 == ended.code
    [result] = json.loads(ended.out)["runs"][0]["results"]
    assert "IX802" == result["ruleId"]
    texts = [each["message"]["text"] for each in result["relatedLocations"]]
    assert ["auto: discount < 10%", "manager: discount < 5%"] == texts


def test_a_change_without_a_finding_ends_with_0(ixia, repository):
    ended = ixia("analyse", "--dir", repository, "--against", "main", "--format", "json")

    assert 0 == ended.code
    assert "main" == json.loads(ended.out)["against"]


@pytest.mark.parametrize(
    ("verb", "conditions", "code", "words"),
    [
        ("implies", ("employees >= 1000", "employees > 500"), 0, "Yes, for every record."),
        ("implies", ("employees > 500", "employees >= 1000"), 3, "meets the first and not"),
        ("equivalent", ("employees > 3", "employees >= 4"), 0, "Yes, for every record."),
        ("disjoint", ('region == "EMEA"', "employees > 3"), 3, "meets both"),
        ("always-matches", ('region == "EMEA"',), 3, "does not meet it"),
        ("never-matches", ("employees > 5 && employees < 6",), 0, "Yes, for every record."),
    ],
)
def test_a_question_is_answered_with_a_record_where_it_is_no(
    ixia, repository, verb, conditions, code, words
):
    ended = ixia("analyse", "--dir", repository, "--of", "lead", "--ask", verb, *conditions)

    assert code == ended.code
    assert words in ended.out


def test_a_question_without_its_conditions_is_refused(ixia, repository):
    ended = ixia("analyse", "--dir", repository, "--ask", "implies", "employees > 3")

    assert 64 == ended.code
    assert "IX830" in ended.err


def test_a_revision_that_is_not_there_is_refused(ixia, repository):
    ended = ixia("analyse", "--dir", repository, "--against", "nowhere")

    assert 3 == ended.code
    assert "IX910" in ended.err

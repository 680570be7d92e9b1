"""Documents become policies, or everything that is wrong with them is said at its place."""

import string
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ixia_config.codes import Severity
from ixia_config.kinds.calendar.spec import Calendar
from ixia_config.kinds.check import check
from ixia_config.kinds.parse import configure, parse
from ixia_config.kinds.registry import kinds
from ixia_config.kinds.secrets import masked, opaque
from ixia_config.language import load, marked
from ixia_config.model import Address

HERE = Path(__file__).parent
RICH = (HERE / "rich.yaml").read_text(encoding="utf-8")
WRONG = (HERE / "wrong.yaml").read_text(encoding="utf-8")
TODAY = date(2026, 11, 22)

DIRECTORY = "apiVersion: ixia/v1\nkind: Directory\nmetadata: {name: people}\nspec: {}\n"
CALENDAR = """\
apiVersion: ixia/v1
kind: Calendar
metadata: {{name: es}}
spec: {{zone: Europe/Madrid, week: {{}}, effective: {{{effective}}}}}
"""
PROJECT = """\
apiVersion: ixia/v1
kind: Project
metadata: {{name: acme}}
spec:
  targets:
    crm:
      connector: hubspot
      environments: {{production: {{account: "1", token: {token}}}}}
"""


def configured(*files):
    documents = [d for name, text in files for d in load(name, text).documents]
    return configure(documents)


def test_a_document_that_uses_every_key_has_nothing_wrong():
    configuration, found = configured(("rich.yaml", RICH))

    assert () == found
    assert () == check(configuration, TODAY)


def test_a_clean_repository_costs_no_positions():
    configuration, _ = configured(("rich.yaml", RICH))
    before = marked.read.cache_info()

    check(configuration, TODAY)

    assert before == marked.read.cache_info()


def test_everything_wrong_is_said_at_once_and_once(snapshot):
    _, found = configured(("wrong.yaml", WRONG))

    assert snapshot == "\n".join(map(str, found))


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("metadata: {nmae: people}", ["IX101"]),
        ("metadata: {}", ["IX102"]),
        ("metadata: {name: people, color: red}", ["IX101"]),
        ("metadata: {name: [people]}", ["IX103"]),
        ("metadata: people", ["IX104"]),
        ("metadata: {name: true}", ["IX103"]),
        ("metadata: {name: 2027}", []),
        ("metadata: {name: people, title: 1.10}", []),
        ("metadata: {name: people, title: no}", []),
    ],
)
def test_each_mistake_has_one_diagnostic(written, meant):
    _, found = configured(("a.yaml", DIRECTORY.replace("metadata: {name: people}", written)))

    assert meant == [diagnostic.code for diagnostic in found]


def test_numbers_stay_what_was_written():
    text = DIRECTORY.replace("name: people", "name: people, title: 1.10, ticket: 010")
    [policy] = configured(("a.yaml", text))[0]

    assert ("1.10", "010") == (policy.body.metadata.title, policy.body.metadata.ticket)


def test_an_unknown_key_points_at_the_key_and_a_wrong_value_at_the_value():
    text = DIRECTORY.replace("{name: people}", "{ttle: x, name: A}")
    _, found = configured(("a.yaml", text))

    assert [(3, 12, 4), (3, 27, 1)] == [(d.mark.line, d.mark.column, d.mark.width) for d in found]


SECRETS = (
    "pat-na1-12345678-abcd-1234-abcd-123456789012",
    "xoxb-123456789012-abcdefghijkl",
    "ghp_abcdefghijklmnopqrstuvwxyz012345",
    "A1b2C3d4E5f6G7h8I9j0K1l2M3n4",
)
PLACES = ("{0}", "{{env: {0}}}", "{{{0}: x}}", "{{value: {0}}}", "[{0}]")


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("secret", SECRETS)
def test_no_message_repeats_a_secret(secret, place):
    text = PROJECT.format(token=place.format(secret))

    configuration, found = configured(("ixia.yaml", text))
    found = (*found, *check(configuration, TODAY))

    assert found
    assert all(secret not in str(diagnostic) for diagnostic in found)


@pytest.mark.parametrize("secret", SECRETS)
def test_a_literal_token_is_an_error_that_no_excerpt_shows(secret):
    _, found = configured(("ixia.yaml", PROJECT.format(token=secret)))

    assert ["IX109"] == [diagnostic.code for diagnostic in found]
    assert all(diagnostic.conceals for diagnostic in found)


@pytest.mark.parametrize("secret", SECRETS[:3])
def test_a_credential_is_found_anywhere_even_in_a_comment(secret):
    _, found = configured(("a.yaml", DIRECTORY + f"# old token: {secret}\n"))

    [leak] = found
    assert ("IX109", 5, 14, len(secret)) == (
        *(leak.code, leak.mark.line, leak.mark.column),
        leak.mark.width,
    )


@pytest.mark.parametrize("secret", SECRETS[:3])
def test_an_excerpt_of_a_line_can_hide_a_credential(secret):
    assert "token: ***  # mine" == masked(f"token: {secret}  # mine")


@pytest.mark.parametrize("name", ["HUBSPOT_TOKEN", "HUBSPOT_TOKEN_20261122_EU_1", "token"])
def test_a_variable_is_no_secret(name):
    configuration, found = configured(("a.yaml", PROJECT.format(token=f"{{env: {name}}}")))

    assert () == (*found, *check(configuration, TODAY))


@given(st.text(string.ascii_lowercase + "-_ ", max_size=60))
def test_words_are_no_secrets(text):
    assert not opaque(text)


def test_two_documents_of_one_name_are_told_of_with_both_places():
    configuration, found = configured(("a.yaml", DIRECTORY), ("b.yaml", DIRECTORY))

    [twin] = found
    assert ("IX110", "b.yaml", "a.yaml") == (twin.code, twin.mark.file, twin.first.file)
    assert 1 == len(configuration)


def test_versions_whose_dates_do_not_overlap_are_one_policy():
    later = CALENDAR.format(effective="from: 2027-01-01")
    earlier = CALENDAR.format(effective="to: 2027-01-01")

    configuration, found = configured(("a.yaml", later), ("b.yaml", earlier))

    assert () == found
    assert "a.yaml:1" == configuration.get(Calendar, "es").source
    assert ["b.yaml:1", "a.yaml:1"] == [
        each.source for each in configuration.versions[Address("Calendar", "es")]
    ]
    assert 2 == len(list(configuration.every))


def test_versions_that_share_a_day_are_duplicates():
    later = CALENDAR.format(effective="from: 2026-12-31")
    earlier = CALENDAR.format(effective="to: 2027-01-01")

    _, found = configured(("a.yaml", later), ("b.yaml", earlier))

    assert ["IX110"] == [diagnostic.code for diagnostic in found]


def test_one_wrong_document_does_not_hide_the_others():
    configuration, found = configured(("a.yaml", "- 1\n---\n" + DIRECTORY + "---\nkind: Foo\n"))

    assert 1 == len(configuration)
    assert {"IX100", "IX102", "IX107"} == {diagnostic.code for diagnostic in found}


TREES = st.recursive(
    st.none() | st.booleans() | st.text(string.printable[:94] + "é", max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["key", "kind", "spec", "stages", "token", "type", "x"]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(kind=st.sampled_from(sorted(kinds())), spec=TREES, metadata=TREES)
def test_no_document_raises_anything(kind, spec, metadata):
    """Whatever stands in a document, the answer is a policy or an error with a place."""
    tree = {"apiVersion": "ixia/v1", "kind": kind, "metadata": metadata, "spec": spec}
    [document] = load("a.yaml", flow(tree)).documents

    policy, found = parse(document)

    assert (policy is None) == any(d.severity is Severity.ERROR for d in found)
    assert all(diagnostic.mark is not None and str(diagnostic) for diagnostic in found)


def flow(tree):
    """The tree as YAML on one line."""
    match tree:
        case dict():
            return "{" + ", ".join(f"{flow(k)}: {flow(v)}" for k, v in tree.items()) + "}"
        case list():
            return "[" + ", ".join(map(flow, tree)) + "]"
        case str():
            escaped = "".join(
                c if c.isascii() and c.isalnum() else f"\\U{ord(c):08x}" for c in tree
            )
            return f'"{escaped}"'
        case None:
            return "null"
    return "true" if tree else "false"

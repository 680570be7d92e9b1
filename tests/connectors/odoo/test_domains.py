"""Conditions as domains: exact, or with a note that says where they are not."""

import os

import pytest
from hypothesis import HealthCheck, given, settings

from ixia_config.rules import Catalogue, Field, FieldType, read
from ixia_config.testing.place import a_place
from ixia_connectors.odoo import Odoo
from ixia_connectors.odoo.domains import Domain, NotHeld, lowered
from tests.connectors.odoo import law
from tests.connectors.odoo.subject import Account, prepared

FIELDS = {name: Field(kind, ("AMER", "EMEA")) for name, kind in law.TYPES.items()} | {
    name: Field(kind) for name, kind in law.TYPES.items() if kind is not FieldType.CHOICE
}
EXAMPLES = 2_000 if "IXIA_FUZZ" in os.environ else 40


@pytest.fixture(scope="module")
def odoo():
    """A sandbox with records; their database ids; and the catalogue."""
    with a_place(Odoo(), prepared(Odoo().rehearsal())) as place:
        place.lead(law.FILES)
        account = Account(place.rehearsal)
        made = law.records()
        yield account, made, law.put(account, made), law.known()


@settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)
@given(text=law.CONDITIONS)
def test_a_domain_finds_the_records_for_which_its_condition_holds(odoo, text):
    account, made, numbers, catalogued = odoo

    assert [] == law.differing(account, text, made, numbers, catalogued)


def low(text, *, holds=True):
    typed, problems = read(text, Catalogue({"lead": FIELDS}), "lead")
    assert typed is not None, problems
    return lowered(typed, law.PLACES, holds=holds)


@pytest.mark.parametrize(
    ("text", "domain"),
    [
        ("seen < today", "[('x_seen', '<', 'today')]"),
        ('seen <= today - duration("21 days")', "[('x_seen', '<=', 'today -21d')]"),
        ("days_between(seen, today) >= 30", "[('x_seen', '<=', 'today -30d')]"),
        ('told > now - duration("90 minutes")', "[('x_told', '>', 'now -5400S')]"),
        ("today > seen", "[('x_seen', '<', 'today')]"),
        ("part >= 20%", "[('x_part', '>=', 0.2)]"),
        ('sponsor == "Ana@Acme.example"', "[('x_sponsor.login', '=', 'ana@acme.example')]"),
    ],
)
def test_what_odoo_can_say_is_said_in_its_words(text, domain):
    assert domain == str(low(text))


@pytest.mark.parametrize(
    "text",
    ["worth > ratio", "size + 1 > 3", 'lower(pain) == "x"', "size(pain) > 3", "vip == (size > 1)"],
)
def test_what_odoo_cannot_say_is_refused_and_never_guessed(text):
    typed, _ = read(text, Catalogue({"lead": FIELDS}), "lead")
    if typed is not None:
        assert isinstance(lowered(typed, law.PLACES), NotHeld)


@pytest.mark.parametrize(
    ("text", "noted"),
    [
        ("size > 5", False),
        ("size < 5", True),
        ("size == 0", True),
        ("known(worth)", True),
        ("vip", False),
        ("vip == false", True),
        ('pain == "x"', False),
        ("seen < today", True),
    ],
)
def test_a_condition_that_could_tell_empty_from_zero_or_no_carries_a_note(text, noted):
    found = low(text)

    assert isinstance(found, Domain)
    assert noted is bool(found.notes)


def test_text_of_a_user_is_only_ever_a_literal():
    found = low("pain == \"') or __import__('os')\"")

    assert "[('x_pain', '=', \"') or __import__('os')\")]" == str(found)

"""Leads and opportunities are rows of one model: schemas share its fields."""

from datetime import date

import pytest

from ixia_config.app import check
from ixia_config.app.planning import coverage
from ixia_config.model import Address, Identity, Level
from ixia_config.sdk import Live
from ixia_connectors.odoo import Odoo

SCHEMA = """\
apiVersion: ixia/v1
kind: RecordSchema
metadata: {{name: {name}}}
spec:
  fields:
    region: {field}
"""


@pytest.fixture
def declared(tmp_path):
    """A configuration whose deal and lead both have a region."""

    def write(deal, lead):
        (tmp_path / "ixia.yaml").write_text(
            "apiVersion: ixia/v1\nkind: Project\nmetadata: {name: acme}\n", "utf-8"
        )
        for name, field in (("deal", deal), ("lead", lead)):
            text = SCHEMA.format(name=name, field=field)
            (tmp_path / f"{name}.yaml").write_text(text, "utf-8")
        return check(tmp_path, today=date(2026, 11, 22)).configuration

    return write


def fields(lowered):
    return [each for each in lowered.desired if each.type == "field"]


def test_a_field_of_both_is_one_field_with_the_choices_of_both(declared):
    configuration = declared(
        "{type: choice, choices: [AMER, EMEA]}", "{type: choice, choices: [EMEA, APAC]}"
    )

    [field] = fields(coverage(Odoo(), configuration, "1"))

    assert ("AMER", "EMEA", "APAC") == field.fields["order"]


@pytest.mark.parametrize("holder", ["deal", "lead"])
def test_whose_field_it_is_already_stays_whose_it_is(declared, holder):
    configuration = declared("{type: text}", "{type: text}")
    [first] = fields(coverage(Odoo(), configuration, "1"))
    address = Address("RecordSchema", holder, "region")
    live = Live(Identity("odoo", "1"), facts={"bound": {address: first.choose_id}})

    [field] = fields(Odoo().lower(configuration, live))

    assert (address, first.choose_id) == (field.address, field.choose_id)


def test_two_types_for_one_field_are_said(declared):
    lowered = coverage(Odoo(), declared("{type: text}", "{type: integer}"), "1")

    levels = {clause.address.name: clause for clause in lowered.clauses}
    assert len(fields(lowered)) == 1
    assert {Level.NATIVE, Level.UNSUPPORTED} == {each.level for each in levels.values()}
    assert "share x_region" in levels["lead"].note

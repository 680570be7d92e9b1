"""The page about conditions: its examples run, and it names every function and type."""

import re
from pathlib import Path

import pytest

from ixia_config.language import load
from ixia_config.rules import Catalogue, Field, FieldType, read
from ixia_config.rules.calls import FUNCTIONS

PAGE = Path(__file__).parents[2].joinpath("docs/conditions.md").read_text("utf-8")
BLOCKS = dict(re.findall(r"^```(\w+)\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL))
LISTS = {"lists/named-accounts.csv": {"domain": ("acme.example",)}}


def catalogue():
    fields = load("page.yaml", BLOCKS["yaml"]).documents[0].tree["spec"]["fields"]
    deal = {
        name: Field(FieldType(field["type"]), tuple(field.get("choices", ())), field.get("to", ""))
        for name, field in fields.items()
    }
    company = {"segment": Field(FieldType.CHOICE, ("smb", "enterprise"))}
    return Catalogue({"deal": deal, "company": company}, LISTS)


@pytest.mark.parametrize("text", BLOCKS["condition"].splitlines())
def test_every_example_of_the_page_is_a_condition_without_a_warning(text):
    typed, problems = read(text, catalogue(), "deal")

    assert typed
    assert not problems


def test_the_page_names_every_function_and_type():
    words = set(re.findall(r"\w+", PAGE))

    assert set(FUNCTIONS) | set(FieldType) <= words


def test_the_page_names_the_fields_of_every_type():
    assert set(FieldType) == {field.type for field in catalogue().records["deal"].values()}

"""The published JSON Schemas are current, and accept exactly what the kinds accept."""

import json
import os
import re
from decimal import Decimal
from pathlib import Path, PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, FormatChecker
from pydantic import ValidationError
from referencing import Registry, Resource

from ixia_config.codes import documentation, registry
from ixia_config.kinds.registry import kinds
from ixia_config.kinds.schema import schemas, texts
from ixia_config.language import load

RESOURCES = Registry().with_resources(
    (name, Resource.from_contents(schema)) for name, schema in schemas().items()
)
JUDGES = {
    kind.name: Draft202012Validator(
        schemas()[f"{kind.slug}.schema.json"], format_checker=FormatChecker()
    )
    for kind in kinds().values()
}
ANY = Draft202012Validator(schemas()["ixia.schema.json"], registry=RESOURCES)

INTEGER = re.compile(r"[-+]?[0-9]+")
NUMBER = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")


def accepted(tree):
    """Whether the kind accepts a document."""
    kind = kinds()[tree["kind"]]
    try:
        kind.envelope.model_validate(tree, by_alias=True, by_name=False)
    except ValidationError:
        return False
    return True


def as_an_editor_sees(tree):
    """The same document, where every number that was written without quotes is a number."""
    match tree:
        case dict():
            return {key: as_an_editor_sees(value) for key, value in tree.items()}
        case list():
            return [as_an_editor_sees(value) for value in tree]
        case str() if INTEGER.fullmatch(tree):
            return int(tree)
        case str() if NUMBER.fullmatch(tree):
            return float(tree)
    return tree


RICH = [
    document.tree
    for document in load(
        "rich.yaml", Path(__file__).with_name("rich.yaml").read_text(encoding="utf-8")
    ).documents
]


def examples():
    """Every whole document in the documentation of a code, and documents that use every key."""
    yield from RICH * 10
    for cls in registry().values():
        for text in (documentation(cls).bad, documentation(cls).good):
            for document in load("example.yaml", text).documents:
                tree = document.tree
                if isinstance(tree, dict) and tree.get("kind") in kinds():
                    yield tree


EXAMPLES = list(examples())
WORDS = (
    *("", "on", "no", "true", "20%", "20", "1.10", "010", "17:00", "-3", "1e3", "a b", "A-b", "?"),
    *("2026-11-22", "2026-02-30", "21 days", "1 business day", "4 busines hours", "USD", "usd"),
    *("09:00-17:00", "ana@acme.example", "won", "any", "open", "deal", "close_date", "a.b", "é"),
    *("mon-fri", "crm", "ixia/v1", "0", "1", "12", "13", "25.5%", "-1%", "HUBSPOT", "x" * 40),
)
SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.sampled_from(WORDS),
    st.decimals(min_value=-1000, max_value=1000, places=2).map(str),
    st.integers(min_value=-5, max_value=10**16).map(str),
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=6),
)
TREES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text("abk", max_size=3), inner),
    max_leaves=4,
)


@st.composite
def mutated(draw):
    """A document from the documentation, with up to two changes anywhere below its kind."""
    tree = json.loads(json.dumps(draw(st.sampled_from(EXAMPLES))))
    for _ in range(draw(st.integers(0, 2))):
        change(draw, tree)
    return tree


def change(draw, tree):
    """Replace, remove or add one value, in a place that is as likely to be deep as shallow."""
    node = tree
    while True:
        steps = (
            [key for key in node if key != "kind"] if isinstance(node, dict) else range(len(node))
        )
        if not steps:
            return
        step = draw(st.sampled_from(list(steps)))
        if isinstance(node[step], dict | list) and node[step] and draw(st.integers(0, 3)):
            node = node[step]
            continue
        break
    match draw(st.sampled_from(["replace", "replace", "remove", "add", "rename"])):
        case "replace":
            node[step] = draw(TREES)
        case "remove":
            del node[step]
        case "add" if isinstance(node, dict):
            node[draw(st.sampled_from(["title", "from_", "description", "extra"]))] = draw(TREES)
        case "rename" if isinstance(node, dict):
            node[draw(SCALARS.filter(lambda scalar: isinstance(scalar, str)))] = node.pop(step)


@pytest.mark.parametrize("name", sorted(schemas()))
def test_the_checked_in_schema_is_current(name, root):
    """Run ``make schemas`` when this fails."""
    written = (root / "schemas" / "v1" / name).read_text(encoding="utf-8")

    assert texts()[name] == written


def test_no_other_schema_is_checked_in(root):
    assert sorted(schemas()) == sorted(file.name for file in (root / "schemas/v1").iterdir())


@pytest.mark.parametrize("name", sorted(schemas()))
def test_every_schema_is_valid_draft_2020_12(name):
    Draft202012Validator.check_schema(schemas()[name])

    assert schemas()[name]["$schema"] == "https://json-schema.org/draft/2020-12/schema"


@pytest.mark.parametrize("kind", kinds().values(), ids=list(kinds()))
def test_people_read_what_a_kind_and_its_keys_are_for(kind):
    schema = schemas()[f"{kind.slug}.schema.json"]

    assert kind.summary == schema["description"]
    assert "description" in schema["$defs"]["Metadata"]["properties"]["owner"]


def places(tree, path=()):
    """The path of every value in a document, and of every key."""
    for key, value in tree.items() if isinstance(tree, dict) else enumerate(tree):
        yield (*path, key)
        if isinstance(value, dict | list):
            yield from places(value, (*path, key))


def with_value(tree, path, value):
    """The document with another value at a path."""
    if not path:
        return value
    copy = tree.copy()
    copy[path[0]] = with_value(tree[path[0]], path[1:], value)
    return copy


VALUES = [None, True, *WORDS, [], {}, ["x"], {"x": "y"}]
EVERY = 1 if os.environ.get("IXIA_FUZZ") else 4  # each place sees a quarter of the values


@pytest.mark.parametrize("value", VALUES, ids=repr)
def test_any_value_in_any_place_is_judged_alike(value):
    turn = VALUES.index(value)
    for tree in RICH:
        for number, path in enumerate(places(tree)):
            if path == ("kind",) or (number + turn) % EVERY:
                continue
            changed = with_value(tree, path, value)
            assert accepted(changed) == JUDGES[tree["kind"]].is_valid(changed), path


@given(mutated())
def test_pydantic_and_json_schema_accept_the_same_documents(tree):
    assert accepted(tree) == JUDGES[tree["kind"]].is_valid(tree)


@given(mutated())
def test_an_editor_accepts_what_the_tool_accepts(tree):
    """An editor reads unquoted numbers as numbers; what the tool accepts, it accepts."""
    if accepted(tree):
        assert JUDGES[tree["kind"]].is_valid(as_an_editor_sees(tree))


@given(mutated())
def test_the_schema_of_any_kind_agrees_with_that_of_the_kind(tree):
    assert JUDGES[tree["kind"]].is_valid(tree) == ANY.is_valid(tree)


@pytest.mark.parametrize(
    "value", ["20", Decimal("0.2")], ids=["a share without its sign", "a fraction"]
)
def test_an_editor_underlines_a_percentage_without_its_sign(value):
    stage = {"key": "q", "title": "Q", "probability": float(value)}
    tree = {
        "apiVersion": "ixia/v1",
        "kind": "Pipeline",
        "metadata": {"name": "x"},
        "spec": {"object": "deal", "stages": [stage]},
    }

    assert not JUDGES["Pipeline"].is_valid(tree)


def test_the_schema_line_of_every_example_leads_to_a_schema(root):
    """Editors follow ``# yaml-language-server: $schema=`` relative to the file."""
    for file in sorted((root / "examples").rglob("*.yaml")):
        for link in re.findall(r"^# yaml-language-server: \$schema=(\S+)", file.read_text("utf-8")):
            assert not PurePosixPath(link).is_absolute()
            assert (file.parent / link).resolve().is_file(), f"{file}: {link}"

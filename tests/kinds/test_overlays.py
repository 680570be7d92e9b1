"""Patches of an environment change what they say, and every value keeps the place of its writer."""

from copy import deepcopy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ixia_config.kinds.overlay import lay
from ixia_config.kinds.parse import configure
from ixia_config.kinds.pipeline.spec import Pipeline
from ixia_config.kinds.project.spec import Project
from ixia_config.language import load

PROJECT = """\
apiVersion: ixia/v1
kind: Project
metadata: {name: acme}
spec:
  overlays: environments/
  guards: {max_deletes: 2}
  targets:
    crm:
      connector: hubspot
      environments:
        production: {account: "1", token: {env: PRODUCTION}}
        sandbox: {account: "2", token: {env: SANDBOX}}
"""
PIPELINE = """\
apiVersion: ixia/v1
kind: Pipeline
metadata: {name: sales, owner: ops}
spec:
  object: deal
  create_in: [qualify]
  stages:
    - {key: qualify, title: Qualify, probability: 10%}
    - {key: evaluate, title: Evaluate}
    - {key: won, title: Won, type: won}
"""
PATCH = """\
kind: Project
metadata: {name: acme}
spec: {guards: {max_deletes: 0}}
---
kind: Pipeline
metadata: {name: sales, owner: null}
spec:
  create_in: [evaluate, qualify]
  stages:
    - {key: pilot, title: Pilot}
    - {key: evaluate, title: Evaluation, probability: 50}
"""


def configured(environment, patch=PATCH, *, folder="environments"):
    files = {
        "ixia.yaml": PROJECT,
        "sales.yaml": PIPELINE,
        f"{folder}/production.yaml": patch,
    }
    documents = [d for name, text in files.items() for d in load(name, text).documents]
    return configure(documents, environment=environment)


FIXED = PATCH.replace("50}", "50%}")


def test_without_an_environment_overlays_change_nothing():
    configuration, found = configured(None)

    assert () == found
    assert 2 == configuration.get(Project, "acme").body.spec.guards.max_deletes


def test_another_environment_is_not_touched():
    assert configured(None)[0] == configured("sandbox")[0]


def test_a_patch_changes_what_it_says_and_nothing_else():
    configuration, found = configured("production", FIXED)
    sales = configuration.get(Pipeline, "sales").body

    assert () == found
    assert 0 == configuration.get(Project, "acme").body.spec.guards.max_deletes
    assert ["qualify", "evaluate", "won", "pilot"] == [s.key for s in sales.spec.stages]
    assert ("Evaluation", "Qualify") == (sales.spec.stages[1].title, sales.spec.stages[0].title)
    assert ("evaluate", "qualify") == sales.spec.create_in
    assert sales.metadata.owner is None


def test_a_mistake_in_a_patch_points_into_the_patch():
    _, found = configured("production")

    [mistake] = found
    assert "environments/production.yaml:11:55" == str(mistake.mark)


@pytest.mark.parametrize(
    ("path", "file", "line"),
    [
        (("spec", "stages", 0, "title"), "sales.yaml", 8),
        (("spec", "stages", 1, "title"), "environments/production.yaml", 11),
        (("spec", "stages", 1, "key"), "environments/production.yaml", 11),
        (("spec", "stages", 2, "type"), "sales.yaml", 10),
        (("spec", "stages", 3, "title"), "environments/production.yaml", 10),
        (("spec", "create_in", 0), "environments/production.yaml", 8),
        (("spec", "object"), "sales.yaml", 5),
        (("spec",), "sales.yaml", 5),
    ],
)
def test_every_value_has_the_place_of_its_writer(path, file, line):
    configuration, _ = configured("production", FIXED)
    mark = configuration.get(Pipeline, "sales").mark(*path)

    assert (file, line) == (mark.file, mark.line)


def test_a_patch_of_nothing_is_an_error_in_every_environment():
    _, found = configured(None, FIXED.replace("name: sales", "name: slaes"))

    assert ["IX112"] == [diagnostic.code for diagnostic in found]


def test_one_folder_down_is_the_same():
    files = {
        "crm/ixia.yaml": PROJECT,
        "crm/sales.yaml": PIPELINE,
        "crm/environments/production.yaml": FIXED,
    }
    documents = [d for name, text in files.items() for d in load(name, text).documents]

    configuration, found = configure(documents, environment="production")

    assert () == found
    assert 0 == configuration.get(Project, "acme").body.spec.guards.max_deletes


KEYS = st.sampled_from(["a", "b", "c"])
TREES = st.recursive(
    st.none() | st.booleans() | st.sampled_from(["x", "y"]),
    lambda inner: (
        st.dictionaries(KEYS, inner, max_size=3)
        | st.lists(inner, max_size=2)
        | st.lists(KEYS, unique=True, max_size=3).flatmap(
            lambda keys: st.tuples(
                *(st.fixed_dictionaries({"key": st.just(k), "v": inner}) for k in keys)
            ).map(list)
        )
    ),
    max_leaves=10,
)
MAPPINGS = st.dictionaries(KEYS, TREES, max_size=3)


def flow(tree):
    match tree:
        case dict():
            return "{" + ", ".join(f"{k}: {flow(v)}" for k, v in tree.items()) + "}"
        case list():
            return "[" + ", ".join(map(flow, tree)) + "]"
        case None:
            return "null"
        case bool():
            return str(tree).lower()
    return tree


def document(file, tree):
    [found] = load(file, flow(tree)).documents
    return found


def paths(tree, path=()):
    yield path
    if isinstance(tree, dict | list):
        for key, value in tree.items() if isinstance(tree, dict) else enumerate(tree):
            yield from paths(value, (*path, key))


@given(MAPPINGS)
def test_an_empty_patch_changes_nothing(tree):
    assert tree == lay(document("p.yaml", {}), document("b.yaml", tree)).tree


@given(MAPPINGS)
def test_a_document_laid_over_itself_loses_only_its_nulls(tree):
    once = lay(document("p.yaml", tree), document("b.yaml", tree)).tree

    assert once == without_nulls(tree)


def without_nulls(tree):
    """Mappings lose their nulls; lists that are not keyed are replaced as they stand."""
    if isinstance(tree, dict):
        return {key: without_nulls(value) for key, value in tree.items() if value is not None}
    if isinstance(tree, list) and tree and all(isinstance(v, dict) and "key" in v for v in tree):
        return [without_nulls(value) for value in tree]
    return tree


@given(MAPPINGS, MAPPINGS)
def test_every_merged_value_stands_in_one_of_the_two_files_at_its_home(base, patch):
    merged = lay(document("p.yaml", patch), document("b.yaml", base))

    for path in paths(merged.tree):
        home, there = merged.home(path)
        value, original = at(merged.tree, path), at(home.tree, there)
        assert value == original or (
            isinstance(value, dict | list) and type(value) is type(original)
        )
        assert merged.mark(path).file in ("p.yaml", "b.yaml")


@given(MAPPINGS, MAPPINGS)
def test_documents_are_never_changed(base, patch):
    one, other = document("b.yaml", base), document("p.yaml", patch)
    before = deepcopy((one.tree, other.tree))

    lay(other, one)

    assert before == (one.tree, other.tree)


def at(tree, path):
    for step in path:
        tree = tree[step]
    return tree

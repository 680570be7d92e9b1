"""Laws of writing: what is written, edited or laid out anew is read back as the wanted tree."""

import copy

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from ixia_config.language import load
from ixia_config.language.edit import (
    CannotEdit,
    append,
    as_tree,
    format,  # noqa: A004 - the command's own word
    remove,
    set_value,
    write,
)
from tests.language import texts

COMMENTED = """\
# yaml-language-server: $schema=x
apiVersion: ixia/v1   # version
kind: Pipeline
metadata: {name: a, on: 1.10}
spec:
  # first
  stages:
    - key: a   # one
      n: 010
      empty:
      q: ""
      'q2': 'it''s'
    # before b
    - {key: b, at: 17:00, when: "size(a, b)"}
  text: |
    hello
      there
  date: 2026-12-24  # Christmas
  age: {warn: 21 days}
# tail
"""


def only(text):
    """The tree of the one document of this text."""
    loaded = load("f.yaml", text)
    assert () == loaded.diagnostics
    (document,) = loaded.documents
    return document.tree


def comments(text):
    """The lines' comments, as far as they are easy to see."""
    return sorted(line[line.index("# ") :].strip() for line in text.split("\n") if "# " in line)


@given(texts.trees)
def test_what_is_written_is_read_back(tree):
    assume(tree is not None)

    assert repr(_ordered(tree)) == repr(_ordered(only(write(tree))))


def _ordered(tree):
    if isinstance(tree, dict):
        return sorted((key, repr(_ordered(value))) for key, value in tree.items())
    return [_ordered(each) for each in tree] if isinstance(tree, list) else tree


@given(texts.trees)
def test_writing_is_canonical(tree):
    assume(tree is not None)
    text = write(tree)

    assert text == write(only(text))


@settings(max_examples=300)
@given(texts.any_text)
def test_a_layout_never_changes_a_value(text):
    before, after = load("f.yaml", text), load("f.yaml", format(text))

    assert [d.tree for d in before.documents] == [d.tree for d in after.documents]
    assert len(before.diagnostics) == len(after.diagnostics)


@settings(max_examples=300)
@given(texts.any_text)
def test_a_layout_is_stable_and_keeps_every_comment(text):
    once = format(text)

    assert once == format(once)
    assert text.count("#") == once.count("#")


@given(texts.mappings)
def test_what_is_written_has_the_layout_already(tree):
    text = write(tree)

    assert text == format(text)


def every_path(tree, path=()):
    if path:
        yield path
    if isinstance(tree, dict):
        for key, value in tree.items():
            yield from every_path(value, (*path, key))
    if isinstance(tree, list):
        for index, value in enumerate(tree):
            yield from every_path(value, (*path, index))


PATHS = sorted(every_path(only(COMMENTED)), key=repr)


def changed(tree, path, change):
    tree = copy.deepcopy(tree)
    node = tree
    for step in path[:-1]:
        node = node[step]
    change(node, path[-1])
    return tree


@given(st.sampled_from(PATHS), texts.trees)
def test_a_value_that_is_set_is_read_back_and_all_else_stays(path, value):
    text = set_value(COMMENTED, 0, path, value)

    expected = changed(only(COMMENTED), path, lambda node, step: node.__setitem__(step, value))
    assert expected == only(text)
    assert set(_outside(path)) <= set(comments(text))


def _outside(path):
    """The comments that stand outside the value at this path."""
    inside = {"spec": ["# first", "# one", "# before b", "# Christmas"]}
    if path == ("spec",):
        return [each for each in comments(COMMENTED) if each not in inside["spec"]]
    if path[:2] == ("spec", "stages") and len(path) < 4:
        return [each for each in comments(COMMENTED) if each not in ("# one", "# before b")]
    return comments(COMMENTED)


@given(texts.mappings, texts.trees, st.data())
def test_any_written_value_can_be_replaced(tree, value, data):
    text = write(tree)
    path = data.draw(st.sampled_from(sorted(every_path(only(text)), key=repr)))

    expected = changed(tree, path, lambda node, step: node.__setitem__(step, value))
    assert expected == only(set_value(text, 0, path, value))


@given(texts.mappings, st.data())
def test_any_written_value_can_be_removed(tree, data):
    text = write(tree)
    path = data.draw(st.sampled_from(sorted(every_path(only(text)), key=repr)))

    expected = changed(tree, path, lambda node, step: node.__delitem__(step))
    try:
        assert expected == only(remove(text, 0, path))
    except CannotEdit:
        # `- - a`: what opens a list on the line of another list holds both open.
        assert isinstance(path[-1], int)
        assert isinstance(path[-2], int)


@given(texts.mappings, texts.trees)
def test_anything_can_be_appended_to_a_list(tree, value):
    text = write({**tree, "list": [["a"], "b"]})

    expected = {**tree, "list": [["a"], "b", value]}
    assert expected == only(append(text, 0, ("list",), value))


@pytest.mark.parametrize("path", PATHS)
def test_removing_keeps_the_comments_that_are_not_on_the_removed_lines(path):
    try:
        text = remove(COMMENTED, 0, path)
    except CannotEdit:
        pytest.fail(f"{path} cannot be removed")

    assert changed(only(COMMENTED), path, lambda n, s: n.__delitem__(s)) == only(text)
    assert "# tail" in comments(text)


def test_an_edit_touches_one_line_only():
    before = COMMENTED.split("\n")
    after = set_value(COMMENTED, 0, ("spec", "date"), "2027-01-01").split("\n")

    assert ["  date: 2027-01-01  # Christmas"] == [line for line in after if line not in before]
    assert len(before) == len(after)


def test_missing_mappings_and_lists_on_the_way_are_made():
    text = set_value("spec:\n  a: 1\n", 0, ("spec", "b", "c"), "x")
    text = append(text, 0, ("spec", "list"), {"key": "k"})

    assert {"spec": {"a": "1", "b": {"c": "x"}, "list": [{"key": "k"}]}} == only(text)


def test_only_the_named_document_of_a_file_is_edited():
    text = "# c\n---\na: 1\n---\n# two\na: 2\n...\n---\na: 3\n"

    assert text.replace("a: 2", 'a: "9"') == set_value(text, 1, ("a",), "9")


def test_windows_line_ends_stay():
    text = "a: 1\r\nb: 2\r\n"

    assert "a: 1\r\nb: x\r\n" == set_value(text, 0, ("b",), "x")
    assert text == format(text)


@pytest.mark.parametrize(
    ("text", "index", "path"),
    [
        ("a: 1\n", 1, ("a",)),
        ("a: 1\n", 0, ()),
        ("a: 1\n", 0, ("a", "b")),
        ("a: [1]\n", 0, ("a", 1)),
        ("a: [1\n", 0, ("a",)),
        ("a: &x {k: 1}\nb: *x\n", 0, ("b", "k")),
    ],
)
def test_an_impossible_edit_says_so(text, index, path):
    with pytest.raises(CannotEdit, match=r"\w+ \w+"):
        set_value(text, index, path, "x")


def test_numbers_and_dates_are_written_bare_and_look_alikes_in_quotes(snapshot):
    tree = {
        "spec": {
            "values": texts.WORDS,
            "stages": [{"title": "Won", "type": "won", "key": "won"}, {"key": "x", "deep": [[{}]]}],
        },
        "metadata": {"title": "New business", "name": "new-business", "owner": "sales-ops"},
        "kind": "Pipeline",
        "apiVersion": "ixia/v1",
    }

    assert write(tree) == snapshot


def test_a_number_given_as_a_number_has_no_quotes():
    assert "a: 5\nb: true\nc: null\n" == write({"a": 5, "b": True, "c": None})
    assert {"a": "5"} == as_tree({"a": 5})


def test_a_layout_is_what_people_expect(snapshot):
    text = """\
# yaml-language-server: $schema=x
kind: Pipeline
# the metadata
metadata:
    name:   a
    title: b\t
spec:
   # stages here
   stages:
   -   key: a   # one
       # two
       title: "x
         y"
       note: |
            text
              more

       # three
       exit: [a,
        b,
          {c: d}]
   - - 1
     - 2
   # end of stages
   other: >-
     folded
     text
# about api
apiVersion: ixia/v1

# the end
---
broken: [x
""".replace("\t", "   ")

    assert format(text) == snapshot

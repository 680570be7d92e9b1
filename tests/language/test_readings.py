"""Laws of the two readings: they agree, neither ever fails, and every place is a real one."""

import sys

from hypothesis import given, settings
from hypothesis import strategies as st

from ixia_config.language import load, marked, unmarked
from ixia_config.language.emit import write
from ixia_config.language.source import chunks
from tests.language import texts


def fast(text):
    """The fast reading's tree in a list; empty where it is unsure."""
    try:
        return [unmarked.read(text)]
    except unmarked.Unsure:
        return []


def exactly(tree):
    """A tree by type and value: True is not "true", and 1 is not True."""
    return repr(tree)


@settings(max_examples=500)
@given(texts.any_text)
def test_what_the_fast_reading_is_sure_of_the_careful_one_reads_the_same(text):
    for chunk in chunks(text.replace("\r\n", "\n")):
        for tree in fast(chunk.text):
            reading = marked.read("f.yaml", chunk.line, chunk.text)

            assert [] == [str(found) for found in reading.diagnostics]
            assert exactly(tree) == exactly(reading.root.tree)


@given(texts.mappings)
def test_written_documents_are_read_the_same_by_both(tree):
    text = write(tree)
    careful = marked.read("f.yaml", 1, text)

    assert () == careful.diagnostics
    for read in fast(text):
        assert exactly(careful.root.tree) == exactly(read)


def test_the_fast_reading_is_sure_of_every_document_of_a_clean_repo():
    unsure = [
        name
        for name, text in texts.large_repo().items()
        for chunk in chunks(text)
        if not fast(chunk.text)
    ]

    assert unsure == []


@settings(max_examples=400)
@given(texts.any_text)
def test_no_text_makes_loading_fail_and_every_error_has_a_place_in_the_text(text):
    loaded = load("f.yaml", text)
    rows = text.split("\n")

    for found in loaded.diagnostics:
        assert str(found)
        assert 1 <= found.mark.line <= len(rows)
        assert 1 <= found.mark.column <= len(rows[found.mark.line - 1]) + 1


@settings(max_examples=300)
@given(st.text(max_size=60))
def test_no_characters_make_loading_fail(text):
    for found in load("f.yaml", text).diagnostics:
        assert str(found)


def paths(tree, path=()):
    """Every path of a tree."""
    yield path
    if isinstance(tree, dict):
        for key, value in tree.items():
            yield from paths(value, (*path, key))
    if isinstance(tree, list):
        for index, value in enumerate(tree):
            yield from paths(value, (*path, index))


@given(texts.mappings)
def test_every_key_is_marked_where_it_stands(tree):
    text = write(tree)
    (document,) = load("f.yaml", text).documents

    for path in paths(document.tree):
        if path and isinstance(path[-1], str) and path[-1].isalpha():
            mark = document.mark(path, key=True)
            row = document.source.line(mark.line)
            assert path[-1] in row[mark.column - 1 : mark.column - 1 + mark.width]


@given(texts.mappings)
def test_plain_values_are_marked_where_they_stand(tree):
    (document,) = load("f.yaml", write(tree)).documents

    for path in paths(document.tree):
        value = _at(document.tree, path)
        if isinstance(value, str) and value.isalnum() and value.isascii():
            mark = document.mark(path)
            row = document.source.line(mark.line)
            assert value in row[mark.column - 1 : mark.column - 1 + mark.width]


def _at(tree, path):
    for step in path:
        tree = tree[step]
    return tree


@given(st.text("\t ab:-[]{}\"'#&*!\n", max_size=40))
def test_windows_line_ends_mean_the_same(text):
    plain = load("f.yaml", text)
    windows = load("f.yaml", text.replace("\n", "\r\n"))

    assert [d.tree for d in plain.documents] == [d.tree for d in windows.documents]
    assert plain.diagnostics == windows.diagnostics


def test_deep_nesting_is_refused_without_recursion_errors():
    depth = sys.getrecursionlimit() * 20
    for text in ("[" * depth, "{a: " * depth, "- " * depth, "? " * depth, "a:\n" + " -" * depth):
        (found,) = load("f.yaml", text).diagnostics
        assert found.code in {"IX005", "IX012"}

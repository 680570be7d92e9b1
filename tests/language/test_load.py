"""Examples of loading: scalars, borders between documents, places, limits."""

import pytest

from ixia_config.language import load, load_all, marked, source
from ixia_config.language.scalars import MAX_SCALAR


def trees(text):
    return [document.tree for document in load("f.yaml", text).documents]


def codes(text):
    return [found.code for found in load("f.yaml", text).diagnostics]


@pytest.mark.parametrize("text", ["1.10", "010", "17:00", "on", "no", "20%", "1e3", "2026-12-24"])
def test_a_scalar_stays_what_the_user_wrote(text):
    assert [{"a": text}] == trees(f"a: {text}\n")
    assert [{"a": text}] == trees(f"a: &x {text}\n")


@pytest.mark.parametrize(
    ("text", "value"),
    [("true", True), ("FALSE", False), ("null", None), ("~", None), ("", None), ("'true'", "true")],
)
def test_only_null_and_booleans_of_yaml_1_2_are_more_than_text(text, value):
    assert [{"a": value}] == trees(f"a: {text}\n")
    assert [{"a": value, "b": "x"}] == trees(f"a: {text}\nb: &x x\n")


def test_keys_are_text_whatever_they_look_like():
    assert [{"on": "1", "true": "2", "2026-12-31": "3"}] == trees("on: 1\ntrue: 2\n2026-12-31: 3\n")


def test_an_error_in_one_document_leaves_the_others_readable():
    loaded = load("f.yaml", "a: 1\n---\nb: [x\n---\nc: 3\n---\nd: 'y\n")

    assert [{"a": "1"}, {"c": "3"}] == [document.tree for document in loaded.documents]
    assert [(3, "IX007"), (7, "IX007")] == [(d.mark.line, d.code) for d in loaded.diagnostics]


def test_errors_of_all_files_come_together_in_order():
    loaded = load_all({"b.yaml": "x: @\n", "a.yaml": "a: 1\na: 2\n", "c.yaml": "k: v\n"})

    assert ["a.yaml:2:1", "b.yaml:1:4"] == [str(found.mark) for found in loaded.diagnostics]
    assert ["a.yaml", "c.yaml"] == [document.file for document in loaded.documents]


def test_a_duplicate_key_names_both_places_and_keeps_the_first_value():
    loaded = load("f.yaml", "spec:\n  a: 1\n  b: 2\n  a: 3\n")

    (found,) = loaded.diagnostics
    assert "f.yaml:4:3" == str(found.mark)
    assert "line 2" in found.message()
    assert {"spec": {"a": "1", "b": "2"}} == loaded.documents[0].tree


def test_documents_of_comments_only_are_left_out():
    loaded = load("f.yaml", "# head\n---\n# nothing\n---\na: 1\n...\n# tail\n")

    assert [(0, 5, {"a": "1"})] == [(d.index, d.line + 1, d.tree) for d in loaded.documents]


def test_a_value_is_marked_with_line_column_and_width():
    text = "a: 1\n---\nspec:\n  stages:\n    - {key: qualify, title: 'Q'}\n  none:\n"
    document = load("f.yaml", text).documents[1]

    mark = document.mark(("spec", "stages", 0, "title"))
    assert ("f.yaml:5:29", 3) == (str(mark), mark.width)
    assert "f.yaml:5:22" == str(document.mark(("spec", "stages", 0, "title"), key=True))
    assert "f.yaml:6:3" == str(document.mark(("spec", "none")))
    assert "    - {key: qualify, title: 'Q'}" == document.source.line(mark.line)


def test_a_path_that_is_not_there_is_marked_at_its_nearest_ancestor():
    document = load("f.yaml", "spec:\n  stages:\n    - key: a\n").documents[0]

    assert document.mark(("spec", "stages", 0)) == document.mark(("spec", "stages", 0, "x", 3))
    assert document.mark(("spec", "stages")) == document.mark(("spec", "stages", 7))


def test_an_alias_repeats_the_value_and_is_marked_where_it_stands():
    document = load("f.yaml", "a: &x {k: v}\nb: *x\n").documents[0]

    assert {"a": {"k": "v"}, "b": {"k": "v"}} == document.tree
    assert "f.yaml:2:4" == str(document.mark(("b",)))
    assert "f.yaml:1:11" == str(document.mark(("b", "k")))


def test_an_anchor_cannot_hold_itself():
    assert ["IX014"] == codes("a: &x [*x]\n")


def test_an_alias_bomb_is_refused_before_it_is_built():
    repeated = "".join(
        f"a{level}: &a{level} [{', '.join([f'*a{level - 1}'] * 10)}]\n" for level in range(1, 40)
    )

    assert ["IX006"] == codes(f"a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n{repeated}")


def test_a_huge_value_is_refused():
    assert ["IX005"] == codes(f"a: {'x' * (MAX_SCALAR + 1)}\n")
    assert [] == codes(f"a: {'x' * MAX_SCALAR}\n")
    assert ["IX005"] == codes("a: |\n" + "  xxxxxxx\n" * (MAX_SCALAR // 8 + 1))


def test_a_huge_file_and_too_many_documents_are_refused():
    assert ["IX005"] == codes("#" * (source.MAX_FILE + 1))
    assert ["IX005"] == codes("---\n" * (source.MAX_DOCUMENTS + 1))


@pytest.mark.parametrize("character", ["\x00", "\x1b", "\x7f", "\x85", "\u2028", "\r"])
def test_an_invisible_character_is_an_error_where_it_stands(character):
    (found,) = load("f.yaml", f"a: 1\nb: x{character}y\n").diagnostics

    assert ("IX002", "f.yaml:2:5") == (found.code, str(found.mark))


def test_bytes_that_are_not_utf_8_are_an_error_however_they_were_decoded():
    for errors in ("surrogateescape", "replace"):
        (found,) = load("f.yaml", b"a: M\xfcnchen\n".decode(errors=errors)).diagnostics
        assert ("IX001", "f.yaml:1:5") == (found.code, str(found.mark))


def test_an_escape_cannot_smuggle_in_what_may_not_be_written():
    assert ["IX002"] == codes('a: "\\0"\n')
    assert ["IX002"] == codes('a: "\\uD800"\n')
    assert ["IX007"] == codes('a: "\\UFFFFFFFF"\n')
    assert [{"a": "\ufffd"}] == trees('a: "\\uFFFD"\n')


@pytest.mark.parametrize(
    "value",
    [
        "{when: size(a, b) > 1}",
        "{when: x in [a, b] && y}",
        '{when: "a" == x}',
        "[a, b(c, d)]",
        '"a" == x',
        "[a] == x",
        '{a: 1} || y',
        "a == \"x: y\"",
        "x ? y : z",
        "@x",
        "`x`",
        "%x",
        "&& x",
        "* x",
        "#4",
        'name == "a #4"',
        "|| x",
        "> 5",
        ", x",
    ],
)  # fmt: skip
def test_a_condition_broken_by_punctuation_says_to_use_quotes(value):
    found = load("f.yaml", f"first: 1\nwhen: {value}\nlast: 1\n").diagnostics

    assert ["IX009"] == [each.code for each in found]
    assert 2 == found[0].mark.line
    assert "put the whole value in quotes, or use block style" in found[0].hint()


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        ("a:\n\tb: 1\n", "2:1", "a tab stands where YAML allows only spaces"),
        ("a: 'x\nb: 1\n", "1:4", "this quote is never closed"),
        ("a: [1, 2\nb: 1\n", "1:4", 'this "[" is never closed'),
        ("a: {b: 1\nc: 2\n", "1:4", 'this "{" is never closed'),
        ("a:\n   b: 1\n  c: 2\n", "3:3", "this line does not line up with its block"),
        ("a: 1\n  b: 2\n", "2:4", "the line above already has a value"),
        ("key:value\nother: x\n", "1:4", "a space is missing after this colon"),
        ("a: 1\nfoo\nb: 2\n", "2:1", 'this line is not "key: value": foo'),
        ("a: 1\n- b\n", "2:1", "a list starts here, in the middle of keys"),
        ("- a\nb: 1\n", "2:1", 'this line does not start with "- "'),
        ("a: - b\n", "1:4", '"- " cannot start a list here'),
        ('a: "\\q"\n', "1:6", "a backslash"),
        ("%YAML 1.2\na: 1\n", "2:1", 'does not start with "---"'),
        ("a: [1,, 2]\n", "1:7", "nothing stands before this comma"),
    ],
)
def test_a_syntax_error_says_what_to_change(text, place, message):
    found = load("f.yaml", text).diagnostics

    assert [f"f.yaml:{place}"] == [str(each.mark) for each in found]
    assert message in found[0].message()


def test_a_document_that_the_fast_reading_cannot_read_is_read_with_care():
    text = "a: >\n  one\n\n    two\nb: 'x\n  y'\nc: [1,\n  2]\n? d\n: e\n"

    assert [{"a": "one\n\n  two\n", "b": "x y", "c": ["1", "2"], "d": "e"}] == trees(text)


def test_reading_again_for_places_gives_the_same_nodes():
    text = "a: {b: [c]}\n"

    assert marked.read("f", 1, text) is marked.read("f", 1, text)

"""A caret points into the YAML scalar at the characters that a problem is about."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ixia_config.kinds.places import within
from ixia_config.language import load

WRITTEN = {
    "plain": "when: known(pain) && size(pain) > 20",
    "plain, in braces": "a: {key: x, when: known(pain) && size(pain) > 20, by: rep}",
    "double quotes": 'when: "known(pain) && size(pain) > 20"',
    "single quotes": "when: 'known(pain) && size(pain) > 20'  # why",
    "literal block": "when: |-\n  known(pain)\n    && size(pain) > 20",
    "folded block": "when: >-\n\n  known(pain)\n  && size(pain)\n\n  > 20",
    "plain, several lines": "when: known(pain)\n  && size(pain)\n  > 20",
    "quotes, several lines": 'when: "known(pain) \\\n   && size(pain)\n\n   > 20"',
    "a key that is quoted": '"when": known(pain) && size(pain) > 20',
    "a value below its key": "when:\n  known(pain) && size(pain) > 20",
}


def placed(yaml):
    [document] = load("a.yaml", yaml).documents
    path = ("a", "when") if "a" in document.tree else ("when",)
    text = document.tree["a"]["when"] if "a" in document.tree else document.tree["when"]
    return text, within(document, path, text), yaml.split("\n")


@pytest.mark.parametrize("yaml", WRITTEN.values(), ids=list(WRITTEN))
@pytest.mark.parametrize("word", ["known", "pain", "&&", "size(pain)", ">", "20"])
def test_the_caret_stands_under_the_word(yaml, word):
    text, place, lines = placed(yaml)
    start = text.index(word)

    mark = place(start, start + len(word))

    shown = lines[mark.line - 1][mark.column - 1 : mark.column - 1 + mark.width]
    assert word == shown


def test_escapes_and_doubled_quotes_count_as_they_are_written():
    for yaml in (r'when: "a == \"x\\y\u0041\" && b"', "when: 'a == \"it''s\" && b'"):
        text, place, lines = placed(yaml)

        mark = place(len(text) - 1, len(text))

        assert "b" == lines[0][mark.column - 1]


def test_a_span_over_several_lines_starts_where_it_starts():
    text, place, _ = placed("when: |-\n  a &&\n  b")

    assert ("a.yaml:2:3", 1) == (str(place(0, len(text))), place(0, len(text)).width)


def test_the_end_of_a_text_is_right_behind_it():
    text, place, _ = placed("when: a &&")

    assert "a.yaml:1:11" == str(place(len(text), len(text)))


def test_an_alias_is_told_of_as_a_whole():
    [document] = load("a.yaml", "base: &base known(pain)\nwhen: *base\n").documents

    mark = within(document, ("when",), "known(pain)")(6, 10)

    assert "a.yaml:2:7" == str(mark)


WORDS = st.lists(
    st.text("abc&|()<>=!.\"'\\é日", min_size=1, max_size=5), min_size=1, max_size=6
).map(" ".join)


@given(WORDS, st.data())
def test_every_character_of_a_quoted_text_is_found(text, data):
    """In single and in double quotes, whatever has to be escaped."""
    double = '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
    single = "'" + text.replace("'", "''") + "'"
    index = data.draw(st.integers(0, len(text) - 1))
    for written, escaped in ((double, '\\"'), (single, "'")):
        read, place, lines = placed(f"when: {written}")
        assert text == read

        mark = place(index, index + 1)

        shown = lines[0][mark.column - 1]
        assert shown == text[index] or (shown in escaped and text[index] in escaped)


@given(WORDS, st.sampled_from(["|", ">", "|-", ">-"]), st.data())
def test_every_character_of_a_block_is_on_its_line(text, header, data):
    lines = text.split(" ")
    yaml = f"when: {header}\n" + "".join(f"  {line}\n" for line in lines)
    read, place, written = placed(yaml)
    index = data.draw(st.integers(0, len(read) - 1).filter(lambda i: not read[i].isspace()))

    mark = place(index, index + 1)

    assert read[index] == written[mark.line - 1][mark.column - 1]
    assert read[:index].replace("\n", " ").count(" ") == mark.line - 2

"""Strategies for YAML: trees, texts in every style, and texts that somebody broke."""

from __future__ import annotations

from hypothesis import strategies as st

from benchmarks.repo import large_repo

WORDS = [
    "amount", "Closed won", "no", "on", "yes", "null", "true", "~", "", "1.10", "010", "17:00",
    "20%", "2026-12-24", "0x1F", "1e3", ".5", ".inf", "- x", "? x", "a: b", "a #b", "#x", "!x",
    "&x", "*x", "'", '"', "it's", 'say "hi"', "[a]", "{a}", "a, b", "size(a, b) > 1", "<<", "=",
    "a:", " a", "a ", "%x", "@x", "`x`", "|", ">", "München", "値", "a\tb", "back\\slash", "\\n",
    "one\ntwo", "one\n\ntwo\n", "one\n  two", "\n", "\u2028", "\ufeff", "\ufffd", "\x00e"[1:], "😀",
    "---", "...", "--- a", "-1", "+1", "1_000", "0b1", "90:00:00", "a" * 130,
]  # fmt: skip

texts = st.sampled_from(WORDS) | st.text(
    st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("\n\t:#-'\"[]{}&*!|>%,? "),
    max_size=12,
)
keys = st.sampled_from(
    ["key", "title", "kind", "metadata", "spec", "name", "when", "on", "2026-12-31", "mon-thu"]
) | texts.filter(lambda text: 0 < len(text) < 100)
scalars = st.none() | st.booleans() | texts
trees = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(keys.filter(bool), inner, max_size=4)
    ),
    max_leaves=12,
)
mappings = st.dictionaries(keys, trees, min_size=1, max_size=4)

FRAGMENTS = [
    "a", "b: ", "key: ", "- ", "  ", "    ", " ", "\n", "\n", "\n  ", "\n- ", "\n    ", "[", "]",
    "{",
    "}", ", ", ",", ":", ": ", "#", " #", " # c", "'", '"', "''", '""', "\\", "\\n", '\\"', "|",
    "|-",
    ">", ">-", "|\n", "&x ", "*x", "!t ", "?", "? ", "-", "--", "~", "null", "true", "1.10",
    "17:00",
    "20%", "@", "%", "`", "==", '"x"', "'y'", "(", ")", "size(a, b)", "é", "\u00a0", "<<", "---",
    "\t",
    '"a": ', "'k': ", "[a, b]", "{a: b}", "{a: b, c: 'd'}", "\n  x", "\n    y", "\n\n", "a: b",
    "&&",
    "\n---\n", "\n...\n", "|2", ">+", "\\UFFFFFFFF", "\\xzz", "%YAML 1.2\n", "\r\n", "\n# c\n",
    "\n  # c",
]  # fmt: skip
VALUES = [
    "", "v", "v w", "[a, b]", "{a: b}", "|", ">", "|-", ">-", "'s'", '"d"', "# c", "#c", "v # c",
    "'s' # c", "- x", "v: w", "~", "{a: [b, {c: d}]} # x", '"a\\nb"', "-1", "- ", "-", "*a", "&a v",
    "x  ", "[a, b", "c]", 'v #c " x', "{x: y(z, w: 1)}", "[]", "{}", "[ ]", "[a,]", "{a: b,}",
    "a(b",
]  # fmt: skip
KEYS = ["", "", "k: ", "k:", "l:", "m: ", '"q": ', "'q': ", "k k: ", "k : ", "on: "]

soup = st.lists(st.sampled_from(FRAGMENTS), min_size=1, max_size=14).map("".join)
lines = st.lists(
    st.tuples(
        st.sampled_from(["", "", "  ", "  ", "    ", "      ", " ", "   "]),
        st.sampled_from(["", "", "- ", "- - ", "-   "]),
        st.sampled_from(KEYS),
        st.sampled_from(VALUES),
    ).map("".join),
    min_size=1,
    max_size=8,
).map("\n".join)


def _corpus() -> list[str]:
    repo = large_repo()
    return [line for name in list(repo)[::40] for line in repo[name].split("\n")]


@st.composite
def damaged(draw: st.DrawFn) -> str:
    """A few lines of a real document, with characters taken out and put in."""
    corpus = _CORPUS
    start = draw(st.integers(0, len(corpus) - 8))
    rows = corpus[start : start + draw(st.integers(1, 8))]
    text = draw(st.sampled_from(["", "a:\n", "---\n", "--- # x\n"])) + "\n".join(rows)
    for _ in range(draw(st.integers(0, 3))):
        at = draw(st.integers(0, len(text)))
        cut = draw(st.integers(0, 1))
        text = text[:at] + draw(st.sampled_from(["", *FRAGMENTS])) + text[at + cut :]
    return text


_CORPUS = _corpus()

any_text = soup | lines | damaged()

"""Configurations as hypothesis draws them: valid, small, and odd where people are odd.

Needs hypothesis, which only those who test have: nothing else of the package imports this.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from hypothesis import strategies as st

Tree = dict[str, Any]

_LETTERS = "abcdefgxyz"
_SIGNS = "ABCabcXYZéßłЖ日0129 -_/%&'\"#:.,()!"

NAMES = st.from_regex(r"[a-z][a-z0-9]{0,5}(-[a-z0-9]{1,4})?", fullmatch=True)
KEYS = st.from_regex(r"[A-Za-z][a-z0-9]{0,4}([_-][a-z0-9]{1,3})?", fullmatch=True)
FIELD_NAMES = st.from_regex(r"[a-z][a-z0-9]{0,6}(_[a-z0-9]{1,4})?", fullmatch=True)
TITLES = (
    st.text(_SIGNS, min_size=1, max_size=20)
    .map(str.strip)
    .filter(lambda text: any(map(str.isalnum, text)))
)
CHANCES = st.integers(1, 9).map(lambda tenths: f"{tenths * 10}%")
ODD_CHANCES = st.sampled_from(["4%", "15%", "33.3%", "65%", "99%"])


def envelope(kind: str, name: str, spec: Tree, *, title: str | None = None) -> Tree:
    """One document."""
    metadata = {"name": name} if title is None else {"name": name, "title": title}
    return {"apiVersion": "ixia/v1", "kind": kind, "metadata": metadata, "spec": spec}


def written(trees: Sequence[Mapping[str, Any]]) -> str:
    """The documents as YAML: every JSON text is YAML, and quotes keep each scalar a text."""
    return "\n---\n".join(json.dumps(tree, ensure_ascii=False) for tree in trees)


@st.composite
def _choices(draw: st.DrawFn) -> list[Any]:
    values = draw(st.lists(TITLES, min_size=1, max_size=4, unique_by=str.casefold))
    options: list[Any] = []
    for value in values:
        title = draw(st.sampled_from([None, f"{value} ({len(options)})"]))
        active = draw(st.none() | st.booleans())
        option: Tree = {"value": value}
        option |= {} if title is None else {"title": title}
        option |= {} if active is None else {"active": active}
        options.append(option if len(option) > 1 else value)
    return options


@st.composite
def fields(draw: st.DrawFn) -> Tree:
    """One field of a record schema."""
    kind = draw(
        st.sampled_from(
            [
                *("text", "integer", "money", "percent", "boolean", "date", "datetime"),
                *("choice", "choices", "person", "reference"),
            ]
        )
    )
    field: Tree = {"type": kind}
    if draw(st.booleans()):
        field["title"] = draw(TITLES)
    if draw(st.booleans()):
        field["group"] = draw(st.sampled_from(["Deal information", "Sales process", "Preis & Maß"]))
    if kind in ("choice", "choices"):
        field["choices"] = draw(_choices())
    if kind == "reference":
        field["to"] = "company"
    if kind == "text" and draw(st.booleans()):
        field |= draw(st.fixed_dictionaries({"unique": st.booleans(), "max_length": st.just("80")}))
    if kind in ("integer", "money") and draw(st.booleans()):
        field |= {"minimum": "0", "maximum": draw(st.sampled_from(["100.50", "999"]))}
    return field


@st.composite
def record_schemas(draw: st.DrawFn) -> Tree:
    """The fields of deals."""
    found = draw(st.dictionaries(FIELD_NAMES, fields(), min_size=1, max_size=5))
    return envelope("RecordSchema", "deal", {"fields": found})


@st.composite
def _open_stages(draw: st.DrawFn, *, odd: bool) -> list[Tree]:
    keys = draw(st.lists(KEYS, max_size=4, unique_by=str.lower))
    chances = CHANCES | ODD_CHANCES if odd else CHANCES
    stages: list[Tree] = []
    for key in keys:
        chance = draw(st.none() | chances)
        stages.append({"key": key, **({} if chance is None else {"probability": chance})})
    return stages


@st.composite
def pipelines(draw: st.DrawFn, name: str, title: str | None, *, odd: bool = True) -> Tree:
    """A pipeline with a won and a lost stage, and sometimes rules, reasons and an approval."""
    record = draw(st.sampled_from(["deal", "deal", "lead", "ticket"]))
    stages = draw(_open_stages(odd=odd))
    taken = {stage["key"].lower() for stage in stages}
    closed = [{"key": "won", "type": "won"}, {"key": "lost", "type": "lost"}]
    stages += [stage for stage in closed if stage["key"] not in taken]
    titles = draw(
        st.lists(TITLES, min_size=len(stages), max_size=len(stages), unique_by=str.casefold)
    )
    stages = [{**stage, "title": words} for stage, words in zip(stages, titles, strict=True)]
    spec: Tree = {"object": record, "stages": stages, **draw(_rules(stages))}
    if record == "deal" and draw(st.booleans()):
        stages[0]["approval"] = {"approvers": ["ana@acme.example"], "comment": "discount"}
    if draw(st.booleans()):
        stages[-1]["reasons"] = draw(st.lists(KEYS, min_size=1, max_size=3, unique_by=str.lower))
    return envelope("Pipeline", name, spec, title=title)


@st.composite
def _rules(draw: st.DrawFn, stages: Sequence[Tree]) -> Tree:
    rules: Tree = {}
    if draw(st.booleans()):
        keys = st.sampled_from([stage["key"] for stage in stages])
        rules["create_in"] = draw(st.lists(keys, max_size=2, unique=True))
    moves = draw(st.fixed_dictionaries({}, optional={"skip": st.booleans(), "back": st.booleans()}))
    return {**rules, "moves": moves} if moves else rules


@st.composite
def configurations(draw: st.DrawFn, *, odd: bool = True) -> list[Tree]:
    """A record schema and up to three pipelines, each with a title of its own."""
    names = draw(st.lists(NAMES, max_size=3, unique=True))
    titles = draw(
        st.lists(TITLES, min_size=len(names), max_size=len(names), unique_by=str.casefold)
    )
    found = [
        draw(pipelines(name, title, odd=odd)) for name, title in zip(names, titles, strict=True)
    ]
    return [*draw(st.lists(record_schemas(), max_size=1)), *found]


@st.composite
def versions(draw: st.DrawFn) -> tuple[list[Tree], list[Tree]]:
    """One pipeline before and after somebody worked on it: stages of one pool of keys."""
    pool = ["a", "b", "c", "d", "e"]

    def stage(key: str) -> Tree:
        chance = draw(CHANCES)
        return {"key": key, "title": f"{key} {draw(st.integers(1, 2))}", "probability": chance}

    def pipeline() -> list[Tree]:
        keys = draw(st.lists(st.sampled_from(pool), min_size=1, unique=True))
        ends = [
            {"key": "won", "title": "Won", "type": "won"},
            {"key": "lost", "title": "Lost", "type": "lost"},
        ]
        stages = draw(st.permutations([stage(key) for key in keys] + ends))
        spec: Tree = {"object": "deal", "stages": stages, **draw(_rules(stages))}
        return [envelope("Pipeline", "p", spec, title=draw(st.sampled_from(["P", "Q"])))]

    return pipeline(), pipeline()

"""What pydantic found wrong with a document, in the user's words and at the place that is meant."""

from __future__ import annotations

import re
import types
import typing
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ValidationError

from ixia_config.codes import Diagnostic, nearest
from ixia_config.kinds.codes import (
    Empty,
    LiteralSecret,
    MissingKey,
    NotAChoice,
    UnknownKey,
    UnsupportedVersion,
    WrongShape,
    WrongValue,
)
from ixia_config.kinds.envelope import Envelope
from ixia_config.kinds.overlay import Written
from ixia_config.kinds.secrets import issued, opaque
from ixia_config.language import Tree
from ixia_config.language.codes import quoted
from ixia_config.model import Path

_KEY = "[key]"
_SHAPES = {
    "model_type": "keys and values",
    "dict_type": "keys and values",
    "tuple_type": "a list",
}


@dataclass(frozen=True, slots=True)
class _Error:
    """One error of pydantic, its path freed of what only pydantic knows."""

    type: str
    path: Path
    key: bool
    value: Any
    facts: Mapping[str, Any]


def explain(
    document: Written, envelope: type[Envelope], error: ValidationError
) -> Iterator[Diagnostic]:
    """A diagnostic for each thing that is wrong; consequences of another error are left out."""
    errors = _sorted_out([_error(each, document.tree) for each in error.errors(include_url=False)])
    told = _Teller(document, envelope)
    for place, group in errors.items():
        yield from told.tell(place[0], group)


def _error(raw: Mapping[str, Any], tree: Tree) -> _Error:
    loc = raw["loc"]
    key = bool(loc) and loc[-1] == _KEY
    path = _clean(loc[:-1] if key else loc, tree, missing=raw["type"] == "missing")
    return _Error(raw["type"], path, key, raw["input"], raw.get("ctx") or {})


def _clean(loc: Sequence[str | int], tree: Tree, *, missing: bool) -> Path:
    """The path without the names that pydantic gives to the branches of a union."""
    path: list[str | int] = []
    for depth, step in enumerate(loc):
        below = _members(tree)
        if step in below:
            tree = below[step]
            path.append(step)
        elif missing and depth == len(loc) - 1:
            path.append(step)
    return tuple(path)


def _members(tree: Tree) -> Mapping[str | int, Tree]:
    """What stands below a value, by key or by index."""
    if isinstance(tree, list):
        return dict(enumerate(tree))
    return dict(tree.items()) if isinstance(tree, dict) else {}


def _sorted_out(errors: Sequence[_Error]) -> Mapping[tuple[Path, bool, bool], list[_Error]]:
    """Errors by place; those of a container give way to those of its contents."""
    inner = {error.path[:depth] for error in errors for depth in range(len(error.path))}
    misspelt = {
        error.path[:-1]: str(error.path[-1]) for error in errors if error.type == "extra_forbidden"
    }
    groups: dict[tuple[Path, bool, bool], list[_Error]] = {}
    for error in errors:
        consequence = error.path in inner and not error.key and error.type != "extra_forbidden"
        wanted = error.type == "missing" and _meant(misspelt.get(error.path[:-1]), error.path[-1])
        if not (consequence or wanted):
            groups.setdefault((error.path, error.key, error.type == "missing"), []).append(error)
    return groups


def _meant(written: str | None, missing: str | int) -> bool:
    """Whether an unknown key is the missing one, misspelt."""
    return written is not None and nearest(written, [str(missing)]) is not None


@dataclass(frozen=True, slots=True)
class _Teller:
    """Turns the errors of one place into the diagnostic of that place."""

    document: Written
    envelope: type[Envelope]

    def tell(self, path: Path, errors: Sequence[_Error]) -> Iterator[Diagnostic]:
        """What to say of one place; nothing of a secret that ``secrets.written_out`` tells of."""
        if (secret := _secret(path, errors[0])) is None:
            yield self._of(path, errors)
        elif not issued(secret):
            yield LiteralSecret(mark=self.document.mark(path, key=errors[0].key))

    def _of(self, path: Path, errors: Sequence[_Error]) -> Diagnostic:
        match errors[0].type:
            case "extra_forbidden":
                return self._unknown_key(path)
            case "missing":
                mark = self.document.mark(path[:-1], key=True)
                return MissingKey(mark=mark, key=str(path[-1]), place=self._place(path[:-1]))
            case "too_short":
                return Empty(mark=self.document.mark(path), key=str(path[-1]))
        return self._wrong(path, errors)

    def _wrong(self, path: Path, errors: Sequence[_Error]) -> Diagnostic:
        mark = self.document.mark(path, key=errors[0].key)
        first = errors[0]
        found = shown(first.value)
        if path == ("apiVersion",):
            return UnsupportedVersion(mark=mark, found=found)
        if len(errors) == 1 and first.type == "literal_error":
            word = first.value if isinstance(first.value, str) else ""
            return NotAChoice(mark=mark, found=found, known=_words(first), word=word)
        expected = " or ".join(dict.fromkeys(_expected(error) for error in errors))
        remedy = _remedy(expected, first.value)
        if all(error.type in _SHAPES for error in errors):
            return WrongShape(mark=mark, expected=expected, found=found, remedy=remedy)
        return WrongValue(mark=mark, expected=expected, found=found, remedy=remedy)

    def _unknown_key(self, path: Path) -> Diagnostic:
        key = str(path[-1])
        known = _keys(_type_at(self.envelope, path[:-1]))
        belongs = "" if nearest(key, known) else self._home_of(key)
        place = self._place(path[:-1])
        mark = self.document.mark(path, key=True)
        return UnknownKey(mark=mark, key=key, known=known, place=place, belongs=belongs)

    def _home_of(self, key: str) -> str:
        """Where in the envelope a key of this name is at home."""
        for home in ("metadata", "spec"):
            if key in _keys(_type_at(self.envelope, (home,))):
                return home
        return ""

    def _place(self, path: Path) -> str:
        """The place in the words of the document: ``spec.stages.qualify``."""
        steps: list[str] = []
        tree: Any = self.document.tree
        for step in path:
            tree = tree[step]
            steps.append(str(step) if isinstance(step, str) else _name_of(tree, step))
        return ".".join(steps)


def _secret(path: Path, error: _Error) -> str | None:
    """The wrong value (or unknown key) where it may be a secret."""
    text = path[-1] if path and error.type == "extra_forbidden" else error.value
    if not isinstance(text, str):
        return None
    bare = path[-1:] == ("token",) and error.type in _SHAPES
    return text if bare or issued(text) or ("token" in path and opaque(text)) else None


def _name_of(member: object, index: int) -> str:
    name = member.get("key", member.get("email")) if isinstance(member, dict) else None
    return name if isinstance(name, str) and name else str(index + 1)


def shown(value: object) -> str:
    """A value as a message names it; what may be a secret is not repeated."""
    match value:
        case None:
            return "nothing"
        case bool():
            return "true" if value else "false"
        case str():
            return "this text" if opaque(value) else quoted(value)
        case Mapping():
            return "keys and values"
    return "a list"


def _words(error: _Error) -> tuple[str, ...]:
    """The words that a Literal knows, from pydantic's ``'open', 'won' or 'lost'``."""
    return tuple(re.findall(r"'([^']*)'", str(error.facts.get("expected", ""))))


def _expected(error: _Error) -> str:
    if error.type in _SHAPES:
        return _SHAPES[error.type]
    match error.type:
        case "ixia_scalar":
            return str(error.facts["what"])
        case "bool_type":
            return "true or false"
        case "literal_error":
            return " or ".join(map(quoted, _words(error)))
    raise ValueError(f"no words for pydantic's error {error.type}")


def _remedy(expected: str, value: object) -> str:
    """What to write instead, where that is plain to see."""
    if isinstance(value, bool) and expected.startswith("text"):
        return f'write "{str(value).lower()}" in quotes to mean the word'
    if value is None:
        return "write it, or remove the key"
    if not isinstance(value, str) or opaque(value):
        return ""
    if expected == "a list":
        return f"write [{value}]" if re.fullmatch(r"[\w.@ -]+", value) else ""
    return _rewritten(expected, value)


def _rewritten(expected: str, value: str) -> str:
    """The user's own text in the form that is expected."""
    number = re.fullmatch(r"[0-9]+(?:\.[0-9]+)?", value) is not None
    if expected.startswith("a percentage"):
        return f"write {value}%" if number else ""
    if expected.startswith("a duration"):
        return f"add the unit: {value} days, {value} business hours" if number else ""
    if expected == "true or false" and (word := _TRUTH.get(value.lower())):
        return f"write {word}, without quotes"
    if expected.startswith(("a name", "a key", "a field name")):
        dash = "-" if expected.startswith("a name") else "_"
        word = re.sub(r"[^a-z0-9]+", dash, value.lower()).strip("-_")
        return f"write {word}" if word and word != value else ""
    return ""


_TRUTH = {"yes": "true", "on": "true", "true": "true", "y": "true"} | {
    "no": "false",
    "off": "false",
    "false": "false",
    "n": "false",
}


def _keys(declared: object) -> tuple[str, ...]:
    """The keys that a declaration has."""
    if isinstance(declared, type) and issubclass(declared, BaseModel):
        return tuple(info.alias or name for name, info in declared.model_fields.items())
    return ()


def _type_at(declared: object, path: Path) -> object:
    """The type that is declared for a path below a declaration; None where there is none."""
    for step in path:
        declared = next(_below(declared, step), None)
    return _one(declared)


def _below(declared: object, step: str | int) -> Iterator[object]:
    for branch in _branches(declared):
        if isinstance(branch, type) and issubclass(branch, BaseModel):
            for name, info in branch.model_fields.items():
                if step == (info.alias or name):
                    yield info.annotation
        elif arguments := typing.get_args(branch):
            yield arguments[0] if isinstance(step, int) else arguments[-1]


def _one(declared: object) -> type[BaseModel] | None:
    """The declaration among the branches of a type."""
    for branch in _branches(declared):
        if isinstance(branch, type) and issubclass(branch, BaseModel):
            return branch
    return None


def _branches(declared: object) -> Iterable[object]:
    """The types that a type may mean, without None and annotations."""
    origin = typing.get_origin(declared)
    if origin is typing.Annotated:
        return _branches(typing.get_args(declared)[0])
    if origin in (typing.Union, types.UnionType):
        return [
            each
            for argument in typing.get_args(declared)
            if argument is not type(None)
            for each in _branches(argument)
        ]
    return [declared]

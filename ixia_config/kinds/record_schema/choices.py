"""What can be wrong with the choices of a field: twins, placeholders, retired values."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ixia_config.codes import Diagnostic
from ixia_config.kinds.policy import Policy
from ixia_config.kinds.record_schema.codes.governance import LookalikeChoices, PlaceholderChoice
from ixia_config.kinds.record_schema.codes.structure import DuplicateChoice, RetiredChoiceStays
from ixia_config.kinds.record_schema.spec import Choice, Field, RecordSchema
from ixia_config.model import Path

_PLACEHOLDER = re.compile(
    r"-*\s*(?:please\s+)?(?:select|choose|pick)(?:\s+(?:one|a value|an option))?\s*(?:\.{3}|-*)"
    r"|\W+|-+\s*none\s*-+|n/a|tbd|tba|todo|xxx+|not (?:set|applicable|specified)",
    re.IGNORECASE,
)


def choices(policy: Policy[RecordSchema], path: Path, field: Field) -> Iterator[Diagnostic]:
    """Everything that is wrong with the choices of one field."""
    yield from _twins(policy, path, field)
    yield from _retired(policy, path, field)
    for index, choice in enumerate(field.choices):
        listed = choice.value in field.placeholders
        if choice.active and not listed and _PLACEHOLDER.fullmatch(choice.value.strip()):
            mark = policy.mark(*path, "choices", index)
            yield PlaceholderChoice(mark=mark, choice=choice.value)


def _twins(policy: Policy[RecordSchema], path: Path, field: Field) -> Iterator[Diagnostic]:
    exact: set[str] = set()
    loose: dict[str, str] = {}
    for index, choice in enumerate(field.choices):
        here = (*path, "choices", index)
        double = _known(choice, exact)
        if double is not None:
            yield DuplicateChoice(mark=policy.mark(*here), choice=double)
            continue
        exact |= {choice.value, choice.title or choice.value}
        twin = loose.setdefault(_loosely(choice.value), choice.value)
        if twin != choice.value:
            yield LookalikeChoices(mark=policy.mark(*here), choice=choice.value, other=twin)


def _known(choice: Choice, exact: set[str]) -> str | None:
    """The value or title that another choice has already."""
    return next((text for text in (choice.value, choice.title) if text in exact), None)


def _loosely(value: str) -> str:
    """What is left of a value without case, spaces and punctuation; its text if nothing is."""
    return re.sub(r"[\W_]+", "", value).casefold() or value


def _retired(policy: Policy[RecordSchema], path: Path, field: Field) -> Iterator[Diagnostic]:
    known = tuple(choice.value for choice in field.choices)
    for old, new in field.retired_choices.items():
        here = (*path, "retired_choices", old)
        if old in known:
            mark = policy.mark(*here, key=True)
            yield RetiredChoiceStays(mark=mark, choice=old, stays=True)
        if new not in known:
            mark = policy.mark(*here)
            yield RetiredChoiceStays(mark=mark, choice=new, stays=False, known=known)

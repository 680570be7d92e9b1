"""Conditions inside policies: typed against the declared fields, problems placed in the YAML."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from ixia_config.codes import Diagnostic
from ixia_config.kinds.envelope import Envelope
from ixia_config.kinds.places import within
from ixia_config.kinds.policy import Configuration, Policy
from ixia_config.kinds.record_schema.codes.governance import InactiveChoice
from ixia_config.kinds.record_schema.spec import Field, RecordSchema
from ixia_config.model import Path
from ixia_config.rules import Catalogue, Fields, FieldType, Problem, Typed, read
from ixia_config.rules import Field as Typing
from ixia_config.rules.codes.names import UnknownChoice


def catalogue(configuration: Configuration) -> Catalogue:
    """What conditions may speak of: every field of every record type, with every choice ever."""
    return configuration.derive(_everything)


def condition(
    policy: Policy[Envelope], path: Path, configuration: Configuration, record: str
) -> tuple[Typed | None, tuple[Diagnostic, ...]]:
    """The condition at a path of a policy, and what is wrong with it.

    Nothing is wrong where the record type is not declared: that is said of its name, once.
    """
    text = _text(policy, path)
    known = catalogue(configuration)
    if record not in known.records:
        return None, ()
    typed, problems = read(text, known, record)
    problems = (*problems, *_inactive(text, configuration, record, problems))
    if not problems:
        return typed, ()
    place = within(policy.document, path, text)
    return typed, tuple(problem.at(place) for problem in problems)


def _text(policy: Policy[Envelope], path: Path) -> str:
    value: object = policy.document.tree
    for step in path:
        value = value[step]  # type: ignore[index]  # the typed policy has this path
    return str(value)


def _inactive(
    text: str, configuration: Configuration, record: str, problems: tuple[Problem, ...]
) -> Iterator[Problem]:
    """Choices that exist, but are offered no more; unless the condition has errors as it is."""
    if any(problem.fatal for problem in problems) or not configuration.derive(_has_inactive):
        return
    for problem in read(text, configuration.derive(_offered), record)[1]:
        match problem.diagnostic:
            case UnknownChoice(value=choice):
                yield replace(problem, diagnostic=InactiveChoice(choice=choice))


def _everything(configuration: Configuration) -> Catalogue:
    return Catalogue(_records(configuration, offered=False), configuration.lists)


def _offered(configuration: Configuration) -> Catalogue:
    return Catalogue(_records(configuration, offered=True), configuration.lists)


def _has_inactive(configuration: Configuration) -> bool:
    return _records(configuration, offered=True) != catalogue(configuration).records


def _records(configuration: Configuration, *, offered: bool) -> Mapping[str, Fields]:
    return {
        schema.name: {
            name: _field(field, offered=offered) for name, field in schema.body.spec.fields.items()
        }
        for schema in configuration.of(RecordSchema)
    }


def _field(field: Field, *, offered: bool) -> Typing:
    choices = [choice.value for choice in field.choices if choice.active or not offered]
    gone = () if offered else tuple(field.retired_choices)
    title, kind = field.title or "", FieldType(field.type)
    return Typing(kind, (*choices, *gone), field.to or "", title, field.sensitive)

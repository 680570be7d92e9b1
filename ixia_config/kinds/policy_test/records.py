"""What is wrong with a record that somebody wrote, at the place where it stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from ixia_config.codes import Diagnostic
from ixia_config.kinds.conditions import catalogue
from ixia_config.kinds.directory.codes.references import UnknownPerson
from ixia_config.kinds.directory.decide import roster
from ixia_config.kinds.overlay import Written
from ixia_config.kinds.policy import Configuration
from ixia_config.model import Path
from ixia_config.rules import FieldType, RecordProblem, normalise
from ixia_config.rules.codes.names import UnknownField


def problems(
    document: Written,
    path: Path,
    values: Mapping[str, Any],
    configuration: Configuration,
    name: str,
) -> Iterator[Diagnostic]:
    """Unknown fields, wrong values and unknown people of a record of a declared type."""
    try:
        normalise(values, catalogue(configuration), name)
    except RecordProblem as problem:
        for field, diagnostic in problem.found:
            unknown = isinstance(diagnostic, UnknownField)
            mark = document.mark((*path, *field.split(".")), key=unknown)
            yield replace(diagnostic, mark=mark)
    yield from _strangers(document, path, values, configuration, name)


def _strangers(
    document: Written,
    path: Path,
    values: Mapping[str, Any],
    configuration: Configuration,
    name: str,
) -> Iterator[Diagnostic]:
    """People whom no Directory knows; nothing to say where none is kept."""
    people, records = roster(configuration), catalogue(configuration).records
    for key, value in values.items():
        field = records.get(name, {}).get(key)
        if field is None or not people.declared:
            continue
        if field.type is FieldType.PERSON and isinstance(value, str) and value:
            if people.person(value) is None:
                known = tuple(each.email for each in people.people.values())
                yield UnknownPerson(mark=document.mark((*path, key)), name=value, known=known)
        elif field.type is FieldType.REFERENCE and isinstance(value, Mapping):
            yield from _strangers(document, (*path, key), value, configuration, field.to)

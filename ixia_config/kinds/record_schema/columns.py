"""Which column of a file holds which field: by the field's name, its title, or a target's name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from ixia_config.codes import Diagnostic
from ixia_config.kinds.record_schema.codes.incoming import ColumnTwice, UnknownColumn
from ixia_config.kinds.record_schema.spec import Field, RecordSchema

ID = "id"
"""The name under which a record's identity is meant where no field is called so."""

_NOT_WORD = re.compile(r"[^0-9a-z.]+")


@dataclass(frozen=True, slots=True)
class Columns:
    """``fields`` has the field of each heading that has one; ``ignored`` are the other headings.

    ``told`` are those fields, and the references of which some field is told.
    """

    fields: Mapping[str, str] = field(default_factory=dict)
    ignored: tuple[str, ...] = ()
    problems: tuple[Diagnostic, ...] = ()
    told: frozenset[str] = frozenset()

    @property
    def headings(self) -> Mapping[str, str]:
        """The heading of each field."""
        return {name: heading for heading, name in self.fields.items()}


class Naming:
    """What the fields of a record type may be called; related ones are ``account.segment``."""

    def __init__(
        self, record: str, schemas: Mapping[str, RecordSchema], declared: Mapping[str, str]
    ) -> None:
        self.fields = dict(_fields(record, schemas))
        self.declared = declared
        names = [record, *(each.object or "" for each in schemas[record].spec.external.values())]
        self._calls = _calls(self.fields, schemas[record], names)

    def columns(self, headings: Sequence[str]) -> Columns:
        """The field of each heading; problems where two headings are for one field."""
        found = {heading: self.field(heading) for heading in headings}
        fields = {heading: name for heading, name in found.items() if name is not None}
        ignored = tuple(heading for heading, name in found.items() if name is None)
        told = {*fields.values(), *(name.partition(".")[0] for name in fields.values())}
        return Columns(fields, ignored, tuple(_twice(fields)), frozenset(told))

    def field(self, heading: str) -> str | None:
        """The field that a heading means; None for one that means none."""
        if heading in self.declared:
            return self.declared[heading]
        plain = heading.partition("#")[0] if heading.rpartition("#")[2].isdecimal() else heading
        found = self._found(plain.strip())
        return None if found in self.declared.values() else found

    def _found(self, heading: str) -> str | None:
        if heading in self.fields:
            return heading
        word = folded(heading)
        return next((calls[word] for calls in self._calls if word in calls), None)

    def unknown(self, headings: Sequence[str]) -> Iterator[Diagnostic]:
        """Columns and fields that the options name and that are not there."""
        for heading, name in self.declared.items():
            if heading not in headings:
                yield UnknownColumn(what="column", name=heading, known=tuple(headings))
            if name not in self.fields and name != ID:
                yield UnknownColumn(what="field", name=name, known=tuple(self.fields))


def folded(heading: str) -> str:
    """``Close Date``, ``close_date`` and ``CloseDate`` are one heading."""
    return _NOT_WORD.sub("", heading.casefold())


def _fields(
    record: str, schemas: Mapping[str, RecordSchema], depth: int = 0
) -> Iterator[tuple[str, Field]]:
    """Every field, and those of related records one reference deep."""
    for name, declared in schemas[record].spec.fields.items():
        yield name, declared
        if not depth and declared.to is not None and declared.to in schemas:
            for inner, each in _fields(declared.to, schemas, depth + 1):
                yield f"{name}.{inner}", each


def _calls(
    fields: Mapping[str, Field], schema: RecordSchema, names: Iterable[str]
) -> tuple[Mapping[str, str], ...]:
    """What headings are tried as, in order: a name, a target's name, a title, an identity."""
    external = [
        (name, each) for one in schema.spec.external.values() for name, each in one.fields.items()
    ]
    titles = [(name, each.title) for name, each in fields.items() if each.title and "." not in name]
    own = [(name, name) for name in fields]
    ids = {folded(f"{name} id") for name in names if name} | {ID, "recordid"}
    identity = {} if ID in fields else dict.fromkeys(ids, ID)
    return (_clear(own), _clear(external), _clear(titles), identity)


def _clear(pairs: Iterable[tuple[str, str]]) -> Mapping[str, str]:
    """Field by word; a word that two fields share means neither."""
    found: dict[str, set[str]] = {}
    for name, word in pairs:
        found.setdefault(folded(word), set()).add(name)
    return {word: names.pop() for word, names in found.items() if len(names) == 1}


def _twice(fields: Mapping[str, str]) -> Iterator[Diagnostic]:
    by_field: dict[str, list[str]] = {}
    for heading, name in fields.items():
        by_field.setdefault(name, []).append(heading)
    for name, headings in by_field.items():
        if len(headings) > 1:
            yield ColumnTwice(field=name, headings=tuple(headings))

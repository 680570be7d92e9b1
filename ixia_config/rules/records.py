"""Records as conditions read them: text and plain values become exact, typed values or problems."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from types import MappingProxyType

from ixia_config.codes import Diagnostic
from ixia_config.rules import values
from ixia_config.rules.catalogue import Catalogue, Field, FieldType
from ixia_config.rules.codes.names import UnknownChoice, UnknownField
from ixia_config.rules.codes.types import WrongValue
from ixia_config.rules.describe import kind


class RecordProblem(Exception):  # noqa: N818  # a problem of the user's data, not of the program
    """Everything that is wrong with one record: the path of each value and its diagnostic."""

    def __init__(self, found: tuple[tuple[str, Diagnostic], ...]) -> None:
        super().__init__("; ".join(str(diagnostic) for _, diagnostic in found))
        self.found = found

    @property
    def codes(self) -> tuple[str, ...]:
        """The code of each problem."""
        return tuple(diagnostic.code for _, diagnostic in self.found)


def normalise(record: Mapping[str, object], catalogue: Catalogue, name: str) -> dict[str, object]:
    """Every declared field with an exact value or None; RecordProblem with all that is wrong."""
    found: list[tuple[str, Diagnostic]] = []
    result = _record(record, catalogue, name, "", found)
    if found:
        raise RecordProblem(tuple(found))
    return result


def value_at(record: Mapping[str, object], path: str) -> object:
    """The value of a field, or of a related record's; None where there is none."""
    value: object = record
    for step in path.split("."):
        value = value.get(step) if isinstance(value, Mapping) else None
    return value


_DEEPEST = 16

_Problems = list[tuple[str, Diagnostic]]


def _record(
    record: Mapping[str, object], catalogue: Catalogue, name: str, at: str, found: _Problems
) -> dict[str, object]:
    fields = catalogue.records[name]
    for extra in sorted(set(record) - set(fields)):
        known = tuple(sorted(fields))
        found.append((at + extra, UnknownField(name=extra, record=name, known=known)))
    return {
        key: _field(at + key, declared, record.get(key), catalogue, found)
        for key, declared in fields.items()
    }


def _field(
    path: str, declared: Field, value: object, catalogue: Catalogue, found: _Problems
) -> object:
    if value is None or value in ("", (), []):
        return None
    if declared.type is FieldType.REFERENCE:
        return _reference(path, declared, value, catalogue, found)
    exact = _READERS[declared.type](value)
    if exact is None:
        found.append((path, _wrong(path, declared.type, value)))
        return None
    found.extend((path, problem) for problem in _foreign(path, declared, exact))
    return exact


def _reference(
    path: str, declared: Field, value: object, catalogue: Catalogue, found: _Problems
) -> object:
    """A related record: its fields, or just its name, of which only its presence is known."""
    if path.count(".") > _DEEPEST:
        found.append((path, _wrong(path, declared.type, "a chain of records without end")))
        return None
    if isinstance(value, Mapping) and declared.to in catalogue.records:
        return _record(value, catalogue, declared.to, path + ".", found)
    if isinstance(value, Mapping):
        return dict(value)
    if _text(value) is None:
        found.append((path, _wrong(path, declared.type, value)))
    return dict.fromkeys(catalogue.records.get(declared.to, {}))


def _foreign(path: str, declared: Field, exact: object) -> Iterator[Diagnostic]:
    """Choices that the field does not have."""
    if declared.type not in (FieldType.CHOICE, FieldType.CHOICES) or not declared.choices:
        return
    for value in exact if isinstance(exact, tuple) else (exact,):
        if value not in declared.choices:
            yield UnknownChoice(value=str(value), field=path, known=declared.choices)


def _wrong(path: str, of: FieldType, value: object) -> WrongValue:
    shown = repr(value) if isinstance(value, str) else str(value)
    advice = _ADVICE.get(of, "give the value as text")
    return WrongValue(field=path, value=shown[:80], kind=kind(of), advice=advice)


def _text(value: object) -> str | None:
    """Text that every system can hold: no NUL, no half of a surrogate pair."""
    if not isinstance(value, str) or "\0" in value:
        return None
    return None if any("\ud800" <= character <= "\udfff" for character in value) else value


def _texts(value: object) -> tuple[str, ...] | None:
    given = value.split(";") if isinstance(value, str) else value
    if not isinstance(given, list | tuple):
        return None
    found = [_text(each.strip() if isinstance(each, str) else each) for each in given]
    known = tuple(dict.fromkeys(each for each in found if each))
    return known if all(found) else None


def _number(value: object) -> Decimal | None:
    if isinstance(value, str):
        return values.number(value.strip())
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        return None
    exact = Decimal(value)
    if not exact.is_finite() or abs(exact.adjusted()) > values.DIGITS:
        return None
    return values.number(f"{exact:f}")


def _integer(value: object) -> int | None:
    exact = _number(value)
    if exact is None or exact != exact.to_integral_value():
        return None
    return int(exact)


def _percent(value: object) -> Decimal | None:
    """``10%``; a bare fraction below 1 is taken as one, a bare 10 could be 10 % or 1000 %."""
    if not isinstance(value, str):
        return _number(value)
    share = values.percent(value.strip())
    if share is not None:
        return share
    bare = values.number(value.strip())
    return bare if bare is not None and abs(bare) < 1 else None


def _boolean(value: object) -> bool | None:
    if isinstance(value, str):
        return {"true": True, "false": False}.get(value.strip().lower())
    return value if isinstance(value, bool) else None


def _date(value: object) -> date | None:
    if isinstance(value, str):
        return values.day(value.strip())
    return value if isinstance(value, date) and not isinstance(value, datetime) else None


def _datetime(value: object) -> datetime | None:
    if isinstance(value, str):
        return values.instant(value.strip())
    if not isinstance(value, datetime) or value.tzinfo is None:
        return None
    return values.instant(value.isoformat())


def _duration(value: object) -> timedelta | None:
    if isinstance(value, str):
        return values.duration(value.strip())
    return value if isinstance(value, timedelta) and abs(value) <= values.LONGEST else None


_READERS: Mapping[FieldType, Callable[[object], object]] = MappingProxyType(
    {
        FieldType.TEXT: _text,
        FieldType.INTEGER: _integer,
        FieldType.DECIMAL: _number,
        FieldType.MONEY: _number,
        FieldType.PERCENT: _percent,
        FieldType.BOOLEAN: _boolean,
        FieldType.DATE: _date,
        FieldType.DATETIME: _datetime,
        FieldType.DURATION: _duration,
        FieldType.CHOICE: _text,
        FieldType.CHOICES: _texts,
        FieldType.PERSON: _text,
    }
)
_ADVICE = MappingProxyType(
    {
        FieldType.INTEGER: "write plain digits, such as 1200",
        FieldType.DECIMAL: "write plain digits, such as 12.5",
        FieldType.MONEY: "write plain digits, such as 50000.00",
        FieldType.PERCENT: "write it with its sign, such as 25%",
        FieldType.BOOLEAN: "write true or false",
        FieldType.DATE: "write it like 2026-01-31",
        FieldType.DATETIME: "write it with its zone, like 2026-01-31T09:00:00Z",
        FieldType.DURATION: "write it like 21 days or 90 minutes",
        FieldType.CHOICES: "write a list, or values divided by semicolons",
    }
)

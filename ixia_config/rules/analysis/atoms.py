"""Which tests of a condition belong to one dimension, and the dimensions they make."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from ixia_config.rules import nodes
from ixia_config.rules.analysis.axis import Axis, Cell, cut_points, listed, ordered
from ixia_config.rules.analysis.findings import Domain
from ixia_config.rules.analysis.texts import choices_values, text_values
from ixia_config.rules.catalogue import FieldType
from ixia_config.rules.classes import subject
from ixia_config.rules.describe import excerpt, family
from ixia_config.rules.nodes import (
    Clock,
    Compare,
    Constant,
    Equal,
    Equality,
    FieldValue,
    In,
    Not,
    Order,
    Size,
    Test,
    Value,
    within,
)
from ixia_config.rules.typed import Typed

Path = tuple[str, ...]
_ORDERED = frozenset({"number", "money", "percent", "date", "datetime", "duration"})


def atoms(test: Test) -> Iterator[Test]:
    """The tests that AND, OR and NOT join; two conditions that are compared are taken apart."""
    waiting = [test]
    while waiting:
        match waiting.pop():
            case Not(operand=operand):
                waiting.append(operand)
            case nodes.All(operands=operands) | nodes.Any(operands=operands):
                waiting.extend(reversed(operands))
            case Equal(left=left, right=right) as found if compound(found):
                waiting += [each for each in (right, left) if isinstance(each, Test)]
            case found:
                yield found


def compound(test: Test) -> bool:
    """Whether a test joins others, by AND, OR, NOT or by comparing two conditions."""
    if isinstance(test, Equal):
        return isinstance(test.left, Test) and isinstance(test.right, Test)
    return isinstance(test, Not | nodes.All | nodes.Any)


def constant(test: Test) -> bool:
    """Whether a test asks nothing of the record or the clock."""
    return not any(isinstance(node, FieldValue | Clock) for node in within(test))


def compared(test: Test) -> Value | None:
    """What is compared with constants by its order; None where a test does something else."""
    match test:
        case Equal() | Compare():
            sides = (test.left, test.right)
            left = next((each for each in sides if not isinstance(each, Constant)), None)
            fixed = any(isinstance(each, Constant) for each in sides)
        case In(subject=left, source=tuple() as options):
            fixed = all(isinstance(each, Constant) for each in options)
        case _:
            return None
    if left is None or isinstance(left, Test) or not fixed or family(left.type) not in _ORDERED:
        return None
    return left


def pair(test: Test) -> tuple[Value, Value] | None:
    """Two ordered values that are compared with each other."""
    match test:
        case Equal(left=left, right=right) | Compare(left=left, right=right):
            if isinstance(left, Test) or isinstance(right, Test):
                return None
            if isinstance(left, Constant) or isinstance(right, Constant):
                return None
            return (left, right) if family(left.type) in _ORDERED else None
        case _:
            return None


@dataclass
class Sorted:
    """Tests by the dimension they belong to, each with the text it stands in."""

    fields: dict[Path, dict[Test, str]] = field(default_factory=dict)
    derived: dict[Value, dict[Test, str]] = field(default_factory=dict)
    pairs: dict[tuple[Value, Value], dict[Test, str]] = field(default_factory=dict)
    opaque: dict[Test, str] = field(default_factory=dict)

    def put(self, test: Test, text: str) -> None:
        """Sort one test."""
        path = subject(test)
        value, sides = compared(test), pair(test)
        if path is not None and not _measured(value):
            self.fields.setdefault(path, {})[test] = text
        elif value is not None:
            self.derived.setdefault(value, {})[test] = text
        elif sides is not None:
            known = (sides[1], sides[0]) if (sides[1], sides[0]) in self.pairs else sides
            self.pairs.setdefault(known, {})[test] = text
        else:
            self.opaque[test] = text


def _measured(value: Value | None) -> bool:
    """Whether the length of a text is asked, which is read apart from its letters."""
    if isinstance(value, Size) and isinstance(value.subject, FieldValue):
        return value.subject.type is not FieldType.CHOICES
    return False


def dimensions(
    conditions: Iterable[Typed], domain: Domain, apart: frozenset[Test]
) -> tuple[Axis, ...]:
    """The dimensions of these conditions; a condition in ``apart`` is one of its own."""
    found = Sorted()
    seen: dict[Test, str] = {}
    for typed in conditions:
        if apart and typed.root in apart:
            found.opaque[typed.root] = typed.text
            continue
        for test in atoms(typed.root):
            seen.setdefault(test, typed.text)
    for test, text in seen.items():
        if not constant(test):
            found.put(test, text)
    return (*_fields(found, domain), *_others(found))


def _fields(found: Sorted, domain: Domain) -> Iterator[Axis]:
    for path, tests in found.fields.items():
        declared = field_of(next(iter(tests)))
        if family(declared.type) in _ORDERED:
            reads = frozenset({path})
            near = _near(domain, path)
            yield ordered(declared.name, path, declared.type, tests, reads, near, declared)
        else:
            yield from _listed(found, declared, tests, domain)


def _listed(
    found: Sorted, declared: FieldValue, tests: Mapping[Test, str], domain: Domain
) -> Iterator[Axis]:
    """A field without order; tests that cannot be read together are dimensions of their own."""
    optional = declared.name not in _near(domain, declared.path).required
    values = _values(declared, tests)
    if values is None:
        plain = {test: text for test, text in tests.items() if _simple(test)}
        values = _values(declared, plain) if declared.type is not FieldType.CHOICES else None
        for test, text in tests.items():
            if values is None or test not in plain:
                _alone(found, test, text)
        tests = plain
    if values is not None:
        yield listed(declared, declared.name, tests, values, optional=optional)


def _alone(found: Sorted, test: Test, text: str) -> None:
    value = compared(test)
    if value is None:
        found.opaque[test] = text
    else:
        found.derived.setdefault(value, {})[test] = text


def _simple(test: Test) -> bool:
    """A test of the field's own letters."""
    return not any(isinstance(node, Size | nodes.Lower) for node in within(test))


def _values(
    declared: FieldValue, tests: Mapping[Test, str]
) -> tuple[tuple[object, str], ...] | None:
    if declared.type is FieldType.REFERENCE:
        return (({}, "known"),)
    if declared.type is FieldType.CHOICES:
        return choices_values(declared, tuple(tests))
    return text_values(declared, tuple(tests))


def _near(domain: Domain, path: Path) -> Domain:
    """The same domain; a related record's required field may be missing, as the record may."""
    if len(path) == 1 or all(".".join(path[:n]) in domain.required for n in range(1, len(path))):
        return domain
    return replace(domain, required=domain.required - {".".join(path)})


def field_of(test: Test) -> FieldValue:
    """The field that a test of one field reads."""
    return next(node for node in within(test) if isinstance(node, FieldValue))


def reads_of(node: Test | Value) -> frozenset[Path]:
    """The fields that a test or a value reads."""
    return frozenset(each.path for each in within(node) if isinstance(each, FieldValue))


def _others(found: Sorted) -> Iterator[Axis]:
    for value, tests in found.derived.items():
        name = excerpt(next(iter(tests.values())), value.span)
        yield ordered(name, (), value.type, tests, reads_of(value), _own(value, name))
    for sides, tests in found.pairs.items():
        yield _pair(sides, tests)
    for test, text in found.opaque.items():
        cells = tuple(Cell(word, word) for word in ("does not hold", "holds"))
        name = f"({excerpt(text, test.span)})"
        yield Axis(name, (), FieldType.BOOLEAN, cells, {test: 0b10}, reads_of(test))


def _own(value: Value, name: str) -> Domain:
    """What is known of a calculated value: a clock always has one, a length is at least 1."""
    return Domain(
        required=frozenset({name}) if isinstance(value, Clock) else frozenset(),
        minimum={name: 1} if isinstance(value, Size) else {},
    )


PAIRED = ("both missing", "one missing", "below", "equal", "above")


def _pair(sides: tuple[Value, Value], tests: Mapping[Test, str]) -> Axis:
    text = next(iter(tests.values()))
    left = excerpt(text, sides[0].span)
    name = f"{left} against {excerpt(text, sides[1].span)}"
    cells = tuple(Cell(word, word) for word in PAIRED)
    masks = {test: _pair_mask(test, sides[0]) for test in tests}
    return Axis(name, (), FieldType.TEXT, cells, masks, reads_of(sides[0]) | reads_of(sides[1]))


def _pair_mask(test: Test, left: Value) -> int:
    match test:
        case Equal(relation=relation):
            return 0b01001 if relation is Equality.SAME else 0b10110
        case Compare(order=order, left=first):
            mask = _ORDER_MASKS[order]
            return mask if first == left else (mask & 0b01000) | _mirrored(mask)
        case _:
            raise AssertionError("only comparisons are paired")


_ORDER_MASKS = {
    Order.LESS: 0b00100,
    Order.AT_MOST: 0b01100,
    Order.GREATER: 0b10000,
    Order.AT_LEAST: 0b11000,
}


def _mirrored(mask: int) -> int:
    return (mask & 0b00100) << 2 | (mask & 0b10000) >> 2


__all__ = [
    "atoms",
    "compound",
    "constant",
    "cut_points",
    "dimensions",
    "field_of",
    "pair",
    "reads_of",
]

"""A CEL runtime that nobody here wrote gives the same answers on records without empty fields.

How it sees our extensions: a percentage is its decimal share, ``known`` of a field that is there is
true, durations are in seconds, dates are midnights in UTC. Numbers come from pools that binary
floating point holds exactly, since CEL has no decimals.
"""

from datetime import UTC, date, datetime, time
from decimal import Decimal
from random import Random

import pytest
from cel_expr_python import cel
from cel_expr_python.ext import ext_strings

from ixia_config.rules import FieldType, read
from ixia_config.rules.parse import parse
from ixia_config.rules.tree import (
    Binary,
    Boolean,
    Call,
    ListOf,
    Logical,
    Name,
    Number,
    Text,
    Unary,
)
from ixia_config.rules.values import duration, percent
from ixia_config.rules.write import quoted
from tests.rules.generated import CATALOGUE, DEAL, NOW, Maker, Pools

EXACT = Pools(
    decimals=tuple(map(Decimal, ("-1.5", "0", "0.25", "0.5", "1.125", "20", "999.75", "50000"))),
    percents=tuple(map(Decimal, ("0", "0.125", "0.25", "0.5", "1", "-0.25"))),
    dates=(date(2024, 2, 29), date(2026, 11, 23), date(2026, 12, 23)),
    instants=(datetime(2024, 2, 29, 23, 59, 59, tzinfo=UTC), NOW),
)
TYPES = {
    **dict.fromkeys(("text", "choice", "person"), cel.Type.STRING),
    **dict.fromkeys(("integer", "decimal", "money", "percent"), cel.Type.DOUBLE),
    "choices": cel.Type.List(cel.Type.STRING),
    "boolean": cel.Type.BOOL,
    "date": cel.Type.TIMESTAMP,
    "datetime": cel.Type.TIMESTAMP,
    "duration": cel.Type.DURATION,
}
ROUNDS = 1_500
RECORDS = 16


def in_cel(node):
    """A condition of ours as plain CEL."""
    match node:
        case Number(text=text):
            share = percent(text)
            return str(float(text if share is None else share))
        case Text(value=value):
            return quoted(value)
        case Boolean(value=value):
            return str(value).lower()
        case Name(parts=parts):
            return "__".join(parts)
        case ListOf(members=members):
            return f"[{', '.join(map(in_cel, members))}]"
        case Call():
            return call(node)
        case Unary(operator=operator, operand=operand):
            return f"({operator}{in_cel(operand)})"
        case Binary(operator=operator, left=left, right=right):
            return f"({in_cel(left)} {operator} {in_cel(right)})"
        case Logical(operator=operator, operands=operands):
            return "(" + f" {operator} ".join(map(in_cel, operands)) + ")"


def call(node):
    arguments = [in_cel(argument) for argument in node.arguments]
    literal = node.arguments[0].value if isinstance(node.arguments[0], Text) else None
    match node.function:
        case "known":
            return "true"
        case "size":
            return f"double(size({arguments[0]}))"
        case "lower":
            return f"{arguments[0]}.lowerAscii()"
        case "date":
            return f'timestamp("{literal}T00:00:00Z")'
        case "datetime":
            return f'timestamp("{literal}")'
        case "duration":
            return f'duration("{int(duration(literal).total_seconds())}s")'
        case "list":
            file, column = (argument.value for argument in node.arguments)
            return f"[{', '.join(map(quoted, CATALOGUE.lists[file][column]))}]"
        case _:
            return f"{in_cel(node.receiver)}.{node.function}({arguments[0]})"


def names(fields=DEAL, before="", deep=3):
    """Every field and every field of a related record, each as one CEL variable."""
    for name, field in fields.items():
        if field.type is not FieldType.REFERENCE:
            yield before + name, field
        elif deep > 1:
            yield from names(CATALOGUE.records[field.to], f"{before}{name}__", deep - 1)


def for_cel(record):
    return {name: plain(at(record, name.split("__")), field) for name, field in names()}


def at(record, path):
    first, *rest = path
    return at(record[first], rest) if rest else record[first]


def plain(value, field):
    if field.type is FieldType.DATE:
        return datetime.combine(value, time(), UTC)
    if isinstance(value, Decimal | int) and not isinstance(value, bool):
        return float(value)
    return list(value) if isinstance(value, tuple) else value


@pytest.fixture(scope="module")
def environment():
    variables = {name: TYPES[field.type] for name, field in names()}
    variables |= {"now": cel.Type.TIMESTAMP, "today": cel.Type.TIMESTAMP}
    return cel.NewEnv(variables=variables, extensions=[ext_strings.ExtStrings()])


def portable(text):
    """Functions that CEL does not have."""
    return not any(name in text for name in ("div(", "days_between("))


def test_cel_gives_the_same_answers_where_nothing_is_missing(environment):
    maker = Maker(Random(42), EXACT)
    records = [maker.record(empty=0, deep=2) for _ in range(RECORDS)]
    clock = {"now": NOW, "today": datetime.combine(NOW.date(), time(), UTC)}
    given = [for_cel(record) | clock for record in records]
    answers = []

    for text in filter(portable, (maker.condition() for _ in range(ROUNDS))):
        condition, _ = read(text, CATALOGUE, "deal")
        oracle = environment.compile(in_cel(parse(text)))
        for record, data in zip(records, given, strict=True):
            answers.append(condition.evaluate(record, NOW))
            assert oracle.eval(data=data).value() is answers[-1], text

    assert len(answers) > 15_000
    assert 0.2 < sum(answers) / len(answers) < 0.8

"""A tree back to text, with the fewest brackets that keep its meaning and no trap."""

from __future__ import annotations

from ixia_config.rules.tree import (
    RELATIONS,
    Binary,
    Boolean,
    Call,
    Expression,
    ListOf,
    Logical,
    Name,
    Number,
    Text,
    Unary,
)

_ATOM = 7
_POWERS = {"||": 1, "&&": 2, "+": 4, "-": 4, "*": 5}
_RELATION = 3
_UNARY = 6
_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"})


def written(node: Expression) -> str:
    """The text of a condition; parsing it gives an equal tree."""
    match node:
        case Number(text=text):
            return text
        case Text(value=value):
            return quoted(value)
        case Boolean(value=value):
            return "true" if value else "false"
        case Name(parts=parts):
            return ".".join(parts)
        case ListOf(members=members):
            return f"[{_sequence(members)}]"
        case Call():
            return _call(node)
        case Unary(operator=operator, operand=operand):
            return operator + _within(operand, _UNARY)
        case Binary():
            return _binary(node)
        case Logical(operator=operator, operands=operands):
            return f" {operator} ".join(_within(each, _RELATION) for each in operands)


def quoted(value: str) -> str:
    """Text in double quotes."""
    return f'"{value.translate(_ESCAPES)}"'


def _sequence(members: tuple[Expression, ...]) -> str:
    return ", ".join(map(written, members))


def _call(node: Call) -> str:
    receiver = f"{_within(node.receiver, _ATOM)}." if node.receiver else ""
    return f"{receiver}{node.function}({_sequence(node.arguments)})"


def _binary(node: Binary) -> str:
    power = _power(node)
    # The left side may be of the same power, except in comparisons, which do not chain.
    left = _relation_side(node.left) if node.operator in RELATIONS else _within(node.left, power)
    return f"{left} {node.operator} {_within(node.right, power + 1)}"


def _relation_side(node: Expression) -> str:
    """The left of a comparison: one that starts with ! would be misread without brackets."""
    negated = isinstance(node, Unary) and node.operator == "!"
    return f"({written(node)})" if negated else _within(node, _RELATION + 1)


def _within(node: Expression, power: int) -> str:
    """In brackets, where it binds less than its surroundings."""
    text = written(node)
    return f"({text})" if _power(node) < power else text


def _power(node: Expression) -> int:
    match node:
        case Logical(operator=operator):
            return _POWERS[operator]
        case Binary(operator=operator):
            return _POWERS.get(operator, _RELATION)
        case Unary():
            return _UNARY
        case _:
            return _ATOM

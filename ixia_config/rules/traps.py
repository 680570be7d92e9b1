"""Conditions that are correct CEL and mean something else than most readers think."""

from __future__ import annotations

from ixia_config.rules.codes.grammar import ChainedComparison, MixedLogic, PrecedenceTrap
from ixia_config.rules.describe import excerpt
from ixia_config.rules.problem import Problem
from ixia_config.rules.tree import RELATIONS, Binary, Expression, Logical, Unary

_OPPOSITE = {"==": "!=", "!=": "=="}


def trap(node: Expression, text: str) -> Problem | None:
    """The trap that this node is, if it is one."""
    match node:
        case Binary(operator=operator) if operator in RELATIONS:
            return _chained(node, text) or _negated(node, text)
        case Logical(operator="||"):
            return _mixed(node, text)
        case _:
            return None


def _chained(node: Binary, text: str) -> Problem | None:
    """``1 < x < 3``."""
    inner = node.left
    if not isinstance(inner, Binary) or inner.bracketed or inner.operator not in RELATIONS:
        return None
    first, last = excerpt(text, inner.span), excerpt(text, node.right.span)
    middle = excerpt(text, inner.right.span)
    meant = f"{first} && {middle} {node.operator} {last}"
    return Problem(node.span, ChainedComparison(meant=meant))


def _negated(node: Binary, text: str) -> Problem | None:
    """``!x == "a"``."""
    inner = node.left
    if not isinstance(inner, Unary) or inner.bracketed or inner.operator != "!":
        return None
    written = excerpt(text, inner.operand.span)
    right = excerpt(text, node.right.span)
    meant = f"!({written} {node.operator} {right})"
    if node.operator in _OPPOSITE:
        meant = f"{written} {_OPPOSITE[node.operator]} {right}"
    return Problem(node.span, PrecedenceTrap(written=written, meant=meant))


def _mixed(node: Logical, text: str) -> Problem | None:
    """``a || b && c``."""
    for operand in node.operands:
        if isinstance(operand, Logical) and not operand.bracketed:
            return Problem(operand.span, MixedLogic(written=excerpt(text, operand.span)))
    return None

"""The condition language: one syntax for every policy, exact, typed, and total."""

from ixia_config.rules.catalogue import Catalogue, Field, Fields, FieldType
from ixia_config.rules.compile import compile_python
from ixia_config.rules.parse import parse
from ixia_config.rules.problem import Place, Problem
from ixia_config.rules.records import RecordProblem, normalise, value_at
from ixia_config.rules.tree import RESERVED, Expression, Span, fields_of
from ixia_config.rules.typed import Typed, check, diagnose, read

__all__ = [
    "RESERVED",
    "Catalogue",
    "Expression",
    "Field",
    "FieldType",
    "Fields",
    "Place",
    "Problem",
    "RecordProblem",
    "Span",
    "Typed",
    "check",
    "compile_python",
    "diagnose",
    "fields_of",
    "normalise",
    "parse",
    "read",
    "value_at",
]

"""The type checker: a tree becomes its meaning, or every problem of its names and types."""

from __future__ import annotations

from ixia_config.rules import values
from ixia_config.rules.calculate import calculated, negated
from ixia_config.rules.calls import called, unknown
from ixia_config.rules.catalogue import Catalogue, FieldType
from ixia_config.rules.codes.names import UnknownList
from ixia_config.rules.codes.types import ListMisused, NotACondition
from ixia_config.rules.describe import excerpt, literal, shown
from ixia_config.rules.names import named
from ixia_config.rules.nodes import (
    All,
    Any,
    Constant,
    FieldValue,
    Listing,
    Meaning,
    Not,
    Sign,
    Test,
    Truth,
    Value,
)
from ixia_config.rules.problem import Problem
from ixia_config.rules.relate import compare, equal, member
from ixia_config.rules.traps import trap
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


def meaning_of(
    expression: Expression, text: str, catalogue: Catalogue, record: str
) -> tuple[Test | None, tuple[Problem, ...]]:
    """The meaning of a condition on this record, and every problem found on the way."""
    checker = _Checker(text, catalogue, record)
    root = checker.test(expression)
    fatal = any(problem.fatal for problem in checker.problems)
    return None if fatal else root, tuple(checker.problems)


class _Checker:
    """Walks the tree once; a part that has no meaning is None and its problem is noted."""

    def __init__(self, text: str, catalogue: Catalogue, record: str) -> None:
        self.text = text
        self.catalogue = catalogue
        self.record = record
        self.problems: list[Problem] = []

    def noted(self, result: Meaning | Problem) -> Meaning | None:
        """The meaning, or None with its problem noted."""
        if isinstance(result, Problem):
            self.problems.append(result)
            return None
        return result

    def judged(self, result: Test | Problem) -> Test | None:
        """The test, or None with its problem noted."""
        if isinstance(result, Problem):
            self.problems.append(result)
            return None
        return result

    def note(self, problem: Problem) -> None:
        """A part has no meaning, and this is why."""
        self.problems.append(problem)

    def test(self, node: Expression) -> Test | None:
        """A part that has to be true or false."""
        found = self.meaning(node)
        if found is None or isinstance(found, Test):
            return found
        if found.type is FieldType.BOOLEAN and isinstance(found, FieldValue | Constant):
            return Truth(found.span, found)
        problem = NotACondition(value=shown(self.text, found), advice=self.question(found))
        return self.judged(Problem(found.span, problem))

    def question(self, found: Value) -> str:
        """How the value might be asked about."""
        words = excerpt(self.text, found.span)
        if isinstance(found, FieldValue):
            return f"compare it, or write known({words})"
        if literal(found) is not None:
            return f'to ask for one of several, write field in ["other", {words}]'
        return "compare it with a field"

    def meaning(self, node: Expression, beside: Expression | None = None) -> Meaning | None:
        """The meaning of any part; ``beside`` is what it is compared with."""
        match node:
            case Number() | Text() | Boolean():
                return _constant(node)
            case Name():
                other = self.declared(beside)
                return self.noted(named(node, self.catalogue, self.record, other))
            case ListOf():
                return self.noted(_stray_list(node))
            case Call():
                return self.call(node)
            case Unary():
                return self.unary(node)
            case Binary(operator=operator) if operator in RELATIONS:
                return self.relation(node)
            case Binary():
                return self.arithmetic(node)
            case Logical():
                return self.logical(node)

    def declared(self, node: Expression | None) -> FieldValue | None:
        """The field that a part names, where it names one; says nothing otherwise."""
        if not isinstance(node, Name):
            return None
        found = named(node, self.catalogue, self.record, None)
        return found if isinstance(found, FieldValue) else None

    def value(self, node: Expression, beside: Expression | None = None) -> Value | None:
        """A part that has to be a value; a test has no place there."""
        found = self.meaning(node, beside)
        if not isinstance(found, Test):
            return found
        problem = "a list holds values, and values are looked up in it, not conditions"
        advice = "put brackets around the comparison that was meant"
        self.note(Problem(found.span, ListMisused(problem=problem, advice=advice)))
        return None

    def call(self, node: Call) -> Meaning | None:
        wrong = unknown(node)
        if wrong:
            return self.noted(wrong)
        given = (node.receiver, *node.arguments) if node.receiver else node.arguments
        arguments = [self.meaning(argument) for argument in given]
        understood = tuple(argument for argument in arguments if argument is not None)
        if len(understood) < len(arguments):
            return None
        return self.noted(called(node, self.text, understood))

    def unary(self, node: Unary) -> Meaning | None:
        if node.operator == "!":
            operand = self.test(node.operand)
            return None if operand is None else Not(node.span, operand)
        number = self.meaning(node.operand)
        return None if number is None else self.noted(negated(self.text, node.span, number))

    def arithmetic(self, node: Binary) -> Meaning | None:
        left, right = self.meaning(node.left), self.meaning(node.right)
        if left is None or right is None:
            return None
        return self.noted(calculated(self.text, node.span, Sign(node.operator), left, right))

    def logical(self, node: Logical) -> Test | None:
        warning = trap(node, self.text)
        if warning:
            self.problems.append(warning)
        operands = [self.test(operand) for operand in node.operands]
        known = tuple(operand for operand in operands if operand is not None)
        if len(known) < len(operands):
            return None
        return All(node.span, known) if node.operator == "&&" else Any(node.span, known)

    def relation(self, node: Binary) -> Test | None:
        trapped = trap(node, self.text)
        if trapped:
            return self.judged(trapped)
        if node.operator == "in":
            return self.membership(node)
        left = self.meaning(node.left, node.right)
        right = self.meaning(node.right, node.left)
        if left is None or right is None:
            return None
        relate = equal if node.operator in ("==", "!=") else compare
        return self.judged(relate(self.text, node.span, node.operator, left, right))

    def membership(self, node: Binary) -> Test | None:
        subject = self.value(node.left)
        source = self.source(node.right, node.left)
        if subject is None or source is None:
            return None
        return self.judged(member(self.text, node.span, subject, source))

    def source(
        self, node: Expression, beside: Expression
    ) -> tuple[Value, ...] | Listing | FieldValue | None:
        """What stands behind ``in``."""
        match node:
            case ListOf(members=members):
                found = [self.value(option, beside) for option in members]
                options = tuple(option for option in found if option is not None)
                if not members:
                    self.note(_not_a_list(node, "this list is empty, so nothing is in it"))
                return options if len(options) == len(found) > 0 else None
            case Call(function="list"):
                return self.listing(node)
            case _:
                return self.field_of_choices(node)

    def field_of_choices(self, node: Expression) -> FieldValue | None:
        found = self.meaning(node)
        if isinstance(found, FieldValue) and found.type is FieldType.CHOICES:
            return found
        if found is not None:
            self.note(_not_a_list(node, f"{shown(self.text, found)} is not a list"))
        return None

    def listing(self, call: Call) -> Listing | None:
        match call.arguments:
            case (Text() as file, Text() as column):
                found = self.column(file, column)
            case _:
                found = _not_a_list(call, "list takes a file and a column in quotes")
        if isinstance(found, Problem):
            self.note(found)
            return None
        return found

    def column(self, file: Text, column: Text) -> Listing | Problem:
        columns = self.catalogue.lists.get(file.value)
        if columns is None:
            known = tuple(self.catalogue.lists)
            return Problem(file.span, UnknownList(file=file.value, column="", known=known))
        if column.value not in columns:
            known = tuple(columns)
            problem = UnknownList(file=file.value, column=column.value, known=known)
            return Problem(column.span, problem)
        return Listing(file.value, column.value, frozenset(columns[column.value]))


def _stray_list(node: ListOf) -> Problem:
    advice = 'write field in ["a", "b"]'
    return Problem(node.span, ListMisused(problem="a list stands only behind in", advice=advice))


def _not_a_list(node: Expression, problem: str) -> Problem:
    advice = 'write field in ["a", "b"], or field == value for a single value'
    return Problem(node.span, ListMisused(problem=problem, advice=advice))


def _constant(node: Number | Text | Boolean) -> Constant:
    match node:
        case Text(value=text):
            return Constant(node.span, text, FieldType.TEXT)
        case Boolean(value=truth):
            return Constant(node.span, truth, FieldType.BOOLEAN)
        case Number(text=written):
            return _number(node, written)


def _number(node: Number, written: str) -> Constant:
    share = values.percent(written)
    if share is not None:
        return Constant(node.span, share, FieldType.PERCENT)
    exact = values.number(written)
    if exact is None:
        raise AssertionError(f"the parser let {written!r} pass as a number")
    if "." in written:
        return Constant(node.span, exact, FieldType.DECIMAL)
    return Constant(node.span, int(written), FieldType.INTEGER)

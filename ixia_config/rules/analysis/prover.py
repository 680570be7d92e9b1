"""The optional solver, fed the classes of the space and never text or lists of values.

It is imported when it is first needed, and bounded by its own count of steps, not by time.
"""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from typing import Any

from ixia_config.rules.analysis.cover import Cover
from ixia_config.rules.analysis.space import Space


class GaveUp(Exception):  # noqa: N818  # an answer, not a fault
    """The solver used up its effort."""


@cache
def available() -> bool:
    """Whether the solver is installed (``pip install ixia-config[prove]``)."""
    return find_spec("z3") is not None


class Prover:
    """One space as Booleans: each class of each dimension is one, and exactly one is true."""

    def __init__(self, space: Space, effort: int) -> None:
        import z3

        self.z3: Any = z3
        self.space = space
        self.context: Any = z3.Context()
        self.effort = effort
        self.classes = [
            [z3.Bool(f"c{axis}_{place}", self.context) for place in range(len(each.cells))]
            for axis, each in enumerate(space.axes)
        ]
        self.masks: dict[tuple[int, int], Any] = {}
        self._start()

    def _start(self) -> None:
        solver = self.z3.SolverFor("QF_FD", ctx=self.context)
        solver.set("rlimit", self.effort)
        self.solver: Any = solver
        self.masks.clear()
        self.asserted = 0
        self.cover: Cover | None = None
        for row in self.classes:
            solver.add(self.z3.Or(*row, self.context))
            if len(row) > 1:
                solver.add(self.z3.AtMost(*row, 1))

    def hole(self, box: int, cover: Cover, among: int) -> int | None:
        """A cell of a box that none of these boxes meets; None where they cover it."""
        if self.cover is not cover or self.asserted & ~among:
            self._start()
            self.cover = cover
        new = among & ~self.asserted
        for number, each in enumerate(cover.boxes):
            if new >> number & 1:
                self.solver.add(self._outside(each))
        self.asserted = among
        answer = self.solver.check(*self._literals(box))
        if answer == self.z3.unsat:
            return None
        if answer != self.z3.sat:
            raise GaveUp
        return self._cell(self.solver.model())

    def _literals(self, box: int) -> list[Any]:
        return [self._within(axis, mask) for axis, mask in self.space.sides(box)]

    def _outside(self, box: int) -> Any:
        literals = self._literals(box)
        return self.z3.Or(*(self.z3.Not(each) for each in literals), self.context)

    def _within(self, axis: int, mask: int) -> Any:
        """A name for "the class is in this mask"."""
        known = self.masks.get((axis, mask))
        if known is None:
            known = self.z3.Bool(f"m{axis}_{mask}", self.context)
            self.masks[axis, mask] = known
            self.solver.add(known == self._chosen(axis, mask))
        return known

    def _chosen(self, axis: int, mask: int) -> Any:
        """The shorter way to say it: one of these classes, or none of the others."""
        row, rest = self.classes[axis], self.space.axes[axis].whole & ~mask
        chosen, shorter = (mask, True) if mask.bit_count() <= rest.bit_count() else (rest, False)
        some = self.z3.Or(*(x for n, x in enumerate(row) if chosen >> n & 1), self.context)
        return some if shorter else self.z3.Not(some)

    def _cell(self, model: Any) -> int:
        """The one class of each dimension in a model, as a box."""
        sides = {}
        for axis, row in enumerate(self.classes):
            values = [self.z3.is_true(model.eval(each, model_completion=True)) for each in row]
            sides[axis] = 1 << values.index(True)
        return self.space.box(sides)

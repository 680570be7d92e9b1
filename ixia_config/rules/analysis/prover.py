"""The optional solver, fed the classes of the space and never text or lists of values.

It is imported when it is first needed, and bounded by its own count of steps, not by time.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
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
        return self._answer(self.solver.check(*self._literals(box)))

    def _answer(self, answer: Any) -> int | None:
        if answer == self.z3.unsat:
            return None
        if answer != self.z3.sat:
            raise GaveUp
        return self._cell(self.solver.model())

    def differing(
        self,
        cover: Cover,
        versions: Sequence[Sequence[tuple[int, Hashable]]],
        changed: int,
        *,
        ordered: bool,
    ) -> int | None:
        """A cell that two versions decide differently; None where there is none.

        A version is its boxes in order, each with what it says; only cells of ``changed`` boxes
        are asked.
        """
        self._start()
        z3, inside = self.z3, {}
        for number, box in enumerate(cover.boxes):
            inside[number] = z3.And(*self._literals(box), self.context)
        names: dict[Hashable, int] = {}
        for version in versions:
            for _, output in version:
                names.setdefault(output, len(names))
        said = [self._said(version, inside, names, ordered=ordered) for version in versions]
        boxes = [inside[number] for number in inside if changed >> number & 1]
        self.solver.add(z3.Or(*boxes, self.context))
        for box in self.space.forbidden:
            self.solver.add(self._outside(box))
        odd = [z3.Xor(one, other, self.context) for one, other in zip(*said, strict=True)]
        self.solver.add(z3.Or(*odd, self.context))
        return self._answer(self.solver.check())

    def _said(
        self,
        version: Sequence[tuple[int, Hashable]],
        inside: Mapping[int, Any],
        names: Mapping[Hashable, int],
        *,
        ordered: bool,
    ) -> list[Any]:
        """For each output whether it is said; only the first that applies counts where ordered."""
        z3 = self.z3
        says: list[list[Any]] = [[] for _ in names]
        none_yet = z3.BoolVal(val=True, ctx=self.context)
        for number, output in version:
            says[names[output]].append(z3.And(none_yet, inside[number]))
            if ordered:
                later = z3.FreshBool("later", self.context)
                self.solver.add(later == z3.And(none_yet, z3.Not(inside[number])))
                none_yet = later
        return [z3.Or(*each, self.context) for each in says]

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

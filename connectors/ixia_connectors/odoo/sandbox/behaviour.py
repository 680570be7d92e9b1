"""What a model does beyond keeping values: defaults, checks, and what a change brings with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

if TYPE_CHECKING:
    from ixia_connectors.odoo.sandbox.orm import Odoo

Values = dict[str, Any]
Special = Callable[["Odoo", int, tuple[int, int, Any]], None]


class Behaviour:
    """A model that only keeps values; others say what they do differently."""

    commands: ClassVar[Mapping[str, Special]] = {}  # list fields that are told in their own way

    def filled(self, odoo: Odoo, values: Values, given: frozenset[str]) -> Values:
        """The values of a new row, with those that follow from the given ones."""
        del odoo, given
        return values

    def worked_out(self, given: frozenset[str]) -> frozenset[str]:
        """The stored fields of a new row that Odoo computes: for automations that is a write."""
        del given
        return frozenset()

    def changed(self, odoo: Odoo, row: int, values: Values) -> Values:
        """The values of a write, with those that follow from them."""
        del odoo, row
        return values

    def checked(self, odoo: Odoo, row: int, names: frozenset[str]) -> None:
        """Refuse a row that breaks a rule; these fields were written."""

    def created(self, odoo: Odoo, row: int) -> None:
        """What follows a new row."""

    def written(self, odoo: Odoo, rows: Sequence[int], names: frozenset[str]) -> None:
        """What follows a write."""

    def removing(self, odoo: Odoo, rows: Sequence[int]) -> None:
        """What comes before a deletion, which it may refuse."""

    def removed(self, odoo: Odoo) -> None:
        """What follows a deletion."""


PLAIN = Behaviour()

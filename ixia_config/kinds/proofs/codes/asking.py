"""Code IX830: a question about conditions that cannot be asked so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from ixia_config.codes import Diagnostic


@dataclass(frozen=True, kw_only=True)
class ConditionsWanted(Diagnostic):
    """A question without its conditions.

    ``--ask`` takes one or two conditions in quotes, or rules by their address, all of one type of
    record. ``--of`` names the record where only conditions are typed.

    Bad:
        ixia analyse --ask implies 'employees >= 1000' 'employees > 500'

    Good:
        ixia analyse --ask implies --of lead 'employees >= 1000' 'employees > 500'
    """

    verb: str
    wanted: int
    given: int
    known: tuple[str, ...]

    code: ClassVar[str] = "IX830"

    def message(self) -> str:
        if self.given != self.wanted:
            many = "one condition" if self.wanted == 1 else "two conditions"
            return f"{self.verb} is asked about {many}, not {self.given}"
        return f"{self.verb} needs one type of record for its conditions"

    def hint(self) -> str:
        return f"name it with --of: {', '.join(self.known)}; put each condition in quotes"

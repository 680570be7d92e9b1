"""Steps of a workflow as they are written: each made once, and numbered when it is first met."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from ixia_connectors.hubspot.flow_steps import Step


@dataclass
class Numbered:
    """The steps so far by their id, and what each of them is for."""

    steps: dict[str, Step] = field(default_factory=dict, kw_only=True)
    known: dict[object, str] = field(default_factory=dict, kw_only=True)

    def once(self, key: object, make: Callable[[], Step]) -> str:
        """The id of the step for this key; its id is given before those of the steps after it."""
        if key not in self.known:
            number = str(len(self.steps) + 1)
            self.known[key] = number
            self.steps[number] = {}
            self.steps[number] = make()
        return self.known[key]

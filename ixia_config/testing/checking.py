"""What all checks of the kit share: an opened account, an expectation, the samples to lead by."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

from ixia_config.model import Plan
from ixia_config.testing.place import Place, a_place
from ixia_config.testing.subject import Broken, Knob, Subject


def expect(met: object, otherwise: str) -> None:
    """Broken with this sentence unless the expectation is met."""
    if not met:
        fail(otherwise)


def fail(why: str) -> NoReturn:
    """Broken."""
    raise Broken(why)


@contextmanager
def opened(
    subject: Subject, knob: Knob | None = None, *, on_remove: str = "forget"
) -> Iterator[Place]:
    """A fresh account of the subject, with an empty repository that speaks to it."""
    with a_place(subject.make(), subject.account(knob), on_remove=on_remove) as place:
        yield place


def nothing_to_do(plan: Plan, when: str) -> None:
    """Broken unless the plan is empty."""
    refused = [each.message for each in plan.refused]
    expect(not refused, f"{when} the plan is refused: {refused}")
    left = [change.id for change in plan.changes]
    expect(not left, f"{when} the plan still wants {left}")


def nothing_twice(place: Place) -> None:
    """Broken if the account holds two of what the policies want one of."""
    desired = place.planned().basis.lowered.desired
    wanted = {(each.type, each.natural_key) for each in desired}
    live = place.everything().resources
    found = Counter((each.type, each.parent, each.natural_key) for each in live)
    twice = [key for key, count in found.items() if count > 1 and (key[0], key[2]) in wanted]
    expect(not twice, f"the account holds more than one of {twice}")

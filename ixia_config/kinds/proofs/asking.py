"""One question about conditions: equivalent, implies, disjoint, always-matches, never-matches."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from ixia_config.kinds.policy import Configuration
from ixia_config.kinds.proofs.books import books
from ixia_config.kinds.proofs.check import moment
from ixia_config.kinds.proofs.domain import domain
from ixia_config.model import Address
from ixia_config.rules import Typed
from ixia_config.rules.analysis import (
    Answer,
    always_matches,
    disjoint,
    equivalent,
    implies,
    never_matches,
)

_TWO = {"equivalent": equivalent, "implies": implies, "disjoint": disjoint}
_ONE = {"always-matches": always_matches, "never-matches": never_matches}
WANTED: Mapping[str, int] = {**dict.fromkeys(_TWO, 2), **dict.fromkeys(_ONE, 1)}
"""Each question with how many conditions it is about"""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with its answer."""

    verb: str
    record: str
    conditions: tuple[str, ...]
    answer: Answer


def answered(
    configuration: Configuration, verb: str, conditions: tuple[Typed, ...], today: date
) -> Asked:
    """The answer for every record that the RecordSchema allows."""
    record = conditions[0].record
    known, now = domain(configuration, record), moment(today)
    if verb in _TWO:
        answer = _TWO[verb](conditions[0], conditions[1], domain=known, now=now)
    else:
        answer = _ONE[verb](conditions[0], domain=known, now=now)
    return Asked(verb, record, tuple(each.text for each in conditions), answer)


def rule_of(configuration: Configuration, address: Address) -> Typed | None:
    """The condition of a rule by its address; None where there is none of this key."""
    policy = configuration.policies.get(address.policy)
    if policy is None:
        return None
    lines = (line for book in books(policy, configuration) for line in book.lines)
    return next((line.when for line in lines if line.key == address.part), None)


def rule_names(configuration: Configuration) -> tuple[str, ...]:
    """Every rule that a question can be about."""
    return tuple(
        f"{policy.address}#{line.key}"
        for policy in configuration
        if policy.body.kind != "Pipeline"
        for book in books(policy, configuration)
        for line in book.lines
    )

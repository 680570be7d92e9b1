"""The changes of a plan as lines under the policies that they come from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from ixia_config.model import Address, Change, Plan, Verb
from ixia_config.render.facts import Fact, facts, follows, removal
from ixia_config.render.glossary import Glossary, name
from ixia_config.render.wording import clean


class Sign(StrEnum):
    """What a line does, in one character; their order is the order of lines."""

    ADOPTED = "="
    NEW = "+"
    CHANGED = "~"
    REMOVED = "-"
    LEFT = "."


_RANK = {sign: number for number, sign in enumerate(Sign)}

_LAST = 1_000_000


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that happens to one object; ``changes`` are the ids of the plan's changes."""

    sign: Sign
    noun: str
    title: str
    facts: tuple[Fact, ...]
    changes: tuple[str, ...]
    source: str = ""

    @property
    def label(self) -> str:
        """``stage Evaluate``."""
        return self.title if self.title.lower() == self.noun else f"{self.noun} {self.title}"


@dataclass(frozen=True, slots=True)
class Section:
    """The lines of one policy; ``folded`` are changes that follow from them and need no line."""

    policy: str
    title: str
    source: str
    lines: tuple[Line, ...]
    folded: tuple[str, ...] = ()

    @property
    def heading(self) -> str:
        """``Pipeline new-business (New business)``."""
        return f"{self.policy} ({self.title})" if self.title else self.policy


def sign(verb: Verb) -> Sign:
    """The sign of a verb."""
    match verb:
        case Verb.CREATE:
            return Sign.NEW
        case Verb.UPDATE:
            return Sign.CHANGED
        case Verb.ADOPT | Verb.MOVE:
            return Sign.ADOPTED
        case Verb.MIGRATE | Verb.ARCHIVE | Verb.DELETE:
            return Sign.REMOVED
        case Verb.RELEASE | Verb.FORGET | Verb.PROTECT | Verb.UNPROTECT:
            return Sign.LEFT


def sections(words: Glossary, changes: Sequence[Change], plan: Plan) -> tuple[Section, ...]:
    """The changes by policy: first those that move records or take something away, then by name."""
    by_policy: dict[Address, list[Change]] = {}
    for change in changes:
        by_policy.setdefault(change.address.policy, []).append(change)
    order = _Order(plan.changes)
    ranked = sorted(by_policy, key=lambda policy: (_risk(by_policy[policy]), policy))
    return tuple(_section(words, policy, by_policy[policy], order) for policy in ranked)


def _risk(changes: Sequence[Change]) -> int:
    """0 for what touches records or removes, 1 for what changes what is there, 2 for the rest."""
    verbs = {change.verb for change in changes}
    if any(verb.removes or verb is Verb.MIGRATE for verb in verbs):
        return 0
    return 1 if Verb.UPDATE in verbs else 2


def _section(words: Glossary, policy: Address, changes: Sequence[Change], order: _Order) -> Section:
    moved = {each.parent for each in changes if each.verb is Verb.CREATE or each.verb.removes}
    # An order that only makes room is no news where its members' own lines are.
    folded = {each.id for each in changes if each.address in moved and follows(each)}
    lines = _lines(words, [each for each in changes if each.id not in folded], order)
    own = next((each.title for each in changes if each.address == policy), "")
    return Section(
        policy=f"{policy.kind} {policy.name}",
        title=name(own) if own and own != policy.name else "",
        source=_first_place(changes),
        lines=tuple(lines),
        folded=tuple(each.id for each in changes if each.id in folded),
    )


def _first_place(changes: Iterable[Change]) -> str:
    """The first place in the YAML that the changes come from."""
    places = [change.source for change in changes if change.source]
    return clean(min(places, key=_place)) if places else ""


def _place(source: str) -> tuple[str, int]:
    file, _, line = source.rpartition(":")
    return (file, int(line)) if line.isdecimal() else (source, 0)


def _lines(words: Glossary, changes: Sequence[Change], order: _Order) -> list[Line]:
    moving = {change.group: change for change in changes if change.verb is Verb.MIGRATE}
    removed = {change.group for change in changes if change.verb.removes and change.group}
    made = [
        (_RANK[sign(change.verb)], order.of(change), number, change)
        for number, change in enumerate(changes)
        if not (change.verb is Verb.MIGRATE and change.group in removed)
    ]
    made.sort(key=lambda each: each[:3])
    return [line(words, change, moving, order) for *_, change in made]


def line(
    words: Glossary,
    change: Change,
    moving: Mapping[str | None, Change] | None = None,
    order: _Order | None = None,
) -> Line:
    """One change as a line; a removal together with the move of its records."""
    migration = (moving or {}).get(change.group) if change.group else None
    if change.verb.removes:
        told = removal(words, change, migration)
    else:
        told = facts(words, change, after=order.after(words, change) if order else "")
    ids = (*((migration.id,) if migration and change.verb.removes else ()), change.id)
    return Line(
        sign=sign(change.verb),
        noun=words.noun(change.type),
        title=name(change.title),
        facts=told,
        changes=ids,
        source=clean(change.source),
    )


class _Order:
    """Where members stand in the collections whose order a plan sets."""

    def __init__(self, changes: Iterable[Change]) -> None:
        listed = list(changes)
        self.members = dict(_orders(listed))
        self.places = {
            address: {key: place for place, key in reversed([*enumerate(members)])}
            for address, members in self.members.items()
        }
        self.new = {change.address for change in listed if change.verb is Verb.CREATE}

    def of(self, change: Change) -> int:
        """The policy itself first, then members in their order, then the rest."""
        if not change.address.part:
            return -1
        members, index = self._found(change)
        return index if members else _LAST

    def after(self, words: Glossary, change: Change) -> str:
        """Which neighbour a new member of an old collection follows."""
        members, index = self._found(change)
        if change.verb is not Verb.CREATE or not members or change.parent in self.new:
            return ""
        return f"after {words.units.title(members[index - 1])}" if index else "first"

    def _found(self, change: Change) -> tuple[tuple[str, ...], int]:
        if change.parent not in self.members:
            return (), 0
        members, places = self.members[change.parent], self.places[change.parent]
        for key in (str(change.address), change.remote_id):
            if key in places:
                return members, places[key]
        return (), 0


def _orders(changes: Iterable[Change]) -> Iterator[tuple[Address, tuple[str, ...]]]:
    for change in changes:
        for field in change.fields:
            if field.path == "order" and isinstance(field.after, tuple):
                yield change.address, field.after

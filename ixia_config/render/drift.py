"""What differs from the YAML because somebody edited the target, and what to do about it."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from ixia_config.kinds.pipeline.violations import Judgement
from ixia_config.model import Cause, Change, FieldChange, Plan, Verb
from ixia_config.render.facts import field_label
from ixia_config.render.glossary import Glossary, glossary, name, place
from ixia_config.render.layout import WIDTH, hanging, pad, width, wrap
from ixia_config.render.markup import block, capped, code, plain
from ixia_config.render.outline import Extras, edited, extras, holds
from ixia_config.render.plan_json import written
from ixia_config.render.plan_markdown import LIMIT
from ixia_config.render.prose import command_lines
from ixia_config.render.style import PLAIN, Role, Style
from ixia_config.render.values import concealed
from ixia_config.render.violations import (
    violation_lines,
    violation_markdown,
    violation_values,
    violations,
)
from ixia_config.render.wording import clean, counted, listed

_MAX_LABEL = 44


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that differs, or one object that is missing."""

    address: str
    label: str
    source: str = ""
    kind: str = ""  # drift | conflict | missing | released
    text: str = ""
    author: str = ""
    watched: bool = False
    known: str = ""  # on whose word it is left alone, and until when


@dataclass(frozen=True, slots=True)
class Drift:
    """Everything to say of a target's drift."""

    place: str
    system: str
    environment: str
    differences: tuple[Difference, ...]
    waiting: int
    unmanaged: tuple[Extras, ...]
    known: tuple[Difference, ...] = ()
    released: tuple[Difference, ...] = ()
    holds: tuple[str, ...] = ()

    @property
    def restorable(self) -> bool:
        """Whether an apply would undo any of this."""
        return any(not each.watched for each in self.differences)

    @property
    def headline(self) -> str:
        """The answer in one line."""
        if not self.differences and self.known:
            return f"{self.place} differs from the YAML only in what is known."
        if not self.differences:
            return f"{self.place} holds what was last applied; nobody edited it."
        return f"{self.place} differs from the YAML in {counted(len(self.differences), 'places')}"


def drift(plan: Plan) -> Drift:
    """The drift that a plan shows."""
    words = glossary(plan)
    found = [*_edited(words, plan.changes), *_edited(words, plan.observed, watched=True)]
    known = tuple(
        dataclasses.replace(each, known=_word(plan, change))
        for change in plan.held
        for each in _edited(words, (change,))
    )
    waiting = [each for each in plan.writes if not edited(each)]
    return Drift(
        place=place(plan.identity),
        system=words.system,
        environment=clean(plan.environment),
        differences=tuple(found),
        waiting=len(waiting),
        unmanaged=extras(words, plan.unmanaged),
        known=known,
        released=tuple(each for change in plan.changes for each in _let_go(words, change)),
        holds=tuple(holds(plan)),
    )


def _edited(
    words: Glossary, changes: Iterable[Change], *, watched: bool = False
) -> Iterator[Difference]:
    for change in changes:
        if edited(change):
            yield from _differences(words, change, watched=watched)


def _word(plan: Plan, change: Change) -> str:
    """On whose word this change is left alone; of several the nearest."""
    near = [
        each
        for each in plan.holds
        if each.address == change.address or each.address == change.address.policy
    ]
    near.sort(key=lambda each: (each.address != change.address, each.until))
    return clean(f"until {near[0].until} ({near[0].owner}: {near[0].reason})") if near else ""


def _let_go(words: Glossary, change: Change) -> Iterator[Difference]:
    """Fields that the YAML no longer names; their values stay."""
    for path in change.released:
        text = f"{clean(path)} is no longer managed; its value stays"
        label = f"{words.noun(change.type)} {name(change.title)}"
        yield Difference(clean(str(change.address)), label, clean(change.source), "released", text)


def _differences(words: Glossary, change: Change, *, watched: bool) -> Iterator[Difference]:
    part = f" of {clean(change.address.name)}" if change.address.part else ""
    base = Difference(
        address=clean(str(change.address)),
        label=f"{words.noun(change.type)} {name(change.title)}{part}",
        source=clean(change.source),
        watched=watched,
    )
    if change.verb is Verb.CREATE:
        text = f"is missing: it was removed in {words.system}"
        yield dataclasses.replace(base, kind="missing", text=text)
        return
    for field in change.fields:
        if field.cause in (Cause.DRIFT, Cause.CONFLICT):
            yield dataclasses.replace(
                base,
                kind=str(field.cause),
                text=_sides(words, field),
                author=words.author(field.by) if field.by else "",
            )


def _sides(words: Glossary, field: FieldChange) -> str:
    if field.sensitive:
        return f"{field_label(field)} differs (hidden)"
    ours = concealed(field, field.after, words.units)
    theirs = concealed(field, field.before, words.units)
    both = f"{field_label(field)} {ours} in the YAML, {theirs} in {words.system}"
    if field.cause is Cause.CONFLICT:
        return f"{both} (both changed; it was {concealed(field, field.last, words.units)})"
    return both


def drift_text(plan: Plan, style: Style = PLAIN, judged: Sequence[Judgement] = ()) -> str:
    """Drift as plain text, and below it what records do."""
    records = violation_lines(violations(plan, judged), style)
    return "\n".join((*_lines(drift(plan), style), *records)) + "\n"


def _lines(found: Drift, style: Style) -> Iterator[str]:
    yield from (style.paint(Role.STRONG, line) for line in wrap(found.headline, WIDTH))
    widths = [width(each.label) for each in found.differences]
    columns = max((each for each in widths if each <= _MAX_LABEL), default=_MAX_LABEL)
    for _, group in groupby(found.differences, key=lambda each: (each.address, each.watched)):
        yield ""
        yield from _object_lines(tuple(group), found.system, columns)
    yield from _rest(found)


def _object_lines(group: Sequence[Difference], system: str, columns: int) -> Iterator[str]:
    """One object: what differs, who did it, and how to keep it."""
    first = group[0]
    start = f"  {pad(first.label, columns)}   "
    if width(first.label) > columns:
        yield from hanging("  ", first.label)
        start = " " * (columns + 5)
    for each in group:
        yield from hanging(start, each.text)
        start = " " * (columns + 5)
        if each.author:
            yield from hanging(start, each.author)
    yield from hanging("      ", _remedy(first, system))


def _remedy(each: Difference, system: str) -> str:
    if each.watched:
        return "only watched: an apply leaves it as it is"
    place = each.source or f"{each.address} in the YAML"
    if each.kind == "missing":
        return f"to leave it removed: take out {place}"
    return f"to keep what {system} has: change {place}"


def _rest(found: Drift) -> Iterator[str]:
    for heading, differences in (("Known", found.known), ("No longer managed", found.released)):
        if differences:
            yield ""
            yield f"{heading}:"
        for each in differences:
            yield from hanging("  ", f"{each.label}: {each.text}", rest="    ")
            if each.known:
                yield from hanging("    ", each.known)
    if found.unmanaged:
        yield ""
        text = listed([each.text for each in found.unmanaged])
        yield from wrap(f"Not declared here: {text}", WIDTH)
    if found.waiting:
        yield ""
        wait = "waits" if found.waiting == 1 else "wait"
        changes = f"Besides, {counted(found.waiting, 'changes')} in the YAML {wait} for an apply"
        yield from command_lines(f"{changes}:  ", "plan", *_where(found))
    if found.restorable:
        yield ""
        yield from command_lines("To restore what the YAML says:  ", "apply", *_where(found))
        yield from command_lines("To take it into the YAML:  ", "drift", *_where(found), "--adopt")


def _where(found: Drift) -> tuple[str, ...]:
    return ("--env", found.environment) if found.environment else ()


def drift_markdown(plan: Plan, judged: Sequence[Judgement] = ()) -> str:
    """Drift as Markdown, and below it what records do."""
    found = drift(plan)
    lines = [f"### Ixia: {plain(found.headline)}", ""]
    lines += capped([_bullet(each) for each in found.differences], LIMIT)
    lines += [f"- not declared here: {plain(each.text)}" for each in found.unmanaged]
    steps = [line for line in _rest(dataclasses.replace(found, unmanaged=())) if line]
    lines += ["", *(block(steps, "text") if steps else [])]
    return "\n".join([*lines, *violation_markdown(violations(plan, judged))]).rstrip() + "\n"


def _bullet(each: Difference) -> str:
    author = f" ({plain(each.author)})" if each.author else ""
    watched = " (only watched)" if each.watched else ""
    place = f" {code(each.source)}" if each.source else ""
    return f"- **{plain(each.label)}**{place}: {plain(each.text)}{author}{watched}"


def drift_json(plan: Plan, judged: Sequence[Judgement] | None = None) -> str:
    """Drift as JSON; ``records`` is there where somebody looked at them."""
    values = drift_values(drift(plan))
    if judged is None:
        return written(values)
    return written({**values, "records": violation_values(violations(plan, judged))})


def drift_values(found: Drift) -> Mapping[str, Any]:
    """The same as plain values."""
    return {
        **dataclasses.asdict(found),
        "headline": found.headline,
        "count": len(found.differences),
    }


def has_drift(plan: Plan) -> bool:
    """Whether an owned field or object of the target was edited; what is only watched counts."""
    return any(edited(change) for change in _all(plan))


def _all(plan: Plan) -> Iterable[Change]:
    return (*plan.changes, *plan.observed)

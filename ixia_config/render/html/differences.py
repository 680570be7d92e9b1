"""What changed in the rules between two versions, value by value, in the user's own words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ixia_config.kinds.comp_plan.spec import CompPlan
from ixia_config.kinds.envelope import Envelope
from ixia_config.kinds.policy import Configuration, Policy
from ixia_config.kinds.policy_test.spec import PolicyTest
from ixia_config.kinds.project.spec import Project
from ixia_config.model import Address
from ixia_config.render.html.page import Card, Chapter, listing, pill
from ixia_config.render.html.tags import Content, Html, joined, tag
from ixia_config.render.html.view import HIDDEN, View, spaced
from ixia_config.render.layout import fitted
from ixia_config.render.spoken import sentence
from ixia_config.render.wording import clean, counted

SHOWN = 60  # differences of one policy
_LONG = 200  # characters of one value
_SHARE = re.compile(r"[0-9.]+ ?%")
_IDENTITIES = ("key", "email", "name", "measure")
_CONDITIONS = ("when", "skip_when", "escalate_when", "applies_when")
_QUIET = (PolicyTest, Project)


@dataclass(frozen=True, slots=True)
class Difference:
    """One value that is another one; None on the side where there is none."""

    path: tuple[str, ...]
    before: str | None
    after: str | None


def changes_chapter(view: View) -> Chapter | None:
    """A card for each policy that changed; None without another version."""
    if view.before is None:
        return None
    cards = tuple(_cards(view, view.before))
    told = f"{counted(len(cards), 'policies')} changed since {view.revision}."
    return Chapter("changes", "What changed in the rules", cards, clean(told))


def _cards(view: View, before: Configuration) -> Iterator[Card]:
    for address in sorted({*before.policies, *view.configuration.policies}):
        old, new = before.policies.get(address), view.configuration.policies.get(address)
        shown = new if new is not None else old
        if shown is None or isinstance(shown.body, _QUIET):
            continue
        found = list(between(old.document.tree if old else {}, new.document.tree if new else {}))
        if found:
            yield _card(address, shown, _sign(old, new), found, view)


def _sign(old: object | None, new: object | None) -> tuple[str, str]:
    if old is None:
        return "new", "good"
    return ("removed", "bad") if new is None else ("changed", "accent")


def _card(
    address: Address,
    policy: Policy[Envelope],
    sign: tuple[str, str],
    found: list[Difference],
    view: View,
) -> Card:
    body: Content = None
    if sign[0] == "changed":
        lines = [joined(_line(each, policy, view)) for each in found[:SHOWN]]
        left = len(found) - len(lines)
        more = tag("p", f"and {left:,} more", class_="soft small") if left else None
        body = [listing(lines, "changes"), more]
    place = tag("p", tag("code", policy.source), class_="small")
    kind = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", address.kind).lower()
    anchor = f"diff-{address.kind}-{address.name}"
    return Card(anchor, clean(policy.title), joined([place, body]), ((kind, ""), sign))


def _line(found: Difference, policy: Policy[Envelope], view: View) -> Iterator[Content]:
    sign = _sign(found.before, found.after)
    yield pill(sign[0] if sign[0] != "changed" else "from → to", sign[1])
    yield tag("strong", " / ".join(_steps(found.path, policy.document.tree)) or "the policy")
    sides = (found.before, found.after)
    before, after = (_shown(each, found.path, policy, view) for each in sides)
    parts: list[Content] = [tag("del", before)] if before else []
    parts += [" → "] if before and after else []
    parts += [tag("ins", after)] if after else []
    yield tag("div", *parts)


def _steps(path: tuple[str, ...], tree: Any) -> Iterator[str]:
    """The path as people say it, without the word that every policy has."""
    for number, each in enumerate(path):
        tree = (_keyed(tree) or {}).get(each)
        if (number, each) != (0, "spec"):
            yield (_band(tree) if each.isdecimal() else "") or spaced(each)


def _band(value: Any) -> str:
    """``100% to 150%`` for a tier, which has no name; nothing for what is no tier."""
    if not isinstance(value, dict) or not isinstance(value.get("from"), str):
        return ""
    start, end = value["from"], value.get("to")
    return clean(f"{start} to {end}" if isinstance(end, str) else f"{start} and above")


def _shown(value: str | None, path: tuple[str, ...], policy: Policy[Envelope], view: View) -> str:
    """A value; what says or may say how much somebody is paid only where that is asked for."""
    if value is None:
        return ""
    private = policy.body.sensitive or (isinstance(policy.body, CompPlan) and _is_amount(value))
    if private and not view.show_pay:
        return HIDDEN
    record = getattr(policy.body.spec, "object", None)
    if path and path[-1] in _CONDITIONS and isinstance(record, str):
        return fitted(sentence(value, view.vocabulary(record)), _LONG)
    return fitted(clean(value), _LONG)


def _is_amount(value: str) -> bool:
    return re.search("[0-9]", value) is not None and _SHARE.fullmatch(value) is None


def between(before: Any, after: Any, path: tuple[str, ...] = ()) -> Iterator[Difference]:
    """Every leaf that differs; members of lists are known by their key, not by their place."""
    if before == after:
        return
    old, new = _keyed(before), _keyed(after)
    if old is None or new is None:
        yield Difference(path, _told(before), _told(after))
        return
    for key in dict.fromkeys((*old, *new)):
        if key not in old or key not in new:
            side = old.get(key, new.get(key))
            told = _told(side)
            yield Difference(
                (*path, key), told if key in old else None, told if key in new else None
            )
        else:
            yield from between(old[key], new[key], (*path, key))


def _keyed(value: Any) -> Mapping[str, Any] | None:
    """The members of a mapping or a list by name; None for a scalar, and for a plain list."""
    if isinstance(value, dict):
        return value
    if isinstance(value, list) and value and all(isinstance(each, dict) for each in value):
        names = [_identity(each) for each in value]
        if None not in names and len(set(names)) == len(names):
            return {str(name): each for name, each in zip(names, value, strict=True)}
        return {str(number + 1): each for number, each in enumerate(value)}
    return None


def _identity(value: Mapping[str, Any]) -> str | None:
    for name in _IDENTITIES:
        found = value.get(name)
        if isinstance(found, str):
            return found
    return None


def _told(value: Any) -> str | None:
    """A value on one line, in the notation of YAML."""
    match value:
        case None:
            return None
        case bool():
            return "true" if value else "false"
        case dict():
            return (
                "{" + ", ".join(f"{key}: {_told(each) or '-'}" for key, each in value.items()) + "}"
            )
        case list():
            return "[" + ", ".join(_told(each) or "-" for each in value) + "]"
        case _:
            return str(value)


def removed(view: View) -> Html | None:
    """The policies that are gone, for the top of a report."""
    if view.before is None:
        return None
    gone = sorted({*view.before.policies} - {*view.configuration.policies})
    return listing([str(each) for each in gone]) if gone else None

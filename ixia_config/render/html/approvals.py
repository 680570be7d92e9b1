"""Approvals on a page: the bands side by side with who says yes in each, and the whole matrix."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ixia_config.kinds.approval_policy.spec import (
    ApprovalPolicy,
    ApprovalPolicySpec,
    Approver,
    Due,
    Rule,
    Step,
)
from ixia_config.kinds.policy import Policy
from ixia_config.render.html.page import Card, facts, listing, table
from ixia_config.render.html.svg import LINE, Drawing, arrow, both, broken, rect, words
from ixia_config.render.html.tags import Html, joined
from ixia_config.render.html.view import View, about, anchor, calendar_title, spaced
from ixia_config.render.spoken import Vocabulary, sentence, spoken
from ixia_config.render.wording import capital, clean, listed

_WIDE, _NARROW = 1000, 340
_DRAWN = 20  # bands of one drawing; the matrix has all of them
_OUTCOMES = {"auto": "Goes ahead", "draft": "A person sends it", "deny": "Does not happen"}
_BOX = {"auto": "box-won", "draft": "box-warn", "deny": "box-lost"}


@dataclass(frozen=True, slots=True)
class Lane:
    """One band: which requests it takes, and the people who are asked one after the other."""

    title: str
    asks: str
    chain: tuple[str, ...]
    kind: str = "box-open"


def lanes(spec: ApprovalPolicySpec, view: View) -> tuple[Lane, ...]:
    """The rules in order."""
    known = view.vocabulary(spec.object)
    return tuple(_lane(each, known, view) for each in spec.rules)


def _lane(rule: Rule, known: Vocabulary, view: View) -> Lane:
    title = clean(rule.title) if rule.title else capital(spaced(rule.key))
    asks = sentence(rule.when, known) if rule.when else "Everything else"
    if rule.approve is not None:
        return Lane(title, asks, (_OUTCOMES[rule.approve],), _BOX[rule.approve])
    return Lane(title, asks, tuple(asked(each, view) for each in rule.steps))


def asked(step: Step, view: View) -> str:
    """Who is asked in one step: ``1 of finance and legal``."""
    who = [approver(each, view) for each in step.asked]
    if len(who) == 1:
        return capital(who[0])
    match step.mode:
        case "all":
            return capital(listed(who))
        case "any":
            return capital(" or ".join(who))
        case "quorum":
            return f"{step.need or 1} of {listed(who)}"


def approver(each: Approver, view: View) -> str:
    """One approver in words."""
    if each.role is not None:
        return spaced(each.role)
    if each.person is not None:
        return view.person(each.person)
    if each.team is not None:
        return f"team {view.whom(each.team)}"
    if each.pool is not None:
        return f"pool {spaced(each.pool)}"
    if each.field is not None:
        return f"the {spaced(each.field)}"
    if each.manager_of is not None:
        level = f", {each.level} levels up" if each.level and each.level > 1 else ""
        return f"manager of the {spaced(each.manager_of)}{level}"
    return f"manager with the authority, for the {spaced(each.authority_of or 'submitter')}"


def approval_card(policy: Policy[ApprovalPolicy], view: View) -> Card:
    """One approval policy."""
    spec = policy.body.spec
    found = lanes(spec, view)
    few = found[:_DRAWN]
    told = " ".join(f"{each.title}: {each.asks}: {listed(each.chain)}." for each in few)
    name, title = anchor(policy), f"Approvals {policy.title}"
    body = joined(
        [
            both(wide(few), narrow(few), name, title, clean(told)),
            listing(
                ["The first band that fits decides", "People are asked from top to bottom"], "key"
            ),
            matrix(spec, found, view),
            facts(_facts(spec, view)),
        ]
    )
    tags = ((f"{spec.object}s", ""), *view.mark(policy))
    return Card(name, clean(policy.title), body, tags, about(policy))


def matrix(spec: ApprovalPolicySpec, found: Sequence[Lane], view: View) -> Html:
    """Bands as rows; a column for requests that need somebody on top."""
    known = view.vocabulary(spec.object)
    head = ["Band", "Requests", "Asked, in order"]
    head += [
        f"And when {spoken(each.when, known)}" if each.when else "And always" for each in spec.also
    ]
    extra = [_steps(each.steps, view) for each in spec.also]
    rows = [(lane.title, lane.asks, _chain(lane.chain), *extra) for lane in found]
    return table("Who says yes", head, rows)


def _steps(steps: Sequence[Step], view: View) -> Html:
    return _chain([asked(each, view) for each in steps])


def _chain(chain: Sequence[str]) -> Html:
    return joined(" → ".join(chain))


def _facts(spec: ApprovalPolicySpec, view: View) -> Iterator[tuple[str, str]]:
    if spec.applies_when:
        yield "Only when", sentence(spec.applies_when, view.vocabulary(spec.object))
    if spec.due is not None:
        yield "Answer", due(spec.due, view)
    known = view.vocabulary(spec.object)
    again = spec.reapprove_when
    if again is not None:
        pairs = ((again.raises, "rises"), (again.lowers, "falls"), (again.changes, "changes"))
        told = [f"{known.title(each)} {verb}" for names, verb in pairs for each in names]
        yield "Asked again", f"When {' or '.join(told)}"
    if spec.separation:
        yield "Different people", listed([spaced(each) for each in spec.separation])
    for each in spec.delegation:
        limit = f", up to {each.limit}" if each.limit is not None else ""
        yield "Stands in", f"{view.person(each.to)} for {view.person(each.from_)}{limit}"


def due(found: Due, view: View) -> str:
    """Until when, and what happens then."""
    after = {
        "remind": "a reminder follows",
        "escalate": "somebody further up is asked",
        "reject": "it is refused",
        "approve": "it is approved",
    }[found.on_timeout]
    hours = f" ({calendar_title(found.calendar, view)})" if found.calendar else ""
    return f"Within {found.within}{hours}; after that {after}"


def wide(found: Sequence[Lane]) -> Drawing:
    """Bands from left to right in rows of five, each with its people from top to bottom."""
    shapes: list[Html] = []
    columns = min(max(len(found), 2), 5)
    width = (_WIDE - 4 - 16 * (columns - 1)) / columns
    y = 2.0
    for start in range(0, len(found), columns):
        row = found[start : start + columns]
        head = max(_head(lane, width) for lane in row)
        highs = []
        for number, lane in enumerate(row):
            made, high = _column(lane, 2 + number * (width + 16), y, width, head)
            shapes.append(made)
            highs.append(high)
        y += max(highs) + 18
    return Drawing(joined(shapes), _WIDE, int(y - 10))


def narrow(found: Sequence[Lane]) -> Drawing:
    """Bands from top to bottom."""
    shapes: list[Html] = []
    y = 2.0
    for lane in found:
        made, high = _column(lane, 2, y, _NARROW - 4, _head(lane, _NARROW - 4))
        shapes.append(made)
        y += high + 18
    return Drawing(joined(shapes), _NARROW, int(y - 10))


def _head(lane: Lane, width: float) -> float:
    return 14 + LINE * (1 + len(broken(lane.asks, width - 20, 4)))


def _column(lane: Lane, x: float, y: float, width: float, head: float) -> tuple[Html, float]:
    shapes = [
        rect(x, y, width, head, "box"),
        words(x + 10, y + 20, broken(lane.title, width - 20, 1), "strong"),
        words(x + 10, y + 20 + LINE, broken(lane.asks, width - 20, 4), "faint"),
    ]
    at = y + head
    for who in lane.chain:
        lines = broken(who, width - 24, 3)
        high = 18 + LINE * len(lines)
        shapes.append(arrow(x + width / 2, at, x + width / 2, at + 18))
        shapes.append(rect(x, at + 20, width, high, lane.kind))
        shapes.append(words(x + width / 2, at + 20 + 22, lines, anchor="middle"))
        at += 20 + high
    return joined(shapes), at - y

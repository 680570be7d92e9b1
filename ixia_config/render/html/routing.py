"""A routing policy as a ladder: each rule asks, and sends what it takes to a box at its right."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ixia_config.kinds.policy import Policy
from ixia_config.kinds.routing_policy.spec import Assign, RoutingPolicy, RoutingSpec, Rule
from ixia_config.render.html.page import Card, facts, listing, table
from ixia_config.render.html.svg import LINE, Drawing, arrow, both, broken, rect, words
from ixia_config.render.html.tags import Html, joined
from ixia_config.render.html.view import View, about, anchor, spaced
from ixia_config.render.spoken import Vocabulary, cells_spoken, spoken
from ixia_config.render.wording import capital, clean, listed

_METHODS = {
    "round_robin": "in turn",
    "weighted": "in turn, by weight",
    "least_loaded": "whoever has least to do",
    "first_available": "the first who is free",
}
_WIDE, _NARROW = 1000, 340
_DRAWN = 40  # rules of one drawing; a table has all of them
_LISTED = 2_000


@dataclass(frozen=True, slots=True)
class Rung:
    """One rule: what it asks, in words, and where it sends."""

    title: str
    asks: str
    to: str
    below: str


def rungs(spec: RoutingSpec, view: View) -> tuple[Rung, ...]:
    """The rules in order, and what happens to the rest."""
    vocabulary = view.vocabulary(spec.object)
    found = [
        Rung(
            clean(rule.title) if rule.title else capital(spaced(rule.key)),
            capital(_asks(rule, vocabulary, spec.object)),
            *destination(rule.assign, view, vocabulary),
        )
        for rule in spec.rules
    ]
    if spec.otherwise is not None:
        rest = f"Every other {spaced(spec.object)}"
        found.append(Rung("Otherwise", rest, *destination(spec.otherwise, view, vocabulary)))
    return tuple(found)


def _asks(rule: Rule, vocabulary: Vocabulary, record: str) -> str:
    if rule.when is not None:
        return spoken(rule.when, vocabulary)
    return cells_spoken(rule.cells or {}, vocabulary) or f"every {spaced(record)}"


def destination(assign: Assign, view: View, vocabulary: Vocabulary) -> tuple[str, str]:
    """Where records go, and in a second line who that is."""
    skills = f"; skills: {listed([clean(each) for each in assign.skills])}" if assign.skills else ""
    if assign.owner_of is not None:
        return f"Owner of the {vocabulary.title(assign.owner_of)}", "whoever owns it"
    if assign.person is not None:
        return view.person(assign.person), "one person"
    if assign.pool is not None:
        pool = view.pool(assign.pool)
        if pool is None:
            return f"Pool {spaced(assign.pool)}", skills.removeprefix("; ")
        who = listed([view.person(each.email) for each in pool.members], 4)
        name = clean(pool.title) if pool.title else spaced(assign.pool)
        return f"Pool {name}", f"{who}; {_METHODS[pool.method]}{skills}"
    queue = view.queue(assign.queue or "")
    name = clean(queue.title) if queue and queue.title else spaced(assign.queue or "nobody")
    return f"Queue {name}", f"emptied by {view.whom(queue.owner)}" if queue else ""


def routing_card(policy: Policy[RoutingPolicy], view: View) -> Card:
    """One routing policy."""
    spec = policy.body.spec
    ladder = rungs(spec, view)
    few = ladder[:_DRAWN]
    told = " ".join(f"{each.title}: {each.asks}, to {each.to}." for each in few)
    name, title = anchor(policy), f"Routing {policy.title}"
    body = joined(
        [
            both(drawn(few, _WIDE), drawn(few, _NARROW), name, title, clean(told)),
            _all(ladder) if len(ladder) > _DRAWN else None,
            listing(list(_notes(spec)), "key"),
            facts(_facts(spec, view)),
            _pools(spec, view),
        ]
    )
    return Card(
        name,
        clean(policy.title),
        body,
        ((f"{spec.object}s", ""), *view.mark(policy)),
        about(policy),
    )


def _all(ladder: Sequence[Rung]) -> Html:
    """Every rule, where there are too many for a drawing."""
    rows = [(each.title, each.asks, each.to) for each in ladder[:_LISTED]]
    left = len(ladder) - len(rows)
    more = [(f"and {left:,} more", "", "")] if left else []
    caption = f"The first {_DRAWN} rules are drawn; these are all {len(ladder):,}"
    return table(caption, ("Rule", "Asks", "Goes to"), [*rows, *more])


def _notes(spec: RoutingSpec) -> Iterator[str]:
    first = (
        "The first rule that holds decides"
        if spec.hit_policy == "first"
        else "At most one rule holds"
    )
    yield first


def _facts(spec: RoutingSpec, view: View) -> Iterator[tuple[str, str]]:
    words_ = view.vocabulary(spec.object)
    nobody = spec.on_no_eligible
    if nobody == "next_rule":
        yield "When nobody is free", "The next rule is asked"
    elif nobody is not None:
        yield "When nobody is free", destination(nobody, view, words_)[0]
    found = spec.acceptance
    if found is not None:
        after = "it goes to the next person" if found.on_timeout == "reroute" else "it is escalated"
        most = f", at most {found.max_reroutes} times" if found.max_reroutes is not None else ""
        yield "To accept", f"Within {found.within}; after that {after}{most}"
    if spec.match is not None:
        by, to = words_.title(spec.match.by), words_.title(spec.match.fill)
        yield "Matched", f"By {by}, to fill {to}"
    for axis, points in spec.score.axes.items() if spec.score else ():
        told = [
            f"{each.points:+d} when {spoken(each.when, words_)}"
            if each.when
            else f"{each.points:+d} for each {words_.title(each.each or '')}"
            for each in points
        ]
        yield f"Score, {spaced(axis)}", "; ".join(told)


def _pools(spec: RoutingSpec, view: View) -> Html | None:
    """Who takes turns in the pools that are named, with weights and caps."""
    named = dict.fromkeys(rule.assign.pool for rule in spec.rules if rule.assign.pool)
    rows = [
        (
            view.person(member.email),
            clean((pool.title or spaced(name)) if pool else name),
            f"{member.weight:f}" if member.weight is not None else "1",
            listed(_caps(member.daily_cap, member.weekly_cap, member.open_cap)) or "none",
        )
        for name in named
        if (pool := view.pool(name)) is not None
        for member in pool.members
    ]
    return table("Who takes turns", ("Person", "Pool", "Weight", "Limit"), rows) if rows else None


def _caps(daily: int | None, weekly: int | None, at_once: int | None) -> Sequence[str]:
    pairs = ((daily, "a day"), (weekly, "a week"), (at_once, "open at a time"))
    return [f"{count:,} {unit}" for count, unit in pairs if count is not None]


def drawn(ladder: Sequence[Rung], width: int) -> Drawing:
    """The ladder; on a phone each destination stands below its rule."""
    shapes: list[Html] = []
    y = 2.0
    for number, rung in enumerate(ladder):
        last = number + 1 == len(ladder)
        made, high = _wide(rung, y, number) if width == _WIDE else _narrow(rung, y, number)
        shapes.append(made)
        y += high
        if not last:
            x = 30
            shapes += [arrow(x, y, x, y + 28), words(x + 9, y + 18, "no", "tiny")]
            y += 30
    return Drawing(joined(shapes), width, int(y + 4))


def _wide(rung: Rung, y: float, number: int) -> tuple[Html, float]:
    asks, below = broken(rung.asks, 470, 3), broken(rung.below, 360, 2)
    high = max(42 + LINE * len(asks), 42 + LINE * len(below))
    return joined(
        [
            _question(rung, y, 520, high, number, asks),
            arrow(520, y + high / 2, 606, y + high / 2),
            words(548, y + high / 2 - 7, "yes", "tiny"),
            *_goal(rung, 608, y, 390, high, below),
        ]
    ), high


def _narrow(rung: Rung, y: float, number: int) -> tuple[Html, float]:
    asks, below = broken(rung.asks, 290, 4), broken(rung.below, 230, 3)
    title = broken(f"{number + 1}  {rung.title}", 300, 2)
    high = 25 + LINE * (len(asks) + len(title))
    goal = 42 + LINE * len(below)
    start = y + high + 24
    return joined(
        [
            rect(2, y, 336, high, "box"),
            words(16, y + 24, title, "strong"),
            words(16, y + 24 + LINE * len(title), asks, "faint"),
            arrow(84, y + high, 84, start - 2),
            words(94, y + high + 16, "yes", "tiny"),
            *_goal(rung, 60, start, 278, goal, below),
            *([] if rung.title == "Otherwise" else [_side(y + high, start + goal)]),
        ]
    ), high + 24 + goal


def _side(top: float, bottom: float) -> Html:
    """The way of what a rule does not take, past its destination."""
    return rect(29.2, top, 1.6, bottom - top, "axis-way", radius=0)


def _question(
    rung: Rung, y: float, width: float, high: float, number: int, asks: Sequence[str]
) -> Html:
    title = broken(f"{number + 1}  {rung.title}", width - 30, 1)
    return joined(
        [
            rect(2, y, width - 2, high, "box"),
            words(16, y + 24, title, "strong"),
            words(16, y + 24 + LINE, asks, "faint"),
        ]
    )


def _goal(
    rung: Rung, x: float, y: float, width: float, high: float, below: Sequence[str]
) -> Iterator[Html]:
    yield rect(x, y, width, high, "box-open")
    yield words(x + 14, y + 24, broken(rung.to, width - 28, 1), "strong")
    yield words(x + 14, y + 24 + LINE, below, "faint")

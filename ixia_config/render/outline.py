"""All that people see of a plan, worked out once: text, Markdown and JSON only write it down."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ixia_config.engine.draft import is_drift
from ixia_config.model import (
    Change,
    Denial,
    Identity,
    Plan,
    Review,
    Unmanaged,
    Verb,
    Verdict,
    Waiver,
)
from ixia_config.render.facts import MISSING, movement
from ixia_config.render.gaps import Gap, gaps
from ixia_config.render.glossary import Glossary, glossary, name, place
from ixia_config.render.lines import Section, Sign, sections
from ixia_config.render.wording import clean, counted, listed, unique

DIGITS = 6  # of a plan's digest, as people name it


def needs(reviews: Iterable[Review]) -> str:
    """``finance (comp) and 2 of deal-desk (approvals)``; nothing where nobody must approve."""
    asked = (each for each in reviews if each.need and each.waiver is None)
    return listed(list(dict.fromkeys(_need(each) for each in asked)))


def _need(review: Review) -> str:
    many = f"{review.need} of " if review.need > 1 else ""
    return clean(f"{many}{' or '.join(review.roles)} ({review.rule.rpartition('#')[2]})")


@dataclass(frozen=True, slots=True)
class Risk:
    """What to know before saying yes; with a code where a guard said it."""

    text: str
    code: str = ""
    hint: str = ""
    refused: bool = False


@dataclass(frozen=True, slots=True)
class Extras:
    """Objects of one type in the target that no policy declares."""

    count: int
    nouns: str
    names: tuple[str, ...]

    @property
    def text(self) -> str:
        """``7 fields (A, B, C, D, E and 2 more)``."""
        return f"{counted(self.count, self.nouns)} ({listed(self.names, 5)})"


@dataclass(frozen=True, slots=True)
class Outline:
    """The words of a plan, in the order in which people read them."""

    project: str
    place: str
    target: str
    environment: str
    system: str
    plan: str
    counts: tuple[tuple[str, int], ...]
    looked_at: tuple[str, ...]
    risks: tuple[Risk, ...]
    sections: tuple[Section, ...]
    observed: tuple[Section, ...]
    held: tuple[Section, ...]
    holds: tuple[str, ...]
    gaps: tuple[Gap, ...]
    unmanaged: tuple[Extras, ...]
    cost: str
    approvals: tuple[str, ...]

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to do and nothing to say about it."""
        return not (self.sections or self.risks or self.observed or self.holds)

    @property
    def refused(self) -> bool:
        """Whether no approval can let this plan pass."""
        return any(risk.refused for risk in self.risks)

    @property
    def headline(self) -> str:
        """``1 new, 3 changed, 1 retired, nothing deleted``."""
        return ", ".join(headline(self.counts))

    @property
    def agreement(self) -> str:
        """The one line of a plan with nothing to do."""
        scope = f" ({listed(self.looked_at)})" if self.looked_at else ""
        return f"{self.project} and {self.place} agree{scope}."


def headline(counts: Iterable[tuple[str, int]]) -> list[str]:
    """The counts in words; that nothing is deleted is always said."""
    told = [f"{count:,} {word}" for word, count in counts if count and word != "deleted"]
    deleted = dict(counts).get("deleted", 0)
    return [*told, f"{deleted:,} deleted" if deleted else "nothing deleted"]


def outline(plan: Plan) -> Outline:
    """Everything to say about this plan."""
    words = glossary(plan)
    parts = sections(words, plan.changes, plan)
    return Outline(
        project=name(plan.project),
        place=place(plan.identity),
        target=name(plan.target),
        environment=clean(plan.environment),
        system=words.system,
        plan=clean(plan.digest[:DIGITS]),
        counts=_counts(plan, parts),
        looked_at=tuple(counted(count, clean(noun)) for noun, count in plan.counts),
        risks=tuple(_risks(words, plan)),
        sections=parts,
        observed=sections(words, plan.observed, plan),
        held=sections(words, plan.held, plan),
        holds=tuple(holds(plan)),
        gaps=gaps(plan.clauses),
        unmanaged=extras(words, plan.unmanaged),
        cost=_cost(plan),
        approvals=approvals(plan),
    )


def holds(plan: Plan) -> Iterator[str]:
    """Every hold with its day, its owner and why."""
    for each in plan.holds:
        what = f"{each.field} of {each.address}" if each.field else str(each.address)
        yield clean(f"{what} until {each.until} ({each.owner}: {each.reason})")


def title(identity: Identity, target: str) -> str:
    """``HubSpot sandbox 4242 (crm)``."""
    return f"{place(identity)} ({name(target)})" if target else place(identity)


def approvals(plan: Plan) -> tuple[str, ...]:
    """What ``--approve`` must name before this plan may be applied."""
    names = unique(verdict.approve for verdict in plan.verdicts if verdict.approve)
    return tuple(f"{clean(each)}@{clean(plan.digest[:DIGITS])}" for each in names)


def _counts(plan: Plan, parts: Iterable[Section]) -> tuple[tuple[str, int], ...]:
    """What the lines do, by word; fields that are released count one by one."""
    visible = {each for part in parts for line in part.lines for each in line.changes}
    told = Counter(_counted_as(each) for each in plan.changes if each.id in visible)
    told["released"] = sum(len(each.released) for each in plan.changes)
    return tuple((word, told[word]) for word in _WORDS)


_WORDS = (
    "new",
    "changed",
    "adopted",
    "rekeyed",
    "retired",
    "archived",
    "deleted",
    "released",
    "no longer managed",
    "protected",
    "no longer protected",
)


def _counted_as(change: Change) -> str:
    match change.verb:
        case Verb.CREATE:
            return "new"
        case Verb.UPDATE:
            return "changed"
        case Verb.ADOPT:
            return "adopted"
        case Verb.MOVE:
            return "rekeyed"
        case Verb.ARCHIVE:
            return "retired" if change.reason == "retired" else "archived"
        case Verb.DELETE:
            return "deleted"
        case Verb.RELEASE | Verb.MIGRATE:
            return ""
        case Verb.PROTECT | Verb.UNPROTECT:
            return "protected" if change.verb is Verb.PROTECT else "no longer protected"
        case Verb.FORGET:
            return "no longer managed"


def _risks(words: Glossary, plan: Plan) -> Iterator[Risk]:
    """Refusals first, then records that move, work that would be undone, and a short quota."""
    yield from (_of_verdict(each) for each in plan.verdicts if each.refused)
    yield from (_of_verdict(each) for each in plan.verdicts if not each.refused)
    yield from (_of_denial(each) for each in plan.denials)
    yield from (_of_review(each) for each in plan.reviews if each.need)
    for change in plan.changes:
        if change.verb is Verb.MIGRATE:
            yield Risk(movement(words, change))
    yield from _edits(words, plan.changes)
    remaining = plan.quota.remaining
    if remaining is not None and remaining < plan.quota.estimated:
        needed = counted(plan.quota.estimated, "requests")
        yield Risk(f"This needs {needed}, and the account has {remaining:,} left today")


def _of_verdict(verdict: Verdict) -> Risk:
    hint = "" if verdict.approve else clean(verdict.hint)
    return Risk(clean(verdict.message), clean(verdict.code), hint, verdict.refused)


def _of_denial(denial: Denial) -> Risk:
    """A rule that forbids an apply now; that a later moment may allow it refuses no plan."""
    until = f" until {denial.until}" if denial.until else ""
    text = f"{denial.rule} forbids an apply{until}: {denial.why}"
    return Risk(clean(f"{text}{_waived(denial.waiver)}"), "" if denial.waiver else "IX580")


def _of_review(review: Review) -> Risk:
    who = listed([clean(each) for each in review.roles], 4)
    author = ", the author not counted" if review.no_author else ""
    text = f"{clean(review.rule)} needs the approval of {review.need} from {who}{author}"
    return Risk(f"{text}{clean(_waived(review.waiver))}", "" if review.waiver else "IX581")


def _waived(waiver: Waiver | None) -> str:
    if waiver is None:
        return ""
    return f"; waived until {waiver.until} by {waiver.owner}: {waiver.reason}"


def _edits(words: Glossary, changes: Sequence[Change]) -> Iterator[Risk]:
    """Work of others in the target that an apply would undo."""
    drifted = [change for change in changes if change.verb.writes and edited(change)]
    count = sum(edits(change) for change in drifted)
    if not count:
        return
    authors = unique(
        words.author_briefly(field.by) for change in drifted for field in change.fields if field.by
    )
    who = f" ({listed(authors, 2)})" if authors else ""
    since = f"made in {words.system} since the last apply"
    yield Risk(f"{counted(count, 'edits')} {since} would be undone{who}")


def edited(change: Change) -> bool:
    """Whether somebody changed or removed this in the target."""
    return is_drift(change) or (change.verb is Verb.CREATE and change.reason == MISSING)


def edits(change: Change) -> int:
    """How many edits made this difference: a removed object is one."""
    if change.verb is Verb.CREATE:
        return 1
    return sum(field.cause in ("drift", "conflict") for field in change.fields)


def extras(words: Glossary, unmanaged: Iterable[Unmanaged]) -> tuple[Extras, ...]:
    """What nobody declares, by type."""
    by_type: dict[str, list[str]] = {}
    for each in unmanaged:
        by_type.setdefault(each.type, []).append(name(each.title))
    return tuple(
        Extras(len(names), words.plural(each), tuple(names)) for each, names in by_type.items()
    )


def _cost(plan: Plan) -> str:
    """``14 requests, about 2 s within the account's limit``."""
    quota = plan.quota
    seconds = f", about {quota.seconds:,} s within the account's limit" if quota.seconds else ""
    left = "" if quota.remaining is None else f"; {quota.remaining:,} left today"
    return f"{counted(quota.estimated, 'requests')}{seconds}{left}"


def writes(outlined: Outline) -> bool:
    """Whether any line stands for a write to the target."""
    return any(
        line.sign in (Sign.NEW, Sign.CHANGED, Sign.REMOVED)
        for part in outlined.sections
        for line in part.lines
    )

"""Which related record a new one belongs to, by the domain of an address, and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ixia_config.kinds.reasons import Reason, Verdict
from ixia_config.kinds.routing_policy.spec import Match, TieBreaker

Record = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Matched:
    """The related record, or None, with the reasons."""

    record: Record | None
    reasons: tuple[Reason, ...]


def match(settings: Match, record: Record, candidates: Sequence[Record]) -> Matched:
    """The candidate that a record belongs to; a missing or personal domain matches nothing."""
    domain = domain_of(record.get(settings.by))
    if not domain:
        return _none(settings, f"{settings.by} has no domain")
    if domain in _personal(settings):
        return _none(settings, f"{domain} is a personal domain")
    known = _accepted(settings, domain)
    found = [each for each in candidates if domain_of(each.get(settings.to)) in known]
    if not found:
        return _none(settings, f"no record has the domain {domain}")
    reasons = [Reason(settings.fill, Verdict.YES, f"{len(found):,} with the domain {domain}")]
    for breaker in settings.tie_breakers:
        left = best(breaker, found)
        if len(left) < len(found):
            why = f"prefers {breaker.prefer}: {len(left):,} of {len(found):,} left"
            reasons.append(Reason(breaker.field, Verdict.YES, why))
        found = left
    return Matched(found[0], tuple(reasons))


def _none(settings: Match, why: str) -> Matched:
    return Matched(None, (Reason(settings.fill, Verdict.NO, why),))


def _personal(settings: Match) -> frozenset[str]:
    return frozenset(domain.lower() for domain in settings.personal_domains)


def _accepted(settings: Match, domain: str) -> frozenset[str]:
    """The domain itself; its parents, too, where sub-domains belong to them; never personal."""
    labels = domain.split(".")
    parents = [".".join(labels[start:]) for start in range(1, len(labels) - 1)]
    wide = parents if settings.domain == "subdomains" else []
    return frozenset((domain, *wide)) - _personal(settings)


def domain_of(value: object) -> str:
    """The domain of an e-mail address, a web address or a domain, in lower case."""
    if not isinstance(value, str):
        return ""
    text = value.strip().lower()
    text = text.partition("://")[2] or text
    text = text.rpartition("@")[2].partition("/")[0].partition(":")[0]
    return text.removeprefix("www.").rstrip(".")


def best(breaker: TieBreaker, records: Sequence[Record]) -> list[Record]:
    """The records that a tie-breaker prefers, all where it tells none apart; missing comes last."""
    known = [each for each in records if each.get(breaker.field) is not None]
    if not known:
        return list(records)
    wanted = _wanted(breaker, [each[breaker.field] for each in known])
    return [each for each in known if each[breaker.field] == wanted]


def _wanted(breaker: TieBreaker, values: Iterable[Any]) -> object:
    match breaker.prefer:
        case "yes" | "latest" | "highest":
            return max(values)
        case "no" | "oldest" | "lowest":
            return min(values)

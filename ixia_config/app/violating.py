"""Drift of records: which of them break a rule of their pipeline; nothing here can write."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import UTC, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from ixia_config.app.planning import planned
from ixia_config.app.recording import asking
from ixia_config.app.refusal import refusing
from ixia_config.app.session import Session
from ixia_config.edges.http import Driver
from ixia_config.kinds.pipeline.spec import Pipeline
from ixia_config.kinds.pipeline.violations import Judgement, judge
from ixia_config.kinds.records import Records
from ixia_config.model import Plan
from ixia_config.sdk.connector import Live

Waiting = Callable[[str], AbstractContextManager[None]]
"""Says what is being done for as long as it lasts."""


@dataclass(frozen=True, slots=True)
class Watched:
    """What a plan says of the target, and what its records do; one judgement a pipeline."""

    plan: Plan
    judgements: tuple[Judgement, ...]


def watch(session: Session, *, limit: int, waiting: Waiting = lambda _: nullcontext()) -> Watched:
    """Compare the target with the YAML, then hold no more than ``limit`` records of each pipeline
    against its rules, and none for 0; Refusal when the files or the target do not allow it.
    """
    session.checked.sound()
    place = f"{session.connector.title} {session.environment} {session.declared.account}"
    with refusing(), session.driver(writes=False) as driver:
        with waiting(f"Reading {place}"):
            made = planned(session, driver, session.state())
        read = _Reading(session, driver, made.basis.live, limit, waiting)
        return Watched(made.plan, read.judgements() if limit else ())


@dataclass(frozen=True, slots=True)
class _Reading:
    session: Session
    driver: Driver
    live: Live
    limit: int
    waiting: Waiting

    def judgements(self) -> tuple[Judgement, ...]:
        """Every pipeline with what its records do, by name."""
        policies = self.session.configuration.of(Pipeline)
        nouns = dict.fromkeys(each.body.spec.object for each in policies)
        found = {noun: self.records(noun) for noun in nouns}
        now = self.session.clock.now().astimezone(_zone(self.live.identity.zone))
        return tuple(
            judge(each, found[each.body.spec.object], self.session.configuration, now)
            for each in policies
            if each.name in found[each.body.spec.object].totals
        )

    def records(self, noun: str) -> Records:
        """The open records of one type."""
        with self.waiting(f"Reading open records of type {noun}"):
            flow = asking(self.session, self.live, noun, limit=self.limit)
            return self.driver.run(flow)


def _zone(name: str | None) -> tzinfo:
    try:
        return ZoneInfo(name) if name else UTC
    except (ZoneInfoNotFoundError, ValueError):
        return UTC

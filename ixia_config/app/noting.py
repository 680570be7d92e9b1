"""What is worth knowing beside a plan: runs that did not end, and lines with nothing left to do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ixia_config.app.recovering import unfinished
from ixia_config.app.refusal import refusing
from ixia_config.app.session import Session
from ixia_config.kinds.pipeline.spec import Pipeline
from ixia_config.model import Address


@dataclass(frozen=True, slots=True)
class OpenRun:
    """A run that did not end: it still runs, or was interrupted."""

    run: str
    doing: str
    who: str
    at: str


@dataclass(frozen=True, slots=True)
class SpentMove:
    """A ``moved`` line of which nothing is left to do in this environment."""

    policy: Address
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Notes:
    """What a plan or a look at drift says beside its result."""

    environment: str
    open: tuple[OpenRun, ...] = ()
    spent: tuple[SpentMove, ...] = ()


def notes(session: Session) -> Notes:
    """What journal and state tell; the target is not asked."""
    with refusing():
        return Notes(session.environment, tuple(_open(session)), tuple(_spent(session)))


def _open(session: Session) -> Iterator[OpenRun]:
    for history in unfinished(session):
        start = history.records[0] if history.records else {}
        told = (str(start.get(key, "")) for key in ("doing", "who", "at"))
        yield OpenRun(history.run, *told)


def _spent(session: Session) -> Iterator[SpentMove]:
    """Lines whose new key is bound, and whose old key is not bound any more."""
    bound = session.state().bindings
    for policy in session.configuration.of(Pipeline):
        for line in policy.body.spec.moved:
            old, new = policy.address.at(line.from_), policy.address.at(line.to)
            if new in bound and old not in bound:
                yield SpentMove(policy.address, line.from_, line.to)

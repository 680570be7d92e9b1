"""Plan, drift and coverage: read a target and say what would be done; nothing here can write."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from ixia_config import __version__
from ixia_config.app.refusal import refusing
from ixia_config.app.session import Judging, Reader, Session
from ixia_config.edges.clock import stamp
from ixia_config.edges.git import commit_of
from ixia_config.engine.ownership import Owned, owned
from ixia_config.engine.plan import Basis, Frame, Judge, Word, make
from ixia_config.engine.state import State
from ixia_config.kinds import Configuration
from ixia_config.kinds.change_policy.decide import Judgement, Situation, judge
from ixia_config.kinds.locate import place_of
from ixia_config.kinds.ownership import holds
from ixia_config.kinds.registry import kinds
from ixia_config.model import Address, Change, Clause, Identity, Level, Plan, Value
from ixia_config.sdk.connector import Connector, Finding, Live, Lowered, Scope

VALID_FOR = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class Planned:
    """A plan and what it was computed from.

    ``owned`` are the fields that we own after it, where those are not the ones that are desired.
    """

    plan: Plan
    basis: Basis
    owned: Mapping[Address, Mapping[str, Value]] | None = None


def plan(session: Session) -> Plan:
    """What an apply would do now; Refusal when the files or the target do not allow a plan."""
    session.checked.sound()
    with refusing(), session.driver(writes=False) as driver:
        return planned(session, driver, session.state()).plan


def planned(session: Session, driver: Reader, state: State) -> Planned:
    """Read, lower, compare and ask about what would change."""
    identity = session.identify(driver)
    configuration = session.configuration
    scope = Scope(configuration=configuration, bound=state.ids, identity=identity)
    live = driver.run(session.connector.read(scope))
    basis = basis_of(session, with_quota(live, driver, session), state)
    return Planned(made(session, driver, basis), basis)


def basis_of(session: Session, live: Live, state: State) -> Basis:
    """What a plan is computed from, with the policies as the session has them."""
    configuration = session.configuration
    kept = owned(session.connector, _lowered(session.connector, configuration, live), configuration)
    return Basis(
        connector=session.connector,
        lowered=kept.lowered,
        live=live,
        state=state,
        settings=session.settings,
        limits=session.limits,
        place=lambda address: place_of(configuration, address),
        word=word_of(session, kept),
    )


def word_of(session: Session, kept: Owned) -> Word:
    """What the policies say of changing what they declare."""
    return Word(
        holds=holds(session.configuration, session.today),
        protected=kept.protected,
        refusals=kept.refusals,
        judge=_judge(session),
    )


def _judge(session: Session) -> Judge:
    """What the change policies say of changes at this moment; those of all targets count."""
    judging = session.judging or Judging()

    def judged(changes: Sequence[Change]) -> Judgement:
        now, head = session.clock.now(), session.checked.configuration
        situation = Situation(session.environment, now, changes, judging.touched)
        base = None if judging.base is None else judge(judging.base, situation)
        return joined(judge(head, situation), base)

    return judged


def joined(head: Judgement, base: Judgement | None) -> Judgement:
    """The word of the base where it has one, and of rules that only the head knows.

    So nobody is judged by a rule that they weaken, waive or staff in the same change.
    """
    if base is None:
        return head
    denials = {each.rule: each for each in (*head[0], *base[0])}
    reviews = {each.rule: each for each in (*head[1], *base[1])}
    return (
        tuple(denials[rule] for rule in sorted(denials)),
        tuple(reviews[rule] for rule in sorted(reviews)),
    )


def made(session: Session, driver: Reader, basis: Basis) -> Plan:
    """The plan of this basis; the target is asked about what would change."""
    making = make(basis, _frame(session))
    try:
        wanted = next(making)
        making.send(_findings(driver, basis, wanted))
    except StopIteration as done:
        plan: Plan = done.value
        return plan
    raise AssertionError("a plan asks once")  # pragma: no cover  # the generator's own promise


def unasked(session: Session, basis: Basis) -> Plan:
    """The plan of this basis without what only the target could say: no records, no authors."""
    making = make(basis, _frame(session))
    try:
        next(making)
        making.send(())
    except StopIteration as done:
        plan: Plan = done.value
        return plan
    raise AssertionError("a plan asks once")  # pragma: no cover  # the generator's own promise


def _findings(driver: Reader, basis: Basis, wanted: Sequence[Change]) -> Sequence[Finding]:
    """What the target says of the changes; nothing is asked that an incomplete read refuses."""
    if basis.live.incomplete:
        return ()
    return driver.run(basis.connector.inspect(wanted, basis.live))


def _frame(session: Session) -> Frame:
    now = session.clock.now()
    commit = commit_of(session.checked.root)
    return Frame(
        target=session.target,
        environment=session.environment,
        project=session.project,
        created_at=stamp(now),
        expires_at=stamp(now + VALID_FOR),
        config_digest=session.checked.digest,
        commit=commit.commit if commit and not commit.dirty else "",
        tool_version=__version__,
    )


def with_quota(live: Live, driver: Reader, session: Session) -> Live:
    """The account with its pace and what is left of its day."""
    allowed, interval = session.limiter.pace
    quota = replace(live.quota, allowed=allowed, interval=interval)
    live = replace(live, quota=quota)
    remaining = driver.usage.daily_remaining
    if remaining is None:
        return live
    kept = session.declared.reserve or 0  # of the day, only what the project itself asks for
    return replace(live, quota=replace(quota, remaining=int(remaining * (1 - kept))))


def _lowered(connector: Connector, configuration: Configuration, live: Live) -> Lowered:
    """What the connector makes of the policies, and those that it makes nothing of."""
    lowered = connector.lower(configuration, live)
    clauses = (*lowered.clauses, *_not_held(connector, configuration))
    return replace(lowered, clauses=clauses)


def _not_held(connector: Connector, configuration: Configuration) -> Iterator[Clause]:
    for policy in configuration:
        kind = policy.body.kind
        if not policy.body.supporting and kind not in connector.kinds:
            note = f"this version writes no {kind} to {connector.title}; `ixia test` and"
            yield Clause(
                policy.address,
                f"{kinds()[kind].slug.replace('-', ' ')} of {policy.title}",
                Level.UNSUPPORTED,
                f"{note} `ixia explain` decide by it here",
            )


def coverage(connector: Connector, configuration: Configuration, account: str) -> Lowered:
    """What this connector makes of the policies, without asking any system."""
    identity = Identity(connector.name, account, f"{connector.title} {account}")
    return _lowered(connector, configuration, Live(identity, asked=False))

"""How well HubSpot holds the clauses of a pipeline that are not its rules."""

from __future__ import annotations

from collections.abc import Iterator

from ixia_config.sdk import Breach, Clause, Identity, Level, Pipeline, Policy
from ixia_connectors.hubspot.names import RecordType
from ixia_connectors.hubspot.told import SHOWN, Watch


def pipeline_clauses(
    policy: Policy[Pipeline], kind: RecordType, identity: Identity, watch: Watch
) -> Iterator[Clause]:
    """Every clause of a pipeline as a whole that HubSpot does not refuse by itself."""
    yield from _moves(policy)
    yield from _close_date(policy, watch)
    yield from _account(policy, kind, identity)
    yield from _scope(policy, watch)


def _unnoticed(policy: Policy[Pipeline], subject: str, why: str) -> Clause:
    return Clause(policy.address, subject, Level.UNSUPPORTED, f"{why}, and nothing looks at moves")


def _moves(policy: Policy[Pipeline]) -> Iterator[Clause]:
    moves = policy.body.spec.moves
    if moves.reopen_to is not None:
        why = "HubSpot lets a closed record go to any stage"
        yield _unnoticed(policy, "where closed records return to", why)
    if moves.allowed is not None:
        why = "HubSpot has no list of moves from stage to stage"
        yield _unnoticed(policy, "allowed moves", why)
    if moves.lost_from != "any":
        why = "HubSpot lets a record be lost from any stage"
        yield _unnoticed(policy, "stages that records may be lost from", why)


def _close_date(policy: Policy[Pipeline], watch: Watch) -> Iterator[Clause]:
    close_date = policy.body.spec.close_date
    if close_date is None:
        return
    if close_date.set_on_close is not None:
        why = "HubSpot's API does not say how the close date is set"
        yield Clause(policy.address, "close date set on closing", Level.UNSUPPORTED, why)
    subject, why = (
        "close date of open records",
        "HubSpot lets an open record have a past close date",
    )
    if close_date.past_while_open:
        yield Clause(policy.address, subject, Level.NATIVE, why)
    elif close_date.past_while_open is False:
        yield _looked_at(policy, subject, why, noticed=watch.notices(Breach.CLOSE_DATE))


def _looked_at(policy: Policy[Pipeline], subject: str, why: str, *, noticed: bool) -> Clause:
    if noticed:
        return Clause(policy.address, subject, Level.DETECT, f"{why}; {SHOWN}")
    note = f"{why}, and what would show it cannot be read"
    return Clause(policy.address, subject, Level.UNSUPPORTED, note)


def _scope(policy: Policy[Pipeline], watch: Watch) -> Iterator[Clause]:
    if policy.body.spec.applies_when is not None:
        why = "HubSpot does not keep records out of a pipeline"
        noticed = watch.notices(Breach.SCOPE)
        yield _looked_at(policy, "which records belong here", why, noticed=noticed)


def _account(policy: Policy[Pipeline], kind: RecordType, identity: Identity) -> Iterator[Clause]:
    spec = policy.body.spec
    if spec.currency is not None and spec.currency != identity.currency:
        note = f"the account's currency is {identity.currency}; HubSpot pipelines have none"
        yield Clause(policy.address, f"currency {spec.currency}", Level.UNSUPPORTED, note)
    if spec.record_type is not None:
        note = f"HubSpot's {kind.plural} have no record types"
        yield Clause(policy.address, "record type", Level.UNSUPPORTED, note)

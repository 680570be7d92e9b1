"""The choices of ``ixia recover`` and what it tells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import click

from ixia_config.app import Session
from ixia_config.app.recovering import Recovered, look, named, recover
from ixia_config.cli.terminal import Terminal
from ixia_config.engine.recover import Choices
from ixia_config.exits import Exit
from ixia_config.model import Address
from ixia_config.render.plan_json import written
from ixia_config.render.wording import clean


def chosen(
    bind: Sequence[str], absent: Sequence[str], abandon: Sequence[str]
) -> tuple[Choices, tuple[str, ...]]:
    """What the user decided of addresses, and the runs to set aside; UsageError for nonsense."""
    bound = {}
    for text in bind:
        name, _, remote_id = text.partition("=")
        if not remote_id:
            raise click.UsageError(f"--bind {text} names no id; write ADDRESS=ID")
        bound[parsed(name)] = remote_id
    runs = tuple(each for each in abandon if "/" not in each)
    given_up = frozenset(parsed(each) for each in abandon if "/" in each)
    choices = Choices(bound, frozenset(map(parsed, absent)), given_up)
    if len(choices.addresses) < len(bound) + len(choices.absent) + len(given_up):
        raise click.UsageError("one address has two choices")
    return choices, runs


def parsed(text: str) -> Address:
    """An address that the user typed; UsageError for anything else."""
    try:
        return Address.parse(text)
    except ValueError as error:
        raise click.UsageError(str(error)) from None


def recovered(
    session: Session, shown: Terminal, form: str, choices: Choices, runs: Sequence[str]
) -> int:
    """Look or decide, and tell; 9 while a person still has to decide."""
    deciding = bool(choices.addresses or runs)
    found = recover(session, choices, set_aside=runs) if deciding else look(session)
    if form == "json":
        shown.say(written(_values(found, session.environment)))
    else:
        shown.say("\n".join(_lines(found, session.environment, deciding=deciding)) + "\n")
    return Exit.RECOVERY if found.doubts or _damaged(found) else Exit.OK


def _damaged(found: Recovered) -> tuple[str, ...]:
    damaged = (each.run for each in found.left.runs if each.damage)
    return tuple(run for run in damaged if run not in found.set_aside)


def _values(found: Recovered, environment: str) -> dict[str, object]:
    return {
        "environment": environment,
        "settled": [
            {
                "address": str(each.intent.address),
                "change": each.intent.id,
                "run": each.intent.run,
                "fate": each.fate.value,
                "remote_id": each.remote_id,
            }
            for each in found.left.recovery.settled
        ],
        "in_doubt": [
            {
                "address": str(each.intent.address),
                "title": each.intent.title,
                "run": each.intent.run,
                "candidates": [
                    {"remote_id": one.remote_id, "title": one.title} for one in each.candidates
                ],
            }
            for each in found.doubts
        ],
        "damaged": list(_damaged(found)),
        "set_aside": list(found.set_aside),
    }


def _lines(found: Recovered, environment: str, *, deciding: bool) -> Iterator[str]:
    settled = found.left.recovery.settled
    if not settled and not found.doubts and not found.left.runs:
        yield "Nothing is open: every run ended."
        return
    for each in settled:
        yield clean(f"{each.intent.id}: {each.fate.value}")
    for doubt in found.doubts:
        yield ""
        yield clean(f"{doubt.intent.title} ({doubt.intent.address}): nobody knows whether it was")
        yield "created. It may be one of these:"
        yield from (f"  {clean(named(each))}" for each in doubt.candidates)
        yield "Decide with one of:"
        start = f"  ixia recover --env {environment}"
        for one in doubt.candidates:
            yield clean(f"{start} --bind {doubt.intent.address}={one.remote_id}")
        yield clean(f"{start} --absent {doubt.intent.address}")
        yield clean(f"{start} --abandon {doubt.intent.address}")
    for run in _damaged(found):
        yield ""
        yield f"The journal of run {run} is damaged. Look at the target, then:"
        yield f"  ixia recover --env {environment} --abandon {run}"
    yield from (f"Set aside: run {run}." for run in found.set_aside)
    if not found.doubts and not _damaged(found):
        yield "Settled." if deciding else "Nothing needs a decision: the next apply goes on."

"""``ixia lock``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from ixia_config.cli.options import Place, on_target, reports

if TYPE_CHECKING:
    from ixia_config.app.session import Kept
    from ixia_config.cli.terminal import Terminal

_LONGEST = 200


@click.command(
    short_help="Show who is applying, or take the lock away.",
    epilog="""\b
Examples:
  ixia lock status --env production
  ixia lock steal --env production --reason "the runner was deleted"

A lock ends with its process; one in git at most a minute later. Steal only what hangs: its next
write of state is refused, and a call that is on its way still arrives.""",
)
@click.argument("action", type=click.Choice(("status", "steal")))
@click.option("--reason", metavar="TEXT", help="Why it is taken away; kept in the audit trail.")
@reports("text", "json")
@on_target
def command(place: Place, shown: Terminal, form: str, *, action: str, reason: str | None) -> int:
    """Show who holds the lock of a target and environment, or take it away from them."""
    from ixia_config.app.session import kept
    from ixia_config.cli.opening import checked

    words = " ".join((reason or "").split())
    if (action == "steal") != bool(words):
        raise click.UsageError("steal needs a --reason, and status takes none")
    if len(words) > _LONGEST or not words.isprintable():
        raise click.UsageError(f"a reason is one line of at most {_LONGEST} characters")
    found = kept(checked(place), environment=place.environment, target=place.target)
    if action == "status":
        return _status(found, shown, form)
    return _steal(found, shown, form, words)


def _status(kept: Kept, shown: Terminal, form: str) -> int:
    import dataclasses

    from ixia_config.app.locking import holder
    from ixia_config.exits import Exit
    from ixia_config.render.plan_json import written

    found = holder(kept)
    if form == "json":
        shown.say(written({"holder": dataclasses.asdict(found) if found else None}))
    elif found is None:
        shown.say(f"Nobody holds the lock of {kept.target}, {kept.environment}.\n")
    else:
        shown.say(f"The lock of {kept.target}, {kept.environment} is held by {found}.\n")
    return Exit.OK


def _steal(kept: Kept, shown: Terminal, form: str, reason: str) -> int:
    import dataclasses

    from ixia_config.app.locking import steal
    from ixia_config.exits import Exit
    from ixia_config.render.plan_json import written

    with shown.waiting("Taking the lock, and waiting until its holder has noticed"):
        theft = steal(kept, reason=reason)
    if form == "json":
        shown.say(written(dataclasses.asdict(theft)))
    elif theft.victim is None:
        shown.say(f"Nobody holds the lock of {kept.target}, {kept.environment}.\n")
    else:
        shown.say(f"The lock was taken from {theft.victim}. It is free.\n")
    return Exit.OK

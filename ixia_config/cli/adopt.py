"""``ixia adopt``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from ixia_config.cli.options import Place, on_target, reports

if TYPE_CHECKING:
    from ixia_config.app.adopting import Adopted
    from ixia_config.cli.terminal import Terminal


@click.command(
    short_help="Take over what is there already.",
    epilog="""\b
Examples:
  ixia adopt Pipeline/renewals#paper 7 --env production
  ixia adopt --all --env production          (what the YAML names, or has exactly as it is)
  ixia adopt --all --match natural-key       (also what only has the same title)""",
)
@click.argument("address", required=False)
@click.argument("remote_id", required=False, metavar="[ID]")
@click.option(
    "--all", "everything", is_flag=True, help="Whatever can be found; after a lost state."
)
@click.option(
    "--match", type=click.Choice(("natural-key",)), help="With --all: by title, differing or not."
)
@reports("text", "json")
@on_target
def command(
    place: Place,
    shown: Terminal,
    form: str,
    *,
    address: str | None,
    remote_id: str | None,
    everything: bool,
    match: str | None,
) -> int:
    """Bind what the YAML declares to objects that are there; the target is only read.

    What differs from the YAML shows in the next plan.
    """
    from ixia_config.app.adopting import adopt, adopt_all
    from ixia_config.cli.opening import opened, title
    from ixia_config.cli.recovering import parsed

    if everything == (address is not None) or (match and not everything):
        raise click.UsageError("name an ADDRESS and an ID, or say --all (and --match with it)")
    if address is not None and remote_id is None:
        raise click.UsageError("name the ID of the object, too")
    with opened(place, shown) as session, shown.waiting(f"Reading {title(session)}"):
        if address is None or remote_id is None:
            found = adopt_all(session, by_title=match is not None)
        else:
            found = adopt(session, parsed(address), remote_id)
    return _told(found, shown, form)


def _told(found: Adopted, shown: Terminal, form: str) -> int:
    from ixia_config.exits import Exit
    from ixia_config.render.plan_json import written
    from ixia_config.render.wording import clean, counted

    left = len(found.plan.changes)
    if form == "json":
        bound = {str(address): live.remote_id for address, live in found.bound}
        shown.say(written({"run": found.run, "bound": bound, "left": left}))
        return Exit.OK
    for address, live in found.bound:
        shown.say(clean(f"{address} is {live.title} ({live.remote_id})") + "\n")
    after = f"a plan has {counted(left, 'changes')} left" if left else "a plan has nothing to do"
    shown.say(f"Bound {counted(len(found.bound), 'objects')}; {after}.\n")
    return Exit.OK

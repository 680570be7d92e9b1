"""What ``ixia drift`` shows, and what it takes into the YAML with ``--adopt``."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ixia_config.cli.options import Place
    from ixia_config.cli.terminal import Terminal


def adopt(place: Place, shown: Terminal, form: str, *, write: bool) -> bool:
    """Take drift into the files, or only say how; whether something was left."""
    from ixia_config.app.drifting import adopt_drift
    from ixia_config.cli.formats import chosen
    from ixia_config.cli.opening import opened
    from ixia_config.render.plan_json import written
    from ixia_config.render.taking import Taken, taking_text, taking_values

    with opened(place, shown) as session:
        found = adopt_drift(session, write=write)
    taken = Taken(
        tuple(each.name for each in found.taken),
        tuple((each.name, why) for each, why in found.left),
        found.diff,
        written=write,
        remaining=len(found.remaining),
        environment=session.environment,
    )
    told = chosen(
        form if form == "json" else "text",
        text=lambda: taking_text(taken, shown.style),
        json=lambda: written(taking_values(taken)),
    )
    shown.say(told)
    return bool(found.left)


def show(place: Place, shown: Terminal, form: str, *, records: bool, limit: int) -> bool:
    """Show the drift; whether there is any."""
    from ixia_config import render
    from ixia_config.app.noting import notes
    from ixia_config.app.violating import watch
    from ixia_config.cli.formats import chosen
    from ixia_config.cli.opening import opened
    from ixia_config.render.notes import open_runs_text

    with opened(place, shown) as session:
        found = watch(session, limit=limit if records else 0, waiting=shown.waiting)
        beside = notes(session)
    plan, judged = found.plan, found.judgements
    told = chosen(
        form,
        text=lambda: render.drift_text(plan, shown.style, judged),
        json=lambda: render.drift_json(plan, judged if records else None),
        markdown=lambda: render.drift_markdown(plan, judged),
        github=lambda: render.drift_github(plan, judged),
    )
    shown.say(told)
    shown.note(open_runs_text(beside.open, beside.environment))
    return render.has_drift(plan) or render.has_violations(judged)

"""What simulations read from their options, and how an impact is written, alone or with a plan."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

import click
from pydantic import ValidationError

from ixia_config import render
from ixia_config.app.checking import Checked
from ixia_config.app.simulating import Wish, simulate
from ixia_config.cli.against import against as against_of
from ixia_config.cli.formats import chosen
from ixia_config.cli.options import Place
from ixia_config.cli.recording import fetched
from ixia_config.cli.terminal import Terminal
from ixia_config.edges.clock import system_clock
from ixia_config.edges.records import Source
from ixia_config.kinds.policy_test.spec import INSTANT
from ixia_config.model import Plan
from ixia_config.render.impact import impact_text
from ixia_config.render.impact_json import impact_json, impact_values
from ixia_config.render.impact_markdown import impact_markdown
from ixia_config.render.plan_json import plan_values, written
from ixia_config.render.style import Style
from ixia_config.simulate.impact import Impact


def moment(text: str | None) -> datetime:
    """The time that the user named, or now."""
    if text is None:
        return system_clock().now()
    try:
        return INSTANT.validate_python(text)
    except ValidationError:
        wanted = "a date and time with its zone, such as 2026-11-23T09:00:00Z"
        raise click.UsageError(f"--clock wants {wanted}, not {text!r}") from None


def tell(impact: Impact, form: str, style: Style, *, show_pay: bool) -> str:
    """The impact in the format that was asked for."""
    return chosen(
        form,
        text=lambda: impact_text(impact, style, show_pay=show_pay),
        json=lambda: impact_json(impact, show_pay=show_pay),
        markdown=lambda: impact_markdown(impact, show_pay=show_pay),
    )


def compared(
    checked: Checked, sources: Mapping[str, Source], place: Place, against: str, shown: Terminal
) -> Impact | None:
    """The impact on these records; None without any."""
    if not sources:
        return None
    other = against_of(place, shown, against)
    read = fetched(sources, place, shown)
    with shown.waiting("Deciding every record"):
        found = simulate(checked, Wish(read, system_clock().now(), other.revision))
    return replace(found, before=other.called)


def above(
    impact: Impact | None, plan: Plan, form: str, style: Style, *, file: str, show_pay: bool
) -> str:
    """A plan with the impact above it, in the format that was asked for."""
    if impact is None:
        return _plan(plan, form, style, file)
    return chosen(
        form,
        text=lambda: (
            f"{impact_text(impact, style, show_pay=show_pay)}\n{_plan(plan, form, style, file)}"
        ),
        markdown=lambda: (
            impact_markdown(impact, show_pay=show_pay) + _plan(plan, form, style, file)
        ),
        github=lambda: _plan(plan, form, style, file),
        json=lambda: written(
            {**plan_values(plan, file=file), "impact": impact_values(impact, show_pay=show_pay)}
        ),
    )


def _plan(plan: Plan, form: str, style: Style, file: str) -> str:
    return chosen(
        form,
        text=lambda: render.plan_text(plan, style, file=file),
        json=lambda: render.plan_json(plan, file=file),
        markdown=lambda: render.plan_markdown(plan, file=file),
        github=lambda: render.plan_github(plan, file=file),
    )

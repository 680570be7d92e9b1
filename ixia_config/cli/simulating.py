"""What ``ixia simulate`` reads from its options, and how its result is written."""

from __future__ import annotations

from datetime import datetime

import click
from pydantic import ValidationError

from ixia_config.cli.formats import chosen
from ixia_config.edges.clock import system_clock
from ixia_config.kinds.policy_test.spec import INSTANT
from ixia_config.render.impact import impact_text
from ixia_config.render.impact_json import impact_json
from ixia_config.render.impact_markdown import impact_markdown
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

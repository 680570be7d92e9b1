"""``ixia coverage``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from ixia_config.cli.options import Place, on_target, reports

if TYPE_CHECKING:
    from ixia_config.app import Checked
    from ixia_config.cli.terminal import Terminal
    from ixia_config.model import Clause


@click.command(
    short_help="Show which clauses each target can hold by itself.",
    epilog="""\b
Examples:
  ixia coverage
  ixia coverage --target crm --format markdown""",
)
@reports("text", "json", "markdown")
@on_target
def command(place: Place, shown: Terminal, form: str) -> int:
    """Show, clause by clause, what each target holds itself and what needs people or reports.

    Asks no system.
    """
    from ixia_config import render
    from ixia_config.cli.formats import chosen
    from ixia_config.cli.opening import checked
    from ixia_config.exits import Exit

    found = dict(_clauses(checked(place).sound(), place))
    told = chosen(
        form,
        text=lambda: render.coverage_text(found, shown.style),
        json=lambda: render.coverage_json(found),
        markdown=lambda: render.coverage_markdown(found),
    )
    shown.say(told)
    return Exit.OK


def _clauses(seen: Checked, place: Place) -> Iterator[tuple[str, tuple[Clause, ...]]]:
    """The clauses of each target, by what people call it."""
    from ixia_config.app.planning import coverage
    from ixia_config.app.session import connector_of, targets_of

    targets = targets_of(seen, place.environment)
    for name in (place.target,) if place.target else targets:
        if name not in targets or seen.project is None:
            raise click.UsageError(f"there is no target {name!r} (known: {', '.join(targets)})")
        connector = connector_of(seen.project.body.spec.targets[name].connector)
        lowered = coverage(connector, seen.for_target(name), "")
        yield f"{connector.title} ({name})", lowered.clauses

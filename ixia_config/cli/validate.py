"""``ixia validate``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from ixia_config.cli.options import Place, on_environment, reports, shows_pay

if TYPE_CHECKING:
    from ixia_config.app import Checked
    from ixia_config.cli.terminal import Terminal


@click.command(
    short_help="Check the files and say what is wrong with them.",
    epilog="""\b
Examples:
  ixia validate
  ixia validate --env production
  ixia validate --format sarif > ixia.sarif
  ixia validate --format github        (in a GitHub workflow)""",
)
@reports("text", "json", "markdown", "github", "sarif")
@click.option("--strict", is_flag=True, help="Fail on warnings too.")
@shows_pay
@on_environment
def command(place: Place, shown: Terminal, form: str, *, strict: bool) -> int:
    """Check every file of the configuration, without asking any system.

    Lists everything that is wrong at once, in every environment unless you name one, and ends
    with 3 where there is an error.
    """
    from ixia_config import render
    from ixia_config.cli.formats import chosen
    from ixia_config.cli.opening import judged
    from ixia_config.codes import Severity
    from ixia_config.exits import Exit

    found = judged(place)
    told = chosen(
        form,
        text=lambda: _text(found, shown),
        json=lambda: render.diagnostics_json(found.diagnostics),
        markdown=lambda: render.diagnostics_markdown(found.diagnostics, found.sources),
        github=lambda: render.diagnostics_github(found.diagnostics),
        sarif=lambda: render.diagnostics_sarif(found.diagnostics),
    )
    shown.say(told)
    wrong = {Severity.ERROR, Severity.WARNING} if strict else {Severity.ERROR}
    return Exit.INVALID if any(each.severity in wrong for each in found.diagnostics) else Exit.OK


def _text(found: Checked, shown: Terminal) -> str:
    from ixia_config.render import diagnostics_text

    if found.diagnostics:
        return diagnostics_text(found.diagnostics, found.sources, shown.style)
    policies, files = len(found.configuration), len(found.sources)
    return f"Valid: {policies} policies in {files} files.\n"

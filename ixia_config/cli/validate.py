"""``ixia validate``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from ixia_config.cli.options import Place, on_environment, reports

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
@on_environment
def command(place: Place, shown: Terminal, form: str, *, strict: bool) -> int:
    """Check every file of the configuration, without asking any system.

    Lists everything that is wrong at once, and ends with 3 where there is an error.
    """
    from ixia_config.cli.opening import checked
    from ixia_config.codes import Severity
    from ixia_config.exits import Exit

    found = checked(place)
    shown.say(_written(found, form, shown))
    wrong = {Severity.ERROR, Severity.WARNING} if strict else {Severity.ERROR}
    return Exit.INVALID if any(each.severity in wrong for each in found.diagnostics) else Exit.OK


def _written(found: Checked, form: str, shown: Terminal) -> str:
    from ixia_config import render

    match form:
        case "json":
            return render.diagnostics_json(found.diagnostics)
        case "markdown":
            return render.diagnostics_markdown(found.diagnostics, found.sources)
        case "github":
            return render.diagnostics_github(found.diagnostics)
        case "sarif":
            return render.diagnostics_sarif(found.diagnostics)
        case _:
            return _text(found, shown)


def _text(found: Checked, shown: Terminal) -> str:
    from ixia_config.render import diagnostics_text

    if found.diagnostics:
        return diagnostics_text(found.diagnostics, found.sources, shown.style)
    policies, files = len(found.configuration), len(found.sources)
    return f"Valid: {policies} policies in {files} files.\n"

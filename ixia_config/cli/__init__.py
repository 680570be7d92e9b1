"""The ``ixia`` command: a cheap list of commands; each one's module is read when it is used."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Mapping, Sequence
from typing import Any

import click

from ixia_config import __version__
from ixia_config.exits import Exit

COMMANDS: Mapping[str, str] = {
    "init": "Start a new configuration in a folder.",
    "validate": "Check the files and say what is wrong with them.",
    "fmt": "Lay out the YAML files; comments and meaning stay.",
    "test": "Run the tests of the rules.",
    "explain": "Explain a code such as IX307, or a decision about a record.",
    "analyse": "Prove the rules: gaps, shadows, overlaps, and what a change changes.",
    "simulate": "Show what the rules do to real records, before and after a change.",
    "comp": "Work out what people are paid, deal by deal.",
    "plan": "Show what an apply would change, and write nothing.",
    "apply": "Do what a plan says, or less.",
    "recover": "Settle what an earlier apply left open.",
    "undo": "Plan to take back what an apply did.",
    "drift": "Show what somebody changed in the target.",
    "ci": "Review pull requests in GitHub and GitLab.",
    "freeze": "Leave one place as it is until a day.",
    "pull": "Write what an account holds as YAML.",
    "adopt": "Take over what is there already.",
    "report": "Write the process and a change of it as one HTML page.",
    "docs": "Write the handbook of the process, or release notes from a plan.",
    "coverage": "Show which clauses each target can hold by itself.",
    "sandbox": "Serve a rehearsal account on this machine.",
    "demo": "Watch the whole road on a made-up account.",
    "schema": "Write the JSON Schemas that editors use.",
    "lock": "Show who is applying, or take the lock away.",
    "audit": "Check the record of every apply, or export it.",
    "doctor": "Find out what is wrong with the set-up.",
    "completion": "Print the completion script for a shell.",
}


class _Commands(click.Group):
    """Commands by name; only the one that runs is imported."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  # click's signature
        """Every command, in the order in which people meet them."""
        return list(COMMANDS)

    def get_command(
        self,
        ctx: click.Context,  # noqa: ARG002  # click's signature
        cmd_name: str,
    ) -> click.Command | None:
        """The command of this name."""
        if cmd_name not in COMMANDS:
            return None
        found: click.Command = importlib.import_module(f"{__name__}.{cmd_name}").command
        return found

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Name the nearest command where there is none of this name."""
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            ctx.fail(_unknown(args[0]))
        return super().resolve_command(ctx, args)

    def format_commands(
        self,
        ctx: click.Context,  # noqa: ARG002  # click's signature
        formatter: click.HelpFormatter,
    ) -> None:
        """The list of commands, without importing any."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


def _unknown(name: str) -> str:
    import difflib

    near = difflib.get_close_matches(name, COMMANDS, n=1)
    return f"there is no command {name!r}" + (f"; did you mean {near[0]!r}?" if near else "")


@click.group(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Every command has --help with examples. Exit codes: ixia explain exits",
)
@click.version_option(__version__, prog_name="ixia", message="%(prog)s %(version)s")
def ixia() -> None:
    """A sales team's process as reviewed YAML, planned against and applied to CRMs."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run and end the process; what every entry point calls."""
    sys.exit(run(sys.argv[1:] if arguments is None else arguments))


def run(arguments: Sequence[str]) -> int:
    """Run one command; returns its exit code and never raises."""
    try:
        ended: Any = ixia.main(list(arguments), prog_name="ixia", standalone_mode=False)
        return int(ended or Exit.OK)
    except click.ClickException as error:
        error.show()
        return Exit.USAGE
    except (click.Abort, KeyboardInterrupt):
        click.echo("Interrupted.", err=True)
        return Exit.INTERRUPTED
    except Exception as error:
        from ixia_config.cli.failing import told

        return told(error, arguments)


__all__ = ["COMMANDS", "ixia", "main", "run"]

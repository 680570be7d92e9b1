"""The options that commands share, handed over as two values: the place and the terminal."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

Command = Callable[..., Any]

A_FILE = click.Path(dir_okay=False, path_type=Path)
A_FOLDER = click.Path(file_okay=False, path_type=Path)


@dataclass(frozen=True, slots=True)
class Place:
    """Which configuration, environment and target a command works on."""

    directory: Path
    environment: str | None = None
    target: str | None = None
    debug: bool = False
    show_pay: bool = False


def common(command: Command) -> Command:
    """``--dir``, ``--no-color`` and ``--debug``, as ``place`` and ``shown``."""

    @functools.wraps(command)
    def run(*, directory: Path, no_color: bool, debug: bool, **more: Any) -> Any:
        from ixia_config.cli.terminal import terminal

        place = Place(
            directory,
            more.pop("environment", None),
            more.pop("target", None),
            debug,
            more.pop("show_pay", False),
        )
        return command(place=place, shown=terminal(colour=not no_color), **more)

    for option in (_DEBUG, _COLOUR, _DIRECTORY):
        run = option(run)
    return run


def on_environment(command: Command) -> Command:
    """What ``common`` gives, and ``--env``."""
    return _ENVIRONMENT(common(command))


def on_target(command: Command) -> Command:
    """What ``common`` gives, and ``--env`` and ``--target``."""
    return _ENVIRONMENT(_TARGET(common(command)))


def reports(*formats: str) -> Callable[[Command], Command]:
    """``--format``: how the result is written."""
    return click.option(
        "--format",
        "form",
        type=click.Choice(formats),
        default="text",
        show_default=True,
        help="How to write the result.",
    )


def shows_pay(command: Command) -> Command:
    """``--show-pay``, as ``place.show_pay``; stands above what makes the place."""
    text = "Show what people are paid; such amounts are *** otherwise."
    return click.option("--show-pay", "show_pay", is_flag=True, help=text)(command)


def detailed(command: Command) -> Command:
    """``--detailed-exitcode``."""
    text = "End with 2 where something would change or has drifted."
    return click.option("--detailed-exitcode", "detailed", is_flag=True, help=text)(command)


_DIRECTORY = click.option(
    "--dir",
    "directory",
    type=A_FOLDER,
    default=".",
    help="The configuration's folder, or one inside it.  [default: here]",
)
_ENVIRONMENT = click.option(
    "-e", "--env", "environment", metavar="NAME", help="The environment, such as sandbox."
)
_TARGET = click.option("--target", metavar="NAME", help="The target, such as crm.")
_COLOUR = click.option("--no-color", is_flag=True, help="Never use colour; NO_COLOR does the same.")
_DEBUG = click.option("--debug", is_flag=True, help="Show requests, and tracebacks of mistakes.")

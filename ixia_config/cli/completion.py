"""``ixia completion``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from ixia_config.cli.options import Place, common

if TYPE_CHECKING:
    from ixia_config.cli.terminal import Terminal


@click.command(
    short_help="Print the completion script for a shell.",
    epilog="""\b
Examples:
  ixia completion bash >> ~/.bashrc
  ixia completion zsh >> ~/.zshrc
  ixia completion fish > ~/.config/fish/completions/ixia.fish""",
)
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@common
def command(place: Place, shown: Terminal, shell: str) -> int:
    """Print the script that completes commands and options in a shell."""
    from click.shell_completion import get_completion_class

    from ixia_config.cli import ixia
    from ixia_config.exits import Exit

    del place  # completion is the same everywhere
    found = get_completion_class(shell)
    if found is not None:
        shown.say(found(ixia, {}, "ixia", "_IXIA_COMPLETE").source() + "\n")
    return Exit.OK

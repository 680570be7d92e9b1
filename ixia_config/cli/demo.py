"""``ixia demo``."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import click

from ixia_config.cli.options import Place, common
from ixia_config.cli.script import ENDING, MEDDLING, OPENING, SCENES, typed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ixia_config.app.demo import Stage
    from ixia_config.cli.script import Scene
    from ixia_config.cli.terminal import Terminal


@click.command(
    short_help="Watch the whole road on a made-up account.",
    epilog="""\b
Example:
  ixia demo""",
)
@common
def command(place: Place, shown: Terminal) -> int:
    """Validate, plan, apply, plan again, drift: on an account that only this machine has.

    Takes about a minute, keeps nothing, and needs no network.
    """
    from ixia_config.app.demo import stage

    del place  # it brings its own configuration
    with stage(os.environ) as here:
        shown.say(OPENING.format(url=here.served.url))
        ended = _played(SCENES, here, shown)
        if not ended:
            _pause(shown)
            shown.say(f"\n{here.meddle()}\n")
            ended = _played((MEDDLING,), here, shown)
    if not ended:
        shown.say(ENDING.format(**typed(here.served.rehearsal.token)))
    return ended


def _played(scenes: Sequence[Scene], here: Stage, shown: Terminal) -> int:
    """Run each scene's command as a user would; the first exit code that is not 0 ends it."""
    for scene in scenes:
        _pause(shown)
        shown.say(f"\n{scene.says}\n\n$ ixia {' '.join(scene.words)}\n")
        words = [sys.executable, "-m", "ixia_config.cli", *scene.words]
        ended = subprocess.run(  # noqa: S603  # our own words
            words, cwd=here.root, env=here.environ, stdin=subprocess.DEVNULL, check=False
        ).returncode
        if ended:
            return ended
    return 0


def _pause(shown: Terminal) -> None:
    """Wait for Enter where somebody sits at a terminal."""
    if shown.asks:
        shown.note("\n-- Enter goes on --")
        sys.stdin.readline()

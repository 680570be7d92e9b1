"""``--against``: which other version is meant, and how it is called where nobody named one."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from ixia_config.cli.options import Command, Place

if TYPE_CHECKING:
    from ixia_config.cli.terminal import Terminal

BRANCH_POINT = "\n"
"""What ``--against`` is without a REV; no commit can be called so."""
_TARGETS = ("GITHUB_BASE_REF", "CI_MERGE_REQUEST_TARGET_BRANCH_NAME")


@dataclass(frozen=True, slots=True)
class Against:
    """A commit and what people call it; both empty where nothing is compared."""

    revision: str = ""
    called: str = ""


def compares(command: Command) -> Command:
    """``--against [REV]``; without a REV it is where the branch left the default branch."""
    text = "Compare with this commit or branch; without a REV with where this branch left main."
    return click.option(
        "--against",
        is_flag=False,
        flag_value=BRANCH_POINT,
        default="",
        metavar="[REV]",
        help=text,
    )(command)


def against(
    place: Place, shown: Terminal, text: str, environ: Mapping[str, str] = os.environ
) -> Against:
    """The version that was meant; says on the error stream which one was chosen."""
    if text != BRANCH_POINT:
        return Against(text, text)
    from ixia_config.cli.opening import root_of
    from ixia_config.edges.branching import branch_point

    target = next((found for name in _TARGETS if (found := environ.get(name))), "")
    point = branch_point(root_of(place), target)
    if not point.branch:
        shown.note(
            "Compared with the last commit, since this clone has no main branch; fetch it, or name"
            " another version with --against.\n"
        )
        return Against(point.commit, point.commit)
    shown.note(f"Compared with {point.branch} at {point.commit[:12]}, where this branch left it.\n")
    return Against(point.commit, point.branch.removeprefix("origin/"))


__all__ = ["BRANCH_POINT", "Against", "against", "compares"]

"""``ixia ci gitlab``: the comment, labels, reviewers and the drift proposal."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ixia_config.cli.ci_options import (
    about_plan,
    for_branch,
    for_comment,
    logins_file,
    numbered,
)
from ixia_config.cli.options import Place, common, on_target

if TYPE_CHECKING:
    from ixia_config.cli.terminal import Terminal
    from ixia_config.edges.gitlab import GitLab


@click.group(short_help="Speak to GitLab.")
def gitlab() -> None:
    """Write to the merge request that this job of GitLab is about."""


@gitlab.command(short_help="Write the one comment, or bring it up to date.")
@for_comment
@numbered
@common
def comment(
    place: Place,  # noqa: ARG001  # the same options everywhere
    shown: Terminal,
    number: int,
    body: Path | None,
    plan: Path | None,
    head: str,
    name: str,
) -> int:
    """Write one comment that later runs bring up to date."""
    from ixia_config.cli.ci_saying import Said, commented

    return commented(_host(number), shown, Said(body, plan, head, name))


@gitlab.command(short_help="Set the labels that the rules ask for.")
@about_plan
@numbered
@common
def labels(place: Place, shown: Terminal, number: int, plan: Path) -> int:
    """Add the labels of the rules that a plan meets, and take off those of the others."""
    from ixia_config.cli.ci_saying import labelled

    return labelled(_host(number), place, shown, plan)


@gitlab.command(short_help="Ask those who must approve.")
@about_plan
@logins_file
@numbered
@common
def reviewers(place: Place, shown: Terminal, number: int, plan: Path, logins: Path) -> int:  # noqa: ARG001
    """Ask the people for a review whose approval the rules want."""
    from ixia_config.cli.ci_saying import asked

    return asked(_host(number), shown, plan, logins)


@gitlab.command("open-drift-mr", short_help="Propose what was changed by hand as YAML.")
@for_branch
@on_target
def open_drift_mr(place: Place, shown: Terminal, branch: str, base: str) -> int:
    """Open a merge request with the edits of ixia drift --adopt, or bring it up to date."""
    from ixia_config.cli.ci_saying import drift_proposed

    return drift_proposed(_host(-1), place, shown, branch, base)


def _host(number: int) -> GitLab:
    """The project; a merge request is needed unless the number is -1."""
    from ixia_config.cli.ci_hosts import gitlab_of, in_pull_request

    host = gitlab_of(max(number, 0))
    if number >= 0:
        in_pull_request(host.number, "CI_MERGE_REQUEST_IID")
    return host

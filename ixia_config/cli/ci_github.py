"""``ixia ci github``: the comment, labels, reviewers, artefacts and the drift proposal."""

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
from ixia_config.cli.options import A_FILE, Place, common, on_target

if TYPE_CHECKING:
    from ixia_config.cli.terminal import Terminal
    from ixia_config.edges.github import GitHub


@click.group(short_help="Speak to GitHub.")
def github() -> None:
    """Write to the pull request that this job of GitHub is about."""


@github.command(short_help="Write the one comment, or bring it up to date.")
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


@github.command(short_help="Set the labels that the rules ask for.")
@about_plan
@numbered
@common
def labels(place: Place, shown: Terminal, number: int, plan: Path) -> int:
    """Add the labels of the rules that a plan meets, and take off those of the others.

    Run it on the base, so that the rules are those of the base.
    """
    from ixia_config.cli.ci_saying import labelled

    return labelled(_host(number), place, shown, plan)


@github.command(short_help="Ask those who must approve.")
@about_plan
@logins_file
@numbered
@common
def reviewers(place: Place, shown: Terminal, number: int, plan: Path, logins: Path) -> int:  # noqa: ARG001
    """Ask the people and teams for a review whose approval the rules want."""
    from ixia_config.cli.ci_saying import asked

    return asked(_host(number), shown, plan, logins)


@github.command(short_help="Show who has approved, as ixia apply wants it.")
@about_plan
@logins_file
@click.option("--head", required=True, metavar="SHA", help="The commit that they must have seen.")
@numbered
@common
def approvals(
    place: Place,  # noqa: ARG001  # the same options everywhere
    shown: Terminal,
    number: int,
    plan: Path,
    logins: Path,
    head: str,
) -> int:
    """Print RULE:EMAIL@DIGEST for each approving review, one a line."""
    from ixia_config.cli.ci_saying import approved

    return approved(_host(number), shown, plan, logins, head)


@github.command("fetch-plan", short_help="Fetch the plan that was reviewed.")
@click.option("--commit", required=True, metavar="SHA", help="The commit that merged it.")
@click.option("--artefact", default="ixia-plan", show_default=True, help="Its name.")
@click.option("--out", required=True, type=A_FILE, help="The file.")
@click.option(
    "--logins", default="", metavar="PATH", help="CSV of who and login in the repository."
)
@click.option("--approvals", type=A_FILE, help="Write who has approved, one a line.")
@on_target
def fetch_plan(
    place: Place,
    shown: Terminal,
    commit: str,
    artefact: str,
    out: Path,
    logins: str,
    approvals: Path | None,
) -> int:
    """Fetch the plan whose digest our comment in the merged pull request shows.

    Prints base=SHA, the commit whose rules it was judged by; ixia apply --base takes it.
    """
    from ixia_config.app.commenting import name_of
    from ixia_config.cli.ci_saying import Reviewed, fetched_plan

    name = name_of(place.target or "", place.environment or "")
    wanted = Reviewed(commit, name, artefact, out, place.directory, logins, approvals)
    return fetched_plan(_host(-1), shown, wanted)


@github.command(short_help="Fetch what a run has kept.")
@click.option("--name", required=True, help="The name of the artefact.")
@click.option("--branch", default="main", show_default=True, help="The newest of this branch.")
@click.option("--run", type=int, default=0, help="Of this run only.")
@click.option("--out", required=True, type=A_FILE, help="The file.")
def fetch(name: str, branch: str, run: int, out: Path) -> int:
    """Fetch an artefact of one file; those of forks do not count."""
    from ixia_config.cli.ci_saying import fetched

    return fetched(_host(-1), name, branch, run, out)


@github.command("open-drift-pr", short_help="Propose what was changed by hand as YAML.")
@for_branch
@on_target
def open_drift_pr(place: Place, shown: Terminal, branch: str, base: str) -> int:
    """Open a pull request with the edits of ixia drift --adopt, or bring it up to date."""
    from ixia_config.cli.ci_saying import drift_proposed

    return drift_proposed(_host(-1), place, shown, branch, base)


def _host(number: int) -> GitHub:
    """The repository; a pull request is needed unless the number is -1."""
    from ixia_config.cli.ci_hosts import github_of, in_pull_request

    host = github_of(max(number, 0))
    if number >= 0:
        in_pull_request(host.number, "GITHUB_REF")
    return host

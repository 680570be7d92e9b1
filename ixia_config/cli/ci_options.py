"""The options that the commands of both code hosts share."""

from __future__ import annotations

import click

from ixia_config.cli.options import A_FILE, Command

_PLAN = "The plan file that review saved."


def numbered(command: Command) -> Command:
    """``--number``: which pull request."""
    return click.option(
        "--number",
        type=click.IntRange(min=0),
        default=0,
        help="Of the pull request.  [default: the job's]",
    )(command)


def for_comment(command: Command) -> Command:
    """``--body``, ``--plan``, ``--head`` and ``--name``: what is said, and what it is about."""
    text = "Which comment, such as crm.production.  [default: the plan's]"
    command = click.option("--name", default="", metavar="TARGET.ENV", help=text)(command)
    head = click.option("--head", default="", metavar="SHA", help="The commit it is about.")
    plan = click.option("--plan", type=A_FILE, help=f"{_PLAN} Shown where there is no --body.")
    return click.option("--body", type=A_FILE, help="The Markdown.")(plan(head(command)))


def about_plan(command: Command) -> Command:
    """``--plan``."""
    return click.option("--plan", required=True, type=A_FILE, help=_PLAN)(command)


def logins_file(command: Command) -> Command:
    """``--logins``."""
    text = "CSV of two columns: who (an e-mail address or a role) and login."
    return click.option("--logins", required=True, type=A_FILE, help=text)(command)


def for_branch(command: Command) -> Command:
    """``--branch`` and ``--base``."""
    base = click.option("--base", default="main", show_default=True, help="Where it goes to.")
    text = "Ours alone: it is replaced."
    branch = click.option("--branch", default="ixia/drift", show_default=True, help=text)
    return branch(base(command))

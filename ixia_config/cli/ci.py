"""``ixia ci``: what jobs of GitHub and GitLab do for a pull request."""

from __future__ import annotations

import click

from ixia_config.cli.ci_github import github
from ixia_config.cli.ci_gitlab import gitlab
from ixia_config.cli.ci_review import review, snapshot, summary


@click.group(
    short_help="Review pull requests in GitHub and GitLab.",
    epilog="""\b
Examples:
  ixia ci review --base origin/main --env production --out plan.json --body comment.md
  ixia ci snapshot --env production --out snapshot.json
  ixia ci github comment --body comment.md --plan plan.json
  ixia ci github labels --plan plan.json
  ixia ci github open-drift-pr --env production --base main
  ixia ci gitlab comment --body comment.md --plan plan.json""",
)
def command() -> None:
    """Plan a pull request under the rules of its base, and say it on the code host.

    What the runner sets tells the repository, the pull request and the token.
    """


command.add_command(review)
command.add_command(snapshot)
command.add_command(summary)
command.add_command(github)
command.add_command(gitlab)

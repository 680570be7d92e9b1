"""What a runner says of its job: the repository, the pull request and the token."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ixia_config.app.refusal import Refusal, refusing
from ixia_config.app.reviewing_codes import NotInCI
from ixia_config.edges.code_host import CodeHost, api_of
from ixia_config.edges.github import GitHub
from ixia_config.edges.gitlab import GitLab
from ixia_config.edges.secrets import Secret
from ixia_config.exits import Exit

_LARGEST = 1_000_000  # bytes that GitHub takes for the summary of one step
_EVENT = 4 * 1024 * 1024


def github_of(number: int = 0, environ: Mapping[str, str] = os.environ) -> GitHub:
    """The repository of a GitHub job; Refusal where the runner does not say it."""
    with refusing():
        host = CodeHost(
            "GitHub",
            api_of(_told(environ, "GITHUB_API_URL", "the API of GitHub")),
            Secret(_told(environ, "GITHUB_TOKEN", "the token of the job")),
        )
    repository = _told(environ, "GITHUB_REPOSITORY", "the repository")
    return GitHub(host, repository, number or _number(environ))


def gitlab_of(number: int = 0, environ: Mapping[str, str] = os.environ) -> GitLab:
    """The project of a GitLab job; Refusal where the runner does not say it."""
    with refusing():
        host = CodeHost(
            "GitLab",
            api_of(_told(environ, "CI_API_V4_URL", "the API of GitLab")),
            Secret(_told(environ, "GITLAB_TOKEN", "the token of the job")),
            header="private-token",
        )
    project = _told(environ, "CI_PROJECT_ID", "the project")
    found = environ.get("CI_MERGE_REQUEST_IID", "")
    return GitLab(host, project, number or (int(found) if found.isdecimal() else 0))


def in_pull_request(number: int, variable: str) -> None:
    """Refusal where the job is about no pull request."""
    if not number:
        raise Refusal(Exit.USAGE, NotInCI(what="the pull request", variable=variable))


def summarise(body: Path, environ: Mapping[str, str] = os.environ) -> bool:
    """Add the text to the page of a GitHub job, cut where it is too long; False elsewhere."""
    place = environ.get("GITHUB_STEP_SUMMARY")
    if not place:
        return False
    text = body.read_bytes()[:_LARGEST].decode("utf-8", "ignore")
    with Path(place).open("a", encoding="utf-8") as file:
        file.write(text + "\n")
    return True


def _told(environ: Mapping[str, str], variable: str, what: str) -> str:
    found = environ.get(variable, "").strip()
    if not found:
        raise Refusal(Exit.USAGE, NotInCI(what=what, variable=variable))
    return found


def _number(environ: Mapping[str, str]) -> int:
    """The pull request of a job, by its ref or by the event that started it; 0 for none."""
    found = re.fullmatch(r"refs/pull/(\d{1,9})/\w+", environ.get("GITHUB_REF", ""))
    if found:
        return int(found[1])
    try:
        with Path(environ.get("GITHUB_EVENT_PATH", "")).open("rb") as file:
            event: Any = json.loads(file.read(_EVENT))
        return int(event["pull_request"]["number"])
    except (OSError, ValueError, KeyError, TypeError):
        return 0

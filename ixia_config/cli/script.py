"""What the demo says and types, in order."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ixia_config.edges.shipped import shipped

OPENING = """\
Ixia Config, the whole road in about a minute. Nothing leaves this machine.

A HubSpot account with thousands of deals answers at {url}. Its sales pipeline
grew over the years: odd stages, chances to win that fall along the way, and a stage
Verbal that everyone reads differently.

The folder examples/acme says how the team wants to sell from now on.
"""

ENDING = """
That was all of it. Three commands to try next:

  {ixia} sandbox hubspot --demo
      the same account again, in a second terminal, until Ctrl-C
  cp -r {example} mine
      a configuration of your own; change something in mine/pipelines/new-business.yaml
  HUBSPOT_SANDBOX_TOKEN={token} {ixia} plan --dir mine --env sandbox
      what your change would do, and to which deals
"""


@dataclass(frozen=True, slots=True)
class Scene:
    """One command, and why it is typed."""

    says: str
    words: tuple[str, ...]


SCENES = (
    Scene("1. Are the files right? Every field, stage and person is checked.", ("validate",)),
    Scene(
        "2. What would change, and for which deals? A plan only reads.",
        ("plan", "--env", "sandbox", "--out", "plan.json"),
    ),
    Scene("3. Apply exactly that plan. It is read back at the end.", ("apply", "plan.json")),
    Scene("4. Plan again. Nothing is left to do.", ("plan", "--env", "sandbox")),
)
MEDDLING = Scene(
    "5. Nobody told Ixia. It sees the change, who made it, and the two ways out.",
    ("drift", "--env", "sandbox"),
)


def typed(token: str) -> Mapping[str, str]:
    """What a user types here for the command, the example and the token."""
    command = "ixia" if shutil.which("ixia") else _short(sys.argv[0])
    if command.endswith("__main__.py"):
        command = "python -m ixia_config.cli"
    return {"ixia": command, "example": _short(str(shipped("examples", "acme"))), "token": token}


def _short(path: str) -> str:
    """The path from here or from the root, whichever is shorter."""
    return min(os.path.relpath(path), str(Path(path).absolute()), key=len)

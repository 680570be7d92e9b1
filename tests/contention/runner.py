"""One runner: a process that plans and applies its clone whenever it is told to.

Run as ``python -m tests.contention.runner CLONE``. A line on standard input is one apply; the
answer is a line of JSON with the exit code and what was said.
"""

from __future__ import annotations

import json
import os
import sys
from datetime import date
from pathlib import Path

from ixia_config.app import check, open_session
from ixia_config.app.applying import Order, apply, exit_of
from ixia_config.app.planning import plan
from ixia_config.app.refusal import Refusal
from ixia_config.exits import Exit


def applied(root: Path) -> tuple[Exit, str]:
    """Plan and apply what the clone says; the exit code and the reason of a refusal."""
    checked = check(root, environment="sandbox", today=date.today())  # noqa: DTZ011  # any day
    with open_session(checked, environment="sandbox", environ=os.environ) as session:
        try:
            report = apply(session, Order(plan(session), lambda *told: None))
        except Refusal as refusal:
            return refusal.exit, str(refusal)
    return exit_of(report), report.problem


def main(root: Path) -> None:
    """Answer until there is nobody to answer."""
    print(json.dumps({"pid": os.getpid()}), flush=True)
    for _ in sys.stdin:
        code, told = applied(root)
        print(json.dumps({"exit": int(code), "told": told}), flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))

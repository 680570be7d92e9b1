"""What stands beside a plan, in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

from ixia_config.model import Address
from ixia_config.render.layout import WIDTH, hanging, wrap
from ixia_config.render.moments import moment
from ixia_config.render.wording import clean


class OpenRun(Protocol):
    """A run that did not end."""

    @property
    def run(self) -> str: ...
    @property
    def doing(self) -> str: ...
    @property
    def who(self) -> str: ...
    @property
    def at(self) -> str: ...


class SpentMove(Protocol):
    """A ``moved`` line that has done its work."""

    @property
    def policy(self) -> Address: ...
    @property
    def old(self) -> str: ...
    @property
    def new(self) -> str: ...


def open_runs_text(runs: Sequence[OpenRun], environment: str) -> str:
    """Which runs did not end, and how they are settled; empty where all did."""
    lines = [line for each in runs for line in _open(each)]
    if not lines:
        return ""
    lines.append("The next apply settles what it left, or asks. To look first:")
    return "\n".join([*lines, f"  ixia recover --env {clean(environment)}"]) + "\n"


def _open(run: OpenRun) -> Iterator[str]:
    by = f" of {clean(run.who)}" if run.who else ""
    since = f", begun {moment(run.at)}" if run.at else ""
    told = f"Run {clean(run.run)}{by}{since}, did not end: it still runs, or was interrupted."
    yield from wrap(told, WIDTH)


def spent_moves_text(moves: Sequence[SpentMove], environment: str) -> str:
    """Which ``moved`` lines have nothing left to do; empty where each has."""
    if not moves:
        return ""
    lines = [f"Done in {clean(environment)}; these lines may go once they are done everywhere:"]
    for each in moves:
        said = f"moved: {{from: {each.old}, to: {each.new}}} of {each.policy}"
        lines += hanging("  ", clean(said))
    return "\n".join(lines) + "\n"

# ruff: noqa: E501  # prose stands on one line, as in the page
"""The page that says what was killed, how often, and what was left."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from ixia_config.testing import conform, markdown
from ixia_config.testing.connectors.reference.subject import ReferenceSubject
from tests.crash import orders
from tests.crash.matrix import DISTURBANCES, Ending
from tests.testing.hubspot import HubSpotSubject

PAGE = Path(__file__).parents[2] / "docs" / "reliability.md"

_HEAD = """\
<!-- Written by `make crash-matrix`; edit tests/crash/page.py instead. -->

# Reliability

What happens when a process dies in the middle of an apply? This page shows what was tried and what came out. Every number on it is counted by `make crash-matrix`, which you can run yourself.

## The order of writing decides

A tool that creates things in another system has to write down what it did. When it does so decides what a death leaves behind. The model makes three creates at a system that gives its own ids and accepts two things of one name. The process dies once after each of its steps, then each answer is lost once. Then it is run again.

"""
_MODEL_NOTE = """
Saving the state more often buys nothing: the write *before* the call does. Reading every error as "not created" undoes that again, and a look-up that does not wait until lists are current is as bad as no note at all. The last row needs two things: a known time after which lists are current, and a title that is unique among what nobody manages. Where one of them is missing, Ixia halts with exit code 9 and names the choices. It does not guess.

The model is in `tests/crash/orders.py`; `tests/crash/test_orders.py` checks each number.

"""
_MATRIX_NOTE = """\
## The crash matrix

One apply is disturbed at every boundary where it leaves its process: before each request and before each answer is read, before each write, flush, rename and lock of a file, before and after each call of git. The process is a real one and is ended with SIGKILL. The apply makes a pipeline and four stages, changes a probability and an order, takes over an existing pipeline and renames one of its stages, moves records, and removes the stage that they stood on. The account gives its own ids, accepts two things of one name, and keeps what other people own.

After each disturbance the same configuration is applied again until it ends well. Then the account and the state are looked at as a whole. A fault would be: anything twice, anything missing, an object bound to nothing or two to one, a colour, a note or an object of somebody else that changed, a record in the wrong place, a plan that is not empty, or a run that is still open.

"""
_TOLD = {
    "none": "the process is killed",
    "lost answer": "killed, and the answer to one write is lost as well",
    "list lag": "killed, and lists lag 25 seconds behind",
    "429": "killed, and each fifth request is too many",
    "second runner": "the process stands still, another runner tries, then it goes on or is killed",
    "lock stolen": "the process stands still, its lock is taken away, then it goes on",
    "disk full": "from here on no file takes another byte",
    "torn journal": "killed before an fsync, and half of the last line of the journal is gone",
    "machine gone": "killed, and the next run is on another clone",
}


def page(endings: Sequence[Ending]) -> str:
    """The whole page."""
    matrices = [conform(each) for each in (ReferenceSubject(), HubSpotSubject())]
    return "".join(
        (
            _HEAD,
            orders.table(),
            _MODEL_NOTE,
            _MATRIX_NOTE,
            _summary(endings),
            "\n",
            _table(endings),
            "\n",
            _boundaries(endings),
            _CONFORMANCE,
            markdown(matrices),
        )
    )


_CONFORMANCE = """
## The conformance kit

Every connector is held to the same checks, and to the bad habits that systems have. `ixia_config.testing` has the kit for connectors of your own. Each check is known to be able to fail: `tests/testing/broken.py` has a connector for each that breaks just this promise. What a sandbox cannot do is not called passed.

"""


def _summary(endings: Sequence[Ending]) -> str:
    faults = sum(bool(each.faults) for each in endings)
    halted = sum(each.halted for each in endings)
    once = sum(each.runs == 1 and not each.halted for each in endings)
    return (
        f"**{len(endings):,} schedules: {faults} left a duplicate, a lost binding, a changed"
        f" foreign field or anything else that is wrong.** {once:,} ended well with the next run,"
        f" {len(endings) - once - halted:,} after more runs, and {halted:,} halted with the named"
        " choices first.\n"
    )


def _table(endings: Sequence[Ending]) -> str:
    rows = ["| what happens | state | schedules | next run | more runs | halted | faults |"]
    rows.append("|---|---|---|---|---|---|---|")
    for disturbance in DISTURBANCES:
        for backend in ("file", "git"):
            found = [
                each
                for each in endings
                if (each.schedule.disturbance, each.schedule.backend) == (disturbance, backend)
            ]
            if found:
                rows.append(f"| {_TOLD[disturbance]} | {backend} | {' | '.join(_counts(found))} |")
    return "\n".join(rows) + "\n"


def _counts(found: Sequence[Ending]) -> Iterable[str]:
    halted = sum(each.halted for each in found)
    once = sum(each.runs == 1 and not each.halted for each in found)
    faults = sum(bool(each.faults) for each in found)
    return map(str, (len(found), once, len(found) - once - halted, halted, faults))


def _boundaries(endings: Sequence[Ending]) -> str:
    """How many boundaries of which kind were met by a plain kill."""
    lines = ["Where a plain kill was tried:", ""]
    for backend in ("file", "git"):
        kinds = Counter(
            each.schedule.boundary
            for each in endings
            if each.schedule.backend == backend and each.schedule.disturbance == "none"
        )
        told = ", ".join(f"{count} at {kind}" for kind, count in sorted(kinds.items()))
        lines.append(f"- state in {_PLACE[backend]}, {sum(kinds.values())} boundaries: {told}")
    return "\n".join(lines) + "\n"


_PLACE = {"file": "a file", "git": "git"}

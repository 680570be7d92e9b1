"""The orders in which tools write state and call a system, and what a death leaves of each.

A small model: three creates at a system that gives the ids and accepts duplicate names. The
process dies once after each of its steps, then each answer is lost once; then it is run again.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

NAMES = ("a", "b", "c")
LAG = 30  # seconds until a list shows what was made


@dataclass(frozen=True)
class Order:
    """How one kind of tool keeps what it did."""

    title: str
    state: str  # end | each | in place | never | journal
    lagging: bool = False  # whether the system's lists lag
    after_doubt: str = "create"  # create | halt | look up | wait and look up
    error_means: str = "not created"  # not created | unknown


ORDERS = (
    Order("state saved at the end (Terraform inside its 20 s interval)", "end"),
    Order("state saved after each operation", "each"),
    Order("the same, file rewritten in place", "in place"),
    Order("no state, natural key, list consistent (octoDNS, dnscontrol)", "never"),
    Order("no state, natural key, list lagging", "never", lagging=True),
    Order(
        "intent first, then halt; any error read as “not created” (Pulumi, Crossplane)",
        "journal",
        after_doubt="halt",
    ),
    Order(
        "intent first, look-up, no settle wait, list lagging",
        "journal",
        lagging=True,
        after_doubt="look up",
        error_means="unknown",
    ),
    Order(
        "**intent first, unknown outcome kept open, settle wait, look-up (Ixia)**",
        "journal",
        lagging=True,
        after_doubt="wait and look up",
        error_means="unknown",
    ),
)


class NeedsHumanError(Exception):
    """The tool stops: a file is torn, or nobody knows whether something was created."""


@dataclass
class System:
    """Objects by name and the second in which each was made; one name may be there twice."""

    lagging: bool
    now: int = 0
    made: list[tuple[str, int]] = field(default_factory=list)

    def create(self, name: str) -> None:
        self.made.append((name, self.now))

    def listed(self) -> set[str]:
        lag = LAG if self.lagging else 0
        return {name for name, at in self.made if at + lag <= self.now}

    @property
    def duplicates(self) -> bool:
        return len(self.made) > len({name for name, _ in self.made})


@dataclass
class Disk:
    """What outlives a process."""

    bound: set[str] = field(default_factory=set)
    intents: set[str] = field(default_factory=set)
    torn: bool = False


def run(order: Order, system: System, disk: Disk, *, lost: str = "") -> Iterator[None]:
    """One run of the tool, step by step; the answer to creating ``lost`` never arrives."""
    if disk.torn:
        raise NeedsHumanError
    known = disk.bound
    if order.state == "never":
        known = system.listed()
        yield
    held: set[str] = set()
    for name in NAMES:
        if name in known or (yield from _settled(order, system, disk, name)):
            continue
        if order.state == "journal":
            disk.intents.add(name)
            yield
        system.create(name)
        yield
        if name == lost:
            if order.error_means == "not created":
                disk.intents.discard(name)
            disk.bound |= held
            return
        yield
        yield from _saved(order, disk, name, held)
    if order.state == "end":
        disk.bound |= held
        yield


def _settled(order: Order, system: System, disk: Disk, name: str) -> Iterator[None]:
    """Whether an intent that an earlier run left turns out to be done."""
    if name not in disk.intents:
        return False
    if order.after_doubt == "halt":
        raise NeedsHumanError
    if order.after_doubt == "wait and look up":
        system.now += LAG
    if name not in system.listed():
        return False
    disk.bound.add(name)
    disk.intents.discard(name)
    yield
    return True


def _saved(order: Order, disk: Disk, name: str, held: set[str]) -> Iterator[None]:
    match order.state:
        case "end":
            held.add(name)
        case "each":
            disk.bound.add(name)
            yield
        case "in place":
            disk.torn = True
            yield
            disk.torn = False
            disk.bound.add(name)
            yield
        case "journal":
            disk.bound.add(name)
            disk.intents.discard(name)
            yield


@dataclass(frozen=True)
class Counts:
    """What became of every death and of every lost answer."""

    deaths: int
    duplicated: int
    human: int
    lost: int
    lost_duplicated: int


def counts(order: Order) -> Counts:
    """Let it die after each step, then lose each answer."""
    steps = sum(1 for _ in run(order, System(order.lagging), Disk()))
    deaths = [_after_death(order, number, last=steps) for number in range(1, steps + 1)]
    lost = [_after_loss(order, name) for name in NAMES]
    return Counts(
        deaths=steps,
        duplicated=deaths.count("duplicate"),
        human=deaths.count("human"),
        lost=len(lost),
        lost_duplicated=lost.count("duplicate"),
    )


def _after_death(order: Order, number: int, *, last: int) -> str:
    system, disk = System(order.lagging), Disk()
    dying = run(order, system, disk)
    for _ in islice(dying, number):
        pass
    if number == last:
        return _ended(system)  # it was done; nobody runs it again
    return _again(order, system, disk)


def _after_loss(order: Order, name: str) -> str:
    system, disk = System(order.lagging), Disk()
    for _ in run(order, system, disk, lost=name):
        pass
    return _again(order, system, disk)


def _again(order: Order, system: System, disk: Disk) -> str:
    try:
        for _ in run(order, system, disk):
            pass
    except NeedsHumanError:
        return "human"
    return _ended(system)


def _ended(system: System) -> str:
    return "duplicate" if system.duplicates else "fine"


_HEADS = (
    "write order",
    "deaths that leave a duplicate",
    "deaths that need a human",
    "lost answers that leave a duplicate",
)


def table() -> str:
    """The model as a Markdown table."""
    lines = [f"| {' | '.join(_HEADS)} |", "|---|---|---|---|"]
    for order in ORDERS:
        found = counts(order)
        cells = (
            order.title,
            f"{found.duplicated} of {found.deaths}",
            f"{found.human}",
            f"{found.lost_duplicated} of {found.lost}",
        )
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"

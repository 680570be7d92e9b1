"""The first Ctrl-C lets what is on its way end; the second ends at once."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

from ixia_config.cli.terminal import Terminal

_SIGNALS = (signal.SIGINT, signal.SIGTERM)


@contextmanager
def stoppable(shown: Terminal) -> Iterator[Callable[[], int]]:
    """Gives a function that returns the signal that asks to stop, or 0."""
    seen: list[int] = []

    def stop(number: int, frame: FrameType | None) -> None:
        del frame
        if seen:
            raise KeyboardInterrupt
        seen.append(number)
        shown.note("Stopping as soon as what is on its way has ended; again to stop at once.\n")

    before = [(each, signal.signal(each, stop)) for each in _SIGNALS]
    try:
        yield lambda: seen[0] if seen else 0
    finally:
        for each, handler in before:
            signal.signal(each, handler)

"""Charts: bars before and after, and curves of what pays, with every number also in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ixia_config.render.html.svg import (
    LINE,
    Drawing,
    broken,
    line,
    polyline,
    rect,
    words,
)
from ixia_config.render.html.tags import Html, joined

_WIDE, _NARROW = 1000, 340


@dataclass(frozen=True, slots=True)
class Bar:
    """One line: its name, how long its bars are, and what stands at their ends."""

    name: str
    now: float | None
    then: float | None
    said: tuple[str, str]
    change: str = ""


def bars(lines: Sequence[Bar], width: int) -> Drawing:
    """Two bars for each line, or one where nothing is compared; zero stands at their left."""
    most = max(
        (abs(each) for bar in lines for each in (bar.now, bar.then) if each is not None),
        default=0.0,
    )
    shapes: list[Html] = []
    y = 2.0
    for bar in lines:
        made, high = _bar(bar, most or 1.0, y, width)
        shapes.append(made)
        y += high
    return Drawing(joined(shapes), width, int(y + 2))


def _bar(bar: Bar, most: float, y: float, width: int) -> tuple[Html, float]:
    left = 270 if width == _WIDE else 4
    room = width - left - (220 if width == _WIDE else 118)
    name = broken(bar.name, 255 if width == _WIDE else 320, 2)
    top = y + 6 if width == _WIDE else y + 4 + LINE * len(name)
    sides = ((bar.now, "bar-now", bar.said[0]), (bar.then, "bar-then", bar.said[1]))
    pairs = [(value, kind, said) for value, kind, said in sides if value is not None]
    shapes = [words(4, y + 17, name)]
    for number, (value, kind, said) in enumerate(pairs):
        long = max(room * abs(value) / most, 1.5)
        at = top + number * 18
        shapes.append(rect(left, at, long, 14, kind, radius=2))
        shapes.append(words(left + long + 7, at + 11.5, said, "onbar"))
    if bar.change:
        shapes.append(
            words(width - 4, top + 11.5 + 9 * (len(pairs) - 1), bar.change, "strong", anchor="end")
        )
    high = max(top - y + 18 * len(pairs) + 8, LINE * len(name) + 12)
    return joined(shapes), high


@dataclass(frozen=True, slots=True)
class Plot:
    """Curves over one pair of axes; ``steps`` are places along the bottom with a word each."""

    now: tuple[tuple[float, float], ...]
    then: tuple[tuple[float, float], ...]
    steps: tuple[tuple[float, str], ...]
    ticks: tuple[tuple[float, str], ...]  # along the bottom
    levels: tuple[tuple[float, str], ...]  # up the side
    across: str
    upward: str


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where a plot stands in its drawing, and how much it shows."""

    left: float
    top: float
    right: float
    bottom: float
    far: float
    peak: float

    def at(self, point: tuple[float, float]) -> tuple[float, float]:
        """A point of the plot as a place in the drawing."""
        return (
            self.left + (self.right - self.left) * point[0] / self.far,
            self.bottom - (self.bottom - self.top) * point[1] / self.peak,
        )


def curves(plot: Plot, width: int) -> Drawing:
    """What is paid for what is reached."""
    high = 360 if width == _WIDE else 300
    heights = [*(y for y, _ in plot.levels), *(y for _, y in (*plot.now, *plot.then))]
    far = max(x for x, _ in plot.ticks)
    frame = _Frame(76, 46, width - 22, high - 48, far, max(heights) or 1.0)
    shapes = [
        words(4, 16, plot.upward, "tiny"),
        *_scales(plot, frame),
        *_ranges(plot, frame),
        line(frame.left, frame.bottom, frame.right, frame.bottom, "axis"),
        words((frame.left + frame.right) / 2, high - 6, plot.across, "tiny", anchor="middle"),
    ]
    if plot.now:
        shapes.append(polyline(map(frame.at, plot.now), "curve-now"))
    shapes.append(polyline(map(frame.at, plot.then), "curve-then"))
    return Drawing(joined(shapes), width, high)


def _scales(plot: Plot, frame: _Frame) -> Iterator[Html]:
    """Lines and numbers along both axes."""
    for level, label in plot.levels:
        _, y = frame.at((0, level))
        yield line(frame.left, y, frame.right, y, "grid")
        yield words(frame.left - 8, y + 4, label, "tiny", anchor="end")
    for tick, label in plot.ticks:
        x, _ = frame.at((tick, 0))
        yield line(x, frame.bottom, x, frame.bottom + 5, "axis")
        yield words(x, frame.bottom + 20, label, "tiny", anchor="middle")


def _ranges(plot: Plot, frame: _Frame) -> Iterator[Html]:
    """A line where each range starts, and its rate above it where there is room."""
    starts = [*(frame.at((step, 0))[0] for step, _ in plot.steps), frame.right]
    for number, (step, label) in enumerate(plot.steps):
        x, following = starts[number], starts[number + 1]
        if step:
            yield line(x, frame.top - 10, x, frame.bottom, "dashed")
        if following - x > 38:
            told = broken(label, following - x, 1)
            yield words((x + following) / 2, frame.top - 12, told, "accent", anchor="middle")

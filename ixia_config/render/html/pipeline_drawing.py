"""A pipeline as people draw it: stages from left to right, a gate before each next one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ixia_config.kinds.pipeline.spec import PipelineSpec, Stage
from ixia_config.render.html.svg import (
    LINE,
    Drawing,
    arrow,
    broken,
    path,
    pixel,
    rect,
    words,
)
from ixia_config.render.html.tags import Html, joined, tag
from ixia_config.render.html.view import percent
from ixia_config.render.wording import listed

WIDE, NARROW = 1000, 340
_MOST = 6  # stages in one row
_GAP, _HIGH, _BELOW = 46, 92, 62
_FORECASTS = {
    "pipeline": "pipeline",
    "best_case": "best case",
    "commit": "commit",
    "closed": "closed",
    "omitted": "omitted",
}


def forecast(stage: Stage) -> str:
    """The forecast category in words; empty without one."""
    return _FORECASTS[stage.category] if stage.category else ""


def chance(stage: Stage) -> str:
    """``40 %``; empty where none is declared."""
    return "" if stage.chance is None else percent(stage.chance)


def told(spec: PipelineSpec) -> str:
    """The drawing in words."""
    steps = [
        f"{each.title} ({chance(each)})" if chance(each) else each.title for each in spec.stages
    ]
    return f"Stages in order: {listed(steps)}."


@dataclass(frozen=True, slots=True)
class _Box:
    stage: Stage
    x: float
    y: float
    width: float

    @property
    def middle(self) -> float:
        return self.x + self.width / 2


def wide(spec: PipelineSpec) -> Drawing:
    """Stages from left to right, in rows of six; what is lost stands below."""
    road = [each for each in spec.stages if each.type != "lost"]
    lost = [each for each in spec.stages if each.type == "lost"]
    boxes = list(_placed(road))
    top = max((each.y for each in boxes), default=0) + _HIGH
    shapes = [_stage(each) for each in boxes]
    shapes += _between(boxes)
    shapes += _arcs(spec, boxes)
    low = top + _BELOW + (24 if spec.moves.allowed else 0)
    last = list(_lost_boxes(lost, low))
    shapes += [_stage(each) for each in last]
    shapes += _into_lost(spec, boxes, last, top)
    return Drawing(joined(shapes), WIDE, int(low + _HIGH + 4 if last else top + 4))


def _placed(stages: Sequence[Stage]) -> Iterator[_Box]:
    columns = min(max(len(stages), 3), _MOST)
    width = (WIDE - 4 - _GAP * (columns - 1)) / columns
    for number, stage in enumerate(stages):
        row, column = divmod(number, columns)
        yield _Box(stage, 2 + column * (width + _GAP), 26 + row * (_HIGH + 48), width)


def _lost_boxes(stages: Sequence[Stage], y: float) -> Iterator[_Box]:
    """From the right, under what is won."""
    width = 170.0
    for number, stage in enumerate(stages):
        yield _Box(stage, WIDE - 2 - (len(stages) - number) * (width + 16) + 16, y, width)


def _stage(box: _Box) -> Html:
    stage = box.stage
    lines = broken(stage.title, box.width - 20, 2)
    small = " · ".join(each for each in (chance(stage), forecast(stage)) if each)
    shapes = [
        rect(box.x, box.y, box.width, _HIGH, f"box-{stage.type}"),
        words(box.x + 10, box.y + 24, lines, "strong"),
        words(box.x + 10, box.y + _HIGH - 20, small, "tiny"),
    ]
    if stage.chance is not None and stage.type == "open":
        full = box.width - 20
        share = min(max(float(stage.chance), 0.0), 1.0)
        shapes.append(rect(box.x + 10, box.y + _HIGH - 12, full, 4, "track", radius=2))
        shapes.append(rect(box.x + 10, box.y + _HIGH - 12, full * share, 4, "filled", radius=2))
    return joined(shapes)


def _between(boxes: Sequence[_Box]) -> Iterator[Html]:
    for one, other in pairwise(boxes):
        checks = len(one.stage.exit) + len(other.stage.entry)
        end, y = one.x + one.width, one.y + _HIGH / 2
        if one.y == other.y:
            yield arrow(end, y, other.x - 2, y)
            yield _gate(end + _GAP / 2 - 3, y, checks)
        else:
            turn = one.y + _HIGH + 24
            yield path(
                f"M{pixel(one.middle)} {pixel(one.y + _HIGH)}V{pixel(turn)}H{pixel(other.middle)}",
                "arrow",
            )
            yield arrow(other.middle, turn, other.middle, other.y - 2)
            yield _gate((one.middle + other.middle) / 2, turn, checks)


def _gate(x: float, y: float, checks: int) -> Html:
    """A diamond with how many things are checked."""
    if not checks:
        return Html("")
    size = 13
    corners = ((x, y - size), (x + size, y), (x, y + size), (x - size, y))
    points = " ".join(f"{pixel(a)},{pixel(b)}" for a, b in corners)
    return joined(
        [
            tag("polygon", points=points, class_="gate"),
            words(x, y + 4.5, str(checks), "strong", anchor="middle"),
        ]
    )


def _arcs(spec: PipelineSpec, boxes: Sequence[_Box]) -> Iterator[Html]:
    """Moves that are named one by one: what skips stages above, what goes back below."""
    index = {each.stage.key: number for number, each in enumerate(boxes)}
    for start, ends in (spec.moves.allowed or {}).items():
        for end in ends:
            if start in index and end in index and index[end] - index[start] not in (0, 1):
                yield _arc(boxes[index[start]], boxes[index[end]])


def _arc(one: _Box, other: _Box) -> Html:
    if other.x > one.x and other.y == one.y:
        y, far = one.y, one.y - 20
    else:
        y, far = one.y + _HIGH, max(one.y, other.y) + _HIGH + 18
    end = other.y if other.x > one.x and other.y == one.y else other.y + _HIGH
    a, b = pixel(one.middle + 12), pixel(other.middle - 12)
    bend = f"C{a} {pixel(far)} {b} {pixel(far)} {b} {pixel(end)}"
    return path(f"M{a} {pixel(y)}{bend}", "dashed")


def _into_lost(
    spec: PipelineSpec, boxes: Sequence[_Box], last: Sequence[_Box], top: float
) -> Iterator[Html]:
    """Where records are lost from, and where they come back to."""
    if not last or not boxes:
        return
    target, y = last[0], top + 22 + (24 if spec.moves.allowed else 0)
    yield path(f"M{pixel(boxes[0].middle)} {pixel(y)}H{pixel(target.middle)}", "arrow")
    yield arrow(target.middle, y, target.middle, target.y - 2)
    yield words(boxes[0].middle, y + LINE, lost_from(spec), "tiny")
    back = next((each for each in boxes if each.stage.key == spec.moves.reopen_to), None)
    if back is not None:
        low = target.y + _HIGH / 2
        yield path(f"M{pixel(target.x)} {pixel(low)}H{pixel(back.middle)}V{pixel(y)}", "dashed")
        yield words(back.middle + 8, low - 8, f"reopened to {back.stage.title}"[:60], "tiny")


def lost_from(spec: PipelineSpec) -> str:
    """Which stages may end in a loss."""
    if spec.moves.lost_from == "any":
        return "from any open stage"
    titles = {each.key: each.title for each in spec.stages}
    return f"from {listed([titles.get(each, each) for each in spec.moves.lost_from], 4)}"


def narrow(spec: PipelineSpec) -> Drawing:
    """Stages from top to bottom."""
    shapes: list[Html] = []
    y = 2.0
    road = [each for each in spec.stages if each.type != "lost"]
    for number, stage in enumerate(road):
        shapes.append(_row(stage, y))
        y += 52
        if number + 1 < len(road):
            checks = len(stage.exit) + len(road[number + 1].entry)
            shapes += [arrow(40, y, 40, y + 32), _gate(40, y + 14, checks)]
            told = f"{checks} {'check' if checks == 1 else 'checks'} to pass" if checks else ""
            shapes.append(words(64, y + 19, told, "tiny"))
            y += 34
    for stage in spec.stages:
        if stage.type == "lost":
            shapes += [words(12, y + 26, lost_from(spec), "tiny"), _row(stage, y + 36)]
            y += 88
    return Drawing(joined(shapes), NARROW, int(y + 4))


def _row(stage: Stage, y: float) -> Html:
    return joined(
        [
            rect(2, y, NARROW - 4, 50, f"box-{stage.type}"),
            words(14, y + 21, broken(stage.title, NARROW - 90, 1), "strong"),
            words(NARROW - 14, y + 21, chance(stage), "strong", anchor="end"),
            words(14, y + 40, forecast(stage), "tiny"),
        ]
    )

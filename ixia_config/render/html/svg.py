"""Shapes of drawings: boxes, lines, bars and wrapped words, all in whole pixels."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ixia_config.render.html.tags import Content, Html, joined, tag
from ixia_config.render.layout import fitted, width, wrap
from ixia_config.render.wording import clean

LINE = 17  # pixels from one line of words to the next
_CHARACTER = 7.6  # pixels of a character of 13 pixels, on the wide side
_LEAST = 6.6
_NARROW = frozenset(" .,:;'|!()[]ijlft")
_BROAD = frozenset("MW@%mw")


@dataclass(frozen=True, slots=True)
class Drawing:
    """A finished drawing: its shapes, its size, and what it shows in words."""

    shapes: Html
    width: int
    height: int


def broken(words: str, pixels: float, most: int = 3) -> list[str]:
    """Words in lines that fit, with dots where lines are left out."""
    told = clean(words)
    columns = max(int(pixels / _average(told)), 4)
    lines = wrap(told, columns)
    if len(lines) <= most:
        return lines
    return [*lines[: most - 1], fitted(lines[most - 1] + " ...", columns)]


def _average(words: str) -> float:
    """Pixels of a column of this text, on the wide side: capitals take more, i and l take less."""
    if not words:
        return _CHARACTER
    return max(sum(map(_pixels, words)) / max(width(words), 1), _LEAST)


def _pixels(character: str) -> float:
    if character in _NARROW:
        return 4.8
    if character in _BROAD:
        return 12.5
    return 9.5 if character.isupper() else _CHARACTER * max(width(character), 0)


def figure(drawing: Drawing, name: str, title: str, told: str, kind: str = "") -> Html:
    """The drawing with its title and its description for those who do not see it."""
    return tag(
        "svg",
        tag("title", title, id=f"{name}-t"),
        tag("desc", told, id=f"{name}-d"),
        drawing.shapes,
        role="img",
        class_=f"drawing {kind}".strip(),
        aria_labelledby=f"{name}-t {name}-d",
        viewBox=f"0 0 {drawing.width} {drawing.height}",
        width=drawing.width,
        height=drawing.height,
    )


def both(wide: Drawing, narrow: Drawing, name: str, title: str, told: str) -> Html:
    """A drawing for screens and one for phones; only one of them is there for any reader."""
    return tag(
        "div",
        figure(wide, f"{name}-w", title, told, "wide"),
        figure(narrow, f"{name}-n", title, told, "narrow"),
        class_="figure",
    )


def rect(x: float, y: float, width: float, height: float, kind: str, *, radius: int = 8) -> Html:
    """A box."""
    at = {"x": pixel(x), "y": pixel(y), "width": pixel(max(width, 0)), "height": pixel(height)}
    return tag("rect", class_=kind, rx=radius, **at)


def line(x1: float, y1: float, x2: float, y2: float, kind: str) -> Html:
    """A straight line."""
    at = {"x1": pixel(x1), "y1": pixel(y1), "x2": pixel(x2), "y2": pixel(y2)}
    return tag("line", class_=kind, **at)


def path(points: str, kind: str) -> Html:
    """A path in SVG's own notation."""
    return tag("path", d=points, class_=kind)


def polyline(points: Iterable[tuple[float, float]], kind: str) -> Html:
    """Lines from point to point."""
    return tag(
        "polyline", points=" ".join(f"{pixel(x)},{pixel(y)}" for x, y in points), class_=kind
    )


def arrow(x1: float, y1: float, x2: float, y2: float, kind: str = "arrow") -> Html:
    """A line with a head, along one axis."""
    step = 5
    if y1 == y2:
        back = x2 - step if x2 > x1 else x2 + step
        head = ((back, y2 - step), (x2, y2), (back, y2 + step))
    else:
        back = y2 - step if y2 > y1 else y2 + step
        head = ((x2 - step, back), (x2, y2), (x2 + step, back))
    return joined([line(x1, y1, x2, y2, kind), polyline(head, kind)])


def words(
    x: float, y: float, lines: Sequence[str] | str, kind: str = "", *, anchor: str = "start"
) -> Html:
    """Lines of words, the first on this base line."""
    several = [lines] if isinstance(lines, str) else lines
    spans: list[Content] = [
        tag("tspan", each, x=pixel(x), y=pixel(y + number * LINE))
        for number, each in enumerate(several)
    ]
    place = None if anchor == "start" else anchor
    return tag("text", *spans, class_=kind or None, text_anchor=place)


def pixel(value: float) -> str:
    """A coordinate with at most one decimal, the same on every machine."""
    return f"{value:.1f}".removesuffix(".0")

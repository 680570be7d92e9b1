"""Drawings as Mermaid text, which code hosts draw; user text in them is only ever a label."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from ixia_config.kinds.pipeline.spec import PipelineSpec, Stage
from ixia_config.render.html.approvals import Lane
from ixia_config.render.html.pipeline_drawing import chance, forecast
from ixia_config.render.html.routing import Rung
from ixia_config.render.layout import fitted
from ixia_config.render.wording import clean

_PLAIN = re.compile(r"[^\w .,:+/()'%-]|%(?=%)")
_LONG = 120  # characters of one label


def label(*lines: str) -> str:
    """Lines as one quoted label; every character that Mermaid could act on is its number."""
    kept = [_PLAIN.sub(_number, fitted(clean(each), _LONG)) for each in lines if each]
    return f'"{"<br>".join(kept) or " "}"'


def _number(found: re.Match[str]) -> str:
    return f"#{ord(found[0])};"


def pipeline_lines(spec: PipelineSpec) -> Iterator[str]:
    """Stages from left to right; on an arrow, how many things are checked."""
    yield "flowchart LR"
    road = [each for each in spec.stages if each.type != "lost"]
    for number, stage in enumerate(road):
        yield f"  s{number}{_shape(stage)}"
    for number, (one, other) in enumerate(pairwise(road)):
        checks = len(one.exit) + len(other.entry)
        said = f"{checks} {'check' if checks == 1 else 'checks'}"
        told = f"|{label(said)}| " if checks else " "
        yield f"  s{number} -->{told}s{number + 1}"
    for number, stage in enumerate(each for each in spec.stages if each.type == "lost"):
        yield f"  l{number}{_shape(stage)}"
        for place, each in enumerate(road):
            if each.type == "open" and _may_be_lost(spec, each):
                yield f"  s{place} -.-> l{number}"


def _may_be_lost(spec: PipelineSpec, stage: Stage) -> bool:
    return spec.moves.lost_from == "any" or stage.key in spec.moves.lost_from


def _shape(stage: Stage) -> str:
    told = label(stage.title, ", ".join(each for each in (chance(stage), forecast(stage)) if each))
    return f"[{told}]" if stage.type == "open" else f"([{told}])"


def routing_lines(ladder: Sequence[Rung]) -> Iterator[str]:
    """Rules from top to bottom, each with where it sends."""
    yield "flowchart TD"
    for number, rung in enumerate(ladder):
        yield f"  r{number}[{label(rung.title, rung.asks)}] -->|yes| d{number}([{label(rung.to)}])"
        if number:
            yield f"  r{number - 1} -->|no| r{number}"


def approval_lines(found: Sequence[Lane]) -> Iterator[str]:
    """Bands from top to bottom, each with the people who are asked one after the other."""
    yield "flowchart LR"
    for number, lane in enumerate(found):
        steps = [f"a{number}x{step}[{label(who)}]" for step, who in enumerate(lane.chain)]
        yield f"  b{number}[{label(lane.title, lane.asks)}] --> {' --> '.join(steps)}"

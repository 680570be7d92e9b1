"""``--records TYPE=target:NAME``: the open records of a target instead of a file."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

import click

from ixia_config.app.recording import recorded
from ixia_config.cli.opening import opened, title
from ixia_config.cli.options import Place
from ixia_config.cli.terminal import Terminal
from ixia_config.edges.records import Source

_TARGET = re.compile(r"target:([a-z][a-z0-9-]*)")


def fetched(sources: Mapping[str, Source], place: Place, shown: Terminal) -> Mapping[str, Source]:
    """The same sources; those that name a target have its records. Nothing is written there."""
    return {kind: _fetched(kind, each, place, shown) for kind, each in sources.items()}


def _fetched(kind: str, source: Source, place: Place, shown: Terminal) -> Source:
    named = _TARGET.fullmatch(source.file)
    if named is None:
        return source
    if not kind:
        raise click.UsageError(f"say of which type: --records deal={source.file}")
    with (
        opened(replace(place, target=named[1]), shown) as session,
        shown.waiting(f"Reading open records of type {kind} from {title(session)}"),
    ):
        found = recorded(session, kind)
    for note in found.notes:
        shown.note(f"{source.file}: {note}\n")
    return replace(source, rows=found.rows)

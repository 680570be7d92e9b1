"""``ixia schema``."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ixia_config.cli.options import A_FOLDER, Place, common

if TYPE_CHECKING:
    from ixia_config.cli.terminal import Terminal


@click.command(
    short_help="Write the JSON Schemas that editors use.",
    epilog="""\b
Examples:
  ixia schema Pipeline
  ixia schema --write schemas/v1""",
)
@click.argument("kind", required=False)
@click.option("--write", "folder", type=A_FOLDER, help="Write every schema into this folder.")
@common
def command(place: Place, shown: Terminal, kind: str | None, *, folder: Path | None) -> int:
    """Print the JSON Schema of one kind, or write those of all kinds.

    Without a kind and a folder it lists the kinds.
    """
    from ixia_config.exits import Exit
    from ixia_config.kinds.registry import kinds
    from ixia_config.kinds.schema import texts
    from ixia_config.render.layout import table

    del place  # the schemas are the same everywhere
    if folder is not None:
        _write(folder, texts())
        shown.note(f"Wrote {len(texts())} schemas into {folder}.\n")
    elif kind is None:
        rows = [(name, each.summary.partition("\n")[0]) for name, each in kinds().items()]
        shown.say("\n".join(table(rows)) + "\n")
    elif kind in kinds():
        shown.say(texts()[f"{kinds()[kind].slug}.schema.json"])
    else:
        raise click.UsageError(f"there is no kind {kind!r} (known: {', '.join(kinds())})")
    return Exit.OK


def _write(folder: Path, texts: Mapping[str, str]) -> None:
    from ixia_config.edges.disk import atomic_write

    folder.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        atomic_write(folder / name, text)

"""Format the files of a repository in place, or say which ones would change."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ixia_config.app.refusal import Refusal, refusing
from ixia_config.codes import Severity, in_order
from ixia_config.edges.disk import atomic_write
from ixia_config.edges.files import read_folder
from ixia_config.exits import Exit
from ixia_config.kinds.privacy import discreet
from ixia_config.language import load_all
from ixia_config.language.edit import format as formatted


@dataclass(frozen=True, slots=True)
class Formatted:
    """Which files were (or would be) written, and how many were looked at."""

    changed: tuple[str, ...]
    total: int


def format_files(root: Path, *, write: bool) -> Formatted:
    """Format every YAML file below the root; one that cannot be read refuses the whole run."""
    with refusing():
        folder = read_folder(root)
    loaded = load_all(folder.files)
    found = in_order((*folder.diagnostics, *loaded.diagnostics))
    if any(each.severity is Severity.ERROR for each in found):
        told = discreet(found, loaded.sources)
        raise Refusal(Exit.INVALID, *told, sources=loaded.sources)
    changed = {name: new for name, text in folder.files.items() if (new := formatted(text)) != text}
    if write:
        for name, text in sorted(changed.items()):
            atomic_write(root / name, text)
    return Formatted(tuple(sorted(changed)), len(folder.files))


__all__ = ["Formatted", "format_files"]

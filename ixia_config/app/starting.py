"""Start a configuration: a small one that validates, with the schemas that editors use."""

from __future__ import annotations

import os
from pathlib import Path

from ixia_config.app.codes import FileInTheWay
from ixia_config.app.refusal import Refusal, refusing
from ixia_config.edges.disk import atomic_write
from ixia_config.edges.files import PROJECT, read_folder
from ixia_config.edges.shipped import shipped
from ixia_config.exits import Exit
from ixia_config.kinds.schema import texts
from ixia_config.language.edit import set_value

EXAMPLE = "minimal"
_SCHEMAS = "schemas/v1"
_OUTSIDE = f"../../{_SCHEMAS}"  # where the example's own files point to


def start(folder: Path, *, name: str | None = None) -> tuple[str, ...]:
    """Write the files, none of which may be there already; returns their names."""
    files = {**_policies(name), **{f"{_SCHEMAS}/{each}": text for each, text in texts().items()}}
    taken = [each for each in sorted(files) if (folder / each).exists()]
    if taken:
        raise Refusal(Exit.INVALID, *(FileInTheWay(file=each) for each in taken))
    for each, text in sorted(files.items()):
        (folder / each).parent.mkdir(parents=True, exist_ok=True)
        atomic_write(folder / each, text)
    return tuple(sorted(files))


def project_name(folder: Path) -> str:
    """The folder's name as a project may be called."""
    letters = [each if each.isascii() and each.isalnum() else "-" for each in folder.name.lower()]
    words = [word for word in "".join(letters).split("-") if word]
    found = "-".join(words)
    return found if found[:1].isalpha() else f"project-{found}".strip("-")


def _policies(name: str | None) -> dict[str, str]:
    """The example's own files, with schemas looked for inside the folder and the name put in."""
    with refusing():
        example = read_folder(Path(os.fspath(shipped("examples", EXAMPLE))))
    files = {each: text.replace(_OUTSIDE, _SCHEMAS) for each, text in example.files.items()}
    if name is not None:
        files[PROJECT] = set_value(files[PROJECT], 0, ("metadata", "name"), name)
    return files

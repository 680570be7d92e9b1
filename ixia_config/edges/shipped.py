"""What ships beside the code: example repositories and JSON Schemas."""

from __future__ import annotations

from pathlib import Path

import ixia_config


def shipped(what: str, *name: str) -> Path:
    """The folder of this name under ``examples`` or ``schemas``, in a wheel or a source tree."""
    package = Path(ixia_config.__file__).parent
    installed = package / f"_{what}"
    return (installed if installed.is_dir() else package.parent / what).joinpath(*name)

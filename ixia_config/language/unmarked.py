"""The fast reading of one document."""

from __future__ import annotations

from ixia_config.language.scalars import Tree


class Unsure(Exception):
    """This text needs the careful reading."""


def read(text: str) -> Tree:
    """The document's tree, or ``Unsure``."""
    raise Unsure(text[:0])

"""YAML text to documents with file, line and column; edits that keep comments."""

from ixia_config.language.loader import Document, Loaded, load, load_all
from ixia_config.language.scalars import Tree
from ixia_config.language.source import Source

__all__ = ["Document", "Loaded", "Source", "Tree", "load", "load_all"]

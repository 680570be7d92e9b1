"""Text in, documents out: every document of a repo with its tree, its places and its errors."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from ixia_config.codes import Diagnostic, in_order
from ixia_config.language import marked, unmarked
from ixia_config.language.codes import TooLarge
from ixia_config.language.scalars import Tree
from ixia_config.language.source import (
    MAX_DOCUMENTS,
    Chunk,
    Source,
    chunks,
    directives,
    empty,
    normal,
    refusals,
)
from ixia_config.model import Mark, Path


@dataclass(frozen=True, slots=True)
class Document:
    """One YAML document: its tree, and on request the place of any value in it.

    ``index`` counts the documents of a file from 0, those that hold only comments left out.
    """

    source: Source
    index: int
    line: int
    text: str = field(repr=False)
    tree: Tree

    @property
    def file(self) -> str:
        """The file that this document stands in."""
        return self.source.file

    def mark(self, path: Path, *, key: bool = False) -> Mark:
        """The place of the value at this path, or of its key; else of its nearest ancestor."""
        node = marked.read(self.file, self.line, self.text).root
        if node is None:  # unreachable for what load() made: both readings agree
            return Mark(self.file, self.line, 1)
        mark = node.mark
        for depth, step in enumerate(path, 1):
            child = node.children.get(step)
            if child is None:
                break
            last = depth == len(path)
            mark = node.keys.get(str(step), child.mark) if key and last else child.mark
            node = child
        return mark


@dataclass(frozen=True, slots=True)
class Loaded:
    """What was read: the documents that are whole, what is wrong, and the text of every file."""

    documents: tuple[Document, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    sources: Mapping[str, Source] = field(default_factory=dict, repr=False)


def load(file: str, text: str) -> Loaded:
    """Read one file; an error in one document leaves the others readable."""
    source = Source(file, normal(text))
    diagnostics: list[Diagnostic] = list(refusals(source))
    documents: list[Document] = []
    if not diagnostics:
        for chunk in _within_bounds(source, diagnostics):
            diagnostics.extend(directives(source, chunk))
            if not empty(chunk):
                documents.extend(_document(source, chunk, len(documents), diagnostics))
    return Loaded(tuple(documents), in_order(diagnostics), {file: source})


def load_all(files: Mapping[str, str]) -> Loaded:
    """Read every file of a repo, in the order of their names."""
    loaded = [load(file, files[file]) for file in sorted(files)]
    return Loaded(
        tuple(document for each in loaded for document in each.documents),
        in_order(found for each in loaded for found in each.diagnostics),
        {file: source for each in loaded for file, source in each.sources.items()},
    )


def _within_bounds(source: Source, diagnostics: list[Diagnostic]) -> Iterator[Chunk]:
    for count, chunk in enumerate(chunks(source.text)):
        if count > MAX_DOCUMENTS:
            mark = Mark(source.file, chunk.line, 1)
            limit = f"{MAX_DOCUMENTS:,}"
            what = "the file holds too many documents"
            diagnostics.append(TooLarge(mark=mark, what=what, limit=limit))
            return
        yield chunk


def _document(
    source: Source, chunk: Chunk, index: int, diagnostics: list[Diagnostic]
) -> Iterator[Document]:
    """The chunk's document: by the fast reading if that is sure of it, else by the careful one."""
    try:
        tree = unmarked.read(chunk.text)
    except unmarked.Unsure:
        reading = marked.read(source.file, chunk.line, chunk.text)
        diagnostics.extend(reading.diagnostics)
        if reading.root is None:
            return
        tree = reading.root.tree
    yield Document(source, index, chunk.line, chunk.text, tree)

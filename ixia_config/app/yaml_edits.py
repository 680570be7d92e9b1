"""Edits of policies in the files that say them: the base file, or an environment's patch."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from ixia_config.app.session import Session
from ixia_config.engine.taking import Edit, Order, Remove, Set, arranged, located
from ixia_config.kinds.locate import path_of
from ixia_config.kinds.overlay import Merged
from ixia_config.kinds.policy import Policy
from ixia_config.language import Document
from ixia_config.language.edit import CannotEdit, remove, reorder, set_value
from ixia_config.model import Address, Path

Files = dict[str, str]


class NotSaid(Exception):  # noqa: N818  # a state of affairs, told to the user
    """The YAML cannot be made to say it; the message says why."""


def edited(
    session: Session, texts: Mapping[str, str], wanted: Mapping[Address, Sequence[Edit | None]]
) -> Files:
    """The files that change; NotSaid when one of the edits has no place in them.

    None instead of an edit takes out the part at the address.
    """
    files = dict(texts)
    steps = [(address, edit) for address, edits in wanted.items() for edit in edits]
    # A value that is written moves no other; members that change places or go do.
    steps.sort(key=lambda step: not isinstance(step[1], Set))
    session = _with(session, files)
    for number, (address, edit) in enumerate(steps):
        if number and not isinstance(edit, Set):
            session = _with(session, files)
        _apply(files, _policy(session, address), address, edit)
    return {name: text for name, text in files.items() if text != texts[name]}


def _with(session: Session, files: Files) -> Session:
    return replace(session, checked=session.checked.with_files(files, today=session.today))


def _policy(session: Session, address: Address) -> Policy[Any]:
    """The policy as the files have it now: earlier edits may have moved its places."""
    found = session.checked.configuration.policies.get(address.policy)
    if found is None:
        raise NotSaid(f"{address.policy} is not in the files")
    return found


def _apply(files: Files, policy: Policy[Any], address: Address, edit: Edit | None) -> None:
    path = _path(policy, address, edit)
    document, there = _home(policy, path)
    text = files[document.file]
    try:
        files[document.file] = _changed(text, document, there, edit)
    except CannotEdit as problem:
        raise NotSaid(str(problem)) from None


def _path(policy: Policy[Any], address: Address, edit: Edit | None) -> Path:
    tree: Any = policy.document.tree
    if edit is None:
        path = path_of(policy, address.part) if address.part else None
        if path is None:
            raise NotSaid(f"take {address} out of the files by hand")
        return path
    found = located(tree, edit.path)
    if found is None:
        raise NotSaid("it stands on something that the files do not name")
    return found


def _home(policy: Policy[Any], path: Path) -> tuple[Document, Path]:
    """The document that says the value, and its path there."""
    document, there = policy.document, path
    while isinstance(document, Merged):
        document, there = document.home(there)
    return document, there


def _changed(text: str, document: Document, path: Path, edit: Edit | None) -> str:
    match edit:
        case None | Remove():
            return remove(text, document.index, path)
        case Set(_, value):
            return set_value(text, document.index, path, value)
        case Order(_, names):
            order = arranged(_at(document.tree, path), names)
            if order is None:
                raise NotSaid("the list in the files has members without names")
            return reorder(text, document.index, path, order)


def _at(tree: Any, path: Path) -> Any:
    for step in path:
        tree = tree[step]
    return tree

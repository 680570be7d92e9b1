"""Documents in, policies out: each is judged by its kind, and all make one configuration."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from pydantic import ValidationError

from ixia_config.codes import Diagnostic, in_order
from ixia_config.kinds.codes import MissingKey, NotAPolicy, UnknownKind
from ixia_config.kinds.envelope import Envelope
from ixia_config.kinds.overlay import Written, lay
from ixia_config.kinds.policy import Configuration, Policy
from ixia_config.kinds.problems import explain
from ixia_config.kinds.registry import kinds
from ixia_config.kinds.secrets import written_out
from ixia_config.kinds.together import (
    DuplicatePolicy,
    PatchesNoEnvironment,
    PatchesNothing,
    SecondProject,
)
from ixia_config.language import Document
from ixia_config.model import Address

Found = tuple[Diagnostic, ...]


def parse(document: Document) -> tuple[Policy[Envelope] | None, Found]:
    """The policy that a document declares, or everything that is wrong with its shape."""
    policy, found = _typed(document)
    return policy, in_order((*written_out(document), *found))


def configure(
    documents: Sequence[Document],
    *,
    environment: str | None = None,
    lists: Mapping[str, Mapping[str, tuple[str, ...]]] | None = None,
) -> tuple[Configuration, Found]:
    """The configuration of one environment (of none: without overlays), and what is wrong."""
    found: list[Diagnostic] = []
    for document in documents:
        found.extend(written_out(document))
    base, patches = _split(documents)
    found.extend(_strays(base, patches))
    policies: list[Policy[Envelope]] = []
    for written in _patched(base, patches.get(environment or "", ())):
        policy, problems = _typed(written)
        found.extend(problems)
        policies.extend([] if policy is None else [policy])
    configuration, problems = _together(policies)
    return replace(configuration, lists=lists or {}), in_order((*found, *problems))


def _typed(document: Written) -> tuple[Policy[Envelope] | None, Found]:
    tree = document.tree
    if not isinstance(tree, dict):
        return None, (NotAPolicy(mark=document.mark(())),)
    name = tree.get("kind")
    kind = kinds().get(name) if isinstance(name, str) else None
    envelope = Envelope if kind is None else kind.envelope
    try:
        body = envelope.model_validate(tree, by_alias=True, by_name=False)
    except ValidationError as error:
        return None, (*_unknown_kind(document, tree), *explain(document, envelope, error))
    if kind is None:
        return None, tuple(_unknown_kind(document, tree))
    return Policy(body, document), ()


def _unknown_kind(document: Written, tree: Mapping[str, Any]) -> Iterator[Diagnostic]:
    kind = tree.get("kind")
    if isinstance(kind, str) and kind not in kinds():
        yield UnknownKind(mark=document.mark(("kind",)), kind=kind, known=tuple(kinds()))


def _address(document: Written) -> Address | None:
    """The identity that a document claims, before it is judged."""
    tree = document.tree
    metadata = tree.get("metadata") if isinstance(tree, dict) else None
    name = metadata.get("name") if isinstance(metadata, dict) else None
    kind = tree.get("kind") if isinstance(tree, dict) else None
    return Address(kind, name) if isinstance(kind, str) and isinstance(name, str) else None


def _split(
    documents: Sequence[Document],
) -> tuple[Sequence[Document], Mapping[str, Sequence[Document]]]:
    """The documents that declare, and those that patch, by the environment they patch."""
    folder = _overlay_folder(documents)
    base: list[Document] = []
    patches: dict[str, list[Document]] = {}
    for document in documents:
        name = document.file.replace("\\", "/").removeprefix("./")
        if folder and name.startswith(folder):
            environment = name.removeprefix(folder).partition("/")[0].rpartition(".")
            patches.setdefault(environment[0] or environment[2], []).append(document)
        else:
            base.append(document)
    return base, patches


def _overlay_folder(documents: Iterable[Document]) -> str:
    """The folder of overlays as the names of files start with it; empty without a Project."""
    for document in documents:
        tree = document.tree
        if isinstance(tree, dict) and tree.get("kind") == "Project":
            spec = tree.get("spec")
            folder = spec.get("overlays") if isinstance(spec, dict) else None
            if isinstance(folder, str) and (clean := folder.removeprefix("./").strip("/")):
                home = document.file.replace("\\", "/").removeprefix("./").rpartition("/")[0]
                return f"{home}/{clean}/" if home else f"{clean}/"
    return ""


def _patched(base: Iterable[Document], patches: Iterable[Document]) -> Iterator[Written]:
    """Every declaring document, under the patches of its address."""
    by_address: dict[Address | None, list[Document]] = {}
    for patch in patches:
        by_address.setdefault(_address(patch), []).append(patch)
    for document in base:
        written: Written = document
        for patch in by_address.get(_address(document), ()) if by_address else ():
            written = lay(patch, written)
        yield written


def _strays(
    base: Iterable[Document], patches: Mapping[str, Sequence[Document]]
) -> Iterator[Diagnostic]:
    """Patches of policies or environments that do not exist."""
    if not patches:
        return
    known = {address for document in base if (address := _address(document))}
    environments = _environments(base)
    for environment, documents in sorted(patches.items()):
        if environments and environment not in environments:
            mark = documents[0].mark(())
            yield PatchesNoEnvironment(mark=mark, environment=environment, known=environments)
        for document in documents:
            yield from _stray(document, known)


def _stray(document: Document, known: set[Address]) -> Iterator[Diagnostic]:
    if not isinstance(document.tree, dict):
        yield NotAPolicy(mark=document.mark(()))
        return
    address = _address(document)
    if address is None:
        key = "kind" if "kind" not in document.tree else "metadata.name"
        yield MissingKey(mark=document.mark(()), key=key)
    elif address not in known:
        mark = document.mark(("metadata", "name"))
        yield PatchesNothing(mark=mark, address=str(address), known=tuple(map(str, known)))


def _environments(documents: Iterable[Document]) -> tuple[str, ...]:
    """The environments that any target of the Project has."""
    found: set[str] = set()
    for document in documents:
        tree: Any = document.tree
        if isinstance(tree, dict) and tree.get("kind") == "Project":
            spec = tree.get("spec")
            targets = spec.get("targets") if isinstance(spec, dict) else None
            for target in targets.values() if isinstance(targets, dict) else ():
                environments = target.get("environments") if isinstance(target, dict) else None
                found.update(environments if isinstance(environments, dict) else ())
    return tuple(sorted(found))


def _together(policies: Iterable[Policy[Envelope]]) -> tuple[Configuration, Found]:
    """The policies by address; the first of two that claim one address stays."""
    found: list[Diagnostic] = []
    by_address: dict[Address, list[Policy[Envelope]]] = {}
    project: Policy[Envelope] | None = None
    for policy in policies:
        others = by_address.setdefault(policy.address, [])
        twin = next((other for other in others if _overlap(policy, other)), None)
        if twin is not None:
            mark, first = policy.mark("metadata", "name"), twin.mark("metadata", "name")
            found.append(DuplicatePolicy(mark=mark, address=policy.address, first=first))
        elif policy.body.kind == "Project" and project is not None:
            mark, first = policy.mark("metadata", "name"), project.mark("metadata", "name")
            found.append(SecondProject(mark=mark, name=policy.name, first=first))
        else:
            others.append(policy)
            project = policy if policy.body.kind == "Project" else project
    return _configuration(by_address), tuple(found)


def _configuration(by_address: Mapping[Address, list[Policy[Envelope]]]) -> Configuration:
    versions = {
        address: tuple(sorted(group, key=lambda policy: _effective(policy)[0]))
        for address, group in by_address.items()
        if group
    }
    return Configuration(
        {address: group[-1] for address, group in versions.items()},
        {address: group for address, group in versions.items() if len(group) > 1},
    )


def _effective(policy: Policy[Envelope]) -> tuple[str, str]:
    """First day and day after the last, as sortable text; open ends are the ends of time."""
    effective = getattr(policy.body.spec, "effective", None)
    start, end = getattr(effective, "from_", None), getattr(effective, "to", None)
    return (start.isoformat() if start else "", end.isoformat() if end else "9999-99-99")


def _overlap(one: Policy[Envelope], other: Policy[Envelope]) -> bool:
    (start, end), (other_start, other_end) = _effective(one), _effective(other)
    return start < other_end and other_start < end

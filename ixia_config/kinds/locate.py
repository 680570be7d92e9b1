"""Where in the files an address is declared: the policy's name, or its part by key."""

from __future__ import annotations

from typing import Any

from ixia_config.kinds.envelope import Envelope
from ixia_config.kinds.policy import Configuration, Policy
from ixia_config.model import Address, Path

_DEEPEST = 3  # a part stands in a list or mapping of the spec, or one below


def place_of(configuration: Configuration, address: Address) -> str:
    """``pipelines/new-business.yaml:14``; empty for what no policy declares."""
    policy = configuration.policies.get(address.policy)
    if policy is None:
        return ""
    found = path_of(policy, address.part) if address.part else None
    mark = policy.document.mark(found or ("metadata", "name"))
    return f"{mark.file}:{mark.line}"


def path_of(policy: Policy[Envelope], part: str) -> Path | None:
    """Where the part with this key stands in its document; None where there is none."""
    tree: Any = policy.document.tree
    return _part(tree.get("spec"), part, ("spec",))


def _part(tree: Any, part: str, path: Path) -> Path | None:
    """The path of the element with this key, or of the value under it; the shallowest first."""
    if len(path) > _DEEPEST:
        return None
    if isinstance(tree, dict) and part in tree:
        return (*path, part)
    inner: list[tuple[str | int, Any]] = []
    if isinstance(tree, dict):
        inner = list(tree.items())
    elif isinstance(tree, list):
        inner = list(enumerate(tree))
        for index, each in inner:
            if isinstance(each, dict) and each.get("key") == part:
                return (*path, index)
    for step, each in inner:
        found = _part(each, part, (*path, step))
        if found is not None:
            return found
    return None

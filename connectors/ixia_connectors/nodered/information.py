"""The description of a tab of ours: what it carries out, and the policy itself, to be pulled."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

KINDS = frozenset({"RoutingPolicy", "SlaPolicy", "ApprovalPolicy"})
"""What a tab can carry out."""

_HEAD = "Managed by Ixia Config: change the policy, not this flow."
_OPEN, _CLOSE = "```json\n", "\n```"


def information(address: str, version: str, policy: Mapping[str, Any], digest: str) -> str:
    """The text for a tab; ``digest`` is of its nodes as the policy makes them."""
    held = json.dumps(policy, indent=1, sort_keys=True, ensure_ascii=False)
    return f"{_HEAD}\n\n{address}, version {version}, nodes {digest}\n\n{_OPEN}{held}{_CLOSE}\n"


def digest(nodes: Mapping[str, str]) -> str:
    """A short name for these very nodes."""
    return hashlib.sha256(json.dumps(nodes, sort_keys=True).encode()).hexdigest()[:12]


def is_ours(info: str) -> bool:
    """Whether a description says that the tab is ours."""
    return info.startswith(_HEAD)


def policy_in(info: str, nodes: Mapping[str, str]) -> Mapping[str, Any] | None:
    """The policy that a description holds; None where the nodes are not the ones of it any more."""
    if not is_ours(info) or f"nodes {digest(nodes)}\n" not in info:
        return None
    held = info.partition(_OPEN)[2].rpartition(_CLOSE)[0]
    try:
        found = json.loads(held)
    except ValueError:
        return None
    whole = isinstance(found, dict) and isinstance(found.get("metadata"), dict)
    return found if whole and found.get("kind") in KINDS else None

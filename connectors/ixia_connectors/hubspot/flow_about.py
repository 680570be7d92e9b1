"""The description of a workflow of ours: what it carries out, and the policy, to be pulled."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

_HEAD = "Managed by Ixia Config: change the policy, not this workflow."


def about(address: str, version: str, policy: Mapping[str, Any], digest: str) -> str:
    """The text for a workflow; ``digest`` is of its steps as the policy makes them."""
    held = json.dumps(policy, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return f"{_HEAD}\n{address}, version {version}, steps {digest}\n{held}"


def digest(fields: Mapping[str, Any]) -> str:
    """A short name for what a workflow does: its fields without title and description."""
    kept = {path: each for path, each in fields.items() if path not in ("about", "title") and each}
    return hashlib.sha256(json.dumps(kept, sort_keys=True).encode()).hexdigest()[:12]


def version(tree: Any) -> str:
    """A short name for this very text of a policy."""
    text = json.dumps(tree, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def policy_in(description: str, digest: str) -> Mapping[str, Any] | None:
    """The policy in a description; None where the steps are not the ones of it any more."""
    head, _, rest = description.partition("\n")
    line, _, held = rest.partition("\n")
    if head != _HEAD or not line.endswith(f", steps {digest}"):
        return None
    try:
        found = json.loads(held)
    except ValueError:
        return None
    return found if isinstance(found, dict) and isinstance(found.get("metadata"), dict) else None

"""What the change policies want before an apply: nothing frozen, and everybody has agreed."""

from __future__ import annotations

from collections.abc import Sequence

from ixia_config.app.refusal import Refusal
from ixia_config.app.session import Session
from ixia_config.edges.git import authors_of
from ixia_config.engine.reviewing import denied, unreviewed
from ixia_config.exits import Exit
from ixia_config.model import Plan


def permit(session: Session, approved: Plan, now: Plan, approvals: Sequence[str]) -> None:
    """Refusal with every rule that forbids this moment's plan, and every word that is missing."""
    authors = authors_of(session.checked.root) if now.reviews else ()
    found = (*denied(now), *unreviewed(approved, now, approvals, authors))
    if found:
        raise Refusal(Exit.DENIED, *found)

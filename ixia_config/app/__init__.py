"""Use cases: the one place where the core meets the edges."""

from ixia_config.app.checking import Checked, check
from ixia_config.app.refusal import Refusal
from ixia_config.app.session import Session, open_session

__all__ = ["Checked", "Refusal", "Session", "check", "open_session"]

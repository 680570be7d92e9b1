"""Policy kinds, one folder each: ``spec`` (declaration), ``decide`` (meaning), ``checks``."""

from ixia_config.kinds.envelope import Envelope, Frozen, Metadata
from ixia_config.kinds.policy import Check, Configuration, Context, Policy

__all__ = ["Check", "Configuration", "Context", "Envelope", "Frozen", "Metadata", "Policy"]

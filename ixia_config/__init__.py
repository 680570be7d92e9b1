"""Ixia Config: a sales team's process as reviewed YAML, planned against and applied to CRMs."""

__version__ = "0.1.0"

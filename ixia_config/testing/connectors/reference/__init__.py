"""The reference CRM and its connector: small, complete, and the example for writing another."""

from ixia_config.testing.connectors.reference.connector import Reference
from ixia_config.testing.connectors.reference.crm import TOKEN, Crm, Habits

CONNECTOR = Reference

__all__ = ["CONNECTOR", "TOKEN", "Crm", "Habits", "Reference"]

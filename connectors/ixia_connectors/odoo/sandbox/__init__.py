"""Odoo 19 in memory: its objects over JSON-2, with domains, automations and assignment."""

from ixia_connectors.odoo.sandbox.app import OdooSandbox, rehearsal

__all__ = ["OdooSandbox", "rehearsal"]

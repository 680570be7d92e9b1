"""Odoo 19: pipelines as sales teams, gates that refuse, fields, routing, hours and timers."""

from ixia_connectors.odoo.connector import Odoo

CONNECTOR = Odoo

__all__ = ["CONNECTOR", "Odoo"]

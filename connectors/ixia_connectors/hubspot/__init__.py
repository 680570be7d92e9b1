"""HubSpot: pipelines, stages, rules and fields, by its dated API."""

from ixia_connectors.hubspot.connector import HubSpot

CONNECTOR = HubSpot

__all__ = ["CONNECTOR", "HubSpot"]

"""Node-RED: policies as flows on tabs of our own, deployed under its revision."""

from ixia_connectors.nodered.connector import NodeRed

CONNECTOR = NodeRed

__all__ = ["CONNECTOR", "NodeRed"]

"""Node-RED's admin API in memory: it keeps flows and answers as the real one does; it runs none."""

from ixia_connectors.nodered.sandbox.app import NodeRedSandbox, rehearsal

__all__ = ["NodeRedSandbox", "rehearsal"]

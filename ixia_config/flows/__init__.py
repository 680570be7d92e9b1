"""Decision graphs: policies as nodes that automation tools carry out, and what they mean."""

from ixia_config.flows.graph import (
    Assign,
    Branch,
    Case,
    End,
    Goal,
    Graph,
    Hours,
    Member,
    Node,
    Person,
    Pool,
    Start,
    ToOwner,
    ToPerson,
    ToPool,
    ToQueue,
    ways,
)
from ixia_config.flows.routing import routing_graph
from ixia_config.flows.run import Reached, run

__all__ = [
    "Assign",
    "Branch",
    "Case",
    "End",
    "Goal",
    "Graph",
    "Hours",
    "Member",
    "Node",
    "Person",
    "Pool",
    "Reached",
    "Start",
    "ToOwner",
    "ToPerson",
    "ToPool",
    "ToQueue",
    "routing_graph",
    "run",
    "ways",
]

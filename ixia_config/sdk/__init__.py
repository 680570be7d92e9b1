"""All that a connector may import: the contract, the wire, the nouns and the policy kinds."""

from ixia_config.flows import Graph, routing_graph
from ixia_config.kinds import Configuration, Envelope, Metadata, Policy
from ixia_config.kinds.approval_policy.spec import ApprovalPolicy
from ixia_config.kinds.directory.spec import Directory
from ixia_config.kinds.directory.spec import Person as DirectoryPerson
from ixia_config.kinds.pipeline.spec import (
    Approval,
    Criterion,
    Moves,
    Pipeline,
    PipelineSpec,
    Stage,
)
from ixia_config.kinds.pipeline.spec import External as PipelineExternal
from ixia_config.kinds.pipeline.spec import Reason as CloseReason
from ixia_config.kinds.pipeline.spec import Retired as RetiredStage
from ixia_config.kinds.pipeline.violations import Breach
from ixia_config.kinds.pipeline.violations import needed as needed_fields
from ixia_config.kinds.pipeline.violations import watched as watched_rules
from ixia_config.kinds.project.spec import Project, Target
from ixia_config.kinds.record_schema.spec import Choice, RecordSchema, RecordSchemaSpec
from ixia_config.kinds.record_schema.spec import External as RecordSchemaExternal
from ixia_config.kinds.record_schema.spec import Field as RecordField
from ixia_config.kinds.records import Record, Records
from ixia_config.kinds.routing_policy.spec import RoutingPolicy
from ixia_config.kinds.scalars import Duration, Unit
from ixia_config.kinds.sla_policy.spec import SlaPolicy
from ixia_config.model import (
    Actor,
    Address,
    Cause,
    Change,
    Clause,
    Dependents,
    FieldChange,
    Identity,
    Level,
    Quota,
    Status,
    Value,
    Verb,
)
from ixia_config.sdk.connector import (
    Connector,
    Desired,
    FieldType,
    Finding,
    Lifted,
    Live,
    LiveResource,
    Lowered,
    Outcome,
    Rehearsal,
    RemotePerson,
    ResourceType,
    Retired,
    Sandbox,
    Scope,
)
from ixia_config.sdk.limits import LimitHeaders, Pace
from ixia_config.sdk.wire import Flow, Json, Kind, RemoteError, Request, Response

__all__ = [
    "Actor",
    "Address",
    "Approval",
    "ApprovalPolicy",
    "Breach",
    "Cause",
    "Change",
    "Choice",
    "Clause",
    "CloseReason",
    "Configuration",
    "Connector",
    "Criterion",
    "Dependents",
    "Desired",
    "Directory",
    "DirectoryPerson",
    "Duration",
    "Envelope",
    "FieldChange",
    "FieldType",
    "Finding",
    "Flow",
    "Graph",
    "Identity",
    "Json",
    "Kind",
    "Level",
    "Lifted",
    "LimitHeaders",
    "Live",
    "LiveResource",
    "Lowered",
    "Metadata",
    "Moves",
    "Outcome",
    "Pace",
    "Pipeline",
    "PipelineExternal",
    "PipelineSpec",
    "Policy",
    "Project",
    "Quota",
    "Record",
    "RecordField",
    "RecordSchema",
    "RecordSchemaExternal",
    "RecordSchemaSpec",
    "Records",
    "Rehearsal",
    "RemoteError",
    "RemotePerson",
    "Request",
    "ResourceType",
    "Response",
    "Retired",
    "RetiredStage",
    "RoutingPolicy",
    "Sandbox",
    "Scope",
    "SlaPolicy",
    "Stage",
    "Status",
    "Target",
    "Unit",
    "Value",
    "Verb",
    "needed_fields",
    "routing_graph",
    "watched_rules",
]

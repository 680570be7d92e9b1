"""Names and ids: HubSpot's record types, the ids that we choose, and remote ids as text."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class RecordType:
    """One of HubSpot's record types and the properties that its records are filed under.

    ``standard`` maps neutral field names to the properties that HubSpot defines itself.
    """

    api: str
    type_id: str
    noun: str
    plural: str
    pipeline: str = "hs_pipeline"
    stage: str = "hs_pipeline_stage"
    name: str = "name"
    amount: str = ""
    group: str = ""
    standard: Mapping[str, str] = field(default_factory=dict)

    @property
    def guards(self) -> Mapping[str, str]:
        """The parameters of a delete that make HubSpot refuse what is in use."""
        guards = {"validateReferencesBeforeDelete": "true"}
        if self.api == "deals":
            guards["validateDealStageUsagesBeforeDelete"] = "true"
        return guards


_OWNER = {"owner": "hubspot_owner_id"}
_STAGED = {"stage": "hs_pipeline_stage", "pipeline": "hs_pipeline"}

RECORD_TYPES = (
    RecordType(
        "deals",
        "0-3",
        "deal",
        "deals",
        pipeline="pipeline",
        stage="dealstage",
        name="dealname",
        amount="amount",
        group="dealinformation",
        standard={
            **_OWNER,
            "amount": "amount",
            "close_date": "closedate",
            "created_at": "createdate",
            "name": "dealname",
            "next_step": "hs_next_step",
            "pipeline": "pipeline",
            "stage": "dealstage",
            "type": "dealtype",
        },
    ),
    RecordType(
        "leads",
        "0-136",
        "lead",
        "leads",
        name="hs_lead_name",
        group="lead_information",
        standard={
            **_OWNER,
            **_STAGED,
            "created_at": "hs_createdate",
            "name": "hs_lead_name",
            "type": "hs_lead_type",
        },
    ),
    RecordType(
        "tickets",
        "0-5",
        "ticket",
        "tickets",
        name="subject",
        group="ticketinformation",
        standard={
            **_OWNER,
            **_STAGED,
            "category": "hs_ticket_category",
            "closed_at": "closed_date",
            "created_at": "createdate",
            "description": "content",
            "name": "subject",
            "priority": "hs_ticket_priority",
        },
    ),
    RecordType(
        "contacts",
        "0-1",
        "contact",
        "contacts",
        name="email",
        group="contactinformation",
        standard={
            **_OWNER,
            "created_at": "createdate",
            "first_name": "firstname",
            "job_title": "jobtitle",
            "last_name": "lastname",
            "lifecycle": "lifecyclestage",
        },
    ),
    RecordType(
        "companies",
        "0-2",
        "company",
        "companies",
        group="companyinformation",
        standard={
            **_OWNER,
            "created_at": "createdate",
            "employees": "numberofemployees",
            "lifecycle": "lifecyclestage",
            "revenue": "annualrevenue",
        },
    ),
)
"""In the order in which they are read."""

ENTERED_STAGE = "hs_v2_date_entered_current_stage"
LAST_ACTIVITY = "notes_last_updated"
"""What HubSpot computes of records with a pipeline; not every account has both."""

WITH_ACTIVITY = ("deals", "tickets")

WITH_PIPELINES = ("deals", "leads", "tickets")

_DOUBLED = re.compile(r"[-_]{2}")
_BY_NOUN = {found.noun: found for found in RECORD_TYPES}
_BY_API = {found.api: found for found in RECORD_TYPES}


def record_type(api: str) -> RecordType:
    """The record type with this name in HubSpot; custom objects get the general properties."""
    known = _BY_API.get(api)
    return known or RecordType(api, api, "record", "records", group=f"{api}_information")


def by_noun(noun: str) -> RecordType | None:
    """The record type that a policy calls ``deal``, ``lead`` and so on."""
    return _BY_NOUN.get(noun) or _BY_API.get(noun)


def _spelled(text: str) -> str:
    return text.lower().replace("-", "_")


def _marked(text: str, source: str, length: int) -> str:
    """The text, cut to a length, ending in a mark that only this source gives."""
    mark = hashlib.sha256(source.encode()).hexdigest()[:8]
    return f"{text[: length - 9]}_{mark}"


def pipeline_id(name: str) -> str:
    """The id under which we create the pipeline of this name; two names never share one."""
    chosen = f"ixia_{_spelled(name)}"
    return _marked(chosen, name, 50) if "--" in name or len(chosen) > 50 else chosen


def stage_id(pipeline: str, key: str) -> str:
    """The id under which we create a stage; HubSpot wants it unique over all pipelines.

    A double underscore stands between pipeline and key, and for an underscore in the key, so that
    ``closed-won`` and ``closed_won`` stay two stages. A key that cannot be told apart in this way
    is marked.
    """
    spelled = key.lower().replace("_", "__").replace("-", "_")
    chosen = f"{pipeline_id(pipeline)}__{spelled}"
    if key != key.lower() or _DOUBLED.search(key) or len(chosen) > 100:
        return _marked(chosen, f"{pipeline}#{key}", 100)
    return chosen


def key_of_stage(pipeline: str, stage: str) -> str | None:
    """The key that ``stage_id`` made this id of; None where it did not."""
    prefix = f"{pipeline_id(pipeline)}__"
    key = stage.removeprefix(prefix).replace("__", " ").replace("_", "-").replace(" ", "_")
    return key if key and stage_id(pipeline, key) == stage else None


def reason_property(pipeline: str, key: str) -> str:
    """The property that holds why records were closed on a stage."""
    return f"{stage_id(pipeline, key)}_reason"


def group_name(heading: str) -> str:
    """The name under which we create the property group with this heading."""
    plain = re.sub(r"[^a-z0-9]+", "_", heading.lower()).strip("_")
    chosen = f"ixia_{plain}"
    return (
        chosen if plain == heading.lower() and len(chosen) <= 50 else _marked(chosen, heading, 50)
    )


def slug(text: str, *, sign: str = "-") -> str:
    """A name made of a title: lower case, other characters as one sign."""
    plain = re.sub(r"[^a-z0-9]+", sign, text.lower()).strip(sign)
    return plain or "unnamed"


def remote(*parts: str) -> str:
    """A remote id as text: ``deals/default/closedwon``; parts may hold any character."""
    return "/".join(part.replace("%", "%25").replace("/", "%2F") for part in parts)


def parts(remote_id: str) -> tuple[str, ...]:
    """What ``remote`` put together."""
    return tuple(part.replace("%2F", "/").replace("%25", "%") for part in remote_id.split("/"))


def decision_property(policy: str) -> str:
    """The property in which a routing policy writes by which rule it gave a record away."""
    chosen = f"ixia_{_spelled(policy)}_rule"
    return _marked(chosen, policy, 50) if "--" in policy or len(chosen) > 50 else chosen


def gate_property(pipeline: str) -> str:
    """The property in which a record of a pipeline says which criterion it did not meet."""
    return f"{pipeline_id(pipeline)}_gate"


def sla_property(policy: str, part: str) -> str:
    """The property in which an SLA policy keeps its state, or finds its due time."""
    chosen = f"ixia_{_spelled(policy)}_{part}"
    return _marked(chosen, f"{policy}.{part}", 50) if "--" in policy or len(chosen) > 50 else chosen

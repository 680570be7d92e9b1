"""What every new account has before anybody touches it: properties, groups and pipelines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ixia_config.sdk.wire import Json
from ixia_connectors.hubspot.sandbox.metadata import normal_form
from ixia_connectors.hubspot.sandbox.store import Store, dump

CREATED = 0  # the vendor dates what it ships at the epoch

_FIELDS: Mapping[str, tuple[str, str]] = {
    "text": ("string", "text"),
    "long": ("string", "textarea"),
    "html": ("string", "html"),
    "number": ("number", "number"),
    "date": ("date", "date"),
    "moment": ("datetime", "date"),
    "yes-no": ("bool", "booleancheckbox"),
    "choice": ("enumeration", "select"),
    "owner": ("enumeration", "select"),
    "stage": ("enumeration", "select"),
}

GROUPS: Mapping[str, Mapping[str, str]] = {
    "deals": {"dealinformation": "Deal information", "deal_activity": "Deal activity"},
    "tickets": {"ticketinformation": "Ticket information"},
    "leads": {"lead_information": "Lead information"},
    "contacts": {"contactinformation": "Contact information"},
    "companies": {"companyinformation": "Company information"},
    "notes": {"engagement": "Engagement"},
    "emails": {"engagement": "Engagement"},
    "tasks": {"engagement": "Engagement"},
}

_SHARED = """
hs_object_id|Record ID|number|read-only
hs_createdate|Object create date/time|moment|read-only
hs_lastmodifieddate|Last modified date|moment|read-only
hubspot_owner_id|Owner|owner|
"""

_STAGED = """
hs_v2_date_entered_current_stage|Date entered current stage|moment|read-only
notes_last_updated|Last activity date|moment|read-only
"""

_CHOICES: Mapping[str, Mapping[str, str]] = {
    "dealtype": {
        "newbusiness": "New business",
        "existingbusiness": "Existing business",
    },
    "deal_currency_code": {
        "USD": "USD",
        "EUR": "EUR",
        "GBP": "GBP",
    },
    "hs_priority": {
        "low": "Low",
        "medium": "Medium",
        "high": "High",
    },
    "hs_manual_forecast_category": {
        "OMIT": "Not forecasted",
        "PIPELINE": "Pipeline",
        "BEST_CASE": "Best case",
        "COMMIT": "Commit",
        "CLOSED": "Closed won",
    },
    "hs_ticket_priority": {
        "LOW": "Low",
        "MEDIUM": "Medium",
        "HIGH": "High",
        "URGENT": "Urgent",
    },
    "hs_ticket_category": {
        "PRODUCT_ISSUE": "Product issue",
        "BILLING_ISSUE": "Billing issue",
        "FEATURE_REQUEST": "Feature request",
        "GENERAL_INQUIRY": "General inquiry",
    },
    "hs_lead_type": {
        "NEW_BUSINESS": "New business",
        "RE_ATTEMPTING": "Re-attempting",
        "UPSELL": "Upsell",
    },
    "hs_lead_label": {
        "COLD": "Cold",
        "WARM": "Warm",
        "HOT": "Hot",
    },
    "lifecyclestage": {
        "subscriber": "Subscriber",
        "lead": "Lead",
        "marketingqualifiedlead": "Marketing qualified lead",
        "salesqualifiedlead": "Sales qualified lead",
        "opportunity": "Opportunity",
        "customer": "Customer",
    },
    "hs_lead_status": {
        "NEW": "New",
        "OPEN": "Open",
        "IN_PROGRESS": "In progress",
        "UNQUALIFIED": "Unqualified",
    },
    "companies lifecyclestage": {
        "lead": "Lead",
        "opportunity": "Opportunity",
        "customer": "Customer",
    },
    "hs_email_direction": {
        "EMAIL": "Email",
        "INCOMING_EMAIL": "Incoming",
        "FORWARDED_EMAIL": "Forwarded",
    },
    "hs_email_status": {
        "SENT": "Sent",
        "FAILED": "Failed",
        "SENDING": "Sending",
        "SCHEDULED": "Scheduled",
    },
}

_PROPERTIES: Mapping[str, str] = {
    "deals": """
dealname|Deal name|text|
amount|Amount|number|
amount_in_home_currency|Amount in company currency|number|read-only
closedate|Close date|moment|
createdate|Create date|moment|
dealstage|Deal stage|stage|
pipeline|Pipeline|stage|
dealtype|Deal type|choice|
description|Deal description|long|
closed_lost_reason|Closed lost reason|long|
closed_won_reason|Closed won reason|long|
deal_currency_code|Currency|choice|
hs_priority|Priority|choice|
hs_forecast_amount|Forecast amount|number|
hs_manual_forecast_category|Forecast category|choice|
hs_next_step|Next step|text|
hs_deal_stage_probability|Deal probability|number|read-only
hs_is_closed|Is deal closed?|yes-no|read-only
hs_is_closed_won|Is closed won|yes-no|read-only
""",
    "tickets": """
subject|Ticket name|text|
content|Ticket description|long|
createdate|Create date|moment|
hs_pipeline|Pipeline|stage|
hs_pipeline_stage|Ticket status|stage|
hs_ticket_priority|Priority|choice|
hs_ticket_category|Category|choice|
closed_date|Close date|moment|
""",
    "leads": """
hs_lead_name|Lead name|text|
hs_lead_type|Lead type|choice|
hs_lead_label|Lead label|choice|
hs_lead_first_outreach_date|Lead first outreach date|moment|
hs_pipeline|Lead pipeline|stage|
hs_pipeline_stage|Lead pipeline stage|stage|
""",
    "contacts": """
email|Email|text|unique
firstname|First name|text|
lastname|Last name|text|
phone|Phone number|text|
company|Company name|text|
jobtitle|Job title|text|
createdate|Create date|moment|
lastmodifieddate|Last modified date|moment|read-only
lifecyclestage|Lifecycle stage|choice|
hs_lead_status|Lead status|choice|
""",
    "companies": """
name|Company name|text|
domain|Company domain name|text|
industry|Industry|text|
phone|Phone number|text|
city|City|text|
state|State/Region|text|
country|Country/Region|text|
numberofemployees|Number of employees|number|
annualrevenue|Annual revenue|number|
createdate|Create date|moment|
lifecyclestage|Lifecycle stage|choice|companies lifecyclestage
""",
    "notes": "hs_note_body|Note body|html|\nhs_timestamp|Activity date|moment|",
    "emails": """
hs_timestamp|Activity date|moment|
hs_email_direction|Direction|choice|
hs_email_status|Send status|choice|
hs_email_subject|Subject|text|
hs_email_text|Text body|long|
hs_email_html|HTML body|html|
hs_email_from_email|From|text|read-only
hs_email_from_firstname|From first name|text|read-only
hs_email_from_lastname|From last name|text|read-only
hs_email_to_email|To|text|read-only
hs_email_cc_email|Cc|text|read-only
hs_email_bcc_email|Bcc|text|read-only
""",
    "tasks": "hs_task_subject|Task title|text|\nhs_timestamp|Due date|moment|",
}


@dataclass(frozen=True, slots=True)
class _Stage:
    id: str
    label: str
    metadata: Mapping[str, str]


def _deal(name: str, label: str, probability: str) -> _Stage:
    return _Stage(name, label, {"probability": probability})


_DEAL_STAGES = (
    _deal("appointmentscheduled", "Appointment Scheduled", "0.2"),
    _deal("qualifiedtobuy", "Qualified To Buy", "0.4"),
    _deal("presentationscheduled", "Presentation Scheduled", "0.6"),
    _deal("decisionmakerboughtin", "Decision Maker Bought-In", "0.8"),
    _deal("contractsent", "Contract Sent", "0.9"),
    _deal("closedwon", "Closed Won", "1.0"),
    _deal("closedlost", "Closed Lost", "0.0"),
)
_TICKET_STAGES = (
    _Stage("1", "New", {"ticketState": "OPEN"}),
    _Stage("2", "Waiting on contact", {"ticketState": "OPEN"}),
    _Stage("3", "Waiting on us", {"ticketState": "OPEN"}),
    _Stage("4", "Closed", {"ticketState": "CLOSED"}),
)
_LEAD_STAGES = (
    _Stage("new-stage-id", "New", {"isClosed": "false", "leadState": "NEW"}),
    _Stage("attempting-stage-id", "Attempting", {"isClosed": "false", "leadState": "IN_PROGRESS"}),
    _Stage("connected-stage-id", "Connected", {"isClosed": "false", "leadState": "IN_PROGRESS"}),
    _Stage("qualified-stage-id", "Qualified", {"isClosed": "true", "leadState": "QUALIFIED"}),
    _Stage(
        "unqualified-stage-id", "Disqualified", {"isClosed": "true", "leadState": "UNQUALIFIED"}
    ),
)
_PIPELINES: Mapping[str, tuple[str, str, Sequence[_Stage]]] = {
    "deals": ("default", "Sales Pipeline", _DEAL_STAGES),
    "tickets": ("0", "Support Pipeline", _TICKET_STAGES),
    "leads": ("lead-pipeline-id", "Lead pipeline", _LEAD_STAGES),
}


def furnish(store: Store) -> None:
    """Put into an empty account what every account has."""
    store.run_many("INSERT INTO property_groups VALUES (?, ?, ?, ?)", _group_rows())
    sql = "INSERT INTO properties (object, name, definition) VALUES (?, ?, ?)"
    store.run_many(sql, _property_rows())
    sql = "INSERT INTO pipelines VALUES (?, ?, ?, 0, ?, ?, NULL)"
    store.run_many(sql, _pipeline_rows())
    sql = "INSERT INTO stages VALUES (?, ?, ?, ?, ?, ?, 'CRM_PERMISSIONS_ENFORCEMENT', ?, ?, NULL)"
    store.run_many(sql, _stage_rows())


def _group_rows() -> Iterator[tuple[object, ...]]:
    for found, groups in GROUPS.items():
        for order, (name, label) in enumerate(groups.items()):
            yield found, name, label, order


def _property_rows() -> Iterator[tuple[object, ...]]:
    for found, lines in _PROPERTIES.items():
        staged = _STAGED if found in _PIPELINES else ""
        for line in (lines + _SHARED + staged).split("\n"):
            if line:
                definition = _definition(found, line)
                yield found, definition["name"], dump(definition)


def _definition(found: str, line: str) -> dict[str, Json]:
    """A vendor-defined property: its values may change, its definition may not."""
    name, label, form, extra = line.split("|")
    kind, field = _FIELDS[form]
    external = form in ("owner", "stage")
    return {
        "name": name,
        "label": label,
        "type": kind,
        "fieldType": field,
        "description": "",
        "groupName": next(iter(GROUPS[found])),
        "options": _options(name, form, extra),
        "displayOrder": -1,
        "calculated": False,
        "externalOptions": external,
        "hasUniqueValue": extra == "unique",
        "hidden": False,
        "hubspotDefined": True,
        "formField": False,
        "dataSensitivity": "non_sensitive",
        "modificationMetadata": {
            "archivable": False,
            "readOnlyDefinition": True,
            "readOnlyOptions": form != "choice",
            "readOnlyValue": extra == "read-only",
        },
        "createdAt": CREATED,
        "updatedAt": CREATED,
        **({"referencedObjectType": "OWNER"} if form == "owner" else {}),
    }


def _options(name: str, form: str, extra: str) -> list[Json]:
    """The choices of a property; ``extra`` names the table where two properties share a name."""
    choices: Mapping[str, str] = {}
    if form == "choice":
        choices = _CHOICES[extra or name]
    elif form == "yes-no":
        choices = {"true": "Yes", "false": "No"}
    return [
        {"label": label, "value": value, "displayOrder": order, "hidden": False, "description": ""}
        for order, (value, label) in enumerate(choices.items())
    ]


def _pipeline_rows() -> Iterator[tuple[object, ...]]:
    for found, (pipeline, label, _) in _PIPELINES.items():
        yield found, pipeline, label, CREATED, CREATED


def _stage_rows() -> Iterator[tuple[object, ...]]:
    for found, (pipeline, _, stages) in _PIPELINES.items():
        for order, stage in enumerate(stages):
            metadata = dump(normal_form(found, dict(stage.metadata)))
            yield found, pipeline, stage.id, stage.label, order, metadata, CREATED, CREATED

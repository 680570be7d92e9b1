"""One plan with everything in it, built by hand, and its variations."""

from dataclasses import replace

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
    Plan,
    Quota,
    Report,
    Result,
    Status,
    Unmanaged,
    Verb,
    Verdict,
)

DIGEST = "7f3a9c" + "0" * 58  # fixed, so that a new field of a plan changes no other snapshot
PIPELINE = Address("Pipeline", "new-business")
DEAL = Address("RecordSchema", "deal")
LEE = Actor("Lee Park", "2026-11-19T21:02:00+00:00")
SETTINGS = "Settings > Objects > Deals > Pipelines > New business"
FILE = "pipelines/new-business.yaml"
HELD = Dependents(
    43,
    "open deals",
    amount="1204300",
    currency="USD",
    sample=("Nordwind AG", "Helio SA", "Kestrel Ltd", "Ondine SpA"),
)


def change(verb, address, title, *, of="stage", **more):
    return Change(id=f"{verb}:{address}", verb=verb, type=of, address=address, title=title, **more)


def chance(before, after, **more):
    return FieldChange("probability", before, after, title="Probability", format="percent", **more)


STAGE_ORDER = FieldChange(
    "order",
    ("deals/1/qualify", "deals/1/evaluate", "deals/1/proposal", "deals/1/won"),
    (
        "deals/1/qualify",
        "deals/1/evaluate",
        "Pipeline/new-business#security-review",
        "deals/1/proposal",
        "deals/1/won",
    ),
    title="Order of stages",
    format="reference",
)

STAGES = (
    change(
        Verb.ADOPT, PIPELINE.at("qualify"), "Qualify", reason="named by the policy", parent=PIPELINE
    ),
    change(
        Verb.CREATE,
        PIPELINE.at("security-review"),
        "Security review",
        parent=PIPELINE,
        fields=(
            chance(None, "0.6"),
            FieldChange("title", None, "Security review", title="Title"),
        ),
        source=f"{FILE}:31",
        calls=2,
    ),
    change(
        Verb.UPDATE,
        PIPELINE,
        "New business",
        of="pipeline",
        fields=(STAGE_ORDER,),
        source=f"{FILE}:4",
        calls=2,
    ),
    change(
        Verb.UPDATE,
        PIPELINE.at("evaluate"),
        "Evaluate",
        parent=PIPELINE,
        fields=(chance("0.3", "0.4", last="0.3"),),
        source=f"{FILE}:22",
        calls=2,
    ),
    change(
        Verb.UPDATE,
        PIPELINE.at("proposal"),
        "Proposal",
        parent=PIPELINE,
        fields=(
            chance("0.75", "0.7", last="0.7", cause=Cause.DRIFT, by=LEE),
            FieldChange("title", "Offer", "Proposal", last="Offer", title="Title"),
        ),
        source=f"{FILE}:36",
        calls=2,
    ),
    change(
        Verb.MIGRATE,
        PIPELINE.at("verbal"),
        "Verbal",
        parent=PIPELINE,
        migrate_to=PIPELINE.at("negotiation"),
        group="retire:Pipeline/new-business#verbal",
        dependents=HELD,
        calls=3,
    ),
    change(
        Verb.ARCHIVE,
        PIPELINE.at("verbal"),
        "Verbal",
        parent=PIPELINE,
        migrate_to=PIPELINE.at("negotiation"),
        group="retire:Pipeline/new-business#verbal",
        reason="retired",
        calls=1,
    ),
    change(
        Verb.RELEASE,
        PIPELINE.at("won"),
        "Closed won",
        parent=PIPELINE,
        released=("forecast", "title"),
    ),
)

FIELDS = (
    change(
        Verb.CREATE,
        DEAL.at("loss_note"),
        "Loss note",
        of="property",
        fields=(
            FieldChange("type", None, "text", title="Type"),
            FieldChange("description", None, "Why we lost, in one line", title="Description"),
        ),
        source="schemas/deal.yaml:19",
        calls=1,
    ),
    change(
        Verb.UPDATE,
        DEAL.at("region"),
        "Region",
        of="property",
        fields=(
            FieldChange("choices", ("AMER", "EMEA"), ("AMER", "EMEA", "APAC"), format="list"),
            FieldChange("choices.APAC", None, "Asia-Pacific", title="Choice"),
            FieldChange("choices.EMEA", "EMEA", "Europe, Middle East, Africa", title="Choice"),
            FieldChange("description", None, "Where the customer signs", title="Description"),
        ),
        source="schemas/deal.yaml:12",
        calls=1,
    ),
)

CLAUSES = (
    Clause(PIPELINE.at("qualify"), "title of Qualify", Level.NATIVE),
    Clause(
        PIPELINE.at("qualify"),
        "exit criteria of Qualify (2)",
        Level.DETECT,
        "violations show in `ixia drift`",
    ),
    Clause(
        PIPELINE.at("evaluate"),
        "exit criteria of Evaluate (1)",
        Level.DETECT,
        "violations show in `ixia drift`",
    ),
    Clause(
        PIPELINE.at("qualify"),
        "required fields of Qualify (Amount, Close date)",
        Level.MANUAL,
        steps=(f"{SETTINGS} > Qualify: tick Amount and Close date as required",),
    ),
    Clause(
        PIPELINE.at("proposal"),
        "forecast category of Proposal",
        Level.UNSUPPORTED,
        "HubSpot keeps the forecast category on the deal, not on the stage",
    ),
)

NAMES = (
    ("Pipeline/new-business", "New business"),
    ("Pipeline/new-business#negotiation", "Negotiation"),
    ("Pipeline/new-business#security-review", "Security review"),
    ("deals/1/evaluate", "Evaluate"),
    ("deals/1/proposal", "Proposal"),
    ("deals/1/qualify", "Qualify"),
    ("deals/1/won", "Closed won"),
)

EMPTY = Plan(
    target="crm",
    environment="sandbox",
    project="acme-revenue",
    identity=Identity("hubspot", "4242", "HubSpot sandbox 4242", "USD", "America/New_York"),
    created_at="2026-11-20T09:00:00-05:00",
    expires_at="2026-11-21T09:00:00-05:00",
    counts=(("policies", 12), ("pipelines", 3), ("stages", 36), ("fields", 12)),
    nouns=(
        ("group", "field group", "field groups"),
        ("property", "field", "fields"),
        ("pipeline", "pipeline", "pipelines"),
        ("stage", "stage", "stages"),
    ),
    commit="0f3c2a1",
    tool_version="0.1.0",
    digest=DIGEST,
)

RICH = replace(
    EMPTY,
    changes=(*STAGES, *FIELDS),
    clauses=CLAUSES,
    names=NAMES,
    unmanaged=(
        Unmanaged("pipeline", "Partner deals", "deals/9"),
        *(
            Unmanaged("property", title, f"deals/{title}")
            for title in ("Old score", "Fax", "Pager", "Test 1", "Test 2", "Do not use", "X")
        ),
    ),
    quota=Quota(14, 249_000, 2),
)

GONE = change(
    Verb.ARCHIVE,
    PIPELINE.at("pilot"),
    "Pilot",
    reason="no longer declared",
    dependents=Dependents(3, "open deals", amount="81000", currency="USD"),
    parent=PIPELINE,
)

NEEDS_APPROVAL = replace(
    RICH,
    changes=(*RICH.changes, replace(GONE, dependents=Dependents(0, "open deals"))),
    verdicts=(
        Verdict(
            "IX508",
            "Pilot would be removed, and that needs an approval of its own",
            refused=False,
            change=GONE.id,
            approve=GONE.id,
            hint=f"apply with  --approve {GONE.id}",
        ),
    ),
)

REFUSED = replace(
    RICH,
    changes=(*RICH.changes, GONE),
    verdicts=(
        Verdict(
            "IX501",
            "Negotiation is already there and is not managed (deals/1/77)",
            refused=True,
            hint="adopt it: name its id under `external`, or set `if_exists: adopt` on the target",
        ),
        Verdict(
            "IX507",
            "Pilot still holds 3 open deals, such as Nordwind AG",
            refused=True,
            change=GONE.id,
            hint="say where they go: retired: [{key: ..., migrate_to: ...}]",
        ),
        *NEEDS_APPROVAL.verdicts,
    ),
    quota=Quota(14, 9, 2),
)

EDITS = replace(
    EMPTY,
    environment="production",
    identity=replace(EMPTY.identity, account="1001", title="HubSpot production 1001"),
    changes=(
        change(
            Verb.CREATE,
            PIPELINE.at("legal"),
            "Legal review",
            parent=PIPELINE,
            reason="it was removed in the target",
            fields=(chance(None, "0.8", last="0.8", cause=Cause.DRIFT),),
        ),
        change(
            Verb.UPDATE,
            PIPELINE.at("proposal"),
            "Proposal",
            parent=PIPELINE,
            source=f"{FILE}:36",
            fields=(
                chance("0.75", "0.7", last="0.7", cause=Cause.DRIFT, by=LEE),
                FieldChange(
                    "title", "Offer sent", "Proposal", Cause.CONFLICT, "Offer", title="Title"
                ),
            ),
        ),
        FIELDS[0],
    ),
    observed=(
        change(
            Verb.UPDATE,
            DEAL.at("region"),
            "Region",
            of="property",
            fields=(FieldChange("unique", True, False, Cause.DRIFT, False, "Unique", "boolean"),),
        ),
    ),
    unmanaged=RICH.unmanaged[:3],
)

DONE = Report(
    "20261120-140200-3f9a",
    RICH,
    tuple(Result(each, Status.APPLIED) for each in RICH.changes),
    verified=True,
)

STOPPED = Report(
    "20261120-140200-3f9a",
    RICH,
    (
        Result(RICH.changes[0], Status.ALREADY),
        *(Result(each, Status.APPLIED) for each in RICH.changes[1:3]),
        Result(
            RICH.changes[3],
            Status.FAILED,
            message="IX613: HubSpot refused the probability 0.45 (allowed: steps of 0.1)",
        ),
        *(Result(each, Status.SKIPPED) for each in RICH.changes[4:]),
    ),
)

UNCERTAIN = Report(
    "20261120-140200-3f9a",
    RICH,
    (
        *(Result(each, Status.APPLIED) for each in RICH.changes[:2]),
        Result(RICH.changes[2], Status.UNKNOWN, message="the connection broke after the request"),
        *(Result(each, Status.SKIPPED) for each in RICH.changes[3:]),
    ),
    interrupted=True,
)

DIFFERENT = replace(DONE, verified=False, remaining=(RICH.changes[3],))

"""Any plan at all, and any text that somebody could have typed into it."""

from hypothesis import strategies as st

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

NASTY = (
    "\x1b[2J\x1b]0;owned\x07",
    "::error::x\n::warning::y",
    "</details><script>alert(1)</script>",
    "@everyone look at acme/secret#1 and https://evil.example",
    "`x` ``y``` **b** [a](b) | c",
    "\u202egnp.exe",
    "宽字符" * 30,
    "x" * 300,
    "\x9b31m",
    "a\r\nb\tc",
)
texts = st.one_of(st.text(max_size=40), st.sampled_from(NASTY))
names = st.from_regex(r"[a-z][a-z0-9-]{0,12}", fullmatch=True)
addresses = st.builds(
    Address,
    kind=st.sampled_from(("Pipeline", "RecordSchema")),
    name=names,
    part=st.one_of(st.just(""), names),
)
numbers = st.one_of(
    st.decimals(allow_nan=True, allow_infinity=True).map(str), st.integers().map(str)
)
values = st.one_of(
    st.none(), st.booleans(), st.integers(), texts, numbers, st.lists(texts, max_size=12).map(tuple)
)
moments = st.one_of(st.datetimes().map(lambda at: at.isoformat() + "Z"), texts)
zones = st.sampled_from((None, "", "America/New_York", "Mars/Olympus", "../etc/passwd"))
dependents = st.builds(
    Dependents,
    count=st.integers(0, 10**7),
    noun=texts,
    amount=st.one_of(st.none(), numbers),
    currency=st.one_of(st.none(), texts),
    sample=st.lists(texts, max_size=5).map(tuple),
    at_least=st.booleans(),
)
paths = st.one_of(st.sampled_from(("order", "choices", "choices.EMEA", "title")), texts)
formats = ("text", "percent", "count", "boolean", "list", "money", "reference", "program", "other")
fields = st.builds(
    FieldChange,
    path=paths,
    before=values,
    after=values,
    cause=st.sampled_from(Cause),
    last=values,
    title=texts,
    format=st.sampled_from(formats),
    sensitive=st.booleans(),
    by=st.one_of(st.none(), st.builds(Actor, name=texts, at=moments)),
)
changes = st.builds(
    Change,
    id=st.uuids().map(str),
    verb=st.sampled_from(Verb),
    type=st.one_of(st.sampled_from(("stage", "pipeline")), texts),
    address=addresses,
    title=texts,
    remote_id=st.one_of(st.none(), texts),
    parent=st.one_of(st.none(), addresses),
    fields=st.lists(fields, max_size=4).map(tuple),
    released=st.lists(texts, max_size=3).map(tuple),
    previous_address=st.one_of(st.none(), addresses),
    migrate_to=st.one_of(st.none(), addresses),
    reason=st.one_of(st.sampled_from(("", "retired", "it was removed in the target")), texts),
    group=st.sampled_from((None, "a", "b")),
    dependents=st.one_of(st.none(), dependents),
    reversible=st.booleans(),
    source=st.one_of(texts, st.just("pipelines/x.yaml:4")),
)
clauses = st.builds(
    Clause,
    address=addresses,
    subject=texts,
    level=st.sampled_from(Level),
    note=texts,
    steps=st.lists(texts, max_size=3).map(tuple),
)
plans = st.builds(
    Plan,
    target=texts,
    environment=st.sampled_from(("", "sandbox")),
    project=texts,
    identity=st.builds(
        Identity,
        connector=texts,
        account=texts,
        title=texts,
        currency=st.none() | texts,
        zone=zones,
    ),
    created_at=moments,
    expires_at=moments,
    changes=st.lists(changes, max_size=6).map(tuple),
    clauses=st.lists(clauses, max_size=4).map(tuple),
    observed=st.lists(changes, max_size=2).map(tuple),
    unmanaged=st.lists(
        st.builds(Unmanaged, type=texts, title=texts, remote_id=texts), max_size=3
    ).map(tuple),
    verdicts=st.lists(
        st.builds(
            Verdict,
            code=st.sampled_from(("IX501", "IX508")),
            message=texts,
            refused=st.booleans(),
            approve=st.none() | addresses.map("archive:{}".format),
            hint=texts,
        ),
        max_size=3,
    ).map(tuple),
    names=st.lists(st.tuples(addresses.map(str), texts), max_size=3).map(tuple),
    quota=st.builds(
        Quota,
        estimated=st.integers(0, 10**6),
        remaining=st.none() | st.integers(0, 10**6),
        seconds=st.integers(0, 10**6),
    ),
    counts=st.lists(st.tuples(texts, st.integers(0, 10**6)), max_size=4).map(tuple),
    nouns=st.just((("stage", "stage", "stages"),)),
    digest=st.just("7f3a9c" + "0" * 58),
)


@st.composite
def reports(draw):
    """A report on a generated plan."""
    plan = draw(plans)
    results = tuple(
        Result(change, draw(st.sampled_from(Status)), message=draw(texts))
        for change in plan.changes
    )
    return Report(
        "20261120-140200-3f9a",
        plan,
        results,
        verified=draw(st.sampled_from((None, True, False))),
        remaining=plan.changes[:1],
        interrupted=draw(st.booleans()),
    )

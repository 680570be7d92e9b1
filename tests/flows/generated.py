"""Generated routing policies and records, to compare what carries them out."""

from datetime import timedelta

from hypothesis import strategies as st

from tests.kinds.routing_policy.place import MONDAY, Office, document

EMAILS = [f"m{number}@acme.example" for number in range(4)]
CALENDARS = document(
    "Calendar",
    "office",
    'zone: Europe/Berlin\nweek: {mon-fri: ["09:00-17:30"], sat: ["22:00-30:00"]}\n'
    "holidays: {region: DE}\noverrides: {2026-11-24: [10:00-11:00]}",
).replace("[10:00-11:00]", '["10:00-11:00"]')
SKILLS = ["german", "spanish"]
CONDITIONS = [
    'region == "EMEA"',
    'region != "EMEA"',
    "employees >= 1000",
    "amount > 100.10 && amount <= 2500",
    "known(account)",
    'account.lifecycle == "customer"',
    'domain.startsWith("ac") || country in ["DE", "ES"]',
    "!known(employees)",
    "amount * 2 > 1000.50",
    "true",
]
RECORDS = st.fixed_dictionaries(
    {
        "region": st.sampled_from(["AMER", "EMEA", "APAC", None]),
        "employees": st.sampled_from([None, 10, 999, 1000, 5000]),
        "amount": st.sampled_from([None, "100.10", "100.100000001", "500.25", "2500", "2500.01"]),
        "country": st.sampled_from([None, "DE", "US", "ES"]),
        "domain": st.sampled_from([None, "acme.example", "other.example"]),
        "account": st.sampled_from(
            [
                None,
                {"lifecycle": "customer", "owner": "M1@acme.example"},
                {"lifecycle": "customer", "owner": "gone@acme.example"},
                {"lifecycle": "lead"},
            ]
        ),
    }
)
METHODS = st.sampled_from(["round_robin", "weighted", "least_loaded", "first_available"])
TIMES = st.integers(min_value=0, max_value=9 * 48).map(lambda n: MONDAY + timedelta(minutes=30 * n))


@st.composite
def goals(draw, *, deep=True):
    """An assignment in YAML."""
    goal = draw(
        st.sampled_from(
            [
                "{pool: team}",
                "{pool: team}",
                "{pool: team, skills: [german]}",
                "{pool: other}",
                "{person: m2@acme.example}",
                "{person: gone@acme.example}",
                "{queue: triage}",
                "{owner_of: account}",
            ]
        )
    )
    return goal if deep or "owner" not in goal else "{queue: triage}"


@st.composite
def members(draw):
    """Members of a pool in YAML."""
    lines = []
    for email in draw(st.lists(st.sampled_from(EMAILS), min_size=1, max_size=4, unique=True)):
        parts = [f"email: {email}"]
        for cap in ("daily_cap", "weekly_cap", "open_cap"):
            if draw(st.integers(0, 3)) == 0:
                parts.append(f"{cap}: {draw(st.integers(0, 4))}")
        if draw(st.booleans()):
            parts.append(f"weight: {draw(st.sampled_from(['0', '0.5', '1', '2.25', '3']))}")
        if draw(st.booleans()):
            parts.append("skills: [german]")
        if draw(st.integers(0, 5)) == 0:
            parts.append("from: 2026-11-25")
        lines.append("{" + ", ".join(parts) + "}")
    return lines


@st.composite
def people(draw):
    """People in YAML; m3 may not be in the Directory at all."""
    lines = []
    for email in EMAILS[: draw(st.integers(3, 4))]:
        zone = draw(st.sampled_from(["Europe/Berlin", "America/Sao_Paulo", "Asia/Tokyo"]))
        parts = [f"email: {email}", f"zone: {zone}"]
        if draw(st.booleans()):
            parts.append("calendar: office")
        extra = draw(
            st.sampled_from(
                ["", "", "", "away: [{from: 2026-11-24, to: 2026-11-26}]", "to: 2026-11-26"]
            )
        )
        lines.append("{" + ", ".join(filter(None, (*parts, extra))) + "}")
    lines.append("{email: gone@acme.example, to: 2026-01-01}")
    return lines


@st.composite
def offices(draw):
    """A configuration with one generated routing policy."""
    pools = ["team", "other"]
    spec = ["roles: [ops]", "people:"]
    spec += [f"  - {line}" for line in draw(people())]
    spec.append("pools:")
    for name in pools:
        lines = ", ".join(draw(members()))
        spec.append(f"  {name}: {{method: {draw(METHODS)}, members: [{lines}]}}")
    spec.append("queues: {triage: {owner: ops}}")
    return Office(CALENDARS, document("Directory", "people", "\n".join(spec)), draw(policies()))


@st.composite
def policies(draw):
    """One routing policy in YAML."""
    lines = ["object: lead", "rules:"]
    for number in range(draw(st.integers(1, 4))):
        lines.append(f"  - key: rule-{number}")
        lines.append(f"    when: '{draw(st.sampled_from(CONDITIONS))}'")
        lines.append(f"    assign: {draw(goals())}")
        if draw(st.integers(0, 2)) == 0:
            fallback = draw(st.one_of(st.just("next_rule"), goals()))
            lines.append(f"    on_no_eligible: {fallback}")
    if draw(st.booleans()):
        lines.append(f"on_no_eligible: {draw(st.one_of(st.just('next_rule'), goals()))}")
    if draw(st.booleans()):
        lines.append(f"otherwise: {draw(goals())}")
    return document("RoutingPolicy", "leads", "\n".join(lines))

"""A domain finds the records for which its condition holds: generated conditions and records.

Used at the sandbox and at a real Odoo, which answers searches by SQL.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from decimal import Decimal
from random import Random

from hypothesis import strategies as st

from ixia_config.kinds.conditions import catalogue
from ixia_config.kinds.parse import configure
from ixia_config.language import load
from ixia_config.rules import read
from ixia_config.sdk.rules import FieldType
from ixia_connectors.odoo.domains import Domain, Place, lowered
from tests.connectors.odoo.subject import PEOPLE

SCHEMA = """\
apiVersion: ixia/v1
kind: RecordSchema
metadata: {name: lead}
spec:
  fields:
    region: {type: choice, choices: [AMER, EMEA, "a'b"]}
    size: {type: integer}
    worth: {type: money, currency: USD}
    ratio: {type: decimal}
    part: {type: percent}
    vip: {type: boolean}
    seen: {type: date}
    told: {type: datetime}
    pain: {type: text}
    sponsor: {type: person}
"""
FILES = {"schemas/lead.yaml": SCHEMA, "service/people.yaml": PEOPLE}
TYPES = {
    "region": FieldType.CHOICE,
    "size": FieldType.INTEGER,
    "worth": FieldType.MONEY,
    "ratio": FieldType.DECIMAL,
    "part": FieldType.PERCENT,
    "vip": FieldType.BOOLEAN,
    "seen": FieldType.DATE,
    "told": FieldType.DATETIME,
    "pain": FieldType.TEXT,
    "sponsor": FieldType.PERSON,
}
PLACES = {
    name: Place(f"x_{name}.login" if name == "sponsor" else f"x_{name}", f"x_{name}")
    for name in TYPES
}
VALUES = {
    "region": ("AMER", "EMEA", "a'b"),
    "size": (-5, 0, 1, 10, 1000),
    "worth": tuple(map(Decimal, ("-1.5", "0", "0.1", "50000", "999.99"))),
    "ratio": tuple(map(Decimal, ("-1.5", "0", "0.1", "0.125", "20"))),
    "part": tuple(map(Decimal, ("-0.05", "0", "0.1", "0.2", "1"))),
    "vip": (True, False),
    "seen": (date(2024, 2, 29), date(2026, 11, 23), date(2027, 1, 1)),
    "told": (datetime(2024, 2, 29, 23, 59, 59, tzinfo=UTC), datetime(2026, 11, 23, tzinfo=UTC)),
    "pain": ("Acme", "acme", "a_b", "a%b", "back\\slash", "it's", "日本", "ab", 'quo"te'),
    "sponsor": ("ana@acme.example", "ben@acme.example"),
}
_NUMBERS = {"size": "10", "worth": "50000", "ratio": "0.1", "part": "20%"}


def _constant(name, value):
    match value:
        case bool():
            return str(value).lower()
        case Decimal() if name == "part":
            return f"{(value * 100).normalize():f}%"
        case int() | Decimal():
            return f"{value:f}" if isinstance(value, Decimal) else str(value)
        case datetime():
            return f'datetime("{value.isoformat()}")'
        case date():
            return f'date("{value}")'
        case _:
            quoted = value.replace("\\", "\\\\").replace('"', '\\"')
            return f'"{quoted}"'


@st.composite
def leaves(draw):
    """A test of one field, in every form that the language has."""
    name = draw(st.sampled_from(sorted(TYPES)))
    one, *more = draw(st.lists(st.sampled_from(VALUES[name]), min_size=1, max_size=3, unique=True))
    constants = [_constant(name, each) for each in (one, *more)]
    forms = [f"known({name})", f"{name} == {constants[0]}", f"{name} != {constants[0]}"]
    if name == "vip":
        forms.append(name)
    else:
        forms.append(f"{name} in [{', '.join(constants)}]")
    if name in (*_NUMBERS, "seen", "told"):
        forms += [f"{name} {order} {constants[0]}" for order in ("<", "<=", ">", ">=")]
    if name in ("pain", "sponsor"):
        texts = ("startsWith", "endsWith", "contains")
        part = _constant(name, draw(st.sampled_from((one, one[:2], one[-2:], "%", "_"))))
        forms += [f"{name}.{test}({part})" for test in texts]
    return draw(st.sampled_from(forms))


CONDITIONS = st.recursive(
    leaves(),
    lambda inner: st.one_of(
        inner.map(lambda each: f"!({each})"),
        st.tuples(inner, inner).map(lambda two: f"({two[0]} && {two[1]})"),
        st.tuples(inner, inner).map(lambda two: f"({two[0]} || {two[1]})"),
    ),
    max_leaves=4,
)


def records(count=60):
    """Records in which every value and every gap occurs."""
    chance = Random(19)
    return [
        {name: chance.choice((None, *values)) for name, values in VALUES.items()}
        for _ in range(count)
    ]


def put(account, made):
    """The records as leads; their database ids."""
    users = {login: number for number, login in account.logins().items()}
    rows = [
        {
            "name": f"Record {number}",
            "type": "lead",
            **{f"x_{name}": _stored(name, value, users) for name, value in record.items()},
        }
        for number, record in enumerate(made)
    ]
    return account.call("crm.lead", "create", vals_list=rows)


def _stored(name, value, users):
    match value:
        case None:
            return 0 if name in _NUMBERS else False
        case Decimal():
            return float(value)
        case datetime():
            return value.strftime("%Y-%m-%d %H:%M:%S")
        case date():
            return value.isoformat()
        case _:
            return users[value] if name == "sponsor" else value


def known():
    """The catalogue of the schema."""
    (document,) = load("a.yaml", SCHEMA).documents
    return catalogue(configure([document])[0])


def differing(account, text, made, numbers, catalogued):
    """The records of which Odoo and we say something else; nothing where a note says why."""
    typed, problems = read(text, catalogued, "lead")
    if typed is None:
        assert problems
        return []
    wrong = []
    for holds in (True, False):
        domain = lowered(typed, PLACES, holds=holds)
        assert isinstance(domain, Domain), domain
        found = account.rows("crm.lead", ["&", ["id", "in", numbers], *map(_json, domain.tokens)])
        seen = {row["id"] for row in found}
        for number, record in zip(numbers, made, strict=True):
            told = domain.notes and _is_doubtful(text, record, typed.reads)
            if not told and (typed.evaluate(record) is holds) is not (number in seen):
                wrong.append((text, holds, str(domain), record))
    return wrong


def _is_doubtful(text, record, reads):
    """What a note speaks of: 0, an empty box, and what is empty where 0 is asked for by name."""
    unknown = (0, None) if _BY_ZERO.search(text) else (0,)
    return any(
        (name in _NUMBERS and record[name] in unknown) or (name == "vip" and not record[name])
        for name in reads
    )


_BY_ZERO = re.compile(r"(?:[=!]= |in \[(?:[^\]]*, )?)0%?(?![.0-9])")


def _json(token):
    match token:
        case tuple() | list():
            return [_json(each) for each in token]
        case Decimal():
            return float(token)
        case _:
            return token

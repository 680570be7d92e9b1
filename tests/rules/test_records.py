"""Records as they come from CSV, YAML and CRMs become exact values, or coded problems."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ixia_config.rules import RecordProblem, normalise
from tests.rules.generated import CATALOGUE, DEAL, Maker


def normal(**record):
    return normalise(record, CATALOGUE, "deal")


@given(st.randoms(use_true_random=False).map(Maker))
def test_a_normal_record_stays_as_it_is(maker):
    record = normalise(maker.record(), CATALOGUE, "deal")

    assert record == normalise(record, CATALOGUE, "deal")


JUNK = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text()
    | st.decimals()
    | st.dates(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)


@given(st.dictionaries(st.sampled_from([*DEAL, "unheard_of"]), JUNK))
def test_any_record_is_read_or_has_coded_problems(record):
    result = attempt(record)

    if isinstance(result, RecordProblem):
        assert set(result.codes) <= {"IX320", "IX321", "IX338"}
    else:
        assert set(DEAL) == set(result)


def attempt(record):
    try:
        return normalise(record, CATALOGUE, "deal")
    except RecordProblem as problem:
        return problem


@pytest.mark.parametrize(
    ("field", "given", "exact"),
    [
        ("amount", "50000.10", Decimal("50000.10")),
        ("amount", 5, Decimal(5)),
        ("discount", "10%", Decimal("0.1")),
        ("discount", "12.5 %", Decimal("0.125")),
        ("discount", "0.1", Decimal("0.1")),
        ("discount", Decimal("1.5"), Decimal("1.5")),
        ("employees", "1200", 1200),
        ("employees", "1200.0", 1200),
        ("vip", "true", True),
        ("close_date", "2026-01-31", date(2026, 1, 31)),
        ("entered", "2026-01-31T09:00:00+01:00", datetime(2026, 1, 31, 8, tzinfo=UTC)),
        ("age", "21 days", timedelta(days=21)),
        ("regions", "EMEA; APAC;EMEA", ("EMEA", "APAC")),
        ("regions", ["EMEA"], ("EMEA",)),
        ("pain", "", None),
        ("regions", [], None),
        ("account", {}, dict.fromkeys(CATALOGUE.records["company"])),
        ("account", "acme-id", dict.fromkeys(CATALOGUE.records["company"])),
    ],
)
def test_text_becomes_an_exact_value(field, given, exact):
    assert exact == normal(**{field: given})[field]


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("amount", "50,000", "IX338"),
        ("amount", "$5", "IX338"),
        ("amount", 0.1, "IX338"),
        ("amount", Decimal("NaN"), "IX338"),
        ("amount", Decimal("1E+999999"), "IX338"),
        ("amount", True, "IX338"),
        ("discount", "25", "IX338"),
        ("employees", "12.5", "IX338"),
        ("vip", "yes", "IX338"),
        ("close_date", "31.01.2026", "IX338"),
        ("close_date", "2026-02-30", "IX338"),
        ("close_date", datetime(2026, 1, 1, tzinfo=UTC), "IX338"),
        ("entered", "2026-01-31T09:00:00", "IX338"),
        ("age", "2 business days", "IX338"),
        ("age", "999999 weeks", "IX338"),
        ("age", timedelta.max, "IX338"),
        ("pain", "a\0b", "IX338"),
        ("pain", "\ud800", "IX338"),
        ("region", "LATAM", "IX321"),
        ("regions", ["EMEA", "LATAM"], "IX321"),
        ("account", {"segment": "tiny"}, "IX321"),
        ("account", {"sgment": "smb"}, "IX320"),
        ("amuont", "5", "IX320"),
    ],
)
def test_a_wrong_value_has_a_code(field, value, code):
    with pytest.raises(RecordProblem) as raised:
        normal(**{field: value})

    assert (code,) == raised.value.codes


def test_all_problems_of_a_record_are_reported_at_once(snapshot):
    with pytest.raises(RecordProblem) as raised:
        normal(amount="50k", discount="25", region="APC", account={"revenue": "x"}, amuont=1)

    assert "\n".join(f"{path}: {problem}" for path, problem in raised.value.found) == snapshot


def test_a_chain_of_records_without_end_is_a_problem_not_a_crash():
    company = {}
    company["parent"] = company

    with pytest.raises(RecordProblem) as raised:
        normal(account=company)

    assert ("IX338",) == raised.value.codes

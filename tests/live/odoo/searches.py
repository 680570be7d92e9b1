"""Leads that differ in every way a search can tell, and generated domains over them."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.live.odoo.probes import Send

_PEOPLE = ("ann@s.example", "ben@s.example")
_FIELDS = (("x_s_text", "char"), ("x_s_number", "float"), ("x_s_day", "date"),
           ("x_s_time", "datetime"), ("x_s_yes", "boolean"), ("x_s_count", "integer"))  # fmt: skip
_LEADS = (
    {"expected_revenue": 0},
    {"expected_revenue": 10, "x_s_text": "Alpha", "country": "DE", "owner": 0, "x_s_yes": True},
    {"expected_revenue": 99.5, "x_s_text": "alpha beta", "country": "FR", "owner": 1,
     "x_s_number": -3.5, "x_s_day": "2026-01-31", "priority": "2"},
    {"expected_revenue": 1000, "x_s_text": "100%_x", "country": "US", "x_s_count": 7,
     "x_s_time": "2026-02-28 23:59:59", "email_from": "a@b.example"},
    {"x_s_text": "", "x_s_number": 0, "x_s_count": 0, "owner": 0, "x_s_day": "2025-12-31"},
    {"x_s_text": "Zeta", "x_s_number": 12.25, "x_s_count": -1, "priority": "3", "country": "DE",
     "x_s_time": "2026-03-01 00:00:00", "stage_id": 2},
    {"x_s_text": "beta", "x_s_number": 12.25, "active": False, "owner": 1, "x_s_yes": True,
     "x_s_day": "2026-02-01", "stage_id": 3},
    {"x_s_text": "a_b", "email_from": "c@d.example", "phone": "1", "x_s_count": 7, "owner": 1,
     "x_s_time": "2026-02-28 12:00:00", "country": "US", "expected_revenue": 10},
)  # fmt: skip
_TEXTS = ("Alpha", "alpha", "beta", "", "%", "a_b", "A%", "%a", "\\%", "100\\%%", "Zeta", False)
_NUMBERS = (0, 7, -1, 10, 99.5, 1000, -3.5, 12.25, False)
_DAYS = ("2026-01-31", "2026-02-01", "2025-12-31", "2026-02-28 12:00:00", "2026-02-28", False,
         "today", "today -30d", "now +1y")  # fmt: skip
_LIKE = ("like", "ilike", "=like", "=ilike", "not like", "not ilike", "not =like", "not =ilike")
_ORDER = ("<", ">", "<=", ">=")
_EQUAL = ("=", "!=")


class Place:
    """A database with these leads, asked by name so that ids do not matter."""

    def __init__(self, send: Send) -> None:
        self.send = send
        model = self.ask("ir.model", "search", domain=[["model", "=", "crm.lead"]])[0]
        for name, kind in _FIELDS:
            given = {"name": name, "model_id": model, "ttype": kind, "field_description": name}
            self.ask("ir.model.fields", "create", vals_list=[given])
        people = [{"name": each, "login": each} for each in _PEOPLE]
        self.people = self.ask("res.users", "create", vals_list=people)
        for number, lead in enumerate(_LEADS):
            self.ask("crm.lead", "create", vals_list=[self._lead(number, lead)])

    def _lead(self, number: int, lead: dict[str, Any]) -> dict[str, Any]:
        given = {key: value for key, value in lead.items() if key not in ("owner", "country")}
        given["name"] = f"s{number}"
        given["user_id"] = self.people[lead["owner"]] if "owner" in lead else False
        if "country" in lead:
            domain = [["code", "=", lead["country"]]]
            given["country_id"] = self.ask("res.country", "search", domain=domain)[0]
        return given

    def ask(self, model: str, method: str, **body: Any) -> Any:
        """A call that must succeed."""
        answer = self.send(f"/json/2/{model}/{method}", body)
        assert answer.status == 200, (model, method, body, answer.text[:300], answer.json)
        return answer.json

    def shown(self) -> Any:
        """All the leads, to see that both places hold the same."""
        names = ["name", "active", "expected_revenue", "priority", *(name for name, _ in _FIELDS)]
        context = {"active_test": False}
        domain = [["name", "=like", "s_"]]
        rows = self.ask("crm.lead", "search_read", domain=domain, fields=names, context=context,
                        order="name")  # fmt: skip
        return [{key: row[key] for key in names} for row in rows]

    def found(self, domain: list[Any]) -> tuple[str, ...] | int:
        """The names of the leads that a search finds; the status where it is refused."""
        whole = ["&", ["name", "=like", "s_"], *domain]
        body = {"domain": whole, "fields": ["name"], "order": "name"}
        answer = self.send("/json/2/crm.lead/search_read", body)
        return tuple(row["name"] for row in answer.json) if answer.status == 200 else answer.status


def _leaf() -> st.SearchStrategy[list[Any]]:
    def leaf(names, signs, values):
        simple = st.tuples(st.sampled_from(names), st.sampled_from(signs), st.sampled_from(values))
        some = st.lists(st.sampled_from(values), max_size=3)
        among = st.tuples(st.sampled_from(names), st.sampled_from(("in", "not in")), some)
        return st.one_of(simple, among).map(list)

    texts = ("x_s_text", "email_from", "phone")
    numbers = ("x_s_number", "x_s_count", "expected_revenue")
    return st.one_of(
        leaf(texts, (*_EQUAL, *_LIKE, "=?"), _TEXTS),
        leaf(numbers, (*_EQUAL, *_ORDER, "=?"), _NUMBERS),
        leaf(("x_s_day", "x_s_time"), (*_EQUAL, *_ORDER), _DAYS),
        leaf(("x_s_yes", "active"), _EQUAL, (True, False)),
        leaf(("priority",), (*_EQUAL, *_ORDER), ("0", "1", "2", "3", False)),
        leaf(("user_id.login",), (*_EQUAL, "like", "not like"), (*_PEOPLE, "ann", False)),
        leaf(("user_id",), (*_EQUAL, "ilike", "not ilike"), (*_PEOPLE, "ann", False)),
        leaf(("country_id.code",), _EQUAL, ("DE", "FR", "US", False)),
        leaf(("stage_id.name", "stage_id"), (*_EQUAL, "like"), ("New", "Qualified", "o", False)),
        leaf(("stage_id", "country_id"), _EQUAL, (1, 2, 3, False)),
    )


def joined() -> st.SearchStrategy[list[Any]]:
    def grown(inner):
        both = st.tuples(st.sampled_from("&|"), inner, inner)
        return st.one_of(
            both.map(lambda each: [each[0], *each[1], *each[2]]),
            inner.map(lambda each: ["!", *each]),
        )

    return st.recursive(_leaf().map(lambda leaf: [leaf]), grown, max_leaves=5)


def domains(count: int) -> list[list[Any]]:
    """So many generated domains, the same on every machine."""
    found: list[list[Any]] = []

    @settings(max_examples=count, derandomize=True, database=None, phases=[Phase.generate],
              deadline=None, suppress_health_check=list(HealthCheck))  # fmt: skip
    @given(joined())
    def collect(domain):
        found.append(domain)

    collect()
    return found

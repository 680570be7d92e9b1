"""Search: filter groups become SQL over the index, which may lag behind the records."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from ixia_config.sdk.wire import Json, Response
from ixia_connectors.hubspot.sandbox import definitions, records
from ixia_connectors.hubspot.sandbox.call import Body, Call, answer, objects, text, texts
from ixia_connectors.hubspot.sandbox.clock import parse_moment
from ixia_connectors.hubspot.sandbox.errors import invalid
from ixia_connectors.hubspot.sandbox.objects import ObjectType, object_type
from ixia_connectors.hubspot.sandbox.values import normal_moment

_PAGE = 200
_REACH = 10_000
_GROUPS = 5
_FILTERS = 6
_BUILT_IN = {
    "hs_object_id": ("id", "number"),
    "createdate": ("created_at", "moment"),
    "hs_createdate": ("created_at", "moment"),
    "hs_lastmodifieddate": ("updated_at", "moment"),
    "lastmodifieddate": ("updated_at", "moment"),
}


@dataclass(frozen=True, slots=True)
class _Clause:
    """A piece of SQL and its values."""

    sql: str
    values: tuple[object, ...] = ()


@dataclass(frozen=True, slots=True)
class _Column:
    """Where a property's value stands, as SQL, and how values are compared with it."""

    sql: str
    form: str  # number | moment | datetime | choice | text

    @property
    def comparable(self) -> str:
        """The column in the form that comparisons use."""
        if self.form == "number":
            return f"CAST({self.sql} AS REAL)"
        return f"lower({self.sql})" if self.form == "text" else self.sql

    def value(self, given: str) -> object:
        """A filter's value in the form of the column."""
        match self.form:
            case "number":
                return _number(given)
            case "moment":
                return _moment(given)
            case "datetime":
                return normal_moment(given)
            case "text":
                return given.lower()
            case _:
                return given


def _number(given: str) -> float:
    try:
        return float(given)
    except ValueError:
        raise invalid(f"{given} is not a number") from None


def _moment(given: str) -> int:
    found = parse_moment(given)
    if found is None:
        raise invalid(f"{given} is not a moment")
    return found


def _column(known: Mapping[str, Body], name: str) -> _Column:
    if name in _BUILT_IN:
        return _Column(*_BUILT_IN[name])
    if name not in known:
        raise invalid(f"There is no property named {name}", context={"propertyName": [name]})
    kind = str(known[name]["type"])
    forms = {"number": "number", "datetime": "datetime", "string": "text"}
    return _Column(f"json_extract(properties, '$.{name}')", forms.get(kind, "choice"))


def _one(filter_: Body) -> str:
    value = filter_.get("value")
    if value is None or isinstance(value, list | dict):
        raise invalid(f"The operator {filter_.get('operator')} needs a value")
    return str(value).lower() if isinstance(value, bool) else str(value)


def _compare(sign: str) -> Callable[[_Column, Body], _Clause]:
    def build(column: _Column, filter_: Body) -> _Clause:
        sql = f"({column.sql} IS NOT NULL AND {column.comparable} {sign} ?)"
        return _Clause(sql, (column.value(_one(filter_)),))

    return build


def _between(column: _Column, filter_: Body) -> _Clause:
    ends = (column.value(_one(filter_)), column.value(text(filter_, "highValue")))
    return _Clause(f"({column.sql} IS NOT NULL AND {column.comparable} BETWEEN ? AND ?)", ends)


def _among(word: str) -> Callable[[_Column, Body], _Clause]:
    def build(column: _Column, filter_: Body) -> _Clause:
        wanted = tuple(column.value(value) for value in texts(filter_, "values"))
        marks = ", ".join("?" * len(wanted))
        sql = f"({column.sql} IS NOT NULL AND {column.comparable} {word} ({marks}))"
        return _Clause(sql, wanted)

    return build


def _presence(word: str) -> Callable[[_Column, Body], _Clause]:
    return lambda column, _: _Clause(f"{column.sql} {word}")


def _token(prefix: str) -> Callable[[_Column, Body], _Clause]:
    def build(column: _Column, filter_: Body) -> _Clause:
        return _Clause(f"{prefix}contains_token({column.sql}, ?)", (_one(filter_),))

    return build


_OPERATORS: Mapping[str, Callable[[_Column, Body], _Clause]] = {
    "EQ": _compare("="),
    "NEQ": _compare("<>"),
    "LT": _compare("<"),
    "LTE": _compare("<="),
    "GT": _compare(">"),
    "GTE": _compare(">="),
    "BETWEEN": _between,
    "IN": _among("IN"),
    "NOT_IN": _among("NOT IN"),
    "HAS_PROPERTY": _presence("IS NOT NULL"),
    "NOT_HAS_PROPERTY": _presence("IS NULL"),
    "CONTAINS_TOKEN": _token(""),
    "NOT_CONTAINS_TOKEN": _token("NOT "),
}


def _filter(known: Mapping[str, Body], filter_: Body) -> _Clause:
    operator = text(filter_, "operator")
    if operator not in _OPERATORS:
        raise invalid(f"{operator} is not an operator")
    return _OPERATORS[operator](_column(known, text(filter_, "propertyName")), filter_)


def _joined(word: str, clauses: Sequence[_Clause]) -> _Clause:
    sql = f" {word} ".join(clause.sql for clause in clauses)
    return _Clause(f"({sql})", tuple(value for clause in clauses for value in clause.values))


def _where(known: Mapping[str, Body], body: Body) -> _Clause:
    """Groups are alternatives; the filters of a group all hold."""
    groups = objects(body, "filterGroups") if "filterGroups" in body else []
    filters = [objects(group, "filters") for group in groups]
    if len(groups) > _GROUPS or any(len(group) > _FILTERS for group in filters):
        raise invalid(f"At most {_GROUPS} filter groups of {_FILTERS} filters each are allowed")
    alternatives = [
        _joined("AND", [_filter(known, filter_) for filter_ in group]) for group in filters if group
    ]
    clauses = [_joined("OR", alternatives)] if alternatives else []
    query = body.get("query")
    if query:
        clauses.append(_Clause("matches_query(properties, ?)", (str(query),)))
    return _joined("AND", [_Clause("archived_at IS NULL"), *clauses])


def _order(known: Mapping[str, Body], body: Body) -> str:
    """At most one sort: a name, a name with a minus, or an object with a direction."""
    sorts = body.get("sorts") or []
    if not isinstance(sorts, list) or len(sorts) > 1:
        raise invalid("At most one sort is allowed")
    if not sorts:
        return "id"
    name, down = _sort(sorts[0])
    return f"{_column(known, name).comparable} {'DESC' if down else 'ASC'}, id"


def _sort(given: Json) -> tuple[str, bool]:
    if isinstance(given, dict):
        return text(given, "propertyName"), given.get("direction") == "DESCENDING"
    return str(given).removeprefix("-"), str(given).startswith("-")


def _whole(body: Body, name: str, default: int) -> int:
    given = body.get(name)
    if given is None or given == "":
        return default
    if isinstance(given, bool) or not str(given).isdigit():
        raise invalid(f"{name} must be a whole number, not {given}")
    return int(str(given))


def _source(call: Call, found: ObjectType) -> _Clause:
    """The index: the records themselves, or each one's last version that is old enough."""
    lag = int(call.profile.search_lag_seconds * 1000)
    if not lag:
        return _Clause("(SELECT * FROM records WHERE object = ?)", (found.name,))
    return _Clause(
        "(SELECT * FROM record_versions AS version WHERE object = ? AND at = ("
        "SELECT max(at) FROM record_versions AS other WHERE other.object = version.object "
        "AND other.id = version.id AND other.at <= ?))",
        (found.name, call.now - lag),
    )


def search(call: Call) -> Response:
    """POST {object}/search"""
    found, body = object_type(call.path["object"]), call.body()
    limit, after = _whole(body, "limit", 10), _whole(body, "after", 0)
    if not 1 <= limit <= _PAGE:
        raise invalid(f"limit must be from 1 to {_PAGE}, not {limit}")
    if after + limit > _REACH:
        raise invalid(f"Search reaches the first {_REACH} results only: after {after}")
    known = definitions.of_object(call.store, found.name)
    source, where = _source(call, found), _where(known, body)
    values = (*source.values, *where.values)
    # Names in this SQL come from the account's definitions; every value is a parameter.
    base = f"FROM {source.sql} WHERE {where.sql}"
    total = int(call.store.value(f"SELECT count(*) {base}", *values))
    page = f"SELECT * {base} ORDER BY {_order(known, body)} LIMIT ? OFFSET ?"
    rows = call.store.rows(page, *values, limit, after)
    wanted = texts(body, "properties") if "properties" in body else []
    shown = [records.shown(found, row, [name for name in wanted if name in known]) for row in rows]
    answered: Body = {"total": total, "results": list(shown)}
    if after + limit < total:
        answered["paging"] = {"next": {"after": str(after + limit)}}
    return answer(200, answered)

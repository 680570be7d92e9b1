"""Whether a value obeys one validation rule of its property."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from decimal import Decimal

from ixia_connectors.hubspot.sandbox.clock import parse_moment

Test = Callable[[str, Sequence[str]], bool]


def obeys(rule: str, value: str, arguments: Sequence[str]) -> bool:
    """Whether the value passes; rules that need the vendor's own data let everything pass."""
    test = _TESTS.get(rule)
    return test is None or test(value, arguments)


def _domain_of(value: str) -> str:
    bare = value.rsplit("@", 1)[-1].split("://", 1)[-1]
    return bare.split("/", 1)[0].lower()


def _places(value: str) -> int:
    exponent = Decimal(value).as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _before(value: str, limit: str) -> bool:
    left, right = parse_moment(value), parse_moment(limit)
    return left is not None and right is not None and left < right


def _weekday(value: str) -> str:
    moment = parse_moment(value) or 0
    return datetime.fromtimestamp(moment / 1000, tz=UTC).strftime("%A").upper()


_TESTS: Mapping[str, Test] = {
    "MIN_NUMBER": lambda value, limits: Decimal(value) >= Decimal(limits[0]),
    "MAX_NUMBER": lambda value, limits: Decimal(value) <= Decimal(limits[0]),
    "DECIMAL": lambda value, limits: _places(value) <= int(limits[0]),
    "MIN_LENGTH": lambda value, limits: len(value) >= int(limits[0]),
    "MAX_LENGTH": lambda value, limits: len(value) <= int(limits[0]),
    "ALPHANUMERIC": lambda value, _: re.fullmatch(r"[\w\s]*", value) is not None,
    "REGEX": lambda value, limits: re.fullmatch(limits[0], value) is not None,
    "EMAIL": lambda value, _: re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", value) is not None,
    "EMAIL_ALLOWED_DOMAINS": lambda value, domains: _domain_of(value) in domains,
    "EMAIL_BLOCKED_DOMAINS": lambda value, domains: _domain_of(value) not in domains,
    "DOMAIN": lambda value, _: re.fullmatch(r"[\w-]+(\.[\w-]+)+", value) is not None,
    "URL": lambda value, _: re.fullmatch(r"https?://[^\s/]+\S*", value) is not None,
    "URL_ALLOWED_DOMAINS": lambda value, domains: _domain_of(value) in domains,
    "URL_BLOCKED_DOMAINS": lambda value, domains: _domain_of(value) not in domains,
    "START_DATE": lambda value, limits: not _before(value, limits[0]),
    "END_DATE": lambda value, limits: not _before(limits[0], value),
    "START_DATETIME": lambda value, limits: not _before(value, limits[0]),
    "END_DATETIME": lambda value, limits: not _before(limits[0], value),
    "DAYS_OF_WEEK": lambda value, days: _weekday(value) in {day.upper() for day in days},
    "PHONE_NUMBER_WITH_EXPLICIT_COUNTRY_CODE": lambda value, _: value.startswith("+"),
}

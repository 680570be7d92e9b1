"""The public holidays of a region, from the `holidays` package."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache


@cache
def regions() -> frozenset[str]:
    """Every country, and every country with one of its subdivisions: US, US-CA."""
    from holidays import list_supported_countries

    supported = list_supported_countries(include_aliases=False)
    return frozenset(
        name
        for country, parts in supported.items()
        for name in (country, *(f"{country}-{part}" for part in parts))
    )


def days(region: str, years: Iterable[int]) -> frozenset[date]:
    """The holidays of a known region in these years."""
    from holidays import country_holidays

    country, _, part = region.partition("-")
    return frozenset(country_holidays(country, subdiv=part or None, years=list(years)))

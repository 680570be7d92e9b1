"""The public holidays of a region, from the `holidays` package or pinned by a lock."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from types import MappingProxyType

Pins = Mapping[str, Mapping[int, frozenset[date]]]
"""The holidays of each region and year as they were when they were locked."""

NO_PINS: Pins = MappingProxyType({})


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
    """The holidays of a known region in these years, as far as they are known."""
    from holidays import country_holidays

    country, _, part = region.partition("-")
    with warnings.catch_warnings():
        # The package warns of years that it knows less of, in the middle of what people read.
        warnings.simplefilter("ignore")
        return frozenset(country_holidays(country, subdiv=part or None, years=list(years)))


def resolved(region: str, year: int, pins: Pins) -> frozenset[date]:
    """The holidays of a region in a year: pinned ones where there are, else of the package."""
    known = pins.get(region, {}).get(year)
    if known is not None:
        return known
    return _current(region, year) if region in regions() else frozenset()


@cache
def _current(region: str, year: int) -> frozenset[date]:
    return frozenset(day for day in days(region, [year]) if day.year == year)


def pin(names: Iterable[str], years: Iterable[int]) -> dict[str, dict[str, list[str]]]:
    """The holidays of these regions and years as text, for a lock file that people can review."""
    span = sorted(set(years))
    return {
        name: {str(year): [str(day) for day in sorted(_current(name, year))] for year in span}
        for name in sorted(set(names) & regions())
    }


def read_pins(locked: Mapping[str, Mapping[str, Iterable[str]]]) -> Pins:
    """What ``pin`` wrote; ValueError for text that is no year or date."""
    return {
        region: {int(year): frozenset(map(date.fromisoformat, dates)) for year, dates in by.items()}
        for region, by in locked.items()
    }

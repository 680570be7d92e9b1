"""An impact as JSON: everything that the text has, and every line of every table."""

from __future__ import annotations

from typing import Any

from ixia_config.render.impact import headline
from ixia_config.render.plan_json import written
from ixia_config.simulate.impact import Figure, Impact, Line, Profile, Section, Table


def impact_json(impact: Impact, *, show_pay: bool = False) -> str:
    """One object; amounts are text, so that nothing rounds them."""
    return written(impact_values(impact, show_pay=show_pay))


def impact_values(impact: Impact, *, show_pay: bool = False) -> dict[str, Any]:
    """The impact as plain values."""
    return {
        "format": "ixia-impact/1",
        "headline": headline(impact),
        "before": impact.before or None,
        "after": impact.after,
        "policies": [_section(each, show_pay=show_pay) for each in impact.sections],
        "records": [_profile(each) for each in impact.profiles],
    }


def _section(section: Section, *, show_pay: bool) -> dict[str, Any]:
    return {
        "policy": section.policy,
        "title": section.title,
        "headline": section.headline,
        "seen": section.seen,
        "changed": section.changed,
        "notes": list(section.notes),
        "left_out": list(section.left_out),
        "tables": [_table(each, show_pay=show_pay) for each in section.tables],
        "examples": [
            {"record": e.record, "before": e.before, "after": e.after, "why": e.why}
            for e in section.examples
        ],
    }


def _table(table: Table, *, show_pay: bool) -> dict[str, Any]:
    hidden = table.personal and not show_pay
    return {
        "title": table.title,
        "unit": table.unit,
        "currency": table.currency or None,
        "redacted": hidden,
        "lines": [_line(each, hidden=hidden) for each in table.lines],
    }


def _line(line: Line, *, hidden: bool) -> dict[str, Any]:
    if hidden:
        return {"name": line.name}
    return {"name": line.name, "before": _figure(line.before), "after": _figure(line.after)}


def _figure(value: Figure) -> str | int | None:
    return value if value is None or isinstance(value, int) else f"{value:f}"


def _profile(profile: Profile) -> dict[str, Any]:
    return {
        "file": profile.file,
        "type": profile.record,
        "rows": profile.rows,
        "usable": profile.usable,
        "filled": dict(profile.filled),
        "ignored": list(profile.ignored),
        "dated_by": profile.dated or None,
        "since": profile.since.isoformat() if profile.since else None,
        "until": profile.until.isoformat() if profile.until else None,
        "problems": [
            {"code": p.code, "text": p.text, "rows": p.count, "first_row": p.first}
            for p in profile.problems
        ],
    }

"""The one table of path templates: every family of endpoints under every version it exists in."""

from __future__ import annotations

from collections.abc import Mapping

MARCH = "2026-03"
SEPTEMBER = "2026-09"
V3 = "v3"
V4 = "v4"
BETA = "2026-09-beta"

_TEMPLATES: Mapping[str, Mapping[str, str]] = {
    "pipelines": {
        V3: "/crm/v3/pipelines",
        MARCH: "/crm/pipelines/{v}",
        SEPTEMBER: "/crm/pipelines/{v}",
    },
    "rules": {SEPTEMBER: "/crm/pipelines-rules/{v}"},
    "properties": {
        V3: "/crm/v3/properties",
        MARCH: "/crm/properties/{v}",
        SEPTEMBER: "/crm/properties/{v}",
    },
    "validations": {
        V3: "/crm/v3/property-validations",
        MARCH: "/crm/property-validations/{v}",
        SEPTEMBER: "/crm/property-validations/{v}",
    },
    "records": {V3: "/crm/v3/objects", MARCH: "/crm/objects/{v}", SEPTEMBER: "/crm/objects/{v}"},
    "labels": {
        V4: "/crm/v4/associations",
        MARCH: "/crm/associations/{v}",
        SEPTEMBER: "/crm/associations/{v}",
    },
    "owners": {V3: "/crm/v3/owners", MARCH: "/crm/owners/{v}", SEPTEMBER: "/crm/owners/{v}"},
    "users": {
        V3: "/settings/v3/users",
        MARCH: "/settings/users/{v}",
        SEPTEMBER: "/settings/users/{v}",
    },
    "teams": {SEPTEMBER: "/settings/teams/{v}"},
    "limits": {V3: "/crm/v3/limits", MARCH: "/crm/limits/{v}", SEPTEMBER: "/crm/limits/{v}"},
    "flows": {V4: "/automation/v4/flows", BETA: "/automation/{v}/flows"},
    "action-types": {BETA: "/automation/{v}/action-types"},
    "account": {V3: "/account-info/v3", MARCH: "/account-info/{v}", SEPTEMBER: "/account-info/{v}"},
}

PREFIXES: Mapping[tuple[str, ...], tuple[str, str]] = {
    tuple(template.format(v=version).strip("/").split("/")): (family, version)
    for family, versions in _TEMPLATES.items()
    for version, template in versions.items()
}
"""Path segments of every prefix, and the family and version that they stand for."""


def enforces_required(version: str) -> bool:
    """Whether record writes are refused when a conditionally required property is missing."""
    return version == SEPTEMBER


def guards_deletes(version: str) -> bool:
    """Whether deleting a stage or pipeline in use is refused unless the caller says otherwise."""
    return version == SEPTEMBER

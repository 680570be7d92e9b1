"""What the Project of a configuration says to other policies."""

from __future__ import annotations

from ixia_config.kinds.policy import Configuration
from ixia_config.kinds.project.spec import Project


def target_names(configuration: Configuration) -> tuple[str, ...] | None:
    """The names of all targets; None without a Project."""
    projects = configuration.of(Project)
    if not projects:
        return None
    return tuple(sorted({name for each in projects for name in each.body.spec.targets}))

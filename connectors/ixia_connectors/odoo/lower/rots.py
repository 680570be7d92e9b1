"""How long a record may stand still on a stage, as Odoo counts it."""

from __future__ import annotations

from ixia_config.sdk import Stage, Unit


def rots(stage: Stage) -> str | None:
    """Days after which Odoo marks a record that stayed on the stage; None for other lengths."""
    limit = (stage.age.warn or stage.age.breach) if stage.age else None
    if limit is None or limit.business or limit.unit not in (Unit.DAYS, Unit.WEEKS):
        return None
    return str(limit.minutes // 1440)

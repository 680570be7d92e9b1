"""What SQL does not pay, and why: said before anything is written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from ixia_config.kinds.comp_assignments.spec import Assignment
from ixia_config.kinds.comp_plan.component import Component
from ixia_config.kinds.comp_plan.ready import Version

_STATE = "depends on every payout before, which SQL does not carry on"


def limits(known: Sequence[Version], people: Sequence[Assignment]) -> Iterator[str]:
    """Every reason why the versions of a plan cannot be paid in SQL; none where they can."""
    for version in known:
        yield from _plan(version)
        for component in version.spec.components:
            for why in _component(version, component):
                yield f"component {component.key}: {why}"
    yield from _together(known)
    for each in people:
        yield from _person(known, each)


def _plan(version: Version) -> Iterator[str]:
    spec = version.spec
    if spec.draw is not None:
        yield f"draw: what is owed {_STATE}"
    if spec.guarantee is not None:
        yield f"guarantee: what is paid {_STATE}"
    if spec.recovery_limit != 1:
        yield f"recovery_limit: what is carried forward {_STATE}"
    if spec.spiffs:
        yield "spiffs: contests are paid in the order of everybody's deals, up to a budget"


def _component(version: Version, component: Component) -> Iterator[str]:
    if component.clawback is not None:
        yield "clawback: what is taken back depends on days that are counted by calendar months"
    if component.holdback is not None:
        yield "holdback: what is held is paid when something happens"
    if component.cap is not None and component.cap.per == "year":
        yield f"a cap per year: what it leaves {_STATE}"
    if component.type == "mbo" and component.credit.weight is not None:
        yield "objectives with weights"
    if component.rates is not None and component.pay is not None:
        yield "pay together with rates"
    rates = component.rates
    if rates is not None and rates.mode == "interpolated":
        yield "tiers with mode interpolated need a division"
    governed = version.spec.governed_by
    elsewhere = (component.credit.date or version.spec.credit.date or governed) != governed
    if elsewhere and version.span != (date.min, date.max):
        yield "a date of the credit other than governed_by, in a plan with a first or last day"


def _together(known: Sequence[Version]) -> Iterator[str]:
    """Versions are paid each by itself, and their lines are added up."""
    if len(known) < 2:
        return
    if any(each.spec.versions == "carried" for each in known):
        yield "versions: attainment that is carried from one version to the next"
    if any(each.spec.cap is not None or each.spec.rounding.at == "total" for each in known):
        yield "a cap of the payout, or rounding at the total, in a plan with several versions"
    shared = {(each.spec.payout, each.spec.currency, each.spec.rounding.scale) for each in known}
    if len(shared) > 1:
        yield "versions that differ in payout, currency or scale"


def _person(known: Sequence[Version], each: Assignment) -> Iterator[str]:
    own = each.override
    if own is not None and (own.draw is not None or own.guarantee is not None):
        yield f"the own draw or guarantee of {each.person} {_STATE}"
    if each.leave and any(version.spec.leave.credits == "stopped" for version in known):
        yield f"the leave of {each.person}, within which credits pay nothing"

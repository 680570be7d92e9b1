"""The declaration of CompAssignments: people on plans, with what is theirs alone."""

from __future__ import annotations

from decimal import Decimal
from typing import ClassVar, Literal

from pydantic import Field

from ixia_config.kinds.comp_plan.amounts import Amount, Share
from ixia_config.kinds.comp_plan.spec import Draw, Guarantee, RampMonth
from ixia_config.kinds.envelope import Envelope, Frozen
from ixia_config.kinds.scalars import Date, Email, Key, Name, Text


class LeaveDays(Frozen):
    """A leave of absence, from the first day to before the last."""

    from_: Date = Field(alias="from")
    to: Date
    reason: Text | None = None


class PersonalQuota(Frozen):
    """Somebody's own quota for one whole period of the measure."""

    measure: Key
    amount: Amount


class Override(Frozen):
    """What somebody has in place of the plan's, and who agreed."""

    approved_by: Email
    ticket: Text
    reason: Text | None = None
    rate_factor: Amount | None = None
    """What every rate and every fixed amount of the plan is multiplied with"""
    variable: Amount | None = None
    """Target variable of a year in place of the plan's"""
    draw: Draw | None = None
    guarantee: Guarantee | None = None
    ramp: tuple[RampMonth, ...] | None = None


class Assignment(Frozen):
    """One person on one plan, from the first day to before the last."""

    person: Email
    plan: Name
    from_: Date = Field(alias="from")
    to: Date | None = None
    quota: Amount | None = None
    """Own quota for one whole period of the plan's main measure"""
    quotas: tuple[PersonalQuota, ...] = ()
    """Own quotas for further measures"""
    ramp_from: Date | None = None
    """Where the months of the ramp start; the first day here when left out"""
    share: Share = Decimal(1)
    """Part-time: share of the quota and of the target variable"""
    leave: tuple[LeaveDays, ...] = ()
    override: Override | None = None


class CompAssignmentsSpec(Frozen):
    """People and their plans."""

    assignments: tuple[Assignment, ...] = Field(min_length=1)


class CompAssignments(Envelope):
    """Who is on which compensation plan, and when; several documents add up."""

    sensitive: ClassVar[bool] = True
    supporting: ClassVar[bool] = True

    kind: Literal["CompAssignments"]
    spec: CompAssignmentsSpec

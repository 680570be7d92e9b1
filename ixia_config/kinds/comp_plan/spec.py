"""The declaration of a CompPlan: quota, components, draw, ramp, and every rule of the arithmetic.

Each switch on which vendors differ is a key with a default that this file documents.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import ClassVar, Literal

from pydantic import Field, StrictBool

from ixia_config.kinds.calendar.spec import Effective
from ixia_config.kinds.comp_plan.amounts import Amount, MeasureText, PeriodName, Scale, Share
from ixia_config.kinds.comp_plan.component import Component, Counts, Crediting
from ixia_config.kinds.envelope import Envelope, Frozen
from ixia_config.kinds.scalars import (
    Condition,
    Count,
    Currency,
    Date,
    FieldPath,
    Key,
    Month,
    Name,
    Text,
)


class Ote(Frozen):
    """On-target earnings of one year: what somebody gets at 100 % of every quota."""

    base: Amount
    """Fixed pay of a year"""
    variable: Amount
    """Variable pay of a year at target; components share it by their weight"""


class Quota(Frozen):
    """What is to be reached in a period."""

    measure: Key
    """The name of what is measured; components name it"""
    period: PeriodName = "quarter"
    """How long attainment adds up before it starts again"""
    amount: Amount
    """For one whole period, in the currency of the plan or in units"""
    seasonality: tuple[Share, ...] = ()
    """The share of the year's quota in each period of the year, in order; equal when left out"""
    counts: tuple[Counts, ...] | None = None
    """Records that count, also where they pay nothing; the credits of every component with this
    measure when left out"""
    zero: Literal["target_rate", "guarantee", "nothing"] = "target_rate"
    """What pays while the quota is 0: the target rate on every credit; or only the guarantee; or
    nothing. Attainment is undefined then"""


class Payout(Frozen):
    """How often is paid, and how a longer measure is paid in parts."""

    period: PeriodName = "month"
    method: Literal["to_date_less_paid", "at_to_date_rate"] = "to_date_less_paid"
    """to_date_less_paid: everything earned so far, less what was paid; at_to_date_rate: only the
    credits of this payout, at the rate reached by now"""


class Recovery(Frozen):
    """How a draw is paid back."""

    from_: Literal["above_draw", "everything"] = Field(default="above_draw", alias="from")
    """above_draw: only earnings above the draw repay it; everything: all earnings that reach the
    draw repay it, and the payout may be less than the draw"""
    limit: Share = Decimal(1)
    """The largest part of those earnings that one payout takes"""


class Draw(Frozen):
    """An advance: nobody gets less in a payout."""

    amount: Amount
    period: PeriodName = "month"
    kind: Literal["recoverable", "non_recoverable", "forgiven"] = "recoverable"
    """recoverable: later earnings repay it; forgiven: what is still owed when the draw ends is
    let go; non_recoverable: never repaid"""
    months: Count | None = None
    """How long, from the first month of the assignment; as long as the plan when left out"""
    recovery: Recovery = Recovery()


class Guarantee(Frozen):
    """The least that is paid, never repaid."""

    amount: Amount | None = None
    """For one payout"""
    share: Share | None = None
    """Share of the target variable of one payout, in place of an amount"""
    months: Count | None = None
    """How long, from the first month of the assignment; as long as the plan when left out"""


class RampMonth(Frozen):
    """A month of settling in, counted from 1 in the calendar month of the start."""

    month: Count
    quota: Share
    """Share of the full quota of that month; months that are not listed have all of it"""


class Proration(Frozen):
    """How days count when somebody starts, ends, moves or is away in mid-period."""

    days: Literal["calendar", "working", "30/360"] = "calendar"
    """working: the days on which the calendar has hours, Monday to Friday without one"""
    start_day: Literal["counted", "not_counted"] = "counted"
    """Whether the day of the start is a day of work"""
    calendar: Name | None = None
    """The Calendar of working days"""
    quota: StrictBool = True
    """Whether the quota shrinks with the days, and with it target variable and fixed amounts"""
    draw: StrictBool = False
    """Whether the draw and the guarantee shrink with the days"""


class Leave(Frozen):
    """What a leave of absence does."""

    quota: Literal["reduced", "kept"] = "reduced"
    """reduced: days of leave are no days of work"""
    credits: Literal["kept", "stopped"] = "kept"
    """stopped: what is dated within the leave pays nothing"""


class Rounding(Frozen):
    """Where exact amounts become money."""

    scale: Scale = 2
    mode: Literal["half_up", "half_even", "up", "down"] = "half_up"
    at: Literal["line", "component", "total"] = "component"
    """line: each line by itself; component, total: the exact sum is rounded once, and its lines
    are shown so that they add up"""
    residue: Literal["listed_order", "largest_remainder"] = "listed_order"
    """Which line takes the odd cent; the same rule divides a split credit"""


class FxRate(Frozen):
    """A rate from its first day until the next one of the same currency."""

    currency: Currency
    from_: Date = Field(alias="from")
    rate: Amount


class Fx(Frozen):
    """How amounts in other currencies become the currency of the plan."""

    currency: FieldPath = "currency"
    """The field that tells the currency of a record; missing, it is that of the plan"""
    date: FieldPath | None = None
    """The date that picks the rate; the date of the credit when left out"""
    quote: Literal["per_plan_unit", "per_foreign_unit"] = "per_plan_unit"
    """per_plan_unit: 1 USD is 1.39 EUR, amounts are divided; per_foreign_unit: 1 EUR is 0.72 USD,
    amounts are multiplied"""
    rates: tuple[FxRate, ...] = ()


class Spiff(Frozen):
    """A sales contest: short, on top of the plan, with a budget."""

    key: Key
    title: Text | None = None
    effective: Effective
    object: Name = "deal"
    when: Condition | None = None
    date: FieldPath | None = None
    """Which date must lie in the contest; governed_by when left out"""
    person: FieldPath = "owner"
    pay: Amount | None = None
    """Money for each deal or unit"""
    rate: Share | None = None
    """Share of the amount, in place of pay"""
    amount: FieldPath | None = None
    """The field with the amount or the units"""
    per: Literal["deal", "unit"] = "deal"
    pool: Amount | None = None
    """Money for all together, in place of pay, in the share of the goal that they reach"""
    goal: Amount | None = None
    """What all together shall reach; with pool"""
    shared: Literal["by_credit", "equally"] = "by_credit"
    """How the pool is divided among those who have a part in it"""
    budget: Amount | None = None
    """No more is paid in all, in the order of the dates"""
    stacks: StrictBool = True
    """Whether the deal is paid by the components of the plan, too"""


class CompPlanSpec(Frozen):
    """What people in a role earn."""

    effective: Effective = Effective()
    governed_by: FieldPath = "close_date"
    """The date of the record that selects the version of the plan"""
    versions: Literal["separate", "carried"] = "separate"
    """What attainment does when a new version starts in mid-period: starts again with the quota
    of the rest, or goes on"""
    currency: Currency
    year_starts: Month | None = None
    """The month in which the year of quotas and caps starts; the Project's when left out"""
    assign: Mapping[Literal["role", "team"], Text] = {}
    """Whom the plan is for; CompAssignments say who is on it"""
    ote: Ote | None = None
    quota: Quota | None = None
    """The main quota"""
    quotas: tuple[Quota, ...] = ()
    """Further quotas, for components and gates that name their measure"""
    credit: Crediting = Crediting()
    """What components take over unless they say otherwise"""
    components: tuple[Component, ...] = Field(min_length=1)
    payout: Payout = Payout()
    draw: Draw | None = None
    guarantee: Guarantee | None = None
    cap: MeasureText | None = None
    """The most that all components pay in a payout: money, or a share of its target variable"""
    recovery_limit: Share = Decimal(1)
    """The largest part of what a payout earns that clawbacks and corrections take; the rest is
    carried forward"""
    ramp: tuple[RampMonth, ...] = ()
    proration: Proration = Proration()
    leave: Leave = Leave()
    rounding: Rounding = Rounding()
    fx: Fx = Fx()
    spiffs: tuple[Spiff, ...] = ()
    corrections: Literal["adjust", "freeze"] = "adjust"
    """What a late change of a paid record does: an adjustment in the open period, or nothing"""
    closed_until: Date | None = None
    """Last day of what is closed: a closed period never changes"""

    @property
    def every_quota(self) -> tuple[Quota, ...]:
        """The main quota and the further ones."""
        return self.quotas if self.quota is None else (self.quota, *self.quotas)


class CompPlan(Envelope):
    """What people earn for what they sell: quota, rates, draws and clawbacks, exact to the cent."""

    supporting: ClassVar[bool] = True

    kind: Literal["CompPlan"]
    spec: CompPlanSpec

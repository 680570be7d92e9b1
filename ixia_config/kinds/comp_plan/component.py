"""The declaration of a component: which records it credits, and how it pays them."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, StrictBool

from ixia_config.kinds.comp_plan.amounts import Amount, MeasureText, PeriodName, Share
from ixia_config.kinds.envelope import Frozen
from ixia_config.kinds.scalars import (
    Condition,
    Count,
    DurationText,
    FieldName,
    FieldPath,
    Key,
    Name,
    Text,
)

Mode = Literal["marginal", "retroactive", "mixed", "interpolated"]


class SplitRole(Frozen):
    """Somebody who shares in a record."""

    role: Key
    field: FieldPath
    """The field that names the person"""
    share: Share
    overlay: StrictBool = False
    """Overlay credit is on top: it does not add to the 100 % of the deal"""


class Split(Frozen):
    """How a record is divided among people; either a field or roles."""

    field: FieldName | None = None
    """The field with people and shares: a list of person and share, or text such as
    "ana@acme.example 70%; bo@acme.example 30%" """
    roles: tuple[SplitRole, ...] = ()
    """People by role, each with a fixed share"""


def _field(value: object) -> object:
    return {"field": value} if isinstance(value, str) else value


SplitOrField = Annotated[Split, BeforeValidator(_field, json_schema_input_type=FieldName | Split)]


class Rollup(Frozen):
    """Managers are credited for what the people below them are credited."""

    levels: Count | None = None
    """1: direct reports; all levels when left out"""
    share: Share = Decimal(1)


class MultiYear(Frozen):
    """What counts of a contract of several years."""

    basis: Literal["acv_average", "first_year", "tcv"]
    """acv_average: amount / months x 12; first_year: the field with the first year; tcv: all"""
    months: FieldPath | None = None
    """The field with the length of the contract in months"""
    first_year: FieldPath | None = None
    """The field with the amount of the first year"""
    kicker: Share = Decimal(0)
    """What each whole year after the first adds, as a share of the credit"""


class Multiple(Frozen):
    """Records that count for more or less; the first that holds."""

    when: Condition
    factor: Amount


class Crediting(Frozen):
    """Defaults of credit rules for the whole plan."""

    person: FieldPath = "owner"
    """The field that names who is credited where nothing is split"""
    date: FieldPath | None = None
    """The date that decides the period; governed_by when left out"""


class Credit(Frozen):
    """Which records are credited to whom, for how much, and when."""

    object: Name = "deal"
    when: Condition | None = None
    """Every record of the type when left out"""
    amount: FieldPath | None = None
    """The field with the amount or the units; each record counts 1 when left out"""
    date: FieldPath | None = None
    """The date that decides the period; that of the plan when left out"""
    person: FieldPath | None = None
    """The field that names who is credited where nothing is split"""
    split: SplitOrField | None = None
    rollup: Rollup | None = None
    multi_year: MultiYear | None = None
    multipliers: tuple[Multiple, ...] = ()
    """Products or regions that count for more or less"""
    weight: FieldPath | None = None
    """The field with the weight of an objective; with type mbo"""


class Counts(Frozen):
    """Records that count towards a quota, whether they pay or not."""

    object: Name = "deal"
    when: Condition | None = None
    amount: FieldPath | None = None
    """Each record counts 1 when left out"""
    date: FieldPath | None = None
    person: FieldPath | None = None
    split: SplitOrField | None = None
    rollup: Rollup | None = None


class Tier(Frozen):
    """A range of credit or attainment, from its first value to before its last."""

    from_: MeasureText = Field(alias="from")
    to: MeasureText | None = None
    """Where the next tier starts, or without end, when left out"""
    rate: MeasureText | None = None
    """Share of the credit, or money for each unit"""
    amount: Amount | None = None
    """Fixed money in place of a rate"""
    retroactive: StrictBool = False
    """Once reached, the rate replaces those of the tiers below; with mode mixed"""
    decelerator: StrictBool = False
    """The rate is meant to be lower than in the tier below"""


class Factor(Frozen):
    """What the rates are multiplied with in a range of attainment."""

    from_: Share = Field(alias="from")
    to: Share | None = None
    factor: Amount


class MatrixRow(Frozen):
    """The rates of all tiers in one range of the second measure."""

    from_: Share = Field(alias="from")
    rates: tuple[MeasureText, ...]


class Matrix(Frozen):
    """Rates that depend on a second measure."""

    measure: Key
    """The measure of another quota of the plan; its attainment picks the row"""
    rows: tuple[MatrixRow, ...] = Field(min_length=1)


class Rates(Frozen):
    """How credit becomes money."""

    basis: Literal["amount", "attainment", "units"] = "amount"
    """What the bounds are: money, shares of the quota, or units"""
    mode: Mode = "marginal"
    """marginal: each tier pays its own part; retroactive: the tier reached pays everything; mixed:
    retroactive tiers replace those below; interpolated: a tier's amount as far as it is filled"""
    accumulate: Literal["transaction", "month", "quarter", "half", "year", "plan"] | None = None
    """How long credit adds up on the table; the period of the quota when left out, and without a
    quota each transaction is rated by itself"""
    tiers: tuple[Tier, ...] = Field(min_length=1)
    matrix: Matrix | None = None
    multipliers: tuple[Factor, ...] = ()
    """Factors by attainment of the measure"""
    crossing: Literal["split", "before", "after"] = "split"
    """A deal that crosses a bound: split at the line, or whole at the rate before or after"""


class Gate(Frozen):
    """Another measure that must be reached before anything pays."""

    measure: Key
    at: Share


class Threshold(Frozen):
    """Attainment below which the component pays nothing."""

    at: Share
    pays: Literal["from_first", "above"] = "from_first"
    """Once reached: everything, or only what lies above the threshold"""


class Cap(Frozen):
    """The most that is paid; exactly one of amount, share, multiple."""

    per: Literal["deal", "period", "year"] = "period"
    """period: one stretch in which credit adds up"""
    amount: Amount | None = None
    share: Share | None = None
    """Share of the target variable of that stretch"""
    multiple: Amount | None = None
    """So many times what the target rate would pay"""


class Floor(Frozen):
    """The least that the component pays in a stretch in which credit adds up."""

    amount: Amount


class Holdback(Frozen):
    """A part that is paid when something happens."""

    share: Share
    release: FieldPath
    """The date on which the rest becomes due, such as paid_at"""
    expires: DurationText | None = None
    """The rest is lost when nothing happened so long after the date of the credit"""


class ClawbackStep(Frozen):
    """What is taken back up to some time after the date of the credit."""

    within: DurationText
    share: Share


class Clawback(Frozen):
    """What is taken back when a deal comes to nothing."""

    field: FieldPath
    """The date on which it came to nothing, such as cancelled_at"""
    within: DurationText | None = None
    """How long after the date of the credit; for ever when left out"""
    cancellable: DurationText | None = None
    """How long customers may cancel by contract; a check that the clawback reaches as far"""
    share: Share = Decimal(1)
    method: Literal["full", "pro_rata", "steps"] = "full"
    """full: the share; pro_rata: the share of the days that are left; steps: as listed"""
    steps: tuple[ClawbackStep, ...] = ()
    when: Condition | None = None
    """Only records like these"""


class Component(Frozen):
    """One part of the variable pay."""

    key: Key
    title: Text | None = None
    type: Literal["commission", "bonus", "mbo"] = "commission"
    """commission: rates on credits; bonus: money for attainment; mbo: objectives with scores"""
    weight: Share | None = None
    """Share of the target variable; the whole of it where the plan has one component"""
    measure: Key | None = None
    """Whose quota gives the attainment; the main quota when left out"""
    credit: Credit = Credit()
    rates: Rates | None = None
    """Not needed for mbo, and for a bonus that pays one amount"""
    pay: Amount | None = None
    """What a bonus pays in each of its periods, once gates and threshold are reached"""
    period: PeriodName | None = None
    """The period of a bonus or of objectives; that of the quota when left out"""
    gates: tuple[Gate, ...] = ()
    threshold: Threshold | None = None
    cap: Cap | None = None
    floor: Floor | None = None
    holdback: Holdback | None = None
    clawback: Clawback | None = None

"""What a Metric asks of a record: its filters, group and month, and the amounts that it adds up."""

from __future__ import annotations

from ixia_config.kinds.conditions import catalogue, condition
from ixia_config.kinds.metric.inputs import amount_name
from ixia_config.kinds.metric.spec import Amount, Input, Metric
from ixia_config.kinds.policy import Configuration, Policy
from ixia_config.rules import FieldType, read
from ixia_config.rules.dialects import DIGITS
from ixia_config.simulate.questions import Asked, Holds, Month, Single, Sum

_ADDED = ("sum", "mean")
_EACH = ("median", "smallest", "largest")
_WIDEST = 28  # digits of a product whose sum every database keeps


def ask_metric(asked: Asked, configuration: Configuration, policy: Policy[Metric]) -> None:
    """Where a record counts, in which group and month; amounts are added up or told one by one."""
    spec = policy.body.spec
    asked.values(spec.by)
    if spec.date is not None:
        _known(asked, configuration, policy, spec.date)
        if spec.period is not None and spec.date in asked.fields.cells:
            asked.questions[Month(spec.date)] = None
    _inputs(asked, configuration, policy)


def _inputs(asked: Asked, configuration: Configuration, policy: Policy[Metric]) -> None:
    _holds(asked, configuration, policy, ("spec", "when"))
    for name, each in policy.body.spec.inputs.items():
        _holds(asked, configuration, policy, ("spec", "inputs", name, "when"))
        other = configuration.get(Metric, each.metric) if each.metric is not None else None
        if other is not None:
            _inputs(asked, configuration, other)
        _taken(asked, configuration, policy, each)


def _holds(
    asked: Asked, configuration: Configuration, policy: Policy[Metric], path: tuple[str, ...]
) -> None:
    spec = policy.body.spec
    when = spec.when if len(path) == 2 else spec.inputs[path[2]].when
    if when is None:
        return
    typed, _ = condition(policy, path, configuration, spec.of)
    if typed is not None:
        asked.questions[Holds(typed)] = None


def _known(asked: Asked, configuration: Configuration, policy: Policy[Metric], name: str) -> None:
    typed, _ = read(f"known({name})", catalogue(configuration), policy.body.spec.of)
    if typed is None:
        raise Single(f"known({name}) cannot be asked for")
    asked.questions[Holds(typed)] = None


def _taken(asked: Asked, configuration: Configuration, policy: Policy[Metric], each: Input) -> None:
    """What an input takes of a record."""
    asked.values(name for name in (each.filled, each.distinct) if name is not None)
    for way in (*_ADDED, *_EACH):
        amount: Amount | None = getattr(each, way)
        if amount is None:
            continue
        if amount.between is not None:
            _between(asked, amount)
        elif way in _ADDED and _narrow(asked, amount):
            factors = (amount.field or "", *amount.times)
            for name in factors:
                _known(asked, configuration, policy, name)
            asked.sums[Sum(amount_name(amount), factors)] = None
        else:
            asked.values((amount.field or "", *amount.times))


def _between(asked: Asked, amount: Amount) -> None:
    """Days are few enough to be told; instants are as many as records."""
    span = amount.between
    if span is None:
        return
    ends = [each for each in (span.from_, span.to) if each != "now"]
    if span.calendar is not None or any(
        asked.fields.types.get(each) is not FieldType.DATE for each in ends
    ):
        raise Single("the time between two instants is another one for every record")
    asked.values((*ends, *amount.times))


def _narrow(asked: Asked, amount: Amount) -> bool:
    """Whether databases keep every digit of the product, and of a sum of products."""
    names = (amount.field or "", *amount.times)
    kinds = [asked.fields.types.get(name) for name in names]
    if any(name not in asked.fields.cells for name in names):
        return False
    return sum(DIGITS[kind][0] if kind in DIGITS else _WIDEST + 1 for kind in kinds if kind) <= (
        _WIDEST
    )

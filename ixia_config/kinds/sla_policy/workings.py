"""Clocks that cannot work: they end as they start, stand still for ever, or never stop."""

from __future__ import annotations

from collections.abc import Iterator

from ixia_config.codes import Diagnostic
from ixia_config.kinds.conditions import catalogue
from ixia_config.kinds.policy import Context, Policy
from ixia_config.kinds.record_schema.spec import RecordSchema
from ixia_config.kinds.sla_policy.codes.errors import (
    NeverStops,
    NoTarget,
    PauseNeverEnds,
    StartIsStop,
)
from ixia_config.kinds.sla_policy.space import UNKNOWN, Answer, witness
from ixia_config.kinds.sla_policy.spec import SlaPolicy
from ixia_config.kinds.sla_policy.triggers import declared, event_field
from ixia_config.rules import read


def workings(policy: Policy[SlaPolicy], context: Context) -> Iterator[Diagnostic]:
    """What no record can bring about."""
    spec, asked = policy.body.spec, Questions(policy, context)
    start, stop, pause = (asked.texts.get(role) for role in ("start", "stop", "pause"))
    if asked.any(stop).impossible:
        yield NeverStops(mark=policy.mark("spec", "stop"))
    elif asked.any(start).record and asked.any(start, none=(stop,)).impossible:
        yield StartIsStop(mark=policy.mark("spec", "stop"))
    elif pause is not None and asked.any(none=(pause, stop)).impossible:
        yield PauseNeverEnds(mark=policy.mark("spec", "pause"))
    if all(target.when is not None for target in spec.targets):
        left = asked.any(none=tuple(target.when for target in spec.targets))
        if left.record is not None:
            mark = policy.mark("spec", "targets", key=True)
            yield NoTarget(mark=mark, record=spec.object, example=left.words)


class Questions:
    """Asks whether a record exists for which some conditions hold and others do not."""

    def __init__(self, policy: Policy[SlaPolicy], context: Context) -> None:
        self.record = policy.body.spec.object
        self.catalogue = catalogue(context.configuration)
        fields = self.catalogue.records.get(self.record, {})
        self.texts: dict[str, str] = {}
        for role, trigger in declared(policy):
            if trigger.when is not None:
                self.texts[role] = trigger.when
            elif name := event_field(trigger.on or "", fields):
                self.texts[role] = f"known({name})"
        self.when = policy.body.spec.when
        self.required = _required(context, self.record)

    def any(self, *every: str | None, none: tuple[str | None, ...] = ()) -> Answer:
        """A record of the policy for which all of these hold, and none of those."""
        if self.record not in self.catalogue.records or None in (*every, *none):
            return UNKNOWN
        parts = [f"({text})" for text in (self.when, *every) if text]
        parts += [f"!({text})" for text in none]
        typed, _ = read(" && ".join(parts) or "true", self.catalogue, self.record)
        return UNKNOWN if typed is None else witness(typed, self.required)


def _required(context: Context, record: str) -> frozenset[str]:
    """The fields that every record has."""
    schema = context.configuration.get(RecordSchema, record)
    fields = schema.body.spec.fields.items() if schema else ()
    return frozenset(name for name, field in fields if field.required)

"""Which changes of an approved record need a new approval; unchanged or better passes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ixia_config.kinds.approval_policy.request import Record
from ixia_config.kinds.approval_policy.spec import ApprovalPolicy, Reapproval
from ixia_config.kinds.conditions import catalogue
from ixia_config.kinds.policy import Configuration, Policy
from ixia_config.kinds.reasons import Reason, Verdict
from ixia_config.rules import FieldType
from ixia_config.rules.explain import shown


@dataclass(frozen=True, slots=True)
class Reopened:
    """The fields whose change needs a new approval; none where the old one still holds."""

    fields: tuple[str, ...]
    reasons: tuple[Reason, ...]

    @property
    def needed(self) -> bool:
        """Whether somebody must approve again."""
        return bool(self.fields)


def reapprove(
    policy: Policy[ApprovalPolicy],
    before: Record,
    after: Record,
    *,
    configuration: Configuration | None = None,
) -> Reopened:
    """What must be approved again after a normalised record has changed since its approval.

    With the configuration, values are shown as their fields write them.
    """
    given = policy.body.spec.reapprove_when or Reapproval()
    types = _types(policy, configuration)
    reasons: list[Reason] = []
    for name in dict.fromkeys((*given.raises, *given.lowers, *given.changes)):
        verdict = Verdict.YES if _reopens(given, name, before, after) else Verdict.NO
        of = types.get(name, FieldType.TEXT)
        reasons.append(Reason(name, verdict, _change(before.get(name), after.get(name), of)))
    fields = tuple(each.subject for each in reasons if each.verdict is Verdict.YES)
    return Reopened(fields, tuple(reasons))


def _types(
    policy: Policy[ApprovalPolicy], configuration: Configuration | None
) -> Mapping[str, FieldType]:
    records = catalogue(configuration).records if configuration is not None else {}
    fields = records.get(policy.body.spec.object, {})
    return {name: field.type for name, field in fields.items()}


def _reopens(given: Reapproval, name: str, before: Record, after: Record) -> bool:
    """A value that comes or goes cannot be told to be better, so it reopens."""
    old, new = before.get(name), after.get(name)
    if old == new:
        return False
    if old is None or new is None or name in given.changes:
        return True
    return bool((name in given.raises and new > old) or (name in given.lowers and new < old))


def _change(old: object, new: object, of: FieldType) -> str:
    if old == new:
        return f"unchanged: {shown(new, of)}"
    return f"from {shown(old, of)} to {shown(new, of)}"

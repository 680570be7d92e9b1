"""Hold one place of a target as it is until a day: a line in its policy, so that it is reviewed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ixia_config.app.checking import Checked
from ixia_config.app.freezing_codes import CannotHold, DayPassed, NoPolicy
from ixia_config.app.refusal import Refusal, refusing
from ixia_config.codes import Severity
from ixia_config.edges.disk import atomic_write
from ixia_config.exits import Exit
from ixia_config.kinds.overlay import Merged
from ixia_config.language.edit import CannotEdit, append
from ixia_config.model import Hold


@dataclass(frozen=True, slots=True)
class Frozen:
    """The file that holds it now."""

    file: str
    hold: Hold


def freeze(checked: Checked, hold: Hold, *, today: date) -> Frozen:
    """Write the hold into its policy; Refusal where the files have errors or would get one."""
    checked.sound()
    policy = checked.configuration.policies.get(hold.address.policy)
    if policy is None:
        known = tuple(str(each) for each in sorted(checked.configuration.policies))
        raise Refusal(Exit.USAGE, NoPolicy(name=str(hold.address), known=known))
    if date.fromisoformat(hold.until) <= today:
        raise Refusal(Exit.USAGE, DayPassed(day=hold.until))
    document = policy.document
    while isinstance(document, Merged):
        document = document.base
    text = checked.sources[document.file].text
    try:
        edited = append(text, document.index, ("metadata", "hold"), _written(hold))
    except CannotEdit as problem:
        raise Refusal(Exit.INVALID, CannotHold(file=document.file, why=str(problem))) from None
    after = checked.with_files({document.file: edited}, today=today)
    wrong = [each for each in after.diagnostics if each.severity is Severity.ERROR]
    if wrong:
        raise Refusal(Exit.USAGE, *wrong, sources=after.sources)
    with refusing():
        atomic_write(checked.root / document.file, edited)
    return Frozen(document.file, hold)


def _written(hold: Hold) -> dict[str, str]:
    """The hold as YAML, without what it does not narrow down."""
    said = {
        "part": hold.address.part,
        "field": hold.field,
        "owner": hold.owner,
        "reason": hold.reason,
        "until": hold.until,
    }
    return {key: value for key, value in said.items() if value}

"""Codes of refused plans (IX50x: guards) and of plans that may not be applied (IX52x, IX53x)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from ixia_config.codes import Diagnostic


@dataclass(frozen=True, kw_only=True)
class ExistsAlready(Diagnostic):
    """Something of this title is already in the target

    The policies want to create an object, and the target has one of the same title that Ixia Config
    does not manage. Taking it over silently could overwrite somebody's work; creating a second one
    would leave two. Adopt it with ``ixia adopt ADDRESS ID``, or name its id under ``external``, or
    give the target ``if_exists: adopt``, or choose another title.
    """

    code: ClassVar[str] = "IX501"
    title: str
    remote_ids: tuple[str, ...]
    address: str

    def message(self) -> str:
        return f"{self.title} is already there and is not managed ({', '.join(self.remote_ids)})"

    def hint(self) -> str:
        which = self.remote_ids[0] if len(self.remote_ids) == 1 else "ID"
        return (
            f"adopt it: ixia adopt {self.address} {which}; or name its id under `external`,"
            " or set `if_exists: adopt` on the target"
        )


@dataclass(frozen=True, kw_only=True)
class RenamedWithoutMoved(Diagnostic):
    """A key changed and the title did not

    A stage lost its key and another with the same title appeared. If that is a rename, say so under
    ``moved``, and the records stay where they are. If it is not, give one of them another title.
    """

    code: ClassVar[str] = "IX502"
    title: str
    old: str
    new: str

    def message(self) -> str:
        return f'{self.title} had the key "{self.old}" and now has "{self.new}"'

    def hint(self) -> str:
        return f"if it was renamed, add  moved: [{{from: {self.old}, to: {self.new}}}]"


@dataclass(frozen=True, kw_only=True)
class TooManyRemovals(Diagnostic):
    """The plan removes more objects than the project allows

    ``guards.max_deletes`` in ``ixia.yaml`` limits the removals of one plan. Split the change, or
    raise the limit in a change of its own.
    """

    code: ClassVar[str] = "IX503"
    count: int
    limit: int

    def message(self) -> str:
        return f"{self.count} removals in one plan; guards.max_deletes allows {self.limit}"

    def hint(self) -> str:
        return "split the change, or raise guards.max_deletes in ixia.yaml"


@dataclass(frozen=True, kw_only=True)
class TooLargeShare(Diagnostic):
    """The plan removes too large a share of what is managed

    ``guards.max_delete_share`` in ``ixia.yaml`` limits it. In a set of fewer than ten objects, any
    removal that no ``retired`` line names counts as too large.
    """

    code: ClassVar[str] = "IX504"
    count: int
    total: int
    limit: str

    def message(self) -> str:
        share = f"{self.count} of {self.total} managed objects"
        return f"{share} would be removed; the limit is {self.limit}"

    def hint(self) -> str:
        return "split the change, or raise guards.max_delete_share in ixia.yaml"


@dataclass(frozen=True, kw_only=True)
class EmptyRender(Diagnostic):
    """Nothing is declared any more

    The target has managed objects and the policies declare none. That is nearly always a wrong
    folder, branch or filter.
    """

    code: ClassVar[str] = "IX505"
    bound: int

    def message(self) -> str:
        return (
            f"the policies declare nothing for this target, which has {self.bound} managed objects"
        )

    def hint(self) -> str:
        return "check the folder, the branch and `targets`"


@dataclass(frozen=True, kw_only=True)
class IncompleteRead(Diagnostic):
    """Something could not be read, so nothing is made or removed

    What cannot be seen looks as if it were not there: the plan would make it a second time, or take
    the gap for a removal. Both wait until the read is complete.
    """

    code: ClassVar[str] = "IX506"
    what: str
    title: str
    verb: str

    def message(self) -> str:
        return f"{self.title} cannot be {self.verb} while something cannot be read: {self.what}"

    def hint(self) -> str:
        return "give the token the missing permission and plan again"


@dataclass(frozen=True, kw_only=True)
class HasRecords(Diagnostic):
    """Records stand on what would be removed

    Say under ``retired`` where they go (``migrate_to``), and the plan moves them first.
    """

    code: ClassVar[str] = "IX507"
    title: str
    count: str
    sample: tuple[str, ...] = ()

    def message(self) -> str:
        named = f", such as {', '.join(self.sample)}" if self.sample else ""
        return f"{self.title} still holds {self.count}{named}"

    def hint(self) -> str:
        return "say where they go: retired: [{key: ..., migrate_to: ...}]"


@dataclass(frozen=True, kw_only=True)
class RemovalNeedsApproval(Diagnostic):
    """A removal needs an approval of its own

    A removal that no ``retired`` line names is applied only when the apply names it, bound to this
    very plan.
    """

    code: ClassVar[str] = "IX508"
    title: str
    approve: str

    def message(self) -> str:
        return f"{self.title} would be removed, and that needs an approval of its own"

    def hint(self) -> str:
        return f"apply with  --approve {self.approve}"


@dataclass(frozen=True, kw_only=True)
class Blocked(Diagnostic):
    """The target would refuse this change

    Found out by asking before anything is written: a title held by an archived twin, a limit of the
    account's subscription, a definition that only the vendor may change.
    """

    code: ClassVar[str] = "IX509"
    title: str
    why: str
    advice: str = ""

    def message(self) -> str:
        return f"{self.title}: {self.why}"

    def hint(self) -> str:
        return self.advice


@dataclass(frozen=True, kw_only=True)
class ExternalMissing(Diagnostic):
    """The object that ``external`` names is not there

    The id may be of another account, or the object was removed.
    """

    code: ClassVar[str] = "IX510"
    title: str
    remote_id: str

    def message(self) -> str:
        return f'{self.title} is declared as "{self.remote_id}", which the target does not have'

    def hint(self) -> str:
        return "run `ixia pull` to see the ids, or leave the id out to create it"


@dataclass(frozen=True, kw_only=True)
class ImmutableChanged(Diagnostic):
    """A field that cannot change after creation would have to

    The target fixes it when the object is made. Declare a new object and retire the old one.
    """

    code: ClassVar[str] = "IX511"
    title: str
    field: str
    before: str
    after: str

    def message(self) -> str:
        return (
            f"{self.field} of {self.title} is {self.before} and cannot become {self.after}:"
            " the target fixes it at creation"
        )

    def hint(self) -> str:
        return "declare a new one under another key, or keep the value"


@dataclass(frozen=True, kw_only=True)
class CircularOrder(Diagnostic):
    """Changes wait for each other

    Two objects swap titles, so neither can be written first. Rename one to something else, apply,
    then finish.
    """

    code: ClassVar[str] = "IX512"
    titles: tuple[str, ...]

    def message(self) -> str:
        return f"{' and '.join(self.titles)} wait for each other (they swap titles)"

    def hint(self) -> str:
        return "give one of them another title first, apply, then finish"


@dataclass(frozen=True, kw_only=True)
class LossyChange(Diagnostic):
    """A change may overwrite what the target does not show

    The system's interface cannot return everything that this write replaces, so the loss could not
    be noticed. It needs an approval of its own.
    """

    code: ClassVar[str] = "IX513"
    title: str
    approve: str

    def message(self) -> str:
        return f"{self.title}: the target cannot return all that this write replaces"

    def hint(self) -> str:
        return f"apply with  --approve {self.approve}"


@dataclass(frozen=True, kw_only=True)
class StalePlan(Diagnostic):
    """The target or the configuration changed since the plan was made

    An apply does what was approved, or less. Something else would have to be done now, so nothing
    was written. Look at the differences and plan again.
    """

    code: ClassVar[str] = "IX520"
    differences: tuple[str, ...]

    def message(self) -> str:
        return "the plan no longer fits: " + "; ".join(self.differences)

    def hint(self) -> str:
        return "nothing was written; look, then plan again"


@dataclass(frozen=True, kw_only=True)
class TamperedPlan(Diagnostic):
    """The plan file was changed after it was made

    Its digest does not fit its content. Only a plan that is exactly what was reviewed is applied.
    """

    code: ClassVar[str] = "IX521"
    file: str

    def message(self) -> str:
        return f"{self.file} was changed after it was made"

    def hint(self) -> str:
        return "make a new one with `ixia plan`"


@dataclass(frozen=True, kw_only=True)
class ExpiredPlan(Diagnostic):
    """The plan is too old

    A plan is a picture of the target; an old one is not worth trusting.
    """

    code: ClassVar[str] = "IX522"
    expired_at: str

    def message(self) -> str:
        return f"the plan expired at {self.expired_at}"

    def hint(self) -> str:
        return "plan again"


@dataclass(frozen=True, kw_only=True)
class OtherTarget(Diagnostic):
    """The plan was made for another account

    A plan is bound to one account of one system and is never applied to another.
    """

    code: ClassVar[str] = "IX523"
    planned: str
    actual: str

    def message(self) -> str:
        return f"the plan is for {self.planned}, and this is {self.actual}"

    def hint(self) -> str:
        return "choose the environment that it was made for"


@dataclass(frozen=True, kw_only=True)
class OtherFormat(Diagnostic):
    """The plan was made by another version

    A plan's meaning belongs to the version that made it.
    """

    code: ClassVar[str] = "IX524"
    found: str

    def message(self) -> str:
        return f"the plan has format {self.found}, which this version does not read"

    def hint(self) -> str:
        return "plan again with this version"


@dataclass(frozen=True, kw_only=True)
class UnreadablePlan(Diagnostic):
    """The file is not a plan

    It is not readable, or not something that ``ixia plan --out`` wrote.
    """

    code: ClassVar[str] = "IX526"
    file: str

    def message(self) -> str:
        return f"{self.file} is not a saved plan"

    def hint(self) -> str:
        return "make one with `ixia plan --out FILE`"


@dataclass(frozen=True, kw_only=True)
class NoConsent(Diagnostic):
    """Nobody said yes

    An apply without a saved plan asks on a terminal. Where there is none it needs a saved plan or
    ``--yes``, and a protected environment needs its name: ``--yes production``.
    """

    code: ClassVar[str] = "IX527"
    needed: str

    def message(self) -> str:
        return "nobody approved this apply"

    def hint(self) -> str:
        return self.needed


@dataclass(frozen=True, kw_only=True)
class Locked(Diagnostic):
    """Somebody else is applying

    One apply at a time per target. The lock goes away with the process that holds it; one in git
    that died on another machine is free a minute after its last sign of life.
    """

    code: ClassVar[str] = "IX530"
    holder: str

    def message(self) -> str:
        return f"the state is locked by {self.holder}"

    def hint(self) -> str:
        return "wait until it is done; from a process that hangs, `ixia lock steal` takes it"


@dataclass(frozen=True, kw_only=True)
class BrokenState(Diagnostic):
    """The state cannot be read or written

    Nothing was sent to the target. The previous version stands beside it with the ending
    ``.backup``; losing the state is survivable, since bindings are found again by id and title.
    """

    code: ClassVar[str] = "IX531"
    why: str

    def message(self) -> str:
        return self.why

    def hint(self) -> str:
        return "nothing was written to the target; mend the file or its folder, then run again"


@dataclass(frozen=True, kw_only=True)
class OtherAccountState(Diagnostic):
    """The state belongs to another account

    Bindings of one account mean nothing in another.
    """

    code: ClassVar[str] = "IX532"
    bound: str
    actual: str

    def message(self) -> str:
        return f"the state is of account {self.bound}, and the target is account {self.actual}"

    def hint(self) -> str:
        return "choose the right environment, or another state path"

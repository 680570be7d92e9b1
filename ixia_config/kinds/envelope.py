"""What every policy has in common: the envelope of its document and the metadata in it."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field, StrictBool

from ixia_config.kinds.scalars import Date, Name, Text, Written


class Frozen(BaseModel):
    """A declaration: immutable, and without keys that it does not know."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", populate_by_name=True, use_attribute_docstrings=True
    )


FindingCode = Annotated[
    str, Written("the code of a policy rule, such as IX347", "IX(?:[378][0-9]{2}|4[0-5][0-9])")
]


class Acceptance(Frozen):
    """A finding that somebody answers for until a day; it stays visible in every report."""

    code: FindingCode
    """The finding: a policy rule, never a broken shape or reference"""
    owner: Text | None = None
    """Team or role that answers for it; that of the policy when left out"""
    reason: Text
    """Why it may stand"""
    until: Date
    """First day on which it counts again"""


class FieldOwnership(Frozen):
    """How one field of a policy's objects is kept in the target."""

    part: Text | None = None
    """Key of a stage, a field and so on; every part of the policy when left out"""
    field: Text
    """The field, such as probability or description"""
    mode: Literal["enforce", "observe", "create_only", "ignore", "clear", "additive"]
    """``enforce`` keeps it, ``observe`` only shows differences, ``create_only`` writes it once,
    ``ignore`` never looks at it, ``clear`` keeps it empty, ``additive`` keeps our members only"""


class Hold(Frozen):
    """A place that is left as it is for a time: known drift, or a freeze in an emergency."""

    part: Text | None = None
    """Key of a stage, a field and so on; all of the policy when left out"""
    field: Text | None = None
    """One field of it; all of them when left out"""
    owner: Text
    """Team or role that answers for it"""
    reason: Text
    """Why it may stand"""
    until: Date
    """First day on which it counts again"""


class Metadata(Frozen):
    """Who a policy is and whose it is."""

    name: Name
    """Identity: lower case, digits, hyphens; never changes"""
    title: Text | None = None
    """What people see in the CRM"""
    owner: Text | None = None
    """Team or role that answers for it"""
    description: Text | None = None
    """What it is for"""
    ticket: Text | None = None
    """Why: a reference to the decision"""
    targets: tuple[Name, ...] | None = None
    """Targets that it goes to; all that can hold it when left out"""
    tags: tuple[Text, ...] = ()
    accept: tuple[Acceptance, ...] = ()
    """Findings of ``ixia validate`` that are accepted for a time"""
    ownership: tuple[FieldOwnership, ...] = ()
    """Fields that are not simply kept as written"""
    hold: tuple[Hold, ...] = ()
    """What an apply leaves as it is for a time"""
    protect: StrictBool = False
    """Nothing of it is removed before a plan of its own has lifted this"""


class Envelope(Frozen):
    """One YAML document; each kind narrows ``kind`` and ``spec``."""

    apiVersion: Literal["ixia/v1"]  # noqa: N815  # the key of the language
    kind: str
    metadata: Metadata
    spec: Any = Field()

    sensitive: ClassVar[bool] = False
    supporting: ClassVar[bool] = False
    """Whether other policies use it and no target has to hold it"""

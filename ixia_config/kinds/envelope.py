"""What every policy has in common: the envelope of its document and the metadata in it."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field

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


class Envelope(Frozen):
    """One YAML document; each kind narrows ``kind`` and ``spec``."""

    apiVersion: Literal["ixia/v1"]  # noqa: N815  # the key of the language
    kind: str
    metadata: Metadata
    spec: Any = Field()

    sensitive: ClassVar[bool] = False
    supporting: ClassVar[bool] = False
    """Whether other policies use it and no target has to hold it"""

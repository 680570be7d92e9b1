"""Codes IX470 to IX474: records and tests that cannot be found, read or written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from ixia_config.codes import Diagnostic, Severity, suggestion
from ixia_config.language.codes import quoted


@dataclass(frozen=True, kw_only=True)
class NotARecord(Diagnostic):
    """What shall be explained is not a record.

    A record is a file with its fields, in JSON or YAML, or - for standard input. The fields are
    those of the RecordSchema. What surrounds the record may stand beside it, as in a PolicyTest:
    submitter, stage, rotation, load, absent.

    Bad:
        - region: EMEA
        - region: AMER

    Good:
        region: EMEA
        employees: 5000
    """

    why: str

    code: ClassVar[str] = "IX470"

    def message(self) -> str:
        return f"this cannot be explained: {self.why}"

    def hint(self) -> str:
        return "write the fields of one record, such as region: EMEA"


@dataclass(frozen=True, kw_only=True)
class MissingFields(Diagnostic):
    """A record lacks fields that a policy reads.

    They count as empty, as they would in the CRM: a comparison with an empty field is false. Add
    them where the record has values.

    Bad:
        region: EMEA

    Good:
        region: EMEA
        employees: 5000
    """

    policy: str
    fields: tuple[str, ...]

    code: ClassVar[str] = "IX471"
    severity: ClassVar[Severity] = Severity.WARNING

    def message(self) -> str:
        return f"the record does not have {', '.join(self.fields)}, which {self.policy} reads"

    def hint(self) -> str:
        return "what is missing counts as empty"


@dataclass(frozen=True, kw_only=True)
class NoSuchTest(Diagnostic):
    """A policy or a file of tests that does not exist was named.

    A policy is named by its address, such as RoutingPolicy/inbound-leads, or by its name. Tests
    are documents of kind PolicyTest in the files of the configuration.

    Bad:
        RoutingPolicy/inbound-laeds

    Good:
        RoutingPolicy/inbound-leads
    """

    what: str
    name: str
    known: tuple[str, ...]

    code: ClassVar[str] = "IX472"

    def message(self) -> str:
        return f"there is no {self.what} {quoted(self.name)}"

    def hint(self) -> str:
        return suggestion(self.name, self.known)


@dataclass(frozen=True, kw_only=True)
class NowhereToGo(Diagnostic):
    """A move between stages that the pipeline does not have was asked about.

    Stages are named by key or title: where the record stands with --from (or stage in the
    record), and where it is to go with --to.

    Bad:
        stage: qualified

    Good:
        stage: qualify
    """

    pipeline: str
    stage: str
    option: str
    known: tuple[str, ...]

    code: ClassVar[str] = "IX473"

    def message(self) -> str:
        if not self.stage:
            return f"nothing says which stage of {self.pipeline} is meant by {self.option}"
        return f"the pipeline {self.pipeline} has no stage {quoted(self.stage)}"

    def hint(self) -> str:
        return suggestion(self.stage, self.known) or "stages: " + ", ".join(self.known)


@dataclass(frozen=True, kw_only=True)
class NotWritten(Diagnostic):
    """An expectation cannot be written into its file.

    The file is laid out so that a value cannot be exchanged without touching others, or an
    overlay patches the test. Lay the file out with ixia fmt, or write the expectation by hand.

    Bad:
        cases: [{name: a, given: *lead}]

    Good:
        cases:
          - name: a
            given: {lead: {region: EMEA}}
    """

    why: str

    code: ClassVar[str] = "IX474"

    def message(self) -> str:
        return f"the expectation cannot be written: {self.why}"

    def hint(self) -> str:
        return "write it by hand, or lay the file out with ixia fmt"

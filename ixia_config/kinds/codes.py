"""Codes IX100 to IX109 and IX114: a document that does not have the shape of its kind."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from ixia_config.codes import Diagnostic, suggestion
from ixia_config.language.codes import quoted


def _instead(found: str) -> str:
    return "but there is nothing" if found == "nothing" else f"not {found}"


@dataclass(frozen=True, kw_only=True)
class NotAPolicy(Diagnostic):
    """A document that is no mapping.

    Every document is a policy: apiVersion, kind, metadata and spec.

    Bad:
        - just
        - a list

    Good:
        apiVersion: ixia/v1
        kind: Directory
        metadata: {name: people}
        spec: {}
    """

    code: ClassVar[str] = "IX100"

    def message(self) -> str:
        return "this document is not a policy"

    def hint(self) -> str:
        return "a policy has the keys apiVersion, kind, metadata and spec"


@dataclass(frozen=True, kw_only=True)
class UnknownKey(Diagnostic):
    """A key that this place does not have.

    A misspelt key would otherwise be a rule that silently does nothing.

    Bad:
        apiVersion: ixia/v1
        kind: Directory
        metadata: {name: people, titel: People}
        spec: {}

    Good:
        apiVersion: ixia/v1
        kind: Directory
        metadata: {name: people, title: People}
        spec: {}
    """

    key: str
    known: tuple[str, ...] = ()
    place: str = ""
    belongs: str = ""  # where a key of this name is known

    code: ClassVar[str] = "IX101"

    def message(self) -> str:
        return f"unknown key {quoted(self.key)}{f' in {self.place}' if self.place else ''}"

    def hint(self) -> str:
        if self.belongs:
            return f"it belongs under {self.belongs}"
        return suggestion(self.key, self.known) or "known: " + ", ".join(sorted(self.known))


@dataclass(frozen=True, kw_only=True)
class MissingKey(Diagnostic):
    """A key that this place must have.

    Without it the policy does not say what it has to say.

    Bad:
        apiVersion: ixia/v1
        kind: Directory
        metadata: {title: People}
        spec: {}

    Good:
        apiVersion: ixia/v1
        kind: Directory
        metadata: {name: people, title: People}
        spec: {}
    """

    key: str
    place: str = ""

    code: ClassVar[str] = "IX102"

    def message(self) -> str:
        return f"{quoted(self.key)} is missing{f' in {self.place}' if self.place else ''}"

    def hint(self) -> str:
        return f"add {self.key}:"


@dataclass(frozen=True, kw_only=True)
class WrongValue(Diagnostic):
    """A value that is not written as its place expects it.

    Percentages carry their sign, durations their unit, names are lower case. Numbers, dates and
    times stay exactly what you wrote.

    Bad:
        apiVersion: ixia/v1
        kind: Directory
        metadata: {name: People and Teams}
        spec: {}

    Good:
        apiVersion: ixia/v1
        kind: Directory
        metadata: {name: people-and-teams, title: People and Teams}
        spec: {}
    """

    expected: str
    found: str
    remedy: str = ""

    code: ClassVar[str] = "IX103"

    def message(self) -> str:
        return f"expected {self.expected}, {_instead(self.found)}"

    def hint(self) -> str:
        return self.remedy


@dataclass(frozen=True, kw_only=True)
class WrongShape(Diagnostic):
    """A list where keys belong, keys where a list belongs, or one value where either belongs.

    Lists are written [one, two] or with a dash on each line, keys as key: value.

    Bad:
        apiVersion: ixia/v1
        kind: Directory
        metadata: {name: people}
        spec: {roles: ae}

    Good:
        apiVersion: ixia/v1
        kind: Directory
        metadata: {name: people}
        spec: {roles: [ae]}
    """

    expected: str
    found: str
    remedy: str = ""

    code: ClassVar[str] = "IX104"

    def message(self) -> str:
        return f"expected {self.expected}, {_instead(self.found)}"

    def hint(self) -> str:
        return self.remedy


@dataclass(frozen=True, kw_only=True)
class NotAChoice(Diagnostic):
    """A word that is none of the words that are possible here.

    The words of the language are few, and each has a meaning that plans and checks rely on.

    Bad:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec: {fields: {notes: {type: string}}}

    Good:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec: {fields: {notes: {type: text}}}
    """

    found: str
    known: tuple[str, ...]
    word: str = ""

    code: ClassVar[str] = "IX105"

    def message(self) -> str:
        return f"{self.found} is not possible here"

    def hint(self) -> str:
        near = suggestion(self.word, self.known) if self.word else ""
        known = "known: " + ", ".join(self.known)
        return near if near.startswith("known") else "; ".join(filter(None, (near, known)))


@dataclass(frozen=True, kw_only=True)
class Empty(Diagnostic):
    """Nothing stands where there must be at least one.

    A pipeline has stages, and a record type has fields.

    Bad:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec: {fields: {}}

    Good:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec: {fields: {notes: {type: text}}}
    """

    key: str

    code: ClassVar[str] = "IX106"

    def message(self) -> str:
        return f"{quoted(self.key)} is empty"

    def hint(self) -> str:
        return "it needs at least one"


@dataclass(frozen=True, kw_only=True)
class UnknownKind(Diagnostic):
    """A kind of policy that does not exist.

    The kind decides what a document means; nobody would read this one.

    Bad:
        apiVersion: ixia/v1
        kind: Pipelines
        metadata: {name: new-business}
        spec: {}

    Good:
        apiVersion: ixia/v1
        kind: Directory
        metadata: {name: people}
        spec: {}
    """

    kind: str
    known: tuple[str, ...]

    code: ClassVar[str] = "IX107"

    def message(self) -> str:
        return f"there is no kind {quoted(self.kind)}"

    def hint(self) -> str:
        return suggestion(self.kind, self.known) or "known: " + ", ".join(self.known)


@dataclass(frozen=True, kw_only=True)
class UnsupportedVersion(Diagnostic):
    """A version of the language that this release does not read.

    The version stands for the meaning of the words. There is one so far: ixia/v1.

    Bad:
        apiVersion: ixia/v2
        kind: Directory
        metadata: {name: people}
        spec: {}

    Good:
        apiVersion: ixia/v1
        kind: Directory
        metadata: {name: people}
        spec: {}
    """

    found: str

    code: ClassVar[str] = "IX108"

    def message(self) -> str:
        return f"the version {self.found} of the language is not supported"

    def hint(self) -> str:
        return "write apiVersion: ixia/v1, or use a newer release of Ixia Config"


@dataclass(frozen=True, kw_only=True)
class LiteralSecret(Diagnostic):
    """A secret is written into a file.

    Files go to git, and git forgets nothing. A file names the environment variable or the file
    that holds the secret.

    Bad:
        apiVersion: ixia/v1
        kind: Project
        metadata: {name: acme}
        spec:
          targets:
            crm:
              connector: hubspot
              environments: {production: {account: "1001", token: open-sesame}}

    Good:
        apiVersion: ixia/v1
        kind: Project
        metadata: {name: acme}
        spec:
          targets:
            crm:
              connector: hubspot
              environments: {production: {account: "1001", token: {env: HUBSPOT_TOKEN}}}
    """

    code: ClassVar[str] = "IX109"
    conceals: ClassVar[bool] = True

    def message(self) -> str:
        return "a secret is written out here"

    def hint(self) -> str:
        return (
            "write {env: NAME_OF_THE_VARIABLE} or {file: path} instead, and replace the secret "
            "in the system that issued it: everyone who has this file has seen it"
        )


@dataclass(frozen=True, kw_only=True)
class InvertedDates(Diagnostic):
    """Dates that end before they begin.

    From is the first day, to is the day after the last.

    Bad:
        apiVersion: ixia/v1
        kind: Directory
        metadata: {name: people}
        spec:
          people:
            - {email: ana@acme.example, away: [{from: 2027-01-04, to: 2026-12-20}]}

    Good:
        apiVersion: ixia/v1
        kind: Directory
        metadata: {name: people}
        spec:
          people:
            - {email: ana@acme.example, away: [{from: 2026-12-20, to: 2027-01-04}]}
    """

    start: str
    end: str

    code: ClassVar[str] = "IX114"

    def message(self) -> str:
        return f"{self.end} is not after {self.start}"

    def hint(self) -> str:
        return "to is the day after the last one; for a single day it is the next day"

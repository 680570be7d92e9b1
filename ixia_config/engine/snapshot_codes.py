"""Code IX593: a snapshot that no plan can be made from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from ixia_config.codes import Diagnostic


@dataclass(frozen=True, kw_only=True)
class BadSnapshot(Diagnostic):
    """A snapshot that no plan can be made from

    A snapshot is what one account held at one moment, written by `ixia ci snapshot`. It serves for
    that account, target and environment, and for the version that wrote it.
    """

    code: ClassVar[str] = "IX593"
    file: str
    why: str

    def message(self) -> str:
        return f"{self.file} is no snapshot for this: {self.why}"

    def hint(self) -> str:
        return "write a new one with  ixia ci snapshot"

"""Codes IX880 to IX883: the formula of a metric and its inputs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from ixia_config.codes import Diagnostic, Severity, suggestion
from ixia_config.language.codes import quoted


@dataclass(frozen=True, kw_only=True)
class BrokenFormula(Diagnostic):
    """A formula that cannot be read.

    A formula has names of inputs, numbers, the signs + - * /, abs() and brackets.

    Bad:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec: {fields: {stage: {type: text}}}
        ---
        apiVersion: ixia/v1
        kind: Metric
        metadata: {name: win-rate, owner: revops}
        spec:
          of: deal
          inputs:
            won: {count: records, when: stage == "won"}
            all: {count: records}
          value: won / (all

    Good:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec: {fields: {stage: {type: text}}}
        ---
        apiVersion: ixia/v1
        kind: Metric
        metadata: {name: win-rate, owner: revops}
        spec:
          of: deal
          inputs:
            won: {count: records, when: stage == "won"}
            all: {count: records}
          value: won / all
    """

    problem: str

    code: ClassVar[str] = "IX880"

    def message(self) -> str:
        return f"the formula cannot be read: {self.problem}"

    def hint(self) -> str:
        return "use names of inputs, numbers, + - * /, abs() and brackets"


@dataclass(frozen=True, kw_only=True)
class UnknownInput(Diagnostic):
    """A name in the formula that is no input.

    Every name stands under ``inputs``, with how it is got.

    Bad:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec: {fields: {stage: {type: text}}}
        ---
        apiVersion: ixia/v1
        kind: Metric
        metadata: {name: win-rate, owner: revops}
        spec:
          of: deal
          inputs:
            won: {count: records, when: stage == "won"}
            closed: {count: records, when: 'stage in ["won", "lost"]'}
          value: won / closd

    Good:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec: {fields: {stage: {type: text}}}
        ---
        apiVersion: ixia/v1
        kind: Metric
        metadata: {name: win-rate, owner: revops}
        spec:
          of: deal
          inputs:
            won: {count: records, when: stage == "won"}
            closed: {count: records, when: 'stage in ["won", "lost"]'}
          value: won / closed
    """

    name: str
    known: tuple[str, ...]

    code: ClassVar[str] = "IX881"

    def message(self) -> str:
        return f"{quoted(self.name)} is no input of this metric"

    def hint(self) -> str:
        return suggestion(self.name, self.known) or "declare it under inputs"


@dataclass(frozen=True, kw_only=True)
class OneWay(Diagnostic):
    """An input that is got in no way, or in two.

    An input is a count, filled, distinct, sum, mean, median, smallest, largest, a number or
    another metric.

    Bad:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec: {currency: USD, fields: {amount: {type: money}}}
        ---
        apiVersion: ixia/v1
        kind: Metric
        metadata: {name: deal-size, owner: revops}
        spec:
          of: deal
          unit: money
          inputs:
            size: {mean: amount, median: amount}

    Good:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec: {currency: USD, fields: {amount: {type: money}}}
        ---
        apiVersion: ixia/v1
        kind: Metric
        metadata: {name: deal-size, owner: revops}
        spec:
          of: deal
          unit: money
          inputs:
            size: {median: amount}
    """

    what: str
    ways: tuple[str, ...]
    known: tuple[str, ...]

    code: ClassVar[str] = "IX882"

    def message(self) -> str:
        if not self.ways:
            return f"{self.what} does not say how it is got"
        return f"{self.what} is given in {len(self.ways)} ways: {', '.join(self.ways)}"

    def hint(self) -> str:
        return "give exactly one of " + ", ".join(self.known)


@dataclass(frozen=True, kw_only=True)
class UnusedInput(Diagnostic):
    """An input that the formula does not use.

    It is computed for nothing, and a reader takes it for part of the figure.

    Bad:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec: {fields: {stage: {type: text}}}
        ---
        apiVersion: ixia/v1
        kind: Metric
        metadata: {name: win-rate, owner: revops}
        spec:
          of: deal
          inputs:
            won: {count: records, when: stage == "won"}
            lost: {count: records, when: stage == "lost"}
            all: {count: records}
          value: won / (won + lost)

    Good:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec: {fields: {stage: {type: text}}}
        ---
        apiVersion: ixia/v1
        kind: Metric
        metadata: {name: win-rate, owner: revops}
        spec:
          of: deal
          inputs:
            won: {count: records, when: stage == "won"}
            lost: {count: records, when: stage == "lost"}
          value: won / (won + lost)
    """

    name: str

    code: ClassVar[str] = "IX883"
    severity: ClassVar[Severity] = Severity.WARNING

    def message(self) -> str:
        return f"the formula does not use {quoted(self.name)}"

    def hint(self) -> str:
        return "remove it, or use it in the formula"

"""Codes IX884 to IX888: what a metric takes of its records, and whose it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from ixia_config.codes import Diagnostic, Severity, suggestion
from ixia_config.language.codes import quoted


@dataclass(frozen=True, kw_only=True)
class NotAnAmount(Diagnostic):
    """A field of another type than the figure needs.

    Sums, means and medians are taken of numbers, money, percentages and durations. Periods and
    time spans need dates.

    Bad:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec: {fields: {stage: {type: text}}}
        ---
        apiVersion: ixia/v1
        kind: Metric
        metadata: {name: pipeline-value, owner: revops}
        spec:
          of: deal
          unit: money
          inputs:
            value: {sum: stage}

    Good:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec: {currency: USD, fields: {amount: {type: money}}}
        ---
        apiVersion: ixia/v1
        kind: Metric
        metadata: {name: pipeline-value, owner: revops}
        spec:
          of: deal
          unit: money
          inputs:
            value: {sum: amount}
    """

    name: str
    needed: str
    known: tuple[str, ...]

    code: ClassVar[str] = "IX884"

    def message(self) -> str:
        return f"{quoted(self.name)} is no {self.needed}"

    def hint(self) -> str:
        return f"fields that are: {', '.join(self.known)}" if self.known else ""


@dataclass(frozen=True, kw_only=True)
class UnknownMetric(Diagnostic):
    """A metric that uses another one which is not there, or speaks of other records.

    Bad:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec: {fields: {stage: {type: text}}}
        ---
        apiVersion: ixia/v1
        kind: Metric
        metadata: {name: expected-wins, owner: revops}
        spec:
          of: deal
          unit: count
          inputs:
            open: {count: records, when: stage == "open"}
            rate: {metric: win-rate}
          value: open * rate

    Good:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec: {fields: {stage: {type: text}}}
        ---
        apiVersion: ixia/v1
        kind: Metric
        metadata: {name: expected-wins, owner: revops}
        spec:
          of: deal
          unit: count
          inputs:
            open: {count: records, when: stage == "open"}
            rate: {metric: win-rate}
          value: open * rate
        ---
        apiVersion: ixia/v1
        kind: Metric
        metadata: {name: win-rate, owner: revops}
        spec:
          of: deal
          unit: share
          inputs:
            won: {count: records, when: stage == "won"}
            lost: {count: records, when: stage == "lost"}
          value: won / (won + lost)
    """

    name: str
    of: str
    known: tuple[str, ...]

    code: ClassVar[str] = "IX885"

    def message(self) -> str:
        return f"there is no Metric {quoted(self.name)} of {self.of}"

    def hint(self) -> str:
        return suggestion(self.name, self.known)


@dataclass(frozen=True, kw_only=True)
class MetricCircle(Diagnostic):
    """Metrics that use each other in a circle.

    Bad:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec: {fields: {stage: {type: text}}}
        ---
        apiVersion: ixia/v1
        kind: Metric
        metadata: {name: a, owner: revops}
        spec: {of: deal, inputs: {b: {metric: b}}}
        ---
        apiVersion: ixia/v1
        kind: Metric
        metadata: {name: b, owner: revops}
        spec: {of: deal, inputs: {a: {metric: a}}}

    Good:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec: {fields: {stage: {type: text}}}
        ---
        apiVersion: ixia/v1
        kind: Metric
        metadata: {name: a, owner: revops}
        spec: {of: deal, inputs: {b: {metric: b}}}
        ---
        apiVersion: ixia/v1
        kind: Metric
        metadata: {name: b, owner: revops}
        spec: {of: deal, unit: count, inputs: {deals: {count: records}}}
    """

    circle: tuple[str, ...]

    code: ClassVar[str] = "IX886"

    def message(self) -> str:
        return "this metric uses itself: " + " -> ".join(self.circle)

    def hint(self) -> str:
        return "let one of them count records"


@dataclass(frozen=True, kw_only=True)
class NobodysMetric(Diagnostic):
    """A metric without an owner.

    Two teams will compute it in two ways, and nobody can say which one is right.

    Bad:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec: {fields: {stage: {type: text}}}
        ---
        apiVersion: ixia/v1
        kind: Metric
        metadata: {name: deals}
        spec: {of: deal, unit: count, inputs: {deals: {count: records}}}

    Good:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec: {fields: {stage: {type: text}}}
        ---
        apiVersion: ixia/v1
        kind: Metric
        metadata: {name: deals, owner: revops}
        spec: {of: deal, unit: count, inputs: {deals: {count: records}}}
    """

    name: str

    code: ClassVar[str] = "IX887"
    severity: ClassVar[Severity] = Severity.WARNING

    def message(self) -> str:
        return f"nobody answers for the metric {quoted(self.name)}"

    def hint(self) -> str:
        return "name the team or role under metadata.owner"


@dataclass(frozen=True, kw_only=True)
class NeverInStage(Diagnostic):
    """A stage that no pipeline of these records has.

    Bad:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec: {currency: USD, fields: {amount: {type: money}}}
        ---
        apiVersion: ixia/v1
        kind: Pipeline
        metadata: {name: new-business}
        spec:
          object: deal
          stages:
            - {key: qualify, title: Qualify, probability: 10%}
            - {key: won, title: Closed won, type: won}
            - {key: lost, title: Closed lost, type: lost, reasons: [price]}
        ---
        apiVersion: ixia/v1
        kind: Metric
        metadata: {name: reached-demo, owner: revops}
        spec: {of: deal, unit: count, inputs: {deals: {count: records, ever_in: demo}}}

    Good:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec: {currency: USD, fields: {amount: {type: money}}}
        ---
        apiVersion: ixia/v1
        kind: Pipeline
        metadata: {name: new-business}
        spec:
          object: deal
          stages:
            - {key: qualify, title: Qualify, probability: 10%}
            - {key: won, title: Closed won, type: won}
            - {key: lost, title: Closed lost, type: lost, reasons: [price]}
        ---
        apiVersion: ixia/v1
        kind: Metric
        metadata: {name: reached-qualify, owner: revops}
        spec: {of: deal, unit: count, inputs: {deals: {count: records, ever_in: qualify}}}
    """

    stage: str
    record: str
    known: tuple[str, ...]

    code: ClassVar[str] = "IX888"

    def message(self) -> str:
        return f"no pipeline of {self.record} has a stage {quoted(self.stage)}"

    def hint(self) -> str:
        return suggestion(self.stage, self.known)


@dataclass(frozen=True, kw_only=True)
class PeriodWithoutDate(Diagnostic):
    """A metric by period that does not say which date counts.

    The same deal lies in one quarter by its creation and in another by its closing.

    Bad:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec: {fields: {close_date: {type: date}}}
        ---
        apiVersion: ixia/v1
        kind: Metric
        metadata: {name: deals, owner: revops}
        spec: {of: deal, period: quarter, unit: count, inputs: {deals: {count: records}}}

    Good:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec: {fields: {close_date: {type: date}}}
        ---
        apiVersion: ixia/v1
        kind: Metric
        metadata: {name: deals, owner: revops}
        spec:
          of: deal
          period: quarter
          date: close_date
          unit: count
          inputs: {deals: {count: records}}
    """

    period: str

    code: ClassVar[str] = "IX889"

    def message(self) -> str:
        return f"one figure for each {self.period}, but no date says where a record belongs"

    def hint(self) -> str:
        return "name the field under spec.date, such as close_date"

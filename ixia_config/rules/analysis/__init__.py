"""Proofs about rules: nothing is claimed that a search did not settle or a record does not show."""

from ixia_config.rules.analysis.compare import compare
from ixia_config.rules.analysis.findings import (
    ANYTHING,
    ORDINARY,
    Analysis,
    Answer,
    Change,
    Comparison,
    Domain,
    Finding,
    HitPolicy,
    Kind,
    Limits,
    Outcome,
    Reason,
    Region,
    Rule,
    Side,
    Verdict,
    Witness,
)
from ixia_config.rules.analysis.questions import analyse
from ixia_config.rules.analysis.verbs import (
    always_matches,
    disjoint,
    equivalent,
    implies,
    never_matches,
)

__all__ = [
    "ANYTHING",
    "ORDINARY",
    "Analysis",
    "Answer",
    "Change",
    "Comparison",
    "Domain",
    "Finding",
    "HitPolicy",
    "Kind",
    "Limits",
    "Outcome",
    "Reason",
    "Region",
    "Rule",
    "Side",
    "Verdict",
    "Witness",
    "always_matches",
    "analyse",
    "compare",
    "disjoint",
    "equivalent",
    "implies",
    "never_matches",
]

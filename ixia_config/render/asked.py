"""The answer to one question about conditions."""

from __future__ import annotations

from ixia_config.kinds.proofs.asking import Asked
from ixia_config.render.layout import WIDTH, wrap
from ixia_config.render.plan_json import written
from ixia_config.render.wording import clean
from ixia_config.rules.analysis import Reason, Verdict

_WHY = {
    Reason.BUDGET: "too many cases; install ixia-config[prove]",
    Reason.SOLVER: "the solver gave up",
    Reason.UNCONFIRMED: "arithmetic, two fields at once or the clock are in the way",
}
_SHOWS = {
    "equivalent": "meets only one of them",
    "implies": "meets the first and not the second",
    "disjoint": "meets both",
    "always-matches": "does not meet it",
    "never-matches": "meets it",
}


def asked_text(asked: Asked) -> str:
    """Yes, no with a record that shows it, or unknown with the reason."""
    answer = asked.answer
    question = f"{asked.verb} ({asked.record}): {'  |  '.join(map(clean, asked.conditions))}"
    match answer.verdict:
        case Verdict.YES:
            told = "Yes, for every record."
        case Verdict.NO:
            record = answer.witness.words if answer.witness else "a record"
            told = f"No: a {asked.record} with {clean(record)} {_SHOWS[asked.verb]}."
        case Verdict.UNKNOWN:
            told = f"Unknown: {_WHY[answer.reason or Reason.UNCONFIRMED]}."
    return "\n".join([*wrap(question, WIDTH), told]) + "\n"


def asked_json(asked: Asked) -> str:
    """The same as data."""
    answer = asked.answer
    return written(
        {
            "format": "ixia-answer/1",
            "verb": asked.verb,
            "record": asked.record,
            "conditions": list(asked.conditions),
            "verdict": answer.verdict.value,
            "witness": dict(answer.witness.fields) if answer.witness else None,
            "reason": answer.reason.value if answer.reason else None,
        }
    )

"""One check per knob: under each bad habit an apply ends well, or says that it did not."""

from __future__ import annotations

from collections.abc import Callable

from ixia_config.app.refusal import Refusal
from ixia_config.edges.serve import Drop, Fault, Truncate
from ixia_config.sdk import RemoteError, Request, Response
from ixia_config.testing.checking import expect, nothing_twice, opened
from ixia_config.testing.place import Intercept, Place
from ixia_config.testing.subject import Knob, Subject

Effect = Callable[[], Response]

TOLD = frozenset({Knob.DROPPED, Knob.HOLES, Knob.SCHEMA_CHANGE})
"""Habits with which an apply need not succeed: it must say so, and claim nothing else."""


def endures(subject: Subject, knob: Knob) -> str:
    """How an account with this habit was led to its samples; Broken where it was not."""
    intercept = _intercept(subject, knob)
    with opened(subject, None if intercept else knob) as place:
        place.fault = intercept
        if knob in TOLD:
            return _ends_well_or_says_so(place, subject, knob)
        for files in (subject.samples.start, subject.samples.changed):
            place.write(files)
            tries, why = place.converge()
            expect(not why, f"with {knob}: after {tries} applies {why}")
            nothing_twice(place)
        place.fault = None
    return ""


def _ends_well_or_says_so(place: Place, subject: Subject, knob: Knob) -> str:
    for files in (subject.samples.start, subject.samples.changed):
        place.write(files)
        try:
            report = place.apply()
        except (Refusal, RemoteError) as told:
            return str(told)
        if not report.verified:
            return "the read-back says what is left"
        expect(not place.plan().writes, f"with {knob}: an apply called itself verified too early")
    nothing_twice(place)
    return ""


def _intercept(subject: Subject, knob: Knob) -> Intercept | None:
    """What the kit itself does to answers; None where the sandbox must."""
    match knob:
        case Knob.ERROR_AFTER_COMMIT:
            return _each_third_write(subject, _failed)
        case Knob.TIMEOUT_AFTER_COMMIT:
            return _each_third_write(subject, _dropped)
        case Knob.BROKEN_ANSWER:
            return _each_third_write(subject, _torn)
        case Knob.PAUSE:
            return _pausing({"retry-after": "7"})
        case Knob.PAUSE_UNSAID:
            return _pausing({})
        case (
            Knob.PACE
            | Knob.LIST_LAG
            | Knob.PAGING
            | Knob.FOLD_CASE
            | Knob.DEFAULTS
            | Knob.REORDER
            | Knob.DROPPED
            | Knob.UNIQUE
            | Knob.PARTIAL_BATCH
            | Knob.HOLES
            | Knob.ID_REUSE
            | Knob.SCHEMA_CHANGE
        ):
            return None


def _each_third_write(subject: Subject, spoil: Callable[[Response], Fault]) -> Intercept:
    """The first write and each third after it is done, and its answer is spoilt."""
    seen: list[Request] = []

    def intercept(request: Request, effect: Effect) -> Fault:
        answer = effect()
        if subject.changes_nothing(request) or answer.status >= 300:
            return answer
        seen.append(request)
        return spoil(answer) if len(seen) % 3 == 1 else answer

    return intercept


def _failed(answer: Response) -> Fault:
    return Response(500, {"message": f"not {answer.status}"})


def _dropped(answer: Response) -> Fault:
    del answer
    return Drop()


def _torn(answer: Response) -> Fault:
    return Truncate(answer, keep=1)


def _pausing(headers: dict[str, str]) -> Intercept:
    """Each fourth request is too many, and has no effect."""
    seen: list[Request] = []

    def intercept(request: Request, effect: Effect) -> Fault:
        seen.append(request)
        if len(seen) % 4 == 0:
            return Response(429, {"message": "too many requests"}, headers)
        return effect()

    return intercept


__all__ = ["TOLD", "endures"]

"""Checks of the conversation: paging, errors, lost answers, limits and secrets on the wire."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator

from ixia_config.app.refusal import Refusal
from ixia_config.edges.serve import Drop, Fault, Truncate
from ixia_config.engine import codec
from ixia_config.render import report_json
from ixia_config.sdk import Connector, Json, Kind, Live, Request, Response
from ixia_config.testing.checking import expect, fail, nothing_twice, opened
from ixia_config.testing.place import Intercept, Place
from ixia_config.testing.subject import Knob, NotApplicable, Subject

Effect = Callable[[], Response]


def names_are_found_exactly(subject: Subject) -> None:
    """Odd titles are found again, and two titles have one key only if they are one name."""
    with opened(subject) as place:
        place.lead(subject.samples.odd)
        before = dict(place.ids())
        place.lose_state()
        plan = place.plan()
        writes = [each.id for each in plan.writes]
        expect(not writes and not plan.refused, f"odd titles are not found again: {writes}")
        place.apply(plan)
        expect(before == place.ids(), "odd titles are bound to other objects than before")
        _keys_follow_names(subject, place)


def _keys_follow_names(subject: Subject, place: Place) -> None:
    keys = {title: _keys(subject, place, title) for title in (*_VARIANTS, "Something else")}
    plain, other = keys[_VARIANTS[0]], keys["Something else"]
    telling = [address for address in plain if plain[address] != other[address]]
    expect(telling, "no natural key tells two titles apart")
    for title in _VARIANTS[1:]:
        for address in telling:
            one = plain[address] == keys[title][address]
            told = f'"{title}" and "{_VARIANTS[0]}" of {address}'
            same = subject.same_name(title, _VARIANTS[0])
            expect(one or not same, f"{told} are one name and have two keys")
            expect(not one or same, f"{told} are two names and have one key")


_VARIANTS = (
    "Förderung Süd",
    "förderung süd",
    "FÖRDERUNG SÜD",
    unicodedata.normalize("NFD", "Förderung Süd"),
    "Förderung  Süd",
    "Forderung Sud",
)


def _keys(subject: Subject, place: Place, title: str) -> dict[str, str]:
    place.write(subject.samples.titled(title))
    desired = place.planned().basis.lowered.desired
    return {str(each.address): each.natural_key for each in desired}


def short_reads_are_noticed(subject: Subject) -> None:
    """A read is whole, or it says that it is not, whichever of its answers fails."""
    with opened(subject) as place:
        place.lead(subject.samples.start)
        whole = _resources(place.everything())
        count = _reads(place)
        for number in range(1, min(count, _MOST) + 1):
            for broken in (Response(500), Response(403), None):
                place.fault = _from(number, broken)
                _whole_or_told(place, whole, f"answer {number} of {count} fails ({broken})")
                place.fault = None
                place.elapse(60)
    _pages_are_followed(subject, whole)


_MOST = 8


def _reads(place: Place) -> int:
    before = len(place.arrived)
    place.everything()
    return len(place.arrived) - before


def _from(number: int, broken: Response | None) -> Intercept:
    """From this request on every answer fails; None breaks answers off."""
    seen: list[Request] = []

    def intercept(request: Request, effect: Effect) -> Fault:
        seen.append(request)
        answer = effect()
        if len(seen) < number:
            return answer
        return broken or Truncate(answer, keep=max(1, len(answer.text) // 2))

    return intercept


def _whole_or_told(place: Place, whole: set[tuple[str, str]], when: str) -> None:
    try:
        live = place.everything()
    except Refusal:
        return
    missing = whole - _resources(live)
    expect(not missing or live.incomplete, f"{when}, and the read lacks {sorted(missing)} unsaid")


def _resources(live: Live) -> set[tuple[str, str]]:
    return {(each.type, each.natural_key) for each in live.resources}


def _pages_are_followed(subject: Subject, whole: set[tuple[str, str]]) -> None:
    try:
        small = subject.account(Knob.PAGING)
    except NotApplicable:
        return
    del small
    with opened(subject, Knob.PAGING) as place:
        place.lead(subject.samples.start)
        missing = whole - _resources(place.everything())
        expect(not missing, f"with small pages a read lacks {sorted(missing)}")


def errors_are_classified(subject: Subject) -> None:
    """Every status says what it proves of the effect, with any body and with none."""
    connector = subject.make()
    for status in (*range(200, 227), *range(300, 309), *range(400, 600)):
        for body in _BODIES:
            response = Response(status, json=body)
            for request in (_READ, _WRITE):
                _classified(connector, response, request)


_BODIES: tuple[Json, ...] = (None, {}, {"message": "no"}, [], "text", 7)
_READ = Request("GET", "/x", reads=True)
_WRITE = Request("POST", "/x", json={})


def _classified(connector: Connector, response: Response, request: Request) -> None:
    try:
        error = connector.explain_error(response, request)
    except Exception as crash:  # whatever a stranger's code raises
        fail(f"status {response.status} with {response.json!r} crashes: {crash!r}")
    status = response.status
    if status < 300:
        expect(error is None, f"status {status} is no error")
    elif status >= 400:
        if error is None:
            fail(f"status {status} is taken for a success")
        _proves(error.kind, status, request)


def _proves(kind: Kind, status: int, request: Request) -> None:
    said = f"status {status} to {request.method} is called {kind}"
    if status == 429:
        expect(kind is Kind.THROTTLED, said)
    elif status == 401:
        expect(kind is Kind.UNAUTHORISED, said)
    elif status >= 500 and not request.reads:
        expect(kind is Kind.UNKNOWN, f"{said}, though the change may have been made")
    elif status >= 500:
        expect(kind is not Kind.REJECTED, f"{said}, though it may pass")


def lost_answers_make_no_twin(subject: Subject) -> None:
    """A create whose answer is lost, before or after its effect, ends as one object."""
    for number in range(1, _LOST + 1):
        for after in (True, False):
            with opened(subject) as place:
                place.write(subject.samples.start)
                place.fault = _losing(subject, number, after=after)
                tries, why = place.converge()
                place.fault = None
                told = f"write {number} lost {'after' if after else 'before'} its effect"
                expect(not why, f"{told}: after {tries} tries {why}")
                nothing_twice(place)


_LOST = 3


def _losing(subject: Subject, number: int, *, after: bool) -> Intercept:
    """The answer to one write is lost; everything else goes through."""
    seen: list[Request] = []

    def intercept(request: Request, effect: Effect) -> Fault:
        if not subject.changes_nothing(request):
            seen.append(request)
            if len(seen) == number:
                if after:
                    effect()
                return Drop()
        return effect()

    return intercept


def limits_are_kept(subject: Subject) -> None:
    """No request is sent that the announced limit does not allow."""
    if subject.connector.limits is None:
        raise NotApplicable("the connector declares no limit that its system announces")
    with opened(subject, Knob.PACE) as place:
        for files in (subject.samples.start, subject.samples.changed):
            place.lead(files)
            place.elapse(60)
    refused = [str(each) for each in place.told if each.status == 429]
    expect(not refused, f"{len(refused)} requests were too many: {refused[:2]}")
    expect(any(each.waited for each in place.told), "nothing had to wait: the limit was not met")


def secrets_stay_secret(subject: Subject) -> None:
    """The token is in no plan, state, journal, report or log, though the system repeats it."""
    with opened(subject) as place:
        place.write(subject.samples.start)
        place.fault = _repeating(subject, place.rehearsal.token)
        texts = [codec.dump(place.plan()), *_told_by_apply(place)]
        place.fault = None
        place.lead(subject.samples.start)
        texts += [codec.dump(place.plan()), *map(str, place.told)]
        texts += [
            path.read_text("utf-8", "replace")
            for path in sorted(place.root.rglob("*"))
            if path.is_file()
        ]
    found = [text[:80] for text in texts if place.rehearsal.token in text]
    expect(not found, f"the token stands in {found}")


def _told_by_apply(place: Place) -> Iterator[str]:
    try:
        yield report_json(place.apply())
    except Refusal as refusal:
        yield str(refusal)


def _repeating(subject: Subject, token: str) -> Intercept:
    """Every write is refused with an answer that says the token."""

    def intercept(request: Request, effect: Effect) -> Fault:
        if subject.changes_nothing(request):
            return effect()
        return Response(400, {"message": f"Bearer {token} may not", "category": token})

    return intercept


__all__ = [
    "errors_are_classified",
    "limits_are_kept",
    "lost_answers_make_no_twin",
    "names_are_found_exactly",
    "secrets_stay_secret",
    "short_reads_are_noticed",
]

"""A pull request judged by the branch that it goes to: its plan, its impact, its tests."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from ixia_config import __version__
from ixia_config.app.analysing import analyse
from ixia_config.app.checking import Checked, check
from ixia_config.app.planning import basis_of, unasked
from ixia_config.app.proving import Proved, Wanted, prove
from ixia_config.app.refusal import Refusal, refusing
from ixia_config.app.reviewing_codes import LinkedRecords, TargetMoved
from ixia_config.app.session import Judging, Session
from ixia_config.app.simulating import Wish, simulate
from ixia_config.app.simulating_codes import NoSuchRevision
from ixia_config.edges.disk import atomic_write
from ixia_config.edges.records import Source
from ixia_config.edges.revision import NoRevision, revision
from ixia_config.engine import snapshot as snapshots
from ixia_config.engine import state as states
from ixia_config.engine.codes import UnreadablePlan
from ixia_config.engine.snapshot import Answered, Snapshot, recorded
from ixia_config.exits import Exit
from ixia_config.kinds.project.spec import Environment, Target
from ixia_config.model import Address, Plan
from ixia_config.render.comment_analysis import Analysis
from ixia_config.sdk.connector import Live, Scope
from ixia_config.simulate.impact import Impact

_LARGEST = 64 * 1024 * 1024


@contextmanager
def base_of(checked: Checked, name: str, *, now: datetime) -> Iterator[Checked]:
    """The configuration at the revision that a change goes to; it may have errors of its own."""
    try:
        with revision(checked.root, name) as found:
            yield check(found.root, environment=checked.environment, today=now.date())
    except NoRevision as error:
        raise Refusal(Exit.INVALID, NoSuchRevision(why=str(error))) from None


def touched(head: Checked, base: Checked) -> frozenset[Address]:
    """The policies whose text is not what it was: new, changed or gone."""
    after, before = _texts(head), _texts(base)
    return frozenset(
        address for address in {*after, *before} if after.get(address) != before.get(address)
    )


def _texts(checked: Checked) -> Mapping[Address, object]:
    return {each.address: each.document.tree for each in checked.configuration}


def judged_by(session: Session, base: Checked) -> Session:
    """The session under the rules of the base; Refusal where the change moves its target.

    So neither the token nor the rules are chosen by whoever is judged.
    """
    if _declared(base, session) != _declared(session.checked, session):
        moved = TargetMoved(target=session.target, environment=session.environment)
        raise Refusal(Exit.DENIED, moved)
    return under(session, base)


def under(session: Session, base: Checked) -> Session:
    """The session under the rules of the base, for a plan that no token is sent for."""
    return replace(session, judging=Judging(base.configuration, touched(session.checked, base)))


def _declared(checked: Checked, session: Session) -> tuple[str, Environment] | None:
    """The connector and the account of a target, as a version of the files has them."""
    project = checked.project
    targets: Mapping[str, Target] = project.body.spec.targets if project else {}
    target = targets.get(session.target)
    environment = target.environments.get(session.environment) if target else None
    return (target.connector, environment) if target and environment else None


def impact_of(
    checked: Checked, sources: Mapping[str, Source], base: str, *, now: datetime
) -> Impact | None:
    """What the change would have done to these records; None without any.

    Refusal where a link of the repository stands for a file of records.
    """
    for each in sources.values():
        if _linked(checked.root, each.file):
            raise Refusal(Exit.DENIED, LinkedRecords(file=each.file))
    return simulate(checked, Wish(sources, now, base)) if sources else None


def _linked(root: Path, file: str) -> bool:
    """Whether a file is a link, or lies behind one, that the repository could hold."""
    here = root.absolute()
    top = next((each for each in (here, *here.parents) if (each / ".git").exists()), here)
    path = Path.cwd() / file.removeprefix("duckdb:").partition("#")[0]
    parts = (path, *path.parents)
    return any(each.is_symlink() for each in parts if each != top and each.is_relative_to(top))


def analysis_of(checked: Checked, base: str, *, now: datetime) -> Analysis:
    """What is proved about the rules; against a base, also what the change of them changes."""
    with refusing():
        found = analyse(checked, (), today=now.date(), against=base)
    titles = {each.address: each.title for each in checked.configuration}
    told = found.checked
    return Analysis(found.diagnostics, found.proofs, found.changes, told.sources, titles)


def proof_of(checked: Checked) -> Proved:
    """What came of every test of the configuration."""
    return prove(checked, Wanted())


def taken(session: Session) -> Snapshot:
    """What the account answers now to everything that a plan could read."""
    session.checked.sound()
    answers: dict[str, Answered] = {}
    with refusing(), session.driver(writes=False) as driver:
        state = session.state()
        identity = driver.run(recorded(session.connector.identify(), answers))
        session.identify(driver)
        for everything in (False, True):
            scope = Scope(everything, session.configuration, state.ids, identity)
            driver.run(recorded(session.connector.read(scope), answers))
    return Snapshot(
        target=session.target,
        environment=session.environment,
        connector=session.connector.name,
        account=session.declared.account,
        taken_at=session.clock.now().isoformat(timespec="seconds"),
        tool_version=__version__,
        state=states.dump(state),
        answers=answers,
    )


def write_snapshot(snapshot: Snapshot, file: Path) -> None:
    """Save it; Refusal where its folder cannot be written."""
    try:
        atomic_write(file, snapshots.dump(snapshot))
    except OSError as error:
        why = f"{file} ({error.strerror})"
        raise Refusal(Exit.USAGE, UnreadablePlan(file=why)) from None


def read_snapshot(file: Path, session: Session) -> Snapshot:
    """A saved snapshot of this very account; Refusal for any other."""
    connector = session.connector.name
    place = (session.target, session.environment, connector, session.declared.account)
    try:
        with file.open("rb") as stream:
            text = stream.read(_LARGEST).decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise Refusal(Exit.STALE, UnreadablePlan(file=f"{file} ({error})")) from None
    with refusing():
        return snapshots.fitting(snapshots.load(text, file=str(file)), file=str(file), place=place)


def plan_from(session: Session, snapshot: Snapshot) -> Plan:
    """The plan as it would have been when the snapshot was taken; nothing is asked or sent.

    It knows neither records nor authors of edits, and only shows what would be done.
    """
    session.checked.sound()
    with refusing():
        state = states.load(snapshot.state)
        identity = session.identify(snapshot)
        scope = Scope(configuration=session.configuration, bound=state.ids, identity=identity)
        live: Live = snapshot.run(session.connector.read(scope))
        return unasked(session, basis_of(session, live, state))


__all__ = [
    "analysis_of",
    "base_of",
    "impact_of",
    "judged_by",
    "plan_from",
    "proof_of",
    "read_snapshot",
    "taken",
    "touched",
    "under",
    "write_snapshot",
]

"""What is wrong with a set-up: one finding per thing that a plan needs, each with what to do."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ixia_config.app.checking import Checked, check
from ixia_config.app.refusal import Refusal, refusing
from ixia_config.app.session import kept, open_session, targets_of
from ixia_config.codes import Diagnostic
from ixia_config.edges.connectors import installed
from ixia_config.edges.files import find_root
from ixia_config.edges.secrets import permission_hint
from ixia_config.kinds.project.spec import Environment
from ixia_config.sdk.connector import Scope


@dataclass(frozen=True, slots=True)
class Examined:
    """One thing that was looked at: well, or what is wrong and what to do."""

    what: str
    well: bool
    detail: str = ""
    advice: str = ""


def examine(start: Path, *, environ: Mapping[str, str], today: date) -> Iterator[Examined]:
    """Look at the set-up from the inside out; what depends on something broken is left out."""
    version = ".".join(map(str, sys.version_info[:3]))
    new = sys.version_info >= (3, 11)
    yield Examined("Python", well=new, detail=version, advice="install Python 3.11 or newer")
    yield from _connectors()
    try:
        with refusing():
            root = find_root(start)
            checked = check(root, today=today)
    except Refusal as refusal:
        yield from _refused("repository", refusal)
        return
    yield _repository(checked)
    for target in targets_of(checked, None):
        yield from _target(checked, target, environ, today)


def _connectors() -> Iterator[Examined]:
    catalogue = installed()
    known = ", ".join(catalogue.connectors)
    yield Examined("connectors", well=bool(known), detail=known, advice="install Ixia Config again")
    for diagnostic in catalogue.diagnostics:
        detail = diagnostic.said()
        yield Examined("connectors", well=False, detail=detail, advice=diagnostic.advised())


def _repository(checked: Checked) -> Examined:
    count = len(checked.errors)
    if count:
        detail = f"{count} {'error' if count == 1 else 'errors'} in {checked.root}"
        return Examined("repository", well=False, detail=detail, advice="run `ixia validate`")
    detail = f"{len(checked.configuration)} policies in {checked.root}"
    return Examined("repository", well=True, detail=detail)


def _target(
    checked: Checked, target: str, environ: Mapping[str, str], today: date
) -> Iterator[Examined]:
    project = checked.project
    if project is None:
        return
    for name, environment in sorted(project.body.spec.targets[target].environments.items()):
        what = f"{target}, {name}"
        yield from _permissions(what, environment, checked.root)
        yield from _state(checked, target, name, what)
        try:
            yield _reached(checked, target, name, environ, what, today)
        except Refusal as refusal:
            yield from _refused(what, refusal)


def _permissions(what: str, environment: Environment, root: Path) -> Iterator[Examined]:
    if warning := permission_hint(environment.token, root=root):
        yield Examined(what, well=False, detail=warning)


def _state(checked: Checked, target: str, environment: str, what: str) -> Iterator[Examined]:
    """Whether the state can be read, and this user may write it."""
    what = f"{what}, state"
    try:
        with refusing():
            store = kept(checked, environment=environment, target=target).store
            store.prove()
    except Refusal as refusal:
        yield from _refused(what, refusal)
        return
    yield Examined(what, well=True, detail=store.place)


def _reached(
    checked: Checked,
    target: str,
    environment: str,
    environ: Mapping[str, str],
    what: str,
    today: date,
) -> Examined:
    """Ask the account who it is and read it, which finds missing scopes; look at the state."""
    seen = check(checked.root, environment=environment, today=today)
    with (
        open_session(seen, environment=environment, target=target, environ=environ) as session,
        refusing(),
        session.driver(writes=False) as driver,
    ):
        identity = session.identify(driver)
        scope = Scope(configuration=session.configuration, bound=session.state().ids)
        live = driver.run(session.connector.read(scope))
        if live.incomplete:
            detail = "; ".join(live.incomplete)
            return Examined(what, well=False, detail=detail, advice="widen the token's scopes")
        return Examined(what, well=True, detail=identity.title or identity.account)


def _refused(what: str, refusal: Refusal) -> Iterator[Examined]:
    diagnostics: tuple[Diagnostic, ...] = refusal.diagnostics
    for diagnostic in diagnostics:
        yield Examined(what, well=False, detail=diagnostic.said(), advice=diagnostic.advised())


__all__ = ["Examined", "examine"]

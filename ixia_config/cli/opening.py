"""From a place that the user named to a checked configuration and an open session."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

from ixia_config.app import Checked, Session, check, open_session
from ixia_config.app.checking import check_everywhere
from ixia_config.app.refusal import refusing
from ixia_config.cli.options import Place
from ixia_config.cli.terminal import Terminal
from ixia_config.edges.clock import system_clock
from ixia_config.edges.exchange import Exchange
from ixia_config.edges.files import find_root
from ixia_config.edges.secrets import Secret


def today() -> date:
    """The date by which people come and go and versions start."""
    return system_clock().now().astimezone().date()


def root_of(place: Place) -> Path:
    """The folder of ``ixia.yaml``; Refusal without one."""
    with refusing():
        return find_root(place.directory)


def checked(place: Place) -> Checked:
    """The configuration as this environment sees it."""
    with refusing():
        root, pay = root_of(place), place.show_pay
        return check(root, environment=place.environment, today=today(), show_pay=pay)


def judged(place: Place) -> Checked:
    """The configuration with what is wrong in the named environment, or in any of them."""
    if place.environment is not None:
        return checked(place)
    with refusing():
        return check_everywhere(root_of(place), today=today(), show_pay=place.show_pay)


@contextmanager
def opened(place: Place, shown: Terminal) -> Iterator[Session]:
    """One target, ready to be read; Refusal where the files have errors."""
    with open_session(
        checked(place).sound(),
        environment=place.environment,
        target=place.target,
        environ=os.environ,
        observe=_log(place, shown),
    ) as session:
        yield _overlaid(session, place)


@contextmanager
def without_token(place: Place) -> Iterator[Session]:
    """One target that is never asked anything: for a plan from a snapshot."""
    with open_session(
        checked(place).sound(),
        environment=place.environment,
        target=place.target,
        environ={},
        token=Secret("no token is used"),
    ) as session:
        yield _overlaid(session, place)


def _overlaid(session: Session, place: Place) -> Session:
    """The only environment there is was meant without being named; its overlay counts as well."""
    if place.environment is not None:
        return session
    named = replace(place, environment=session.environment)
    return replace(session, checked=checked(named).sound())


def _log(place: Place, shown: Terminal) -> Callable[[Exchange], None]:
    def log(exchange: Exchange) -> None:
        if place.debug:
            shown.note(f"{exchange}\n")

    return log


def title(session: Session) -> str:
    """The account in words, before it has answered."""
    return f"{session.connector.title} {session.environment} {session.declared.account}"

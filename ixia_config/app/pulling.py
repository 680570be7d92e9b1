"""Pull: an existing account becomes YAML that plans to nothing, and the state that binds it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from ixia_config.app.applying import Order, apply
from ixia_config.app.checking import Checked, check
from ixia_config.app.codes import FileInTheWay
from ixia_config.app.planning import plan
from ixia_config.app.refusal import Refusal, refusing
from ixia_config.app.session import Session
from ixia_config.edges.disk import atomic_write
from ixia_config.exits import Exit
from ixia_config.kinds.registry import kinds
from ixia_config.language.edit import write
from ixia_config.model import Address, Plan, Result
from ixia_config.sdk.connector import Scope


@dataclass(frozen=True, slots=True)
class Pulled:
    """What a pull wrote: the files, what was declared already, and what YAML cannot say.

    ``plan`` is the plan right after it, whose writes should be none.
    """

    files: tuple[str, ...]
    declared: tuple[Address, ...]
    lost: tuple[str, ...]
    plan: Plan


def pull(session: Session) -> Pulled:
    """Write what the account has and no policy declares; nothing of the user's is overwritten."""
    session.checked.sound()
    with refusing(), session.driver(writes=False) as driver:
        scope = Scope(everything=True, identity=session.identify(driver))
        live = driver.run(session.connector.read(scope))
    lifted = session.connector.lift(live)
    bound = set(session.state().bindings)
    known = {policy.address for policy in session.checked.configuration} | bound
    fresh, declared = _split(lifted.documents, known)
    files = {_file(document): _text(session, document) for document in fresh}
    faults = _faults(session, files)
    files = {
        name: _text(session, _accepting(document, faults.get(name, ()), session))
        for document in fresh
        if (name := _file(document))
    }
    _write_all(session.checked.root, files)
    after = _bound(session)
    return Pulled(tuple(sorted(files)), tuple(sorted(declared)), lifted.lost, after)


def _split(
    documents: Sequence[Mapping[str, Any]], known: set[Address]
) -> tuple[list[Mapping[str, Any]], list[Address]]:
    fresh, declared = [], []
    for document in documents:
        address = Address(document["kind"], document["metadata"]["name"])
        if address in known:
            declared.append(address)
        else:
            fresh.append(document)
    return fresh, declared


def _file(document: Mapping[str, Any]) -> str:
    """``pipelines/new-business.yaml``: one policy a file, one folder a kind."""
    slug = kinds()[document["kind"]].slug
    folder = slug[:-1] + "ies" if slug.endswith("y") else slug + "s"
    return f"{folder}/{document['metadata']['name']}.yaml"


def _text(session: Session, document: Mapping[str, Any]) -> str:
    """The file's text, with the line that gives editors the schema where the repository has it."""
    schema = f"schemas/v1/{kinds()[document['kind']].slug}.schema.json"
    known = (session.checked.root / schema).is_file()
    hint = f"# yaml-language-server: $schema=../{schema}\n" if known else ""
    comment = f"# Pulled from {session.connector.title} account {session.declared.account}.\n"
    return hint + comment + write(dict(document))


def _faults(session: Session, files: Mapping[str, str]) -> Mapping[str, tuple[str, ...]]:
    """The policy rules that the account breaks today, by file."""
    found = session.checked.with_files(files, today=session.today)
    faults: dict[str, set[str]] = {}
    for each in found.errors:
        if each.mark is not None and each.mark.file in files and each.code.startswith("IX3"):
            faults.setdefault(each.mark.file, set()).add(each.code)
    return {name: tuple(sorted(codes)) for name, codes in faults.items()}


def _accepting(
    document: Mapping[str, Any], codes: Sequence[str], session: Session
) -> Mapping[str, Any]:
    """The document with its faults accepted for a quarter: an old account is seldom sound."""
    if not codes:
        return document
    until = str(session.today + _GRACE)
    reason = f"as it was in {session.connector.title}"
    accept = [{"code": code, "reason": reason, "until": until} for code in codes]
    return {**document, "metadata": {**document["metadata"], "accept": accept}}


_GRACE = timedelta(days=90)


def _write_all(root: Path, files: Mapping[str, str]) -> None:
    """All files or none: the first look is for files in the way."""
    taken = [name for name in sorted(files) if (root / name).exists()]
    if taken:
        raise Refusal(Exit.INVALID, *(FileInTheWay(file=name) for name in taken))
    for name, text in sorted(files.items()):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        atomic_write(root / name, text)


def _bound(session: Session) -> Plan:
    """Bind what the new files name, which writes our state only; then plan again."""
    checked = _again(session)
    session = replace(session, checked=checked)
    before = plan(session)
    if before.changes and not before.writes and not before.refused:
        apply(session, Order(before, tell=_silently))
        return plan(session)
    return before


def _again(session: Session) -> Checked:
    checked = session.checked
    return check(checked.root, environment=checked.environment, today=session.today)


def _silently(result: Result, number: int, total: int) -> None:
    """Nobody watches a pull bind what it found."""

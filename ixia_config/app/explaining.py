"""Decide one record that somebody hands over, and say why."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from ixia_config.app.checking import Checked
from ixia_config.app.refusal import Refusal
from ixia_config.codes import Diagnostic, Severity, in_order
from ixia_config.exits import Exit
from ixia_config.kinds import Policy
from ixia_config.kinds.conditions import catalogue
from ixia_config.kinds.pipeline.manner import find
from ixia_config.kinds.pipeline.spec import Pipeline
from ixia_config.kinds.policy_test.answers import Answer, Question
from ixia_config.kinds.policy_test.codes.finding import (
    MissingFields,
    NoSuchTest,
    NotARecord,
    NowhereToGo,
)
from ixia_config.kinds.policy_test.question import SURROUNDINGS, question, split
from ixia_config.kinds.policy_test.records import problems
from ixia_config.kinds.policy_test.run import titled
from ixia_config.kinds.policy_test.spec import Given
from ixia_config.kinds.policy_test.subjects.every import SUBJECTS, Subject, in_force
from ixia_config.language import Document, Source, load
from ixia_config.model import Mark

LARGEST = 1024 * 1024
_PAIR = re.compile(r"\\u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})")


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody wants explained: policies or a record type, a record, and when."""

    topics: tuple[str, ...]
    file: str
    now: datetime
    submitter: str = ""
    stage: str = ""
    to: str = ""


@dataclass(frozen=True, slots=True)
class Explained:
    """What the policies decide about a record; ``remarks`` are about the record itself."""

    record: str
    now: datetime
    answers: tuple[Answer, ...]
    remarks: tuple[Diagnostic, ...]
    sources: dict[str, Source]


def explain_record(checked: Checked, asked: Asked) -> Explained:
    """The decisions of a sound configuration; Refusal with places where the record is wrong."""
    chosen = list(_chosen(checked, asked))
    document = _read(asked.file)
    kind = chosen[0][1].body.spec.object
    given, values = _given(checked, asked, document, kind)
    answers: list[Answer] = []
    for subject, policy in chosen:
        if subject.kind is Pipeline:
            given = _placed(asked, given, policy)
        whole = _owned(
            question(checked.configuration, given, kind, asked.now, to=asked.to), answers
        )
        answers.append(subject.ask(checked.configuration, policy, whole))
    remarks = tuple(_unsaid(checked, document, values, chosen))
    sources = {asked.file: document.source}
    return Explained(titled(kind, values), asked.now, tuple(answers), remarks, sources)


def _owned(asked: Question, answers: Sequence[Answer]) -> Question:
    """A record without an owner belongs to whoever routing has just given it to."""
    found = (each.facts.get("person") for each in answers if each.subject == "routing")
    person = next(filter(None, found), None)
    if person is None or "owner" not in asked.record or asked.record["owner"] is not None:
        return asked
    return replace(asked, record={**asked.record, "owner": person})


def _chosen(checked: Checked, asked: Asked) -> Iterator[tuple[Subject, Policy[Any]]]:
    """The policies that were named, or all that decide about a record type."""
    configuration, day = checked.configuration, asked.now.date()
    found: dict[str, tuple[Subject, Policy[Any]]] = {}
    for topic in asked.topics:
        before = len(found)
        for subject in SUBJECTS.values():
            for policy in configuration.of(subject.kind):
                if not _meant(topic, policy, subject, asked):
                    continue
                version = in_force(configuration, subject.kind, policy.name, day)
                found[str(policy.address)] = (subject, version or policy)
        if len(found) == before:
            raise Refusal(Exit.USAGE, NoSuchTest(what="policy", name=topic, known=_known(checked)))
    kinds = {policy.body.spec.object for _, policy in found.values()}
    if len(kinds) > 1:
        text = " and ".join(sorted(kinds))
        raise Refusal(Exit.USAGE, NotARecord(why=f"the policies are for different records: {text}"))
    yield from found.values()


def _meant(topic: str, policy: Policy[Any], subject: Subject, asked: Asked) -> bool:
    """Whether a topic means a policy; a record type means moves only where one is asked about."""
    if topic == str(policy.address):
        return True
    if topic != policy.body.spec.object:
        return False
    if subject.kind is not Pipeline:
        return True
    return all(find(policy.body.spec, stage) for stage in (asked.to, asked.stage or asked.to))


def _known(checked: Checked) -> tuple[str, ...]:
    kinds = tuple(subject.kind for subject in SUBJECTS.values())
    policies = [each for each in checked.configuration if isinstance(each.body, kinds)]
    return tuple(map(str, (each.address for each in policies)))


def _read(file: str) -> Document:
    """The record as a document with places; JSON is read as the YAML that it is."""
    try:
        data = sys.stdin.buffer.read(LARGEST + 1) if file == "-" else _bytes(Path(file))
        text = _PAIR.sub(_joined, data.decode("utf-8-sig"))
    except OSError as error:
        why = (error.strerror or type(error).__name__).lower()
        raise Refusal(Exit.INVALID, NotARecord(mark=Mark(file, 1, 1), why=why)) from None
    except UnicodeDecodeError:
        raise Refusal(Exit.INVALID, NotARecord(mark=Mark(file, 1, 1), why="is no text")) from None
    if len(data) > LARGEST:
        raise Refusal(Exit.INVALID, NotARecord(mark=Mark(file, 1, 1), why="is larger than 1 MiB"))
    loaded = load(file, text)
    if any(each.severity is Severity.ERROR for each in loaded.diagnostics):
        raise Refusal(Exit.INVALID, *loaded.diagnostics, sources=loaded.sources)
    if len(loaded.documents) != 1 or not isinstance(loaded.documents[0].tree, dict):
        why = "is not one record with its fields"
        raise Refusal(Exit.INVALID, NotARecord(mark=Mark(file, 1, 1), why=why))
    return loaded.documents[0]


def _bytes(file: Path) -> bytes:
    with file.open("rb") as opened:
        return opened.read(LARGEST + 1)


def _joined(pair: re.Match[str]) -> str:
    """One character that JSON wrote as two escapes."""
    high, low = int(pair[1], 16), int(pair[2], 16)
    return chr(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00))


def _given(
    checked: Checked, asked: Asked, document: Document, kind: str
) -> tuple[Given, dict[str, Any]]:
    """The record with what surrounds it; a file may hold the bare fields, or a whole ``given``."""
    tree: Any = document.tree
    wrapped = kind in tree and isinstance(tree[kind], dict)
    whole = tree if wrapped else {kind: tree}
    beside = {"submitter": asked.submitter, "stage": asked.stage}
    whole = {**whole, **{key: value for key, value in beside.items() if value}}
    path = (kind,) if wrapped else ()
    fields = catalogue(checked.configuration).records[kind]
    try:
        given = Given.model_validate(whole, by_alias=True, by_name=False)
        values = dict(split(given, given.records[kind], fields).values)
    except ValidationError as error:
        what = str(error.errors(include_url=False)[0]["loc"][0])
        mark = document.mark((*path, what))
        why = f"{what} is not written as ixia test expects it"
        raise Refusal(Exit.INVALID, NotARecord(mark=mark, why=why)) from None
    found = in_order(problems(document, path, values, checked.configuration, kind))
    if found:
        raise Refusal(Exit.INVALID, *found, sources={document.file: document.source})
    return given, values


def _placed(asked: Asked, given: Given, policy: Policy[Any]) -> Given:
    """The record in a stage that the pipeline has, to go to another one."""
    records = given.records.values()
    inside = next((str(each["stage"]) for each in records if each.get("stage")), "")
    stage = given.stage or inside
    keys = tuple(each.key for each in policy.body.spec.stages)
    for name, what in ((stage, "--from"), (asked.to, "--to")):
        if find(policy.body.spec, name) is None:
            raise Refusal(
                Exit.USAGE, NowhereToGo(pipeline=policy.name, stage=name, option=what, known=keys)
            )
    return given.model_copy(update={"stage": stage})


def _unsaid(
    checked: Checked,
    document: Document,
    values: dict[str, Any],
    chosen: Sequence[tuple[Subject, Policy[Any]]],
) -> Iterator[Diagnostic]:
    """Fields that the conditions of a policy read and the record does not have."""
    for subject, policy in chosen:
        read = subject.reads(checked.configuration, policy)
        absent = sorted({path.partition(".")[0] for path in read} - set(values))
        if absent:
            mark = document.mark(())
            yield MissingFields(mark=mark, policy=policy.name, fields=tuple(absent))


__all__ = ["SURROUNDINGS", "Asked", "Explained", "explain_record"]

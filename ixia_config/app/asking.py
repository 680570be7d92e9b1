"""Answer one question about conditions that stand in the files or were typed."""

from __future__ import annotations

import re
from datetime import date

from ixia_config.app.checking import Checked
from ixia_config.app.refusal import Refusal
from ixia_config.exits import Exit
from ixia_config.kinds.conditions import catalogue
from ixia_config.kinds.policy_test.codes.finding import NoSuchTest
from ixia_config.kinds.proofs.asking import WANTED, Asked, answered, rule_names, rule_of
from ixia_config.kinds.proofs.codes.asking import ConditionsWanted
from ixia_config.model import Address
from ixia_config.rules import Typed, read

_RULE = re.compile(r"[A-Z][A-Za-z]*/[a-z0-9][a-z0-9-]*#\S+")


def ask(checked: Checked, verb: str, about: tuple[str, ...], record: str, *, today: date) -> Asked:
    """The answer; Refusal where a condition cannot be read or a rule is unknown."""
    rules = [_rule(checked, each) if _RULE.fullmatch(each) else None for each in about]
    records = {each.record for each in rules if each is not None} | ({record} if record else set())
    if len(about) != WANTED[verb] or len(records) != 1:
        known = tuple(sorted(catalogue(checked.configuration).records))
        found = ConditionsWanted(verb=verb, wanted=WANTED[verb], given=len(about), known=known)
        raise Refusal(Exit.USAGE, found)
    [of] = records
    typed = (rule or _typed(checked, text, of) for rule, text in zip(rules, about, strict=True))
    return answered(checked.configuration, verb, tuple(typed), today)


def _rule(checked: Checked, name: str) -> Typed:
    found = rule_of(checked.configuration, Address.parse(name))
    if found is None:
        known = rule_names(checked.configuration)
        raise Refusal(Exit.USAGE, NoSuchTest(what="rule", name=name, known=known))
    return found


def _typed(checked: Checked, text: str, record: str) -> Typed:
    known = catalogue(checked.configuration)
    if record not in known.records:
        every = tuple(sorted(known.records))
        raise Refusal(Exit.USAGE, NoSuchTest(what="record type", name=record, known=every))
    typed, problems = read(text, known, record)
    if typed is None:
        raise Refusal(Exit.USAGE, *(each.diagnostic for each in problems))
    return typed

"""Gates as Odoo keeps them: domains with the stages in front, and the one line of code of ours.

Only these forms are written, and only these are read back as ours: what somebody changed by hand
shows as it stands, so that a plan names it.
"""

from __future__ import annotations

import ast
import html
import re
from collections.abc import Iterable
from dataclasses import dataclass

_IDS = r"\[([0-9]+(?:, [0-9]+)*)\]"
_PRE = re.compile(rf"\[\('stage_id', 'in', {_IDS}\)\]")
_POST = re.compile(rf"\['&', \('stage_id', 'in', {_IDS}\), (.*)\]", re.DOTALL)
_POST_ALL = re.compile(rf"\[\('stage_id', 'in', {_IDS}\)\]")
_CODE = re.compile(r"raise UserError\((('|\").*)\)\n?", re.DOTALL)
_LONGEST = 20_000


@dataclass(frozen=True, slots=True)
class Condition:
    """The domains of a gate taken apart: stages by database id, and the rest as a domain."""

    leaving: tuple[int, ...]
    entering: tuple[int, ...]
    unmet: str


def before(leaving: Iterable[int]) -> str:
    """The domain of a record before the save; empty where it does not matter."""
    ids = sorted(leaving)
    return f"[('stage_id', 'in', {ids})]" if ids else ""


def after(entering: Iterable[int], unmet: str) -> str:
    """The domain of a record after the save: on these stages, and not as it should be."""
    ids = sorted(entering)
    if not unmet:
        return f"[('stage_id', 'in', {ids})]"
    return f"['&', ('stage_id', 'in', {ids}), {unmet[1:-1]}]"


def apart(pre: str, post: str) -> Condition:
    """What ``before`` and ``after`` put together; another text whole, as the rest."""
    left = _PRE.fullmatch(pre) if pre else None
    entered = _POST_ALL.fullmatch(post)
    held = _POST.fullmatch(post)
    if (pre and left is None) or not (entered or held):
        return Condition((), (), f"{pre} {post}".strip())
    leaving = _numbers(left[1]) if left else ()
    if entered:
        return Condition(leaving, _numbers(entered[1]), "")
    return Condition(leaving, _numbers(held[1]) if held else (), f"[{held[2]}]" if held else "")


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(each) for each in text.split(", "))


def code(message: str) -> str:
    """The only code that is ever sent: it raises a message, which is a literal in it."""
    return f"raise UserError({message!r})"


def message_in(text: str) -> str:
    """The message that ``code`` wrote; other code shows as it stands."""
    held = _CODE.fullmatch(text.strip())
    if held is None or len(text) > _LONGEST:
        return text
    try:
        found = ast.literal_eval(held[1])
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        return text
    return found if isinstance(found, str) and code(found) == text.strip() else text


def described(source: str) -> str:
    """A condition as the description of an automation."""
    return f"<p>{html.escape(source)}</p>" if source else ""


def source_in(description: str) -> str:
    """The condition in a description."""
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", description)).split())

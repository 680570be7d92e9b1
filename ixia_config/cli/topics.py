"""What ``ixia explain`` tells: codes, exit codes, and decisions about a record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from types import MappingProxyType

import click

from ixia_config.cli.formats import chosen
from ixia_config.cli.options import Place
from ixia_config.cli.terminal import Terminal
from ixia_config.codes import documentation, nearest, registry
from ixia_config.exits import Exit
from ixia_config.render import code_json, code_markdown, code_text
from ixia_config.render.layout import table
from ixia_config.render.style import Style

MEANINGS: Mapping[Exit, str] = MappingProxyType(
    {
        Exit.OK: "Done; there is nothing to complain of.",
        Exit.INTERNAL: "A mistake in ixia itself; please report it.",
        Exit.CHANGES: "There are changes or drift; only with --detailed-exitcode or fmt --check.",
        Exit.INVALID: "The configuration has errors, or a test of its rules failed.",
        Exit.DENIED: "An approval is missing, or a policy says no.",
        Exit.GUARDED: "A guard refused the plan; nothing was written.",
        Exit.STALE: "The plan does not fit: stale, altered, expired or for another account.",
        Exit.LOCKED: "Somebody else is applying, or the lock was lost.",
        Exit.PARTIAL: "Applied in part; plan again to see what is left.",
        Exit.RECOVERY: "The state needs a person's decision first; nothing was attempted.",
        Exit.REMOTE: "The system cannot be reached or its quota is short; nothing was written.",
        Exit.USAGE: "The command was typed wrong.",
        Exit.INTERRUPTED: "Interrupted by Ctrl-C; the journal is clean.",
        Exit.TERMINATED: "Terminated by the system; the journal is clean.",
    }
)


def codes() -> str:
    """Every code and its title."""
    rows = [(code, documentation(cls).title) for code, cls in registry().items()]
    return "\n".join(table(rows)) + "\n"


def exits() -> str:
    """Every exit code and its meaning."""
    rows = [(str(int(each)), MEANINGS[each]) for each in Exit]
    return "\n".join(table(rows)) + "\n"


def coded(topics: Sequence[str], form: str, style: Style) -> str:
    """What codes mean, or one of the lists."""
    if tuple(topics) in (("codes",), ("exits",)):
        return codes() if topics[0] == "codes" else exits()
    return "\n".join(_code(topic, form, style) for topic in topics)


def _code(topic: str, form: str, style: Style) -> str:
    found = registry().get(topic.upper())
    if found is None:
        near = nearest(topic, registry())
        hint = f"; did you mean {near}?" if near else ""
        if "/" in topic:
            hint = " (to explain what a policy decides, add --record FILE)"
        raise click.UsageError(f"there is no code {topic!r}{hint} (ixia explain codes lists all)")
    doc = documentation(found)
    return chosen(
        form,
        text=lambda: code_text(doc, style),
        json=lambda: code_json(doc),
        markdown=lambda: code_markdown(doc),
    )


def decided(
    place: Place,
    shown: Terminal,
    topics: tuple[str, ...],
    *,
    record: str,
    moment: str | None,
    form: str,
    submitter: str,
    stage: str,
    to: str,
) -> None:
    """Say what policies decide about a record; what is doubtful in the record is noted."""
    from ixia_config.app.explaining import Asked, explain_record
    from ixia_config.cli.opening import checked
    from ixia_config.render import diagnostics_text
    from ixia_config.render.explanation import (
        explanation_json,
        explanation_markdown,
        explanation_text,
    )

    asked = Asked(topics, record, _when(moment), submitter, stage, to)
    told = explain_record(checked(place).sound(), asked)
    if told.remarks:
        shown.note(diagnostics_text(told.remarks, told.sources, shown.style))
    shown.say(
        chosen(
            form,
            text=lambda: explanation_text(told.record, told.answers, shown.style),
            json=lambda: explanation_json(told.record, told.now, told.answers),
            markdown=lambda: explanation_markdown(told.record, told.answers),
        )
    )


def _when(moment: str | None) -> datetime:
    """The time that was asked about, else now."""
    from ixia_config.edges.clock import system_clock
    from ixia_config.kinds.policy_test.spec import INSTANT

    if moment is None:
        return system_clock().now().astimezone()
    try:
        return INSTANT.validate_python(moment)
    except ValueError:
        text = f"--at wants a time with its zone, such as 2026-11-23T09:00:00Z, not {moment!r}"
        raise click.UsageError(text) from None

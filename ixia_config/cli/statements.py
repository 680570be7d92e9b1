"""Where pay statements go: to the screen, to a file, or to a file for each person."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

from ixia_config.app.pay_questions import Accounted
from ixia_config.app.paying import Paid, write
from ixia_config.cli.formats import chosen
from ixia_config.cli.terminal import Terminal
from ixia_config.codes import Diagnostic
from ixia_config.render import diagnostics_text
from ixia_config.render.pay_questions import account_json, account_markdown, account_text
from ixia_config.render.payroll import (
    summary_csv,
    summary_json,
    summary_markdown,
    summary_text,
)
from ixia_config.render.statement import statement_text
from ixia_config.render.statement_data import statements_csv, statements_json
from ixia_config.render.statement_markdown import statement_markdown
from ixia_config.render.style import PLAIN, Style
from ixia_config.render.wording import counted

_SUFFIX = {"text": ".txt", "json": ".json", "csv": ".csv", "markdown": ".md"}
_NARROW, _WIDE = 80, 120


def noted(remarks: Sequence[Diagnostic], shown: Terminal) -> None:
    """Say what the files do not tell."""
    if remarks:
        shown.note(diagnostics_text(remarks, {}, shown.style))


def accounted(told: Accounted, shown: Terminal, form: str) -> None:
    """Show why a figure is what it is."""
    shown.say(
        chosen(
            form,
            text=lambda: account_text(told, shown.style, columns=columns()),
            json=lambda: account_json(told),
            markdown=lambda: account_markdown(told),
        )
    )


def told(paid: Paid, shown: Terminal, form: str, output: Path | None, *, show_pay: bool) -> None:
    """Show the statements, or write them."""
    if output is None:
        shown.say(_shown(paid, form, shown.style, show_pay=show_pay))
        return
    one_file = bool(output.suffix) or len(paid.statements) == 1
    texts = {f"statements{_SUFFIX[form]}": _all(paid, form)} if one_file else _each(paid, form)
    written = write(output, texts)
    shown.say(f"{counted(len(paid.statements), 'statements')} written to {output}\n")
    if not show_pay and len(written) > 1:
        shown.say(summary_text(paid.statements, paid.names, shown.style))


def _shown(paid: Paid, form: str, style: Style, *, show_pay: bool) -> str:
    """One statement; or a summary of all, with the statements for those who asked to see pay."""
    if len(paid.statements) == 1 and show_pay:
        return _all(paid, form, style, columns())
    if not show_pay:
        return chosen(
            form,
            text=lambda: summary_text(paid.statements, paid.names, style),
            markdown=lambda: summary_markdown(paid.statements, paid.names),
            json=lambda: summary_json(paid.statements, paid.names),
            csv=lambda: summary_csv(paid.statements, paid.names),
        )
    summary = chosen(
        form,
        text=lambda: summary_text(paid.statements, paid.names, style, show_pay=True) + "\n",
        markdown=lambda: summary_markdown(paid.statements, paid.names, show_pay=True) + "\n",
        json=str,
        csv=str,
    )
    return summary + _all(paid, form, style, columns())


def columns() -> int:
    """How wide the screen is, between 80 and 120; 100 where there is none."""
    if not sys.stdout.isatty():
        return 100
    return min(max(shutil.get_terminal_size().columns, _NARROW), _WIDE)


def _all(paid: Paid, form: str, style: Style = PLAIN, wide: int = 100) -> str:
    found, names = paid.statements, paid.names
    return chosen(
        form,
        text=lambda: "\n".join(statement_text(each, names, style, columns=wide) for each in found),
        markdown=lambda: "\n".join(statement_markdown(each, names) for each in found),
        json=lambda: statements_json(found),
        csv=lambda: statements_csv(found, names),
    )


def _each(paid: Paid, form: str) -> dict[str, str]:
    """A text for each person, by the name of its file."""
    return {
        _file(each.person) + _SUFFIX[form]: _all(Paid((each,), paid.records, paid.names, ()), form)
        for each in paid.statements
    }


def _file(person: str) -> str:
    """The address as a file's name: nothing in it leads to another folder."""
    kept = "".join(each if each.isalnum() or each in "@.-_+" else "_" for each in person)
    return kept.lstrip(".") or "_"

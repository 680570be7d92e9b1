"""What is wrong with a user's files: text for a terminal, JSON, Markdown, GitHub annotations."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ixia_config.codes import Diagnostic, Severity
from ixia_config.language import Source
from ixia_config.model import Mark
from ixia_config.render.excerpt import excerpt
from ixia_config.render.layout import WIDTH, hanging, wrap
from ixia_config.render.markup import block, code, plain, told, whole
from ixia_config.render.plan_json import written
from ixia_config.render.plan_markdown import LIMIT
from ixia_config.render.style import PLAIN, Role, Style
from ixia_config.render.wording import capital, clean, counted, listed

Sources = Mapping[str, Source]


def diagnostics_text(found: Sequence[Diagnostic], sources: Sources, style: Style = PLAIN) -> str:
    """Each with its place, its line and what to do; then how many there are."""
    lines: list[str] = []
    explained: set[str] = set()
    for each in found:
        lines += [*_lines(each, sources, style), *_more(each, explained), ""]
        explained.add(each.code)
    lines += wrap(tally(found) + ".", WIDTH)
    return "\n".join(lines) + "\n"


def _lines(each: Diagnostic, sources: Sources, style: Style) -> Iterator[str]:
    place = f"{clean(each.mark.file)}:{each.mark.line}:{each.mark.column}: " if each.mark else ""
    start = f"{place}{each.severity} {each.code}: "
    head = wrap(start + clean(each.said()), WIDTH)
    yield from (style.paint(_role(each.severity), line) for line in head)
    if each.mark and not _hidden(each):
        yield from excerpt(each.mark, sources)
    if each.related and not _hidden(each):
        yield from related_lines(each)
    if hint := clean(each.advised()):
        yield from hanging("  ", capital(hint))
    if each.mend is not None and not _hidden(each):
        yield f"  Mend:  {clean(each.mend.words)}   (or: ixia analyse --fix)"


def related_lines(each: Diagnostic) -> Iterator[str]:
    """The other places that a finding is about, in columns."""
    names = [clean(other.name) for other in each.related]
    wide = max(map(len, names))
    says = [shortened(clean(other.words)) for other in each.related]
    broad = max(map(len, says))
    for name, words, other in zip(names, says, each.related, strict=True):
        place = f"{clean(other.mark.file)}:{other.mark.line}" if other.mark else ""
        yield f"    {name:{wide}}  {words:{broad}}  {place}".rstrip()


def shortened(text: str, most: int = 56) -> str:
    """A condition that fits beside its place."""
    return text if len(text) <= most else f"{text[: most - 3]}..."


def _hidden(each: Diagnostic) -> bool:
    """Whether the line that it speaks of is not for every reader."""
    return each.conceals or each.personal


def _more(each: Diagnostic, explained: set[str]) -> list[str]:
    return [] if each.code in explained else [f"  More: ixia explain {each.code}"]


def _role(severity: Severity) -> Role:
    match severity:
        case Severity.ERROR:
            return Role.RISK
        case Severity.WARNING:
            return Role.WARNING
        case Severity.INFO:
            return Role.FAINT


def counts(found: Sequence[Diagnostic]) -> Mapping[str, int]:
    """How many there are of each severity."""
    seen = Counter(each.severity for each in found)
    return {severity.value: seen[severity] for severity in Severity}


def tally(found: Sequence[Diagnostic]) -> str:
    """``2 errors and 1 warning in 2 files``."""
    nouns = {"error": "errors", "warning": "warnings", "info": "notes"}
    parts = [counted(count, nouns[each]) for each, count in counts(found).items() if count]
    files = {each.mark.file for each in found if each.mark}
    where = f" in {counted(len(files), 'files')}" if files else ""
    return f"{listed(parts)}{where}" if parts else "nothing is wrong"


def diagnostics_json(found: Sequence[Diagnostic]) -> str:
    """The same as data."""
    values = [diagnostic_values(each) for each in found]
    return written({"diagnostics": values, "counts": dict(counts(found)), "summary": tally(found)})


def diagnostic_values(each: Diagnostic) -> dict[str, Any]:
    """One diagnostic as plain values; what has no place has null for it."""
    mark = each.mark
    return {
        "code": each.code,
        "severity": each.severity.value,
        "message": each.said(),
        "hint": each.advised(),
        "file": mark.file if mark else None,
        "line": mark.line if mark else None,
        "column": mark.column if mark else None,
        "width": mark.width if mark else None,
        **_places(each),
    }


def _places(each: Diagnostic) -> dict[str, Any]:
    """Other places and what mends it, where there are any and everybody may see them."""
    found: dict[str, Any] = {}
    if each.related and not _hidden(each):
        found["related"] = [
            {
                "name": other.name,
                "words": other.words,
                "file": other.mark.file if other.mark else None,
                "line": other.mark.line if other.mark else None,
            }
            for other in each.related
        ]
    if each.mend is not None and not _hidden(each):
        mend = each.mend
        found["mend"] = {"file": mend.file, "value": mend.value, "words": mend.words}
    return found


def diagnostics_markdown(found: Sequence[Diagnostic], sources: Sources) -> str:
    """A list for a pull request."""
    body = whole((diagnostic_bullet(each, sources) for each in found), LIMIT, "findings")
    return "\n".join([f"### Ixia: {tally(found)}", "", *body]) + "\n"


def diagnostic_bullet(each: Diagnostic, sources: Sources) -> list[str]:
    """One diagnostic in a list, with its lines of the file and what mends it."""
    return list(_bullet(each, sources))


def _bullet(each: Diagnostic, sources: Sources) -> Iterator[str]:
    place = f" {code(f'{each.mark.file}:{each.mark.line}')}" if each.mark else ""
    hint = f"; {told(each.advised())}" if each.advised() else ""
    yield f"- {each.severity} **{plain(each.code)}**{place}: {told(each.said())}{hint}"
    shown = excerpt(each.mark, sources) if each.mark and not _hidden(each) else []
    if each.related and shown:
        shown = [*shown, *related_lines(each)]
    if each.mend is not None and shown:
        shown = [*shown, f"  Mend:  {clean(each.mend.words)}   (or: ixia analyse --fix)"]
    if shown:
        yield ""
        yield from ("  " + line for line in block(shown, "text"))
        yield ""


_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def diagnostics_github(found: Sequence[Diagnostic]) -> str:
    """Workflow commands that put each diagnostic beside its line in the pull request."""
    return "".join(_annotation(each) + "\n" for each in found)


def _annotation(each: Diagnostic) -> str:
    hint = f"\n{capital(each.advised())}" if each.advised() else ""
    text = f"{each.said()}{hint}\nMore: ixia explain {each.code}"
    return annotation(_COMMANDS[each.severity], each.code, text, each.mark)


def annotation(command: str, title: str, text: str, mark: Mark | None = None) -> str:
    """One workflow command; user text cannot start another."""
    place = {}
    if mark is not None:
        place = {"file": mark.file, "line": str(mark.line), "col": str(mark.column)}
        place["endColumn"] = str(mark.column + max(mark.width, 1) - 1)
    properties = {**place, "title": title}
    told_of = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
    return f"::{command} {told_of}::{_data(text)}"


def _data(text: str) -> str:
    kept = "\n".join(clean(line) for line in text.split("\n"))
    return kept.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(clean(text)).replace(":", "%3A").replace(",", "%2C")

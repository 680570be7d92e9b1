"""Writes what pages say of the code itself: the codes, and the README's tables (`make docs`)."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from ixia_config.app import Checked, check
from ixia_config.app.planning import coverage
from ixia_config.codes import documentation, registry
from ixia_config.edges.connectors import installed
from ixia_config.kinds.project.spec import Target
from ixia_config.kinds.registry import Kind, kinds
from ixia_config.model import Clause, Level
from ixia_config.render import codes_markdown
from ixia_config.sdk import Connector

_Levels = Mapping[str, Mapping[str, str]]
"""For each kind, the level of each clause"""

ROOT = Path(__file__).parents[1]
_GENERATED = "<!-- Written by `make docs`; edit the docstrings instead. -->\n\n"
_COUNT = re.compile(r" \(\d+\)")
_STRONGEST_FIRST = tuple(Level)
_IN_GENERAL = {
    "a reason on every record that enters": "a close reason on every closed record",
    "a reason on every record that is lost": "a close reason on every closed record",
    "alarm": "warnings and escalations",
    "assignment": "assignments and rotation",
    "breach": "warnings and escalations",
    "business hours": "business time",
    "clock and alarms": "clocks and due times",
    "clocks that run": "clocks and due times",
    "currency": "currency of a pipeline",
    "definition": "definition of a stage",
    "due times": "clocks and due times",
    "exit criteria that nothing checks": "exit criteria",
    "exit criterion": "exit criteria",
    "field": "fields and their choices",
    "fields": "other record types",
    "inactive choices": "choices that are no longer offered",
    "lost as the meaning": "which stage means lost",
    "message": "warnings and escalations",
    "moves from": "allowed moves",
    "no moving back": "allowed moves",
    "no skipping": "allowed moves",
    "probability": "probability of a stage",
    "reapprove_when": "asking again after a change",
    "reasons to choose from on": "close reasons to choose from",
    "records": "other record types",
    "required fields": "required fields of a stage",
    "reroute": "routing again after a breach",
    "retired choice": "moving records off a retired choice",
    "rotation, weights and limits": "assignments and rotation",
    "rule": "rules, in order",
    "stages that records start in": "stages to start in",
    "the clock": "clocks and due times",
    "the owner": "assignments and rotation",
    "where closed records return to": "allowed moves",
    "won as the meaning": "which stage means won",
}


def pages() -> Mapping[Path, str]:
    """Every page that is written from code, with the text that it should have."""
    readme = ROOT / "README.md"
    codes = codes_markdown(documentation(code) for code in registry().values())
    text = between(readme.read_text("utf-8"), "kinds", kinds_table())
    return {
        ROOT / "docs" / "codes.md": _GENERATED + codes,
        readme: between(text, "connectors", connectors_table()),
    }


def between(text: str, name: str, table: str) -> str:
    """The text with what stands between the two comments of this name exchanged."""
    begin, end = f"<!-- table: {name} -->\n", f"<!-- end of table: {name} -->"
    before, _, rest = text.partition(begin)
    return before + begin + table + end + rest.partition(end)[2]


def kinds_table() -> str:
    """The policy kinds, with what each is for."""
    rows = (
        f"| [{kind.name}](schemas/v1/{kind.slug}.schema.json) | {kind.summary} |"
        for kind in kinds().values()
    )
    return _table("| kind | what it declares |", "|---|---|", rows)


def connectors_table() -> str:
    """How well each connector holds each clause of each kind, found by compiling examples/acme."""
    connectors = [found() for found in installed().connectors.values()]
    held = {each.title: _held(each) for each in connectors}
    rows = (
        f"| {kind.name} | {subject} | " + " | ".join(levels) + " |"
        for kind in kinds().values()
        for subject, levels in _rows(kind, tuple(held.values()))
    )
    titles = " | ".join(held)
    return _table(f"| kind | clause | {titles} |", f"|---|---|{'---|' * len(held)}", rows)


def _rows(kind: Kind, held: Sequence[_Levels]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The clauses of one kind, best held first, with one cell for each connector."""
    found = [each.get(kind.name, {}) for each in held]
    whole = kind.slug.replace("-", " ")  # what a connector says that makes nothing of this kind
    subjects = {subject for each in found for subject in each}
    for subject in sorted(
        subjects - {whole} or subjects,
        key=lambda subject: (*(_rank(each.get(subject)) for each in found), subject),
    ):
        words = "all of it" if subject == whole else subject
        yield words, tuple(each.get(subject) or each.get(whole) or "" for each in found)


def _held(connector: Connector) -> _Levels:
    example = check(ROOT / "examples" / "acme", today=date(2026, 11, 22))
    target = next(name for name, each in _targets(example) if each.connector == connector.name)
    lowered = coverage(connector, example.for_target(target), "")
    levels: dict[str, dict[str, set[Level]]] = {}
    for clause in lowered.clauses:
        of_kind = levels.setdefault(clause.address.kind, {})
        of_kind.setdefault(_subject(clause), set()).add(clause.level)
    return {
        kind: {
            subject: " or ".join(level for level in _STRONGEST_FIRST if level in found)
            for subject, found in of_kind.items()
        }
        for kind, of_kind in levels.items()
    }


def _targets(example: Checked) -> Iterable[tuple[str, Target]]:
    return example.project.body.spec.targets.items() if example.project else ()


def _rank(levels: str | None) -> int:
    """The place of the strongest level, for an order from held to not held."""
    return _STRONGEST_FIRST.index(Level(levels.split()[0])) if levels else len(_STRONGEST_FIRST)


def _subject(clause: Clause) -> str:
    """The kind of clause: what its subject says before it names anything of the example."""
    subject = _COUNT.sub("", clause.subject).partition(" of ")[0]
    general = re.split(r' (?=[A-Z"])', subject)[0]
    return _IN_GENERAL.get(general, general)


def _table(head: str, rule: str, rows: Iterable[str]) -> str:
    return "\n".join((head, rule, *rows)) + "\n"


def main() -> None:
    """Write every page."""
    for path, text in pages().items():
        path.write_text(text, "utf-8")


if __name__ == "__main__":
    main()

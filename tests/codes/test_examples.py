"""Every code's documentation holds a bad and a good example, and they behave as they say.

Seam: each range of codes has one function here that turns an example's text into the diagnostics
that a user gets. To cover another range, add its runner to ``RUNNERS``.

An example of several files starts each with a comment that names it: ``# ixia.yaml``.
"""

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date

import pytest

from ixia_config.app.sql_codes import PlanNotInSql
from ixia_config.codes import Diagnostic, documentation, registry
from ixia_config.kinds.check import check
from ixia_config.kinds.comp_plan import sql
from ixia_config.kinds.comp_plan.checks_closed import closed_changes
from ixia_config.kinds.comp_plan.periods import read_period
from ixia_config.kinds.comp_plan.spec import CompPlan
from ixia_config.kinds.parse import configure
from ixia_config.kinds.pipeline.history import Visit, review
from ixia_config.kinds.pipeline.spec import Pipeline
from ixia_config.kinds.proofs import Depth
from ixia_config.language import load
from ixia_config.rules.dialects import DUCKDB

TODAY = date(2026, 11, 22)
FILE = re.compile(r"# ([\w./-]+\.yaml)\n")


def _yaml(text: str) -> Iterable[Diagnostic]:
    return load("example.yaml", text).diagnostics


def _policies(text: str, depth: Depth = Depth.QUICK) -> Iterator[Diagnostic]:
    documents = []
    for part in re.split(r"^---\n", text, flags=re.MULTILINE):
        name = FILE.match(part)
        loaded = load(name[1] if name else "example.yaml", part)
        documents.extend(loaded.documents)
        yield from loaded.diagnostics
    configuration, found = configure(documents)
    yield from found
    yield from check(configuration, TODAY, depth)


def _deep(text: str) -> Iterator[Diagnostic]:
    """What only ``ixia analyse`` tells."""
    yield from _policies(text, Depth.DEEP)


def _records(text: str) -> Iterator[Diagnostic]:
    """An example that ends with comments ``# records.csv`` or ``# history.csv`` and their lines."""
    [document] = [d for d in load("example.yaml", text).documents if d.tree["kind"] == "Pipeline"]
    configuration, _ = configure(load("example.yaml", text).documents)
    pipeline = configuration.get(Pipeline, document.tree["metadata"]["name"])
    name, _, table = text.partition("\n# ")[2].partition("\n")
    rows = list(csv.DictReader(line.removeprefix("# ") for line in table.splitlines()))
    yield from _policies(text)
    if name == "records.csv":
        yield from review(pipeline, configuration, rows)
    else:
        yield from review(pipeline, configuration, [], [Visit(**row) for row in rows])


def _closed(text: str) -> Iterator[Diagnostic]:
    """An example of a configuration before and after a change, in files named so."""
    yield from _policies(text.partition("# after.yaml")[0])
    parts = [(FILE.match(part)[1], part) for part in re.split(r"^---\n", text, flags=re.MULTILINE)]
    before, after = (
        configure([d for file, part in parts if file == name for d in load(file, part).documents])[
            0
        ]
        for name in ("before.yaml", "after.yaml")
    )
    yield from closed_changes(before, after)


def _as_sql(text: str) -> Iterator[Diagnostic]:
    """What keeps a plan from being written as SQL."""
    configuration, _ = configure(load("example.yaml", text).documents)
    for plan in configuration.of(CompPlan):
        found = sql.text(configuration, plan.name, DUCKDB, read_period("2027"))
        if isinstance(found, sql.NotInSql):
            yield PlanNotInSql(
                mark=plan.mark("spec"), plan=found.plan, why="; ".join(found.reasons)
            )


RUNNERS: Mapping[str, Callable[[str], Iterable[Diagnostic]]] = {
    "IX0": _yaml,
    "IX1": _policies,
    "IX2": _policies,
    "IX3": _policies,
    "IX4": _policies,
    "IX7": _policies,
    "IX80": _policies,
    "IX81": _deep,
    "IX82": _policies,
    "IX821": _deep,
    "IX85": _policies,
    "IX87": _policies,
    **dict.fromkeys(("IX380", "IX381", "IX382", "IX383"), _records),
    "IX726": _closed,
    "IX760": _as_sql,
}
# About a record or a test that was named on the command line; tests/cli/test_rules.py has them.
TYPED = frozenset({"IX470", "IX471", "IX472", "IX473", "IX474"})
COVERED = [
    pytest.param(cls, run, id=code)
    for code, cls in registry().items()
    for run in [next((RUNNERS[code[:n]] for n in (5, 4, 3) if code[:n] in RUNNERS), None)]
    if run is not None and code not in TYPED
]


@pytest.mark.parametrize(("cls", "run"), COVERED)
def test_the_bad_example_yields_exactly_its_code(cls, run):
    found = {diagnostic.code for diagnostic in run(documentation(cls).bad)}

    assert {cls.code} == found


@pytest.mark.parametrize(("cls", "run"), COVERED)
def test_the_good_example_yields_nothing(cls, run):
    good = documentation(cls).good

    assert good
    assert [] == [str(diagnostic) for diagnostic in run(good)]


@pytest.mark.parametrize(("cls", "run"), COVERED)
def test_the_documentation_has_a_title_and_a_reason(cls, run):
    doc = documentation(cls)

    assert doc.title.endswith(".")
    assert doc.text


@pytest.mark.parametrize(("cls", "run"), COVERED)
def test_every_message_says_where(cls, run):
    for diagnostic in run(documentation(cls).bad):
        assert re.match(rf"[\w./-]+\.yaml:{diagnostic.mark.line}:", str(diagnostic))

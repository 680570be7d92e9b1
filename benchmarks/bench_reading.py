"""Reading a large, clean repository, next to ruamel's round-trip loader on the same text."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from datetime import date

from ruamel.yaml import YAML

from benchmarks import Row
from benchmarks.repo import large_repo
from ixia_config.kinds import Configuration
from ixia_config.kinds.check import check
from ixia_config.kinds.parse import configure
from ixia_config.language import Loaded, load_all

TODAY = date(2026, 11, 22)


def seconds(work: Callable[[], object], *, times: int) -> float:
    """The shortest of several runs, which is the one that other programs disturbed least."""
    best = float("inf")
    for _ in range(times):
        start = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - start)
    return best


def _round_trip(files: Mapping[str, str]) -> int:
    return sum(1 for text in files.values() for _ in YAML(typ="rt", pure=True).load_all(text))


def _clean(files: Mapping[str, str]) -> Loaded:
    loaded = load_all(files)
    if loaded.diagnostics:
        raise RuntimeError(f"the generated repo has errors, first: {loaded.diagnostics[0]}")
    return loaded


def _typed(files: Mapping[str, str]) -> Configuration:
    configuration, found = configure(load_all(files).documents)
    if found:
        raise RuntimeError(f"the generated repo has errors, first: {found[0]}")
    return configuration


def run() -> Iterator[Row]:
    """Reading into trees, then into typed policies, then with every check across documents."""
    files = large_repo()
    lines = sum(text.count("\n") for text in files.values())
    size = sum(len(text) for text in files.values()) / 1e6
    count = len(_clean(files).documents)
    other = seconds(lambda: _round_trip(files), times=1)
    note = f"{size:.1f} MB, {lines:,} lines, {count} documents"
    yield Row("read a repo", seconds(lambda: load_all(files), times=3), "ruamel.yaml", other, note)
    typed = seconds(lambda: _typed(files), times=3)
    yield Row("read a repo into typed policies", typed, "ruamel.yaml", other, "floor 8, aim 30")
    found = len(check(_typed(files), TODAY))
    whole = seconds(lambda: check(_typed(files), TODAY), times=3)
    yield Row("read and check a repo", whole, "ruamel.yaml", other, f"{found} findings")

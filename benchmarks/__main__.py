"""``python -m benchmarks [NAME...]`` runs every ``bench_*`` module, or the named ones."""

from __future__ import annotations

import importlib
import pkgutil
import sys
from collections.abc import Iterable, Iterator, Sequence

import benchmarks
from benchmarks import Row


def names() -> list[str]:
    """The benchmarks there are."""
    modules = (module.name for module in pkgutil.iter_modules(benchmarks.__path__))
    return sorted(name.removeprefix("bench_") for name in modules if name.startswith("bench_"))


def rows(wanted: Iterable[str]) -> Iterator[Row]:
    """The results of these benchmarks, as they come."""
    for name in wanted:
        yield from importlib.import_module(f"benchmarks.bench_{name}").run()


def line(row: Row) -> str:
    """One row of the table."""
    ours, other = f"{row.ours:.3f} s", f"{row.other_name} {row.other:.3f} s"
    return f"{row.name:<44} {ours:>10} {other:>34} {row.ratio:>8.1f} x  {row.note}".rstrip()


def main(arguments: Sequence[str]) -> int:
    """Print a table; 2 for a benchmark that does not exist."""
    known = names()
    unknown = sorted(set(arguments) - set(known))
    if unknown:
        print(f"no benchmark {', '.join(unknown)}; known: {', '.join(known)}", file=sys.stderr)
        return 2
    print(f"{'what':<44} {'ours':>10} {'other':>34} {'ratio':>10}")
    for row in rows(arguments or known):
        print(line(row), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

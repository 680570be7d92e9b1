"""Which files are about what a person is paid, so that no report repeats what they say."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache

from ixia_config.codes import Diagnostic, nearest
from ixia_config.kinds.registry import kinds
from ixia_config.language import Source

_KIND = re.compile(r"""\bkind["']?\s*:\s*["']?(\w+)""")


def sensitive_files(sources: Mapping[str, Source]) -> frozenset[str]:
    """The files with a document of a sensitive kind.

    A file counts even where it cannot be read, or where the kind is misspelt: a line of it in an
    error message would show the amounts all the same.
    """
    private = _sensitive_kinds()
    named = re.compile("|".join(map(re.escape, sorted(private))) or r"(?!)")
    return frozenset(
        file for file, source in sources.items() if _speaks_of(source.text, named, private)
    )


def discreet(found: Iterable[Diagnostic], sources: Mapping[str, Source]) -> tuple[Diagnostic, ...]:
    """The diagnostics; those of sensitive files say no amount and show no line."""
    files = sensitive_files(sources)
    return tuple(
        replace(each, personal=True) if each.mark is not None and each.mark.file in files else each
        for each in found
    )


def outspoken(
    found: Iterable[Diagnostic], _sources: Mapping[str, Source]
) -> tuple[Diagnostic, ...]:
    """The diagnostics with every amount, for those who asked to see what people are paid."""
    return tuple(replace(each, personal=False) if each.personal else each for each in found)


@cache
def _sensitive_kinds() -> frozenset[str]:
    return frozenset(name for name, kind in kinds().items() if kind.envelope.sensitive)


def _speaks_of(text: str, named: re.Pattern[str], private: frozenset[str]) -> bool:
    if named.search(text):
        return True
    unknown = {word for word in _KIND.findall(text) if word not in kinds()}
    return any(nearest(word, private) for word in unknown)

"""What is proved about the rules of a pull request: the answers first, then findings, folded."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ixia_config.codes import Diagnostic, Severity
from ixia_config.kinds.proofs.changes import PolicyChange
from ixia_config.kinds.proofs.check import Proof
from ixia_config.model import Address
from ixia_config.render.analysis import change_lines, regions, statements
from ixia_config.render.diagnostics import Sources, diagnostic_bullet, tally
from ixia_config.render.layout import fitted
from ixia_config.render.markup import capped, fold, plain, whole
from ixia_config.render.wording import clean, counted
from ixia_config.rules.analysis import Verdict

_SHOWN = 3  # changed regions of one policy that everybody reads
_POLICIES = 8
_LONG = 300  # columns of one of them
PROVED = "Proved for every record that there can be"
_REST = "`ixia analyse` has all"


@dataclass(frozen=True, slots=True)
class Analysis:
    """What is proved of every policy; ``titles`` are what people call them."""

    found: tuple[Diagnostic, ...]
    proofs: tuple[Proof, ...]
    changes: tuple[PolicyChange, ...]
    sources: Sources
    titles: Mapping[Address, str]

    @property
    def quiet(self) -> bool:
        """Whether nothing is doubtful and every rule decides as before."""
        notes = all(each.severity is Severity.INFO for each in self.found)
        return notes and not self.moved and not self.open

    @property
    def moved(self) -> tuple[PolicyChange, ...]:
        """The policies whose rules decide some record otherwise."""
        return self._of(Verdict.NO)

    @property
    def open(self) -> tuple[PolicyChange, ...]:
        """Those of which it is not known."""
        return self._of(Verdict.UNKNOWN)

    @property
    def alike(self) -> tuple[PolicyChange, ...]:
        """Those that decide every record as before."""
        return self._of(Verdict.YES)

    def _of(self, verdict: Verdict) -> tuple[PolicyChange, ...]:
        return tuple(each for each in self.changes if each.books and each.equivalent is verdict)

    def title(self, address: Address) -> str:
        """What people call a policy."""
        return clean(self.titles.get(address, address.name))


def proved(analysis: Analysis) -> list[tuple[str, str]]:
    """Which records are decided otherwise, of all that there can be: a policy, and its sentence.

    Nothing where none are; what is said of no policy alone has an empty name.
    """
    if not analysis.moved and not analysis.open:
        return []
    lines = [line for each in analysis.moved[:_POLICIES] for line in _regions(each, analysis)]
    more = len(analysis.moved) - _POLICIES
    lines += [("", f"and {counted(more, 'more policies')}")] if more > 0 else []
    lines += [(analysis.title(each.address), "not settled") for each in analysis.open]
    if analysis.alike:
        others = counted(len(analysis.alike), "other policies")
        decide = "decides" if len(analysis.alike) == 1 else "decide"
        lines.append(("", f"{others} with rules {decide} every record as before"))
    return lines


def _regions(change: PolicyChange, analysis: Analysis) -> Iterator[tuple[str, str]]:
    title = analysis.title(change.address)
    told = [line for book in change.books for line in regions(book)]
    for line in told[:_SHOWN]:
        yield title, _words(line)
    if len(told) > _SHOWN:
        yield title, f"and {len(told) - _SHOWN:,} more"


def answers(analysis: Analysis) -> list[str]:
    """The same for a comment."""
    lines = [
        f"- **{plain(title)}**: {plain(words)}" if title else f"- {plain(words)}"
        for title, words in proved(analysis)
    ]
    return [f"**{PROVED}**", "", *lines, ""] if lines else []


def _words(line: str) -> str:
    return fitted(line.replace(" -> ", " → "), _LONG)


def details(analysis: Analysis, limit: int) -> list[str]:
    """Findings, what changed policy by policy, and what is certain, for whoever opens it."""
    wrong = any(each.severity is not Severity.INFO for each in analysis.found)
    found = (diagnostic_bullet(each, analysis.sources) for each in analysis.found)
    lines = whole(found, limit // 2, "findings")
    lines += ["", *capped(list(_changed(analysis)), limit // 4, _REST)]
    certain = [f"- {plain(name)}: {plain(words)}" for name, words in statements(analysis.proofs)]
    lines += ["", *capped(certain, limit // 4, _REST)]
    return fold(f"Analysis of the rules: {tally(analysis.found)}", lines, opened=wrong)


def _changed(analysis: Analysis) -> Iterator[str]:
    for each in analysis.changes:
        if lines := list(change_lines(each)):
            yield f"**{plain(str(each.address))}**"
            yield ""
            yield from (f"- {plain(_words(line))}" for line in lines)
            yield ""


__all__ = ["PROVED", "Analysis", "answers", "details", "proved"]

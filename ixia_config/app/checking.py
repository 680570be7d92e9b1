"""Read and judge a repository: its configuration for one environment, and all that is wrong."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from ixia_config.app.refusal import Refusal
from ixia_config.codes import Diagnostic, Severity, in_order
from ixia_config.edges.files import read_folder
from ixia_config.edges.lists import read_lists
from ixia_config.exits import Exit
from ixia_config.kinds import Configuration, Policy
from ixia_config.kinds.check import check as check_configuration
from ixia_config.kinds.parse import configure
from ixia_config.kinds.privacy import discreet, outspoken
from ixia_config.kinds.project.spec import Project
from ixia_config.language import Source, load_all


@dataclass(frozen=True, slots=True)
class Checked:
    """A repository as one environment sees it; ``diagnostics`` are in the order of the files.

    They say what a person is paid only where ``show_pay`` was asked for.
    """

    root: Path
    environment: str | None
    configuration: Configuration
    diagnostics: tuple[Diagnostic, ...]
    sources: Mapping[str, Source] = field(repr=False)
    show_pay: bool = False

    @property
    def project(self) -> Policy[Project] | None:
        """The Project of the repository."""
        return next(iter(self.configuration.of(Project)), None)

    @property
    def errors(self) -> tuple[Diagnostic, ...]:
        """What stops a plan."""
        return tuple(each for each in self.diagnostics if each.severity is Severity.ERROR)

    def sound(self) -> Checked:
        """Itself; Refusal with every diagnostic where there is an error."""
        if self.errors:
            raise Refusal(Exit.INVALID, *self.diagnostics, sources=self.sources)
        return self

    def for_target(self, target: str) -> Configuration:
        """The policies that go to this target."""
        kept = {
            address: policy
            for address, policy in self.configuration.policies.items()
            if (targets := policy.body.metadata.targets) is None or target in targets
        }
        return replace(self.configuration, policies=kept)

    def with_files(self, files: Mapping[str, str], *, today: date) -> Checked:
        """The same repository with these files added, judged without writing them."""
        texts = {name: source.text for name, source in self.sources.items()}
        found = _judged(self.root, {**texts, **files}, (), self.environment, today)
        return found.told(show_pay=self.show_pay)

    def told(self, *, show_pay: bool) -> Checked:
        """The same; what a person is paid is said in diagnostics only where that is asked for."""
        told = outspoken if show_pay else discreet
        return replace(self, diagnostics=told(self.diagnostics, self.sources), show_pay=show_pay)

    @property
    def digest(self) -> str:
        """SHA-256 of what the files say; comments and layout do not count."""
        trees = [[str(each.address), each.document.tree] for each in self.configuration]
        text = json.dumps(trees, sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()


def check(
    root: Path, *, environment: str | None = None, today: date, show_pay: bool = False
) -> Checked:
    """Read every file below the root and judge it; nothing is raised for what users wrote."""
    folder = read_folder(root)
    found = _judged(root, folder.files, folder.diagnostics, environment, today)
    return found.told(show_pay=show_pay)


def check_everywhere(root: Path, *, today: date, show_pay: bool = False) -> Checked:
    """Like ``check`` without an environment, with what is wrong in any of them."""
    plain = check(root, today=today, show_pay=show_pay)
    project = plain.project
    if project is None or project.body.spec.overlays is None:
        return plain
    names = {each for target in project.body.spec.targets.values() for each in target.environments}
    each_one = (
        check(root, environment=name, today=today, show_pay=show_pay) for name in sorted(names)
    )
    found = [one.diagnostics for one in each_one]
    everything = in_order((*plain.diagnostics, *(each for one in found for each in one)))
    return replace(plain, diagnostics=everything)


def _judged(
    root: Path,
    files: Mapping[str, str],
    before: tuple[Diagnostic, ...],
    environment: str | None,
    today: date,
) -> Checked:
    loaded = load_all(files)
    lists = read_lists(root, files.values())
    configuration, shape = configure(loaded.documents, environment=environment, lists=lists)
    found = (*before, *loaded.diagnostics, *shape)
    if not any(each.severity is Severity.ERROR for each in found):
        found = (*found, *check_configuration(configuration, today))
    return Checked(root, environment, configuration, in_order(found), loaded.sources)

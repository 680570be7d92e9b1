"""The stage of the demo: a copy of an example and an account with a past, both thrown away."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from ixia_config.app.sandboxing import Served, sandbox
from ixia_config.edges.clock import system_clock
from ixia_config.edges.shipped import shipped
from ixia_config.language.edit import set_value

EXAMPLE = "acme"
CONNECTOR = "hubspot"
ENVIRONMENT = "sandbox"
TOKEN = "HUBSPOT_SANDBOX_TOKEN"  # noqa: S105  # the variable's name
_BASE_URL = ("spec", "targets", "crm", "environments", ENVIRONMENT, "base_url")


@dataclass(frozen=True, slots=True)
class Stage:
    """A configuration in ``root`` that speaks to an account on this machine."""

    root: Path
    served: Served
    environ: Mapping[str, str] = field(repr=False)

    def meddle(self) -> str:
        """Let someone edit the account behind the tool's back; a sentence that says what."""
        meddle = self.served.rehearsal.meddle
        if meddle is None:
            raise RuntimeError("an account with a past has someone who meddles")
        return meddle(system_clock().now().timestamp())


@contextmanager
def stage(environ: Mapping[str, str]) -> Iterator[Stage]:
    """Copy the example, serve the account, and let the one speak to the other."""
    with TemporaryDirectory(prefix="ixia-demo-") as folder, sandbox(CONNECTOR, demo=True) as served:
        root = Path(folder) / EXAMPLE
        shutil.copytree(shipped("examples", EXAMPLE), root)
        project = root / "ixia.yaml"
        text = set_value(project.read_text("utf-8"), 0, _BASE_URL, served.url)
        project.write_text(text, "utf-8")
        yield Stage(root, served, {**environ, TOKEN: served.rehearsal.token})

"""What ``ixia test`` reads from its options and writes besides its report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path

import click
from pydantic import TypeAdapter, ValidationError

from ixia_config.cli.formats import chosen
from ixia_config.edges.disk import atomic_write
from ixia_config.kinds.policy_test.run import Result
from ixia_config.kinds.scalars import Percent
from ixia_config.render.junit import junit
from ixia_config.render.proof import Proof, proof_github, proof_json, proof_markdown, proof_text
from ixia_config.render.style import Style
from ixia_config.render.wording import counted


def share(text: str | None) -> Decimal | None:
    """``80%`` as a fraction; a usage error for anything else."""
    if text is None:
        return None
    try:
        found: Decimal = TypeAdapter(Percent).validate_python(text)
    except ValidationError:
        raise click.UsageError(f"--min-coverage wants a share such as 80%, not {text!r}") from None
    if not 0 <= found <= 1:
        raise click.UsageError(f"--min-coverage lies between 0% and 100%, not at {text}")
    return found


def written(counts: Mapping[str, int]) -> str:
    """What ``--update`` wrote, in words."""
    if not counts:
        return "Every case expects something; nothing was written.\n"
    return "".join(
        f"{file}: {counted(count, 'expectations')} written; read them before you commit\n"
        for file, count in counts.items()
    )


def saved(results: Sequence[Result], file: Path) -> None:
    """Write the results for a CI system; a usage error where that is not possible."""
    try:
        atomic_write(file, junit(results))
    except OSError as error:
        why = (error.strerror or type(error).__name__).lower()
        raise click.UsageError(f"{file} cannot be written: {why}") from None


def tell(proof: Proof, form: str, style: Style) -> str:
    """The report in the format that was asked for."""
    return chosen(
        form,
        text=lambda: proof_text(proof, style),
        json=lambda: proof_json(proof),
        markdown=lambda: proof_markdown(proof),
        github=lambda: proof_github(proof),
    )

"""``ixia test``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ixia_config.cli.options import A_FILE, Place, on_environment, reports, shows_pay

if TYPE_CHECKING:
    from ixia_config.cli.terminal import Terminal


@click.command(
    short_help="Run the tests of the rules.",
    epilog="""\b
Examples:
  ixia test
  ixia test routing/tests/inbound-leads.yaml
  ixia test --policy RoutingPolicy/inbound-leads
  ixia test --min-coverage 80% --junit results.xml      (in CI)
  ixia test --update      (write what cases do not expect yet)""",
)
@click.argument("files", nargs=-1, type=A_FILE, metavar="[FILES]")
@click.option("--policy", "policies", multiple=True, metavar="KIND/NAME", help="Only this policy.")
@click.option("--min-coverage", "minimum", metavar="SHARE", help="Fail below this, such as 80%.")
@click.option("--update", is_flag=True, help="Write the expectations that cases lack.")
@click.option("--junit", type=A_FILE, metavar="FILE", help="Write the results as JUnit XML, too.")
@reports("text", "json", "markdown", "github")
@shows_pay
@on_environment
def command(
    place: Place,
    shown: Terminal,
    files: tuple[Path, ...],
    policies: tuple[str, ...],
    minimum: str | None,
    junit: Path | None,
    form: str,
    *,
    update: bool,
) -> int:
    """Run the cases of every PolicyTest, or of those in FILES.

    Shows what failed with the reasons of the decision, and which rules, branches and boundaries no
    case touches. Ends with 3 where a case failed or too little is covered. What a named person
    would be paid is *** without --show-pay.
    """
    from ixia_config.app.proving import Wanted, fill, prove
    from ixia_config.cli.opening import checked
    from ixia_config.cli.proofs import saved, share, tell, written
    from ixia_config.exits import Exit
    from ixia_config.kinds.policy_test.personal import without_pay
    from ixia_config.render.proof import Proof

    wanted, least = Wanted(files, policies), share(minimum)
    if update:
        shown.note(written(fill(checked(place).sound(), wanted)))
    done = prove(checked(place).sound(), wanted)
    results = done.results if place.show_pay else without_pay(done.results)
    proof = Proof(results, done.covered, least)
    if junit is not None:
        saved(results, junit)
    shown.say(tell(proof, form, shown.style))
    return Exit.OK if proof.sound else Exit.INVALID

"""A pull request in a local git repository, planned against a rehearsal account over HTTP."""

from contextlib import contextmanager
from dataclasses import replace

from ixia_config.app import check
from ixia_config.app.planning import plan
from ixia_config.app.reporting import Telling, report
from ixia_config.app.reviewing import analysis_of, base_of, impact_of, judged_by, proof_of
from ixia_config.cli.sources import _sources
from ixia_config.render.comment import Material
from ixia_config.render.proof import Proof
from ixia_connectors.hubspot.sandbox import HubSpotSandbox
from tests.app.place import NOW, TODAY, a_place
from tests.cli.review import bookings, committed, deals, edited, git, leads

LINKS = (("The plan", "https://github.com/acme/revenue/actions/runs/7"),)
POLICY = """\
apiVersion: ixia/v1
kind: ChangePolicy
metadata: {name: reviews}
spec:
  rules:
    - key: comp
      when: {kinds: [CompPlan]}
      approve: {roles: [finance]}
      labels: [comp]
    - key: approvals
      when: {kinds: [ApprovalPolicy]}
      approve: {roles: [sales-director]}
      labels: [deal-desk]
"""


@contextmanager
def a_pull_request(folder):
    """The acme example on main and in the account, and its three changes in the working tree."""
    root = committed(folder / "repo")
    with a_place(folder / "account", HubSpotSandbox()) as account:
        file = root / "ixia.yaml"
        file.write_text(file.read_text().replace("http://127.0.0.1:8700", account.url))
        assert replace(account, root=root).apply().verified
        (root / "changes.yaml").write_text(POLICY)
        git(root, "add", "--all")
        git(root, "commit", "--quiet", "--message=a policy about changes")
        yield edited(root), account


def records(folder):
    """The records that the change is tried on."""
    made = {"lead": leads(folder), "deal": deals(folder), "booking": bookings(folder)}
    return [part for kind, file in made.items() for part in ("--records", f"{kind}={file}")]


def reviewed(folder):
    """The material of the comment, and the report, as ``ixia ci review`` makes them."""
    files = tuple(records(folder)[1::2])
    with a_pull_request(folder) as (root, account):
        head = check(root, environment="sandbox", today=TODAY).sound()
        with (
            base_of(head, "main", now=NOW) as base,
            replace(account, root=root).session() as session,
        ):
            made = replace(plan(judged_by(session, base)), digest="7f3a9c" + "0" * 58)
        sources = _sources(files, (), None, None, None, None, None)
        proved = proof_of(head)
        material = Material(
            plans=(made,),
            reviews=made.reviews,
            impact=impact_of(head, sources, "main", now=NOW),
            analysis=analysis_of(head, "main", now=NOW),
            proof=Proof(proved.results, proved.covered),
            links=LINKS,
        )
        telling = Telling(
            NOW, "main", None, made, "plan.json", "main", material.impact, material.analysis
        )
        return material, report(head, telling)

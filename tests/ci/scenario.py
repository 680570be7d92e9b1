"""A pull request in a local git repository, planned against a rehearsal account over HTTP."""

from contextlib import contextmanager
from dataclasses import replace

from ixia_connectors.hubspot.sandbox import HubSpotSandbox
from tests.app.place import a_place
from tests.cli.review import bookings, committed, deals, edited, git, leads

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

"""The acme example goes to a real Node-RED."""

import shutil

from ixia_config.model import Status
from ixia_config.sdk import Rehearsal
from tests.app.example import applied, opened
from tests.live.nodered.server import TITLE


def test_the_example_is_applied_and_then_plans_to_nothing(server, root, tmp_path):
    acme = shutil.copytree(root / "examples" / "acme", tmp_path / "acme")
    rehearsal = Rehearsal(server, TITLE, server.token)
    with opened(acme, "automation", server.url, rehearsal) as session:
        approved, report, left = applied(session)

    assert approved.writes
    assert report.verified
    assert {result.status for result in report.results} == {Status.APPLIED}
    assert () == left

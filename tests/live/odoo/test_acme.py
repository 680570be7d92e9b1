"""The acme example goes to a real Odoo."""

import shutil

from ixia_config.edges.serve import serve
from ixia_config.model import Status
from tests.app.example import applied, opened
from tests.live.odoo.test_conformance import rehearsed


def test_the_example_is_applied_and_then_plans_to_nothing(odoo, root, tmp_path):
    acme = shutil.copytree(root / "examples" / "acme", tmp_path / "acme")
    rehearsal = rehearsed(odoo)
    with serve(rehearsal.sandbox) as url, opened(acme, "erp", url, rehearsal) as session:
        approved, report, left = applied(session)

    assert approved.writes
    assert report.verified
    assert {result.status for result in report.results} == {Status.APPLIED}
    assert () == left

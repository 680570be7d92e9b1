"""One PostgreSQL for the tests of this folder, and a fresh Odoo for each module of them."""

import os

import pytest

from tests.live.odoo.install import NotHereError
from tests.live.odoo.server import cluster, installed, running


@pytest.fixture(scope="session")
def base(tested):
    if "IXIA_LIVE" not in os.environ:
        pytest.skip("LIVE SYSTEM NOT TESTED: make live starts a real Odoo")
    try:
        found = installed()
        tested["odoo"] = f"Odoo {found.version}"
        with cluster(found) as made:
            yield found, made
    except NotHereError as refusal:
        pytest.skip(f"LIVE SYSTEM NOT TESTED: {refusal}")


@pytest.fixture(scope="module")
def odoo(base):
    with running(*base) as server:
        yield server

"""One Node-RED for the tests of this folder; only ``make live`` starts it."""

import os

import pytest

from tests.live.nodered.server import VERSION, running


@pytest.fixture(scope="session")
def server(tested):
    if "IXIA_LIVE" not in os.environ:
        pytest.skip("LIVE SYSTEM NOT TESTED: make live starts a real Node-RED")
    with running() as found:
        tested["nodered"] = f"Node-RED {VERSION}"
        yield found

"""Fixtures of the whole road."""

from __future__ import annotations

import pytest

from ixia_connectors.hubspot.sandbox import HubSpotSandbox, messy_account
from tests.app.place import a_place


@pytest.fixture
def place(tmp_path):
    """A small repository and an empty account."""
    with a_place(tmp_path / "repo", HubSpotSandbox()) as place:
        yield place


@pytest.fixture
def messy(tmp_path):
    """The small repository and an account with a past."""
    sandbox = HubSpotSandbox()
    messy_account(sandbox, deals=300)
    with a_place(tmp_path / "repo", sandbox) as place:
        yield place

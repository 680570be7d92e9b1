"""A fresh account for each test."""

import pytest

from tests.connectors.hubspot.sandbox.account import Account


@pytest.fixture
def account() -> Account:
    return Account()

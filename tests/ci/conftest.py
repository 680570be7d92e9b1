"""A repository with a pull request, a rehearsal account, and the command line between them."""

import pytest

from tests.ci.scenario import reviewed
from tests.cli.conftest import _plain_surroundings, ixia, place

__all__ = ["_plain_surroundings", "ixia", "place"]


@pytest.fixture(scope="session")
def review(tmp_path_factory):
    """What the three changes of the pull request would do, and the report of them."""
    return reviewed(tmp_path_factory.mktemp("review"))


@pytest.fixture
def material(review):
    """What the comment is made of."""
    return review[0]


@pytest.fixture
def page(review):
    """The report."""
    return review[1]

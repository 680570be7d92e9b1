"""A repository with a pull request, a rehearsal account, and the command line between them."""

from tests.cli.conftest import _plain_surroundings, ixia, place

__all__ = ["_plain_surroundings", "ixia", "place"]

"""What all tests share: the project's shared records, and how hypothesis runs."""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).parents[1]

# Machines differ in speed; a slow one finds the same truth.
# The laws try the same cases in every run, so that a run says something about the change at hand;
# IXIA_FUZZ=1 tries others.
settings.register_profile(
    "ixia",
    deadline=None,
    derandomize="IXIA_FUZZ" not in os.environ,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("ixia")


@pytest.fixture(scope="session")
def root() -> Path:
    """The repository's folder."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of shared records and worked examples that lies beside the repository."""
    folder = ROOT.parent / "shared"
    if folder.is_dir():
        return folder
    if os.environ.get("CI"):
        pytest.fail("CI must run with the folder of shared records beside the repository")
    pytest.skip("there is no folder of shared records beside the repository")


def pytest_make_parametrize_id(config: pytest.Config, val: object, argname: str) -> str | None:
    """Short, steady names: processes that share the tests must call each one alike."""
    return argname if isinstance(val, bytes) or (isinstance(val, str) and len(val) > 60) else None

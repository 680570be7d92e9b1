"""A sample of the crash matrix: real processes, killed and disturbed, leave nothing wrong."""

from __future__ import annotations

import subprocess
import sys

import pytest


def sampled(backend: str, every: int) -> subprocess.CompletedProcess[str]:
    """Every so many schedules, in a process of its own: it forks, and must have no threads."""
    command = [sys.executable, "-m", "tests.crash", "--sample", "--jobs", "1"]
    command += ["--backends", backend, "--every", str(every)]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)


@pytest.mark.parametrize(("backend", "every"), [("file", 127), ("git", 101)])
def test_a_sample_of_the_crash_matrix_ends_without_a_fault(backend, every):
    done = sampled(backend, every)

    assert "schedules, 0 with a fault" in done.stdout, done.stdout + done.stderr
    assert 0 == done.returncode

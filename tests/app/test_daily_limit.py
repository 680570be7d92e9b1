"""What the requests that are left today cannot finish is not begun."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ixia_config.app import Refusal
from ixia_config.exits import Exit

LEFT = "x-hubspot-ratelimit-daily-remaining"


def leave(place, requests: int) -> None:
    """The account says that so many requests are left today."""

    def fault(request, go_on):
        answer = go_on()
        return replace(answer, headers={**answer.headers, LEFT: str(requests)})

    place.fault = fault


def test_an_apply_that_cannot_finish_today_is_not_begun(place):
    approved = place.plan()
    leave(place, approved.quota.estimated - 1)

    with pytest.raises(Refusal) as refused:
        place.apply(approved)

    assert refused.value.exit is Exit.REMOTE
    assert "are left today" in str(refused.value)
    assert [] == place.writes()
    assert not list(place.root.glob(".ixia/**/*.jsonl"))  # no run was begun


def test_an_apply_that_just_finishes_today_is_done(place):
    approved = place.plan()
    leave(place, 2 * approved.quota.estimated)

    assert place.apply(approved).verified

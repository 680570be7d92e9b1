"""Which remote id of our choice an object has or gets."""

from __future__ import annotations

from collections.abc import Sequence

from ixia_config.sdk import Address
from ixia_connectors.hubspot.target import Target


def choose(target: Target, type_name: str, chosen: Sequence[str], address: Address) -> str:
    """The id of ours that is there and belongs to no other address; else the first one, made free.

    An id of our choice names its policy, so that what we made is known again without a state file.
    """

    def is_anothers(remote_id: str) -> bool:
        return target.holder(type_name, remote_id) not in (None, address)

    for each in chosen:
        if not is_anothers(each) and target.found(type_name, each) is not None:
            return each
    free, attempt = chosen[0], 2
    while is_anothers(free) or target.found(type_name, free) is not None:
        free = f"{chosen[0]}_{attempt}"
        attempt += 1
    return free

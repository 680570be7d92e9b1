"""The sandbox as the product offers it: an account to rehearse on, or one with a past."""

from __future__ import annotations

from ixia_config.sdk import Rehearsal, Request
from ixia_connectors.hubspot.paths import path as path_of
from ixia_connectors.hubspot.sandbox.app import ACTS_AS, HubSpotSandbox
from ixia_connectors.hubspot.sandbox.seeding import messy_account

_SOMEONE = "lee@acme.example"
_STAGE = path_of("stage", "deals", "default", "decisionmakerboughtin")


def rehearsal(path: str, *, demo: bool) -> Rehearsal:
    """The account in this file; with ``demo`` a new one gets thousands of deals and a past."""
    sandbox = HubSpotSandbox(path)
    unused = sandbox.store.value("SELECT count(*) FROM records") == 0
    if demo and unused:
        messy_account(sandbox)
    token = next(iter(sandbox.profile.tokens))

    def meddle(now: float) -> str:
        """Someone edits the pipeline by hand, as it happens on any day."""
        request = Request(
            "PATCH",
            _STAGE,
            json={"metadata": {"probability": "0.8"}},
            headers=((ACTS_AS, _SOMEONE),),
        )
        answer = sandbox.respond(request, token=token, now=now)
        if answer.status != 200:
            raise RuntimeError(f"the edit was refused: {answer.status} {answer.json}")
        return "Lee Park opens HubSpot and sets the probability of Proposal to 80 %."

    return Rehearsal(sandbox, str(sandbox.profile.account), token, meddle if demo else None)

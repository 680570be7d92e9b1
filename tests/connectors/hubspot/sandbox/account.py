"""An account to send requests to: the sandbox with a token, a clock and short ways to ask."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from ixia_config.sdk.wire import Request, Response
from ixia_connectors.hubspot.sandbox import HubSpotSandbox, Profile

DEALS = "/crm/pipelines/2026-09/deals"
RECORDS = "/crm/objects/2026-09/deals"
PROPERTIES = "/crm/properties/2026-09/deals"
GENEROUS = Profile(ten_secondly=1_000_000, daily=1_000_000, search_per_second=1_000_000)
START = 1_795_000_000.0  # 18 Nov 2026


@dataclass
class Account:
    """A sandbox whose clock the test moves."""

    profile: Profile = GENEROUS
    token: str | None = "sandbox-token"
    now: float = START
    user: str | None = None
    sandbox: HubSpotSandbox = field(init=False)

    def __post_init__(self) -> None:
        self.sandbox = HubSpotSandbox(profile=self.profile)

    def ask(self, method: str, path: str, body: Any = None, **query: str) -> Response:
        headers = () if self.user is None else (("x-sandbox-user", self.user),)
        request = Request(method, path, tuple(query.items()), body, headers)
        return self.sandbox.respond(request, token=self.token, now=self.now)

    def get(self, path: str, **query: str) -> Any:
        """The body of a read that must succeed."""
        return self.sure("GET", path, None, **query)

    def sure(self, method: str, path: str, body: Any = None, **query: str) -> Any:
        """The body of a request that must succeed."""
        response = self.ask(method, path, body, **query)
        assert response.status < 300, response.json
        return response.json

    def refused(self, method: str, path: str, body: Any = None, **query: str) -> tuple[int, str]:
        """Status and category of a request that must fail."""
        response = self.ask(method, path, body, **query)
        assert response.status >= 400, response.json
        return response.status, response.json.get("category", "")

    def labels(self, path: str, **query: str) -> list[str]:
        """The labels of a list, in its order."""
        return [found["label"] for found in self.get(path, **query)["results"]]

    def pipeline(self, *stages: str, name: str = "new", label: str = "New business") -> str:
        """A deal pipeline with these stages (id:probability); its path."""
        body = {
            "label": label,
            "displayOrder": -1,
            "pipelineId": name,
            "stages": [stage(*each.split(":"), order=order) for order, each in enumerate(stages)],
        }
        self.sure("POST", DEALS, body)
        return f"{DEALS}/{name}"

    def deal(self, stage_id: str, pipeline: str = "new", **properties: str) -> str:
        """A deal on a stage; its id."""
        given = {"dealname": "A", "pipeline": pipeline, "dealstage": stage_id, **properties}
        return self.sure("POST", RECORDS, {"properties": given})["id"]


def stage(name: str, probability: str = "0.2", *, order: int = 0) -> dict[str, Any]:
    """A stage input whose label is its id with a capital letter."""
    return {
        "label": name.capitalize(),
        "displayOrder": order,
        "stageId": name,
        "metadata": {"probability": probability},
    }

"""What hurts people who deploy to Node-RED: the same at the real one and at our sandbox."""

from collections.abc import Callable
from typing import Any

from ixia_config.sdk import Response

TAB = {"id": "t", "type": "tab", "label": "x", "disabled": False, "info": ""}
UNKNOWN = {"id": "n", "type": "nobody-has-this", "z": "t", "x": 90, "y": 80, "wires": []}


def all_hazards(sent: Callable[..., Response]) -> None:
    """Show each of them; ``sent`` takes a method, a path and a body."""
    stale_revisions_are_refused(sent)
    no_revision_overwrites_everything(sent)
    revisions_name_the_content(sent)
    posted_tabs_are_never_told_apart(sent)


def flows(sent: Callable[..., Response]) -> dict[str, Any]:
    """Everything that is deployed, and its revision."""
    found = sent("GET", "/flows").json
    assert isinstance(found, dict)
    return found


def stale_revisions_are_refused(sent: Callable[..., Response]) -> None:
    before = flows(sent)
    assert 409 == sent("POST", "/flows", {"rev": "stale", "flows": []}).status
    assert before == flows(sent)


def no_revision_overwrites_everything(sent: Callable[..., Response]) -> None:
    """Also what others had, and with node types that nobody installed."""
    assert 200 == sent("POST", "/flows", {"flows": [TAB, UNKNOWN]}).status
    assert [TAB, UNKNOWN] == flows(sent)["flows"]


def revisions_name_the_content(sent: Callable[..., Response]) -> None:
    first = flows(sent)["rev"]
    again = sent("POST", "/flows", {"rev": first, "flows": [TAB, UNKNOWN]}).json
    assert {"rev": first} == again
    moved = sent("POST", "/flows", {"rev": first, "flows": [{**TAB, "label": "y"}, UNKNOWN]}).json
    assert {"rev": first} != moved


def posted_tabs_are_never_told_apart(sent: Callable[..., Response]) -> None:
    """Three of one name, with ids of Node-RED's own."""
    made = [sent("POST", "/flow", {"id": "sla", "label": "sla", "nodes": []}) for _ in range(3)]
    ids = {each.json["id"] for each in made if isinstance(each.json, dict)}
    assert 3 == len(ids - {"sla"})
    assert 3 == sum(row.get("label") == "sla" for row in flows(sent)["flows"])

"""The nodes around our functions: where messages come in, what ticks, and what answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ixia_config.sdk import Address
from ixia_connectors.nodered.names import node_id

Body = Mapping[str, Any]
OURS = "// Written by Ixia Config from the policy in this tab's description: change that instead.\n"


@dataclass(frozen=True, slots=True)
class Frame:
    """The tab of one policy."""

    policy: Address

    def wires(self, keys: Sequence[str]) -> list[list[str]]:
        """One wire for each output."""
        return [[node_id(self.policy, key)] for key in keys]


def function(frame: Frame, name: str, code: str, *keys: str) -> Body:
    """A function of ours, with an output to each of these nodes."""
    wires = frame.wires(keys)
    return {
        "type": "function",
        "name": name,
        "func": OURS + code,
        "outputs": len(wires),
        "wires": wires,
    }


def entry(frame: Frame, name: str, method: str, url: str, to: str) -> Body:
    """Where messages come in over HTTP."""
    return {
        "type": "http in",
        "name": name,
        "url": url,
        "method": method,
        "wires": frame.wires((to,)),
    }


def answers() -> Mapping[str, Body]:
    """The answer to a message, and the one to a message that makes no sense."""
    return {
        "answer": {"type": "http response", "name": "Answer", "wires": []},
        "refused": {"type": "http response", "name": "Refused", "statusCode": "422", "wires": []},
    }


def ticking(frame: Frame, to: str) -> Body:
    """Every second from the start on: what a restart interrupted goes on with its first tick."""
    return {
        "type": "inject",
        "name": "Every second",
        "props": [{"p": "payload"}],
        "repeat": "1",
        "crontab": "",
        "once": True,
        "onceDelay": 0.1,
        "topic": "",
        "payload": "",
        "payloadType": "date",
        "wires": frame.wires((to,)),
    }


def sending(frame: Frame, to: str) -> Body:
    """A request to the address in ``msg.url``."""
    return {
        "type": "http request",
        "name": "Send to IXIA_WEBHOOK",
        "method": "POST",
        "ret": "txt",
        "paytoqs": "ignore",
        "url": "",
        "tls": "",
        "persist": False,
        "proxy": "",
        "insecureHTTPParser": False,
        "authType": "",
        "senderr": False,
        "headers": [],
        "wires": frame.wires((to,)),
    }

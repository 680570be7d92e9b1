"""Where a token may go: its own system over TLS, or a sandbox on this machine.

A system that people run themselves has no host that a connector could know. Its host is named by
whoever runs the tool, in ``IXIA_HOSTS``, and never by a file: a pull request can change files.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from ipaddress import ip_address

import httpx

from ixia_config.sdk.wire import Kind, RemoteError

HOSTS = "IXIA_HOSTS"


def own_hosts(environ: Mapping[str, str]) -> tuple[str, ...]:
    """The hosts of this person or CI: ``crm.acme.example, desk.acme.example:8443``."""
    return tuple(environ.get(HOSTS, "").lower().replace(",", " ").split())


def origin(
    base_url: str, *, title: str, hosts: Sequence[str], own: Sequence[str] = ()
) -> httpx.URL:
    """The address to send to; RemoteError IX616 for one that must not see the token.

    ``own`` counts only where the connector knows no host itself, and with the port.
    """
    url = _parsed(base_url)
    if url.userinfo or url.query or url.fragment:
        raise _foreign("base_url holds more than an address", "write only https://host")
    if is_loopback(url.host) and url.scheme in ("http", "https"):
        return url
    if not hosts and url.scheme == "https" and _place(url) in own:
        return url
    if not hosts and _place(url) not in own:
        raise _foreign(
            f"base_url names {url.host or 'no host'}, and nobody said that it is yours",
            f"write https://, and name it in the environment, not in a file:"
            f" export {HOSTS}={_place(url) or 'crm.acme.example'}",
        )
    if hosts and url.host not in hosts:
        raise _foreign(
            f"base_url names {url.host or 'no host'}, which is not a host of {title}",
            "leave base_url out, or name a sandbox on this machine",
        )
    if url.scheme != "https" or url.port not in (None, 443):
        raise _foreign(
            f"base_url is not an encrypted address of {title}", f"write https://{url.host}"
        )
    return url


def _place(url: httpx.URL) -> str:
    """The host, with its port where that is not the usual one."""
    return url.host if url.port in (None, 443) else f"{url.host}:{url.port}"


def is_loopback(host: str) -> bool:
    """Whether this name or number is this machine."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _parsed(base_url: str) -> httpx.URL:
    try:
        return httpx.URL(base_url)
    except httpx.InvalidURL:
        raise _foreign("base_url is not an address", "write https://host") from None


def _foreign(message: str, hint: str) -> RemoteError:
    return RemoteError(Kind.UNAVAILABLE, message, code="IX616", hint=hint)

"""What can be wrong with a Project: tokens, accounts, addresses and ownership."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from ixia_config.codes import Diagnostic
from ixia_config.kinds.codes import LiteralSecret
from ixia_config.kinds.policy import Context, Policy
from ixia_config.kinds.project.codes import (
    ShareAboveWhole,
    SharedAccount,
    StateWithoutEffect,
    TokenSource,
    UnknownOwnedKind,
    UnsafeUrl,
)
from ixia_config.kinds.project.spec import Environment, Project
from ixia_config.kinds.registry import kinds
from ixia_config.kinds.scalars import percentage
from ixia_config.kinds.secrets import plausible
from ixia_config.model import Path


def check(policy: Policy[Project], context: Context) -> Iterator[Diagnostic]:
    """Everything that is wrong with a Project."""
    del context  # a Project depends on no other policy and on no day
    yield from _ownership(policy)
    yield from _accounts(policy)
    yield from _state(policy)
    for path, environment in _environments(policy):
        yield from _token(policy, path, environment)
        yield from _url(policy, path, environment)
        if environment.reserve is not None and not 0 <= environment.reserve <= 1:
            yield ShareAboveWhole(
                mark=policy.mark(*path, "reserve"), share=percentage(environment.reserve)
            )
    share = policy.body.spec.guards.max_delete_share
    if not 0 <= share <= 1:
        mark = policy.mark("spec", "guards", "max_delete_share")
        yield ShareAboveWhole(mark=mark, share=percentage(share))


def _environments(policy: Policy[Project]) -> Iterator[tuple[Path, Environment]]:
    for target, declared in policy.body.spec.targets.items():
        for name, environment in declared.environments.items():
            yield ("spec", "targets", target, "environments", name), environment


def _ownership(policy: Policy[Project]) -> Iterator[Diagnostic]:
    known = ("default", *kinds())
    for target, declared in policy.body.spec.targets.items():
        for kind in declared.ownership:
            if kind not in known:
                mark = policy.mark("spec", "targets", target, "ownership", kind, key=True)
                yield UnknownOwnedKind(mark=mark, name=kind, known=known)


def _token(policy: Policy[Project], path: Path, environment: Environment) -> Iterator[Diagnostic]:
    if environment.token.env is not None and not plausible(environment.token.env):
        yield LiteralSecret(mark=policy.mark(*path, "token", "env"))
    given = sum(source is not None for source in (environment.token.env, environment.token.file))
    if given != 1:
        mark = policy.mark(*path, "token", key=True)
        yield TokenSource(mark=mark, environment=str(path[-1]), given=given)


def _accounts(policy: Policy[Project]) -> Iterator[Diagnostic]:
    """One account of one system stands in one environment."""
    seen: dict[tuple[str, str], str] = {}
    targets = policy.body.spec.targets
    for path, environment in _environments(policy):
        target, name = str(path[2]), str(path[-1])
        account = (targets[target].connector, environment.account)
        other = seen.setdefault(account, f"{target}.{name}")
        if other != f"{target}.{name}":
            mark = policy.mark(*path, "account")
            yield SharedAccount(
                mark=mark, environment=f"{target}.{name}", account=environment.account, other=other
            )


def _url(policy: Policy[Project], path: Path, environment: Environment) -> Iterator[Diagnostic]:
    url = environment.base_url
    if url is not None and not _safe(url):
        shown = re.sub(r"//[^/@]*@", "//***@", url)  # never repeat a password
        yield UnsafeUrl(mark=policy.mark(*path, "base_url"), url=shown)


def _safe(url: str) -> bool:
    """Whether a token may go there: encrypted, or not over any network."""
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        return False
    if parts.username is not None or parts.password is not None:
        return False
    return bool(host) and (parts.scheme == "https" or (parts.scheme == "http" and _local(host)))


def _local(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _state(policy: Policy[Project]) -> Iterator[Diagnostic]:
    state = policy.body.spec.state
    idle = "branch" if state.backend == "file" else "path"
    if getattr(state, idle) is not None:
        mark = policy.mark("spec", "state", idle, key=True)
        yield StateWithoutEffect(mark=mark, key=idle, backend=state.backend)

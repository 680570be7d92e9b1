"""The lease on a side branch: who may write, for how long after their last sign of life.

Nobody compares clocks of two machines. A holder trusts its lease by its own clock, and for less
time than others wait. Others find it abandoned when the branch has stood still before their own
eyes for all of that time.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from ixia_config.edges.clock import stamp
from ixia_config.edges.lock import Holder, Signature, parsed_signature
from ixia_config.engine.state import StateProblem

FORMAT = 1
LARGEST = 4096
_LONGEST = 600


@dataclass(frozen=True, slots=True)
class Term:
    """The times of a lease, in seconds.

    A lease is abandoned after ``lasts`` without a sign of life, which its holder gives every
    ``beats``. The holder sends nothing more to a target once its last sign is ``trusted`` old: what
    lies between is for a call that is on its way.
    """

    lasts: float = 60.0
    beats: float = 15.0
    trusted: float = 40.0

    @property
    def notices(self) -> float:
        """How long after a theft its victim may still be calling."""
        return self.beats + self.lasts - self.trusted


@dataclass(frozen=True, slots=True)
class Lease:
    """What the branch says of its lock: whose it is, and the holder's last sign of life.

    ``token`` is known to the holder's machine only: there, a free lock file that has it proves
    that the holder is dead.
    """

    signature: Signature = field(default_factory=Signature)
    token: str = ""
    renewed: str = ""
    lasts: int = 0
    beat: int = 0
    unnoticed: bool = False  # it was stolen, and nobody waited yet for its victim to notice

    @property
    def holder(self) -> Holder | None:
        """Who holds it; None while it is free."""
        return self.signature.holder

    def over(self, now: datetime) -> bool:
        """Whether it looks abandoned by this machine's clock, which makes it worth a look."""
        try:
            renewed = datetime.fromisoformat(self.renewed)
            return not renewed <= now < renewed + timedelta(seconds=self.lasts)
        except (ValueError, TypeError, OverflowError):
            return True


def claimed(before: Lease, holder: Holder, *, token: str, now: datetime, term: Term) -> Lease:
    """The lease of a new holder, one epoch later."""
    signed = Signature(before.signature.epoch + 1, holder, before.signature.stolen)
    return Lease(signed, token, stamp(now), round(term.lasts))


def freed(before: Lease, *, stolen: str = "") -> Lease:
    """The lease that nobody holds; a theft begins an epoch, so that the victim's are over."""
    last = before.signature
    if stolen:
        return Lease(Signature(last.epoch + 1, stolen=stolen), unnoticed=True)
    return Lease(Signature(last.epoch, stolen=last.stolen))


def dump(lease: Lease) -> bytes:
    """A lease as one line of JSON with a checksum."""
    body = {"format_version": FORMAT, **asdict(lease)}
    return f"{_canonical(body | {'sum': _checksum(body)})}\n".encode()


def load(data: bytes | None, place: str) -> Lease:
    """Read what ``dump`` wrote; StateProblem for anything else, since a guess could let two in."""
    if data is None:
        return Lease()
    try:
        raw = json.loads(data)
        found = raw["format_version"]
        if found != FORMAT and type(found) is int:
            raise StateProblem(
                f"the lock in {place} has format {found}; this version reads {FORMAT}"
            )
        lease = _parsed(raw)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        lease = None
    if lease is None or dump(lease) != data:
        raise StateProblem(f"the lock in {place} cannot be read; `ixia lock steal` replaces it")
    return lease


def _canonical(value: object) -> str:
    return json.dumps(value, sort_keys=True)


def _checksum(body: Mapping[str, Any]) -> str:
    return hashlib.sha256(_canonical(body).encode()).hexdigest()[:16]


def _parsed(raw: Mapping[str, Any]) -> Lease:
    words = {name: raw[name] for name in ("token", "renewed")}
    numbers = {name: raw[name] for name in ("lasts", "beat")}
    if not all(isinstance(word, str) for word in words.values()):
        raise ValueError(words)
    if not all(type(number) is int and 0 <= number < 2**53 for number in numbers.values()):
        raise ValueError(numbers)
    if type(raw["unnoticed"]) is not bool:
        raise ValueError(raw["unnoticed"])
    if numbers["lasts"] > _LONGEST:
        raise ValueError(numbers)
    signature = parsed_signature(raw["signature"])
    given = (words["token"], words["renewed"], numbers["lasts"], numbers["beat"], raw["unnoticed"])
    return Lease(signature, *given)


def token_of(path: Path, chance: str) -> str:
    """A token for the holder of this lock file: a copy of the file gives another."""
    about = path.stat()
    return f"{chance}-{about.st_dev:x}-{about.st_ino:x}"


__all__ = ["LARGEST", "Lease", "Term", "claimed", "dump", "freed", "load", "token_of"]

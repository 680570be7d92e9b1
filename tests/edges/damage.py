"""Every way to cut bytes short, and every single bit of them turned over."""

from collections.abc import Iterator
from pathlib import Path


def cuts(whole: bytes) -> Iterator[bytes]:
    """The bytes without their end, for every end."""
    return (whole[:size] for size in range(len(whole)))


def flips(whole: bytes) -> Iterator[bytes]:
    """The bytes with one bit turned over, for every bit, in order."""
    for place, byte in enumerate(whole):
        for bit in range(8):
            yield whole[:place] + bytes([byte ^ (1 << bit)]) + whole[place + 1 :]


def overwrite(path: Path, data: bytes) -> None:
    """Put the bytes into a file in place: emptying it first makes some disks wait."""
    with path.open("r+b") as file:
        file.write(data)
        file.truncate()

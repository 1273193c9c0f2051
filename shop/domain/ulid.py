"""ULIDs: 48 bits of milliseconds, 80 random bits, 26 sortable characters."""

import secrets
import time

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def new_ulid(after: str | None = None) -> str:
    """A new ULID; greater than `after`, even within one millisecond or with a clock set back."""
    value = (time.time_ns() // 1_000_000) << 80 | secrets.randbits(80)
    if after is not None:
        value = max(value, _decode(after) + 1)
    return _encode(value)


def _encode(value: int) -> str:
    return "".join(_ALPHABET[value >> shift & 31] for shift in range(125, -1, -5))


def _decode(text: str) -> int:
    value = 0
    for character in text:
        value = value << 5 | _ALPHABET.index(character)
    return value

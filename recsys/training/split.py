"""Which real products and sentences are kept out of training.

The rule is a hash of a product key, so that training and evaluation agree without a list, and two listings of one
product (the same phone in two shops) fall on the same side.
"""

from __future__ import annotations

import hashlib
import re

TEST_SHARE = 0.25
_MODEL = re.compile(r"[a-z]*\d+[a-z0-9+\-]*")


def stable_unit(key: str) -> float:
    """A number in [0, 1) that depends on `key` alone."""
    digest = hashlib.blake2b(key.encode("utf-8"), digest_size=8).digest()
    return int.from_bytes(digest, "big") / 2**64


def is_held_out(key: str, share: float = TEST_SHARE) -> bool:
    """True when the product with this key belongs to the test set."""
    return stable_unit(key) < share


def phone_key(brand_and_model: str) -> str:
    """Key of a phone listing: letters and digits of the model, sizes and networks left out."""
    text = re.sub(r"\d+\s*(gb|g|tb|mb|寸|英寸|万)(?![a-z0-9])", " ", brand_and_model)
    parts = _MODEL.findall(text)
    key = "".join(parts[:2])
    return key if len(key) >= 4 else text[:12]

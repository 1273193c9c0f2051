"""What must never stand in an answer: somebody's numbers, our insides, placeholders left unfilled."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

_YUAN = r"(?![\dA-Za-z]|\.\d|\s*(?:元|块|￥|rmb))"
_PHONE = re.compile(
    rf"(?<![\d.¥￥*A-Za-z])(?:\+?86[- ]?)?(1[3-9]\d(?:[- ]?\d{{4}}){{2}}){_YUAN}(?!\*)"
)
_IDENTITY = re.compile(r"(?<![\dA-Za-z])\d{17}[\dXx](?![\dA-Za-z])")
_CARD = re.compile(rf"(?<![\d.¥￥A-Za-z])(?:\d[ -]?){{15,18}}\d{_YUAN}(?![A-Za-z])")
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_TAGS = (
    "a|abbr|article|b|body|br|button|code|div|em|embed|font|form|h[1-6]|head|hr|html|i|iframe|img|input|li|link|meta"
    "|object|ol|option|p|pre|script|section|select|span|strong|style|svg|table|tbody|td|th|tr|u|ul|video"
)
# Each says what it is, so that a sentence of a report can be read without this file.
_PATTERNS = (
    ("an e-mail address", _EMAIL),
    ("a Python traceback", re.compile(r"Traceback \(most recent call last\)|^\s*File \".+\", line \d+", re.MULTILINE)),
    ("the name of an exception", re.compile(r"\b[A-Z]\w*(?:Error|Exception)\b|\b(?:KeyboardInterrupt|StopIteration)\b", re.ASCII)),
    ("a file path", re.compile(
        r"(?<![\w/:.])/(?:home|root|usr|var|tmp|etc|opt|work|app|srv|mnt|proc)/[\w./-]+|\b[A-Z]:\\[\w\\.-]+|\b[\w/-]+\.(?:py|yml|yaml|db|sqlite|jsonl)\b", re.ASCII)),
    ("an unfilled placeholder", re.compile(r"\$?\{\{?\s*[A-Za-z_][\w.]*\s*(?:![rsa])?(?::[^{}]*)?\}?\}|%\([a-z_]+\)[sd]", re.ASCII)),
    ("a Python value", re.compile(r"(?<![\w-])(?:None|nan|NaN|undefined)(?![\w-])(?!\s+[a-z])|<[\w.]+ object at 0x[0-9a-f]+>", re.ASCII)),
    ("a name out of the dialogue", re.compile(r"(?<!\w)(?:utter|action|slot|validate)_[a-z_]+|\bnlu_fallback\b|\brequested_slot\b", re.ASCII)),
    ("a slot", re.compile(r"[\"'](?:frame|sort|shown|focus)[\"']\s*[:=]|(?<!\w)(?:frame|shown|focus)\s*[:=]\s*[\[{\"]", re.ASCII)),
    ("an HTML tag", re.compile(rf"</?(?:{_TAGS})(?:\s+[\w:-]+\s*(?:=\s*(?:\"[^\"]*\"|'[^']*'|[^\s>]+))?)*\s*/?>", re.IGNORECASE | re.ASCII)),
    ("an internal address", re.compile(
        r"(?<![\d.])(?:127(?:\.\d{1,3}){3}|0\.0\.0\.0|10(?:\.\d{1,3}){3}|192\.168(?:\.\d{1,3}){2}|172\.(?:1[6-9]|2\d|3[01])(?:\.\d{1,3}){2})(?![\d.])(?::\d+)?"
        r"|\blocalhost\b|(?:sqlite|postgres|postgresql|redis)(?:\+\w+)?://\S+", re.ASCII)),
)  # fmt: skip


def leaks(text: str) -> list[str]:
    """Sentences naming everything in `text` that must not be there; empty when it is clean."""
    found = [*_numbers(text)]
    for what, pattern in _PATTERNS:
        found += [f"{what}: {match.group().strip()}" for match in pattern.finditer(text)]
    return list(dict.fromkeys(found))


def _numbers(text: str) -> Iterator[str]:
    yield from _hits("a phone number", _PHONE, text, lambda digits: True)
    yield from _hits("an identity card number", _IDENTITY, text, _is_identity)
    yield from _hits("a bank card number", _CARD, text, _is_card)


def _hits(
    what: str, pattern: re.Pattern[str], text: str, holds: Callable[[str], bool]
) -> Iterator[str]:
    for match in pattern.finditer(text):
        if holds(re.sub(r"[ -]", "", match.group())):
            yield f"{what}: {match.group()}"


def _is_identity(digits: str) -> bool:
    total = sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=False))
    return digits[-1].upper() == _CHECKS[total % 11]


def _is_card(digits: str) -> bool:
    """Luhn's check; an order number of as many digits rarely passes it."""
    if _is_identity(digits[:18]) or digits[0] not in "3456":
        return False
    doubled = [int(d) * (2 if place % 2 else 1) for place, d in enumerate(reversed(digits))]
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0

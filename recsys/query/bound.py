"""The words before a number that make it an upper or a lower bound: 不超过 · 不低于 · 起码."""

from __future__ import annotations

import re

_NOTS = ("不可以", "不能", "不可", "不得", "不会", "不要", "不想", "不用", "不", "别", "勿")
_ASKED = ("能不能", "可不可以", "会不会")
_NOT = f"(?<![能可会])(?:{'|'.join(_NOTS)})"
_PLAIN = f"(?:{'|'.join(f'(?<={word})' for word in _ASKED)}|{''.join(f'(?<!{w})' for w in _NOTS)})"
_LESS = "(?:低于|小于|少于|低过|少过)"
_MORE = "(?:高于|大于|多于|超过|超出|高过)"
_BEFORE_NUMBER = r"(?:是|要|为|有)?\s*¥?\s*$"

BEFORE_MAX = re.compile(
    rf"(?:{_NOT}(?:{_MORE}|超)|{_PLAIN}{_LESS}"
    rf"|超不过|(?:[我就只]|预算)(?:一共|总共)?[就只]?有?(?<=[一总]共|[就只]有)|最多|顶多|不到|不足|最高|控制在|上限|<=?|≤){_BEFORE_NUMBER}"
)
BEFORE_MIN = re.compile(
    rf"(?:{_NOT}{_LESS}|{_PLAIN}{_MORE}|至少|最少|最低|起码|下限|>=?|≥){_BEFORE_NUMBER}"
)

"""What is said around a wish: emoji, closing particles, thanks. It must not change how the rest is read."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

_PARTICLE = "[呢哦呀啊吧哈啦嘛哟噢喔哇咯喽嘞呗哒捏耶]"
_THANKS = (
    r"(?:谢谢|多谢|感谢|谢[啦了]|拜托|麻烦|辛苦|thanks|thank you|thx)"
    r"(?:[了啦你您哈]|亲|大家|各位|老板|客服)*"
)
_TAIL = re.compile(rf"\s*(?:{_PARTICLE}|{_THANKS})(?:{_PARTICLE}|{_THANKS}|\W)*(?=\W|$)")


def quiet(text: str, edges: Sequence[int]) -> str:
    """`text` with a comma for each emoji and blanks for closing chatter; all else keeps its place.

    `edges` are where words begin: the 吧 of 网吧 and the 呢 of 毛呢 close no sentence.
    """
    plain = "".join("," if _is_emoji(char) else char for char in text)
    for match in _TAIL.finditer(plain):
        start = next((e for e in edges if match.start() <= e < match.end()), match.end())
        plain = plain[:start] + _blank(plain[start : match.end()]) + plain[match.end() :]
    return plain


def _blank(tail: str) -> str:
    return "".join(" " if char.isalnum() else char for char in tail)


def _is_emoji(char: str) -> bool:
    """Pictures and what colours or frames them; degree and currency signs are below."""
    return char >= "\u2000" and unicodedata.category(char) in ("So", "Sk", "Me")

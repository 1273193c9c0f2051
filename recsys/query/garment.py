"""Sizes of garments by their letters: L码 · 要XL · 均码 · 75B; numbers (42码) are measured attributes."""

from __future__ import annotations

import re

_LETTERS = r"(?:\d|x{1,4})?x?[sl]|m"
_MARKED = re.compile(rf"(?<![a-z0-9])(?P<size>{_LETTERS}|均)\s?(?:码|号)")
_CLEAR = re.compile(r"(?<![a-z0-9])(?P<size>xs|x{1,4}l|[2-6]xl|[67]\d[a-g]|8[05][a-g])(?![a-z0-9])")
_CHOSEN = re.compile(
    r"(?:[要选拿穿换拍买来码]|[件条]|[换改]成|是)\s?(?P<size>[sml])(?![a-z0-9]|\s?[型级形])"
)
_ALONE = re.compile(r"(?:那?就?要?)?(?P<size>[sml])(?:的|吧|就行|可以)*\s*$")
# What is asked of sizes, if not which one: beside the usual size, the whole chart, how these run.
_SIZING = (
    ("usual", re.compile(
        r"(?:平时|平常|一般|通常|以前|一直|总是|日常|别家|其他牌子)[^,，。]{0,8}[穿买拍选]"
        r"|[穿买拍选][^,，。]{0,6}(?:平时|平常)"
    )),
    ("chart", re.compile(
        r"(?:尺码|尺寸|码数|码|号型)(?:对照|参考|信息|详情)*表|(?:尺码|号型)(?:对照|参考)"
        r"|[各每]个?尺?码.{0,6}(?:尺寸|身高|体重|多[大长])"
    )),
    ("fit", re.compile(
        r"偏[大小码]|(?:尺码|码数?|号)(?:正不正|准|标准|正常)|正码|[大小]一码|[大小]不大|拍[大小]"
    )),
)  # fmt: skip


def find_garment_size(text: str) -> str | None:
    """The size in a normalised sentence, in capitals (XL, 均码); the first where there are several."""
    for pattern in (_MARKED, _CLEAR, _CHOSEN):
        if match := pattern.search(text):
            return _written(match["size"])
    match = _ALONE.fullmatch(text.strip(" .。!~"))
    return _written(match["size"]) if match else None


def find_sizing(text: str) -> str | None:
    """`usual` (我平时穿L), `chart` (尺码表发一下) or `fit` (偏大吗)."""
    return next((name for name, pattern in _SIZING if pattern.search(text)), None)


def _written(size: str) -> str:
    return "均码" if size == "均" else size.upper()

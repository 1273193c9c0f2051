"""Colour words: 黑色的 · 深蓝 · 要白的."""

from __future__ import annotations

import re

BASES = "黑白红蓝绿黄紫粉灰金银棕橙青米"
_NAMED = {"咖啡": "棕", "咖": "棕", "卡其": "卡其", "驼": "棕", "杏": "杏", "藏青": "蓝", "香槟": "金", "玫瑰金": "金",
          "粉红": "粉", "天蓝": "蓝", "墨绿": "绿", "军绿": "绿", "酒红": "红", "米白": "米", "宝蓝": "蓝", "玫红": "红", "枣红": "红", "银灰": "灰", "褐": "棕", "透明": "透明"}  # fmt: skip
_NAMES = "|".join(sorted(map(re.escape, _NAMED), key=len, reverse=True))
_ONLY_WITH_SE = ("咖啡", "咖", "杏", "驼", "褐", "香槟", "卡其")
_BEFORE_SHORT = "要换有是来选买色、和跟那这看问下把将"
_SHADE = "深浅亮暗淡纯大正雾"
_SHADE_ALONE = "深浅亮暗淡"  # 纯银 is a metal and 大红袍 a tea
COLOUR = re.compile(
    rf"(?P<name>{_NAMES})色?"
    rf"|[{_SHADE}]?(?P<base>[{BASES}])(?:色|[涩瑟](?!会))"
    rf"|(?P<twice>[{BASES.replace('青', '').replace('米', '')}])(?P=twice)的"  # 黑黑的, not 青青的草
    rf"|[{_SHADE_ALONE}](?P<shade>[{BASES.replace('米', '')}])"
    rf"|(?P<short>[{BASES}])(?=的(?!士|卢)|款|\W|$)"
)


def find_colours(text: str) -> list[tuple[int, int, str]]:
    """(start, end, base colour) of each colour word; a lone character counts only before 的, 款 or an end."""
    found = []
    for match in COLOUR.finditer(text):
        if match["name"]:
            if match["name"] in _ONLY_WITH_SE and not match.group().endswith("色"):
                continue
            value = _NAMED[match["name"]]
        elif match["short"]:
            before = text[match.start() - 1] if match.start() else ""
            if "一" <= before <= "鿿" and before not in _BEFORE_SHORT:
                continue
            value = match["short"]
        else:
            value = match["base"] or match["shade"] or match["twice"]
        found.append((match.start(), match.end(), value))
    return found


def base_colour(name: str) -> str:
    """The plain colour of a marketing name (雾霾蓝 -> 蓝, 曜石黑 -> 黑); the name itself when none is known."""
    for word, base in _NAMED.items():
        if word in name:
            return base
    for char in reversed(name):
        if char in BASES:
            return char
    return name

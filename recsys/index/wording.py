"""How shoppers word what a catalogue states: 可折叠 -> 能折叠的, 含糖: false -> 无糖, 头戴式 -> 头戴, L -> L码."""

from __future__ import annotations

import re
from collections.abc import Iterable

_DONE = {
    "可": (("可{}", "能{}", "可以{}", "能够{}", "支持{}", "会{}", "好{}", "{}的", "{}款", "方便{}"),
          ("不可{}", "不能{}", "不可以{}", "不{}", "没法{}", "不支持{}")),
    "带": (("带{}", "有{}", "配{}", "自带{}", "含{}", "{}的", "{}"), ("不带{}", "没有{}", "无{}", "没{}", "去{}", "不配{}", "免{}", "不含{}")),
    "含": (("含{}", "有{}", "带{}", "加{}", "加了{}", "含有{}"),
          ("无{}", "不含{}", "没有{}", "没{}", "0{}", "零{}", "不带{}", "不加{}", "没加{}", "0添加{}", "零添加{}", "无添加{}", "{}free", "不含有{}", "免{}")),
    "无": (("无{}", "不含{}", "没有{}", "没{}", "0{}", "零{}", "不带{}", "不加{}", "不{}", "免{}"), ("有{}", "含{}", "带{}", "加{}")),
    "添加": (("添加{}", "加{}", "加了{}", "有{}", "含{}"),
            ("不添加{}", "无添加{}", "0添加{}", "零添加{}", "不加{}", "没加{}", "无{}", "没有{}", "不含{}", "0{}", "零{}", "不放{}", "没放{}")),
    "需要": (("需要{}", "要{}", "得{}", "需{}"), ("不需要{}", "不用{}", "无需{}", "免{}", "不必{}", "不要{}", "无须{}", "不需{}")),
    "是否": (("{}", "{}的"), ("非{}", "不{}", "免{}", "无{}", "没{}", "不是{}")),
    "非": (("非{}", "不是{}", "无{}", "不{}", "没有{}"), ("{}的",)),
    "易": (("易{}", "容易{}", "会{}"), ("不易{}", "不{}", "不容易{}", "不会{}", "不太{}", "不爱{}")),
    "不": (("不{}", "不会{}", "不易{}", "不容易{}", "不太{}", "不怎么{}"), ("会{}", "容易{}", "易{}")),
    "支持": (("支持{}", "能{}", "可以{}", "带{}", "有{}", "能用{}", "可以用{}", "配{}", "{}"), ("不支持{}", "没有{}", "不带{}", "不能用{}")),
    "自动": (("自动{}", "能自动{}", "会自动{}", "自己{}", "自{}", "能{}", "{}"), ("不自动{}", "手动{}", "不能{}", "没有{}", "不带{}")),
    "一键": (("一键{}", "能{}", "可{}", "可以{}", "{}的"), ("不能{}", "不可{}")),
    "智能": (("智能{}", "能智能{}", "智能"), ("不智能{}", "非智能", "不要智能")),
    "": (("{}", "能{}", "可以{}", "带{}", "有{}", "支持{}", "会{}", "{}功能", "具备{}"),
         ("不{}", "无{}", "没有{}", "没{}", "不带{}", "非{}", "不能{}", "不支持{}", "不会{}")),
}  # fmt: skip
_PREFIXES = ("添加", "需要", "是否", "支持", "自动", "一键", "智能", "可", "带", "含", "无", "非", "易", "不")  # fmt: skip
_NO_PREFIX = ("无线", "可视", "带宽", "非常", "无级", "不锈钢", "含绒", "可可")
_ABLE = re.compile(r"(.+)可用")
_STEM_TAILS = ("色系", "香型", "风格", "式", "型", "款", "版", "装", "类", "味", "色", "系", "风", "妆", "肤质", "发质", "皮", "头", "性", "香")  # fmt: skip
# What is left of a value when its kind is cut off must still tell something.
_VAGUE = frozenset(("标准", "普通", "常规", "经典", "基础", "一般", "升级", "原味", "日常", "单只", "单个", "标配", "高级", "家庭", "其他", "混合", "水", "新版", "豪华"))  # fmt: skip
# 标配+收纳盒: what comes with it is asked for with a verb, for its name alone is another kind of goods.
_BESIDE = re.compile(r"\+\s?([一-鿿]{2,6})(?=$|\+)")
_WITH = ("带{}", "含{}", "送{}", "加{}")
_PARTS = re.compile(r"[/、+,;|()&\[\] ×]+|(?<=[一-鿿]{2})(?=\d)")
_LETTERS = re.compile(r"(?:\d|x{1,4})?x?[sl]|m|nb")
_DIGITS = dict(zip("123456789", "一二三四五六七八九", strict=True))
_COUNT = re.compile(r"(?:\d+|[一二两三四五六七八九十单双]+)(?:包|袋|盒|瓶|罐|件|双|条|支|只|个|箱|片|听|提|颗|粒|本|册|卷|对|套|杯|份|枚|张|块|台|桶)")  # fmt: skip
_MEMORY = re.compile(r"(\d+)([gt])b\+(\d+)([gt])b")
_METRES = re.compile(r"(\d)\.(\d)米(床)?")


def flag_words(name: str) -> tuple[list[str], list[str]]:
    """What says that a boolean field is true, and what says that it is false."""
    if able := _ABLE.fullmatch(name):
        who = able[1]
        return [
            f"{who}{tail}"
            for tail in ("", "可用", "能用", "可以用", "用", "适用", "专用", "也能用")
        ], []
    prefix = next(
        (p for p in _PREFIXES if name.startswith(p) and not name.startswith(_NO_PREFIX)), ""
    )
    root = name.removeprefix(prefix)
    if not root:
        prefix, root = "", name
    yes, no = ([form.format(root) for form in forms] for forms in _DONE[prefix])
    return _telling([name, *yes]), _telling(no)


def _telling(words: Iterable[str]) -> list[str]:
    return [word for word in dict.fromkeys(words) if len(word) > 1]


def value_words(name: str, value: str) -> list[str]:
    """Words for one value in normal form, as it stands left out; the field's name helps where a value is too short to
    stand alone."""
    parts = [part for part in _PARTS.split(value) if part and part != value]
    words = [*parts, *(stem for part in (value, *parts) for stem in _stems(part))]
    words += [form.format(part) for part in _BESIDE.findall(value) for form in _WITH]
    words += [size for part in (value, *parts) for size in _sizes(part)]
    words += [said for part in (value, *parts) for said in _spoken(part)]
    if 1 <= len(value) <= 2:
        words += [f"{name}{value}", f"{value}{name}", f"{name}要{value}", f"{name}{value}的"]
    if name.endswith(("味", "香味", "香型")) and not value.endswith(("味", "香", "型")):
        words.append(f"{value}味")
    return [w for w in dict.fromkeys(words) if _stands_alone(w) or _LETTERS.fullmatch(w)]


def is_count(word: str) -> bool:
    """Whether a value may as well be an amount to buy."""
    return _COUNT.fullmatch(word) is not None


def is_telling(piece: str) -> bool:
    """Whether a word out of a value says enough by itself: 固态 of 移动固态硬盘."""
    return len(piece) > 1 and piece not in _VAGUE and all("一" <= char <= "鿿" for char in piece)


def _stems(value: str) -> list[str]:
    found = []
    for tail in _STEM_TAILS:
        stem = value.removesuffix(tail)
        if stem != value and len(stem) > 1 and stem not in _VAGUE and not stem.isascii():
            found.append(stem)
    return found


def _sizes(value: str) -> list[str]:
    """Letters of a size, counted Xs too: XXL is 2XL."""
    if not _LETTERS.fullmatch(value):
        return []
    others = [value]
    if value[0] == "x" and len(value) > 2:
        others.append(f"{len(value) - 1}x{value[-1]}")
    elif value[0].isdigit():
        others.append("x" * int(value[0]) + value[-1])
    return [f"{size}{tail}" for size in others for tail in ("", "码", "号", "的")]


def _spoken(value: str) -> list[str]:
    """1.8米床 is 一米八的床, 3人位 三人位."""
    words = []
    if (metres := _METRES.fullmatch(value)) and {metres[1], metres[2]} <= _DIGITS.keys():
        whole, tenth = metres[1], metres[2]
        for one in (f"{whole}米{tenth}", f"{_DIGITS[whole]}米{_DIGITS[tenth]}", f"{whole}.{tenth}米", f"{whole}.{tenth}m", f"{whole}.{tenth}"):  # fmt: skip
            words += [f"{one}床", f"{one}的床"] + ([] if one == f"{whole}.{tenth}" else [one])
    if memory := _MEMORY.fullmatch(value):
        small, unit, large, other = memory.groups()
        words += [
            f"{small}{first}+{large}{second}"
            for first in ("", unit, f"{unit}b")
            for second in ("", other, f"{other}b")
        ]
    for digit, word in _DIGITS.items():
        if value.startswith(digit) and value[1:2] and not value[1:2].isascii():
            words += [word + value[1:]] + (["两" + value[1:]] if digit == "2" else [])
        if value.startswith(word) and len(value) > 1:
            words.append(digit + value[1:])
    return words


def _stands_alone(word: str) -> bool:
    if word.replace(".", "").isdigit():
        return False
    return len(word) > 1 and word not in _VAGUE

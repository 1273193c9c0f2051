"""Shopping talk typed in pinyin: huawei de -> huawei的 · bu yao heise -> 不要黑色 · di yi ge -> 第一个.

The shop's own words are found by their sound (`recsys.query.sound`); here are the words around them, which mean something
only where the whole sentence is typed so.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Container, Iterator, Sequence

from pypinyin import lazy_pinyin

from recsys.query.colour import BASES
from recsys.query.syllables import cut
from recsys.text.normalise import Normalised

_CHINESE = re.compile(r"[一-鿿]")
_WORD = re.compile(r"[a-z]+")
_LONGEST = 5  # syllables
_PLACES = "一二三四五六"
_WORDS = (
    "的", "要", "不要", "别要", "除了", "也行", "可以", "好的", "算了", "随便", "有没有", "有吗", "还有吗", "什么", "哪个", "怎么样",
    "这个", "那个", "最便宜的", "便宜的", "便宜点", "便宜一点", "太贵了", "贵一点", "大一点", "小一点", "以内", "以下", "以上", "左右", "块", "块钱",
    "预算", "多少钱", "多大", "多重", "多长", "想买", "我想买", "我要", "我要买", "推荐", "看看", "换一个", "换一批", "换个牌子", "两个", "来一个",
    "购物车", "加入购物车", "加购", "一共", "优惠", "优惠券", "包邮吗", "人工", "转人工", "谢谢", "你好", "再见",
)  # fmt: skip


def spelled_out(source: Normalised, known: Container[str]) -> Normalised:
    """The text with such words in characters, unless a word of it is neither pinyin nor `known`."""
    if _CHINESE.search(source.text):
        return source
    sounds = _syllables(source.text, known)
    return source if not sounds else _replaced(source, list(_found(source.text, sounds)))


def _syllables(text: str, known: Container[str]) -> list[tuple[int, int, str]]:
    """(start, end, syllable) of the words that are not known; nothing where one of them is no pinyin."""
    found: list[tuple[int, int, str]] = []
    for word in _WORD.finditer(text):
        if word.group() in known:
            continue
        place = word.start()
        for syllable in cut(word.group()) or ("",):
            if not syllable:
                return []
            found.append((place, place + len(syllable), syllable))
            place += len(syllable)
    return found


def _found(text: str, sounds: Sequence[tuple[int, int, str]]) -> Iterator[tuple[int, int, str]]:
    """(start, end, characters), the longest first from the left; only blanks stand inside one."""
    place = 0
    while place < len(sounds):
        for last in range(min(len(sounds), place + _LONGEST), place, -1):
            run = sounds[place:last]
            word = _by_sound().get("".join(syllable for _, _, syllable in run))
            typed = text[run[0][0] : run[-1][1]]
            if word and len(word) == len(run) and typed.replace(" ", "").isalpha():
                yield run[0][0], run[-1][1], word
                place = last
                break
        else:
            place += 1


@functools.lru_cache(maxsize=1)
def _by_sound() -> dict[str, str]:
    placed = [f"第{place}个" for place in _PLACES]
    colours = [f"{base}色" for base in BASES]
    return {"".join(lazy_pinyin(word)): word for word in (*_WORDS, *placed, *colours)}


def _replaced(source: Normalised, found: Sequence[tuple[int, int, str]]) -> Normalised:
    """Characters stand where their word begins, the last one where it ends; no blank is left before them."""
    text, origin, place = "", list[int](), 0
    for start, end, word in found:
        kept = source.text[place:start].rstrip(" ")
        text += kept + word
        origin += source.origin[place : place + len(kept)]
        origin += [source.origin[start]] * (len(word) - 1) + [source.origin[end - 1]]
        place = end
    return Normalised(text + source.text[place:], (*origin, *source.origin[place:]))

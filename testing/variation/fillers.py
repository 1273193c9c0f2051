"""What people say around a wish: hesitation, politeness, a particle at the end."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from random import Random

from testing.variation.sentence import Sentence

_HESITATION = ("嗯…", "那个…", "呃，", "就是那个，", "那个…嗯…")
_BEFORE = ("你好，", "麻烦你，", "不好意思，", "打扰一下，")
_BEFORE_QUESTION = ("请问", "请问一下，", "想请问下，")
_AFTER = ("，谢谢", "，谢谢啦", "，麻烦了", "，谢谢您")
_PARTICLES = ("呀", "哈", "呢", "啊", "哦")
_QUESTION = re.compile(r"[吗呢么?？]|什么|哪|怎么|多少|有没有|是不是|能不能|可不可以")
_ENDS_IN_PARTICLE = re.compile(r"[吗呢吧啊呀么嘛哦哈啦呗噢]$")
_STOP = re.compile(r"[。.!！~～…\s]+$")


def hesitation(sentence: Sentence, random: Random) -> Iterator[str]:
    for filler in _shuffled(_HESITATION, random):
        yield filler + sentence.text


def politeness(sentence: Sentence, random: Random) -> Iterator[str]:
    asks = _QUESTION.search(sentence.text)
    before = [
        f"{words}{sentence.text}" for words in (*_BEFORE, *(_BEFORE_QUESTION if asks else ()))
    ]
    said = _STOP.sub("", sentence.text)
    after = [said + (words[1:] if said[-1:] in "?？" else words) for words in _AFTER]
    yield from _shuffled(before + after, random)


def particle(sentence: Sentence, random: Random) -> Iterator[str]:
    """便宜点的呀; a sentence has one particle, and a Latin word takes none."""
    text = _STOP.sub("", sentence.text)
    if not text or _ENDS_IN_PARTICLE.search(text) or text[-1].isascii() or not text[-1].isalnum():
        return
    for end in _shuffled(_PARTICLES, random):
        yield text + end


def _shuffled(items: Sequence[str], random: Random) -> list[str]:
    return random.sample(items, len(items))

"""Slips of the hand: one character of one word, and never of a word that carries a condition."""

from __future__ import annotations

import functools
import importlib.resources
from collections.abc import Iterator, Mapping
from random import Random

from pypinyin import lazy_pinyin

from testing.variation.sentence import WEIGHTY, Sentence, Word


def homophone(sentence: Sentence, random: Random) -> Iterator[str]:
    """手鸡 for 手机: a common character of the same sound, from the list of the input method."""
    for word in _shuffled(sentence, random):
        place = random.randrange(len(word.text))
        sound = lazy_pinyin(word.text)[place]
        others = [c for c in _homophones().get(sound, ()) if c != word.text[place]]
        if others:
            garbled = word.text[:place] + random.choice(others) + word.text[place + 1 :]
            yield from _unless_a_word(sentence, word, garbled)


def swapped(sentence: Sentence, random: Random) -> Iterator[str]:
    """推荐 typed as 荐推."""
    for word in _shuffled(sentence, random):
        place = random.randrange(len(word.text) - 1)
        pair = word.text[place : place + 2][::-1]
        garbled = word.text[:place] + pair + word.text[place + 2 :]
        if not sentence.reader.is_word(pair):
            yield from _unless_a_word(sentence, word, garbled)


def dropped(sentence: Sentence, random: Random) -> Iterator[str]:
    """One character lost from small talk, or from inside a long category word (电动牙刷: 电动刷)."""
    for word in _shuffled(sentence, random):
        if word.category and len(word.text) > 3:
            place = random.randrange(1, len(word.text) - 1)
        elif word.small_talk:
            place = random.randrange(len(word.text))
        else:
            continue
        yield from _unless_a_word(sentence, word, word.text[:place] + word.text[place + 1 :])


def doubled(sentence: Sentence, random: Random) -> Iterator[str]:
    """推推荐: a key that stuck."""
    for word in _shuffled(sentence, random):
        place = random.randrange(len(word.text))
        yield sentence.replaced(word, word.text[:place] + word.text[place] + word.text[place:])


def _shuffled(sentence: Sentence, random: Random) -> list[Word]:
    words = [word for word in sentence.words if len(word.text) > 1]
    return random.sample(words, len(words))


def _unless_a_word(sentence: Sentence, word: Word, garbled: str) -> Iterator[str]:
    """奶牛 is no slip of 牛奶: a shopper who typed it meant it."""
    known = len(garbled) > 1 and sentence.reader.is_word(garbled)
    if garbled != word.text and (word.small_talk or not known):
        yield sentence.replaced(word, garbled)


@functools.cache
def _homophones() -> Mapping[str, str]:
    """Toneless pinyin to the common characters that are read so; 不 for 部 would be no slip."""
    folder = importlib.resources.files("testing.variation")
    found: dict[str, str] = {}
    common = folder.joinpath("common_characters.txt").read_text("utf-8")
    for char in WEIGHTY.sub("", common.replace("\n", "")):
        sound = lazy_pinyin(char)[0]
        found[sound] = found.get(sound, "") + char
    return found

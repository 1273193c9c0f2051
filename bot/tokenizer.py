"""Words of mixed Chinese and English text, with offsets into the text as it was typed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import jieba
import jieba.posseg
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.tokenizers.tokenizer import Token, Tokenizer
from rasa.shared.nlu.training_data.message import Message

from recsys.query.chatter import core
from recsys.text.normalise import normalise_aligned

# A run of Latin letters and digits is one word (iphone15, 256gb, v8.5); jieba sees only the rest.
_PIECE = re.compile(r"[a-z0-9]+(?:[.+\-'][a-z0-9]+)*|[^\sa-z0-9]+")
POS = "pos"
_LATIN = re.compile(r"[a-z0-9]")


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=False)
class ShopTokenizer(Tokenizer):
    """Cuts Chinese with jieba and leaves Latin words whole; spaces separate and vanish.

    A token's text is its normal form; `start` and `end` point into the original text; `pos` holds
    jieba's part of speech. Chatter around a wish (打扰一下, …谢谢) has no tokens: an intent is not told
    by it.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {
            "intent_tokenization_flag": False,
            "intent_split_symbol": "_",
            "token_pattern": None,
            "prefix_separator_symbol": None,
        }

    def __init__(self, config: dict[str, Any]) -> None:
        super().__init__(config)
        self._tagger = jieba.posseg.POSTokenizer(jieba.Tokenizer())
        self._tagger.initialize()

    @staticmethod
    def required_packages() -> list[str]:
        return ["jieba"]

    def tokenize(self, message: Message, attribute: str) -> list[Token]:
        source = message.get(attribute)
        normal = normalise_aligned(source)
        tokens = []
        for start, end, pos in self._cut(normal.text, *core(normal.text)):
            first, last = normal.source_span(start, end, len(source))
            tokens.append(Token(normal.text[start:end], first, last, {POS: pos}))
        # Rasa's featurizers need at least one token; a message of blanks has none of its own.
        return tokens or [Token(source, 0, len(source), {POS: "x"})]

    def _cut(self, text: str, first: int, last: int) -> Iterator[tuple[int, int, str]]:
        for piece in _PIECE.finditer(text, first, last):
            start = piece.start()
            if _LATIN.match(piece.group()):
                yield start, piece.end(), "eng"
                continue
            for word, pos in self._tagger.cut(piece.group(), HMM=False):
                yield start, start + len(word), pos
                start += len(word)

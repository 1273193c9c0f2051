"""The grammar of a sentence as features: a bare noun phrase is a thing to look for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import scipy.sparse
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.constants import FEATURIZER_CLASS_ALIAS, TOKENS_NAMES
from rasa.nlu.featurizers.sparse_featurizer.sparse_featurizer import SparseFeaturizer
from rasa.nlu.tokenizers.tokenizer import Token
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.tokenizer import POS, ShopTokenizer

_Test = Callable[[str], bool]


def _noun(pos: str) -> bool:
    return pos.startswith("n") or pos in ("vn", "eng")


def _verb(pos: str) -> bool:
    return pos.startswith("v") and pos != "vn"


def _kind(letters: str) -> _Test:
    return lambda pos: pos[0] in letters


# Pronouns and moods (你 吗); particles, conjunctions and adverbs (的 和 很); adjectives; numerals.
_PRESENCE: tuple[_Test, ...] = (_verb, _kind("ry"), _kind("uyedc"), _kind("a"), _kind("m"))


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class GrammarFeaturizer(SparseFeaturizer, GraphComponent):
    """Which kinds of words a sentence has, whether it is nouns only, and how long it is."""

    @classmethod
    def required_components(cls) -> list[type]:
        return [ShopTokenizer]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        # weight: how loudly grammar speaks beside the n-grams
        return {FEATURIZER_CLASS_ALIAS: None, "weight": 2.0}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> GrammarFeaturizer:
        return cls(execution_context.node_name, {**cls.get_default_config(), **config})

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        """Any weight will do."""

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            if message.get(TEXT):
                features = self._config["weight"] * grammar(message.get(TOKENS_NAMES[TEXT]))
                row = scipy.sparse.coo_matrix(features[None, :])
                self.add_features_to_message(None, row, TEXT, message)
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        self.process(training_data.training_examples)
        return training_data


def grammar(tokens: Sequence[Token]) -> np.ndarray:
    """The flags of one sentence."""
    tags = [token.get(POS) for token in tokens]
    length = sum(len(token.text) for token in tokens)
    flags = [all(map(_noun, tags)), _noun(tags[-1])]
    flags += [any(map(test, tags)) for test in _PRESENCE]
    flags += [length <= 2, length <= 4, length > 8]
    return np.asarray(flags, dtype=np.float32)

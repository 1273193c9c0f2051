"""Words and runs of characters of a sentence, weighted by how rare they are."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any

import numpy as np
import scipy.sparse
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.constants import FEATURIZER_CLASS_ALIAS, TOKENS_NAMES
from rasa.nlu.featurizers.sparse_featurizer.sparse_featurizer import SparseFeaturizer
from rasa.nlu.tokenizers.tokenizer import Tokenizer
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from sklearn.feature_extraction.text import TfidfVectorizer

_FILE = "ngrams.json"
_NUMBER = re.compile(r"\d+")


def _whole(text: str) -> str:
    """Without spaces, between marks: 好 alone is a yes, in 好不好 it is not."""
    return f"^{text.replace(' ', '')}$"


# Words; characters within words; characters across them and at the sentence's edges.
_CUTS: tuple[dict[str, Any], ...] = (
    {"token_pattern": r"\S+"},
    {"analyzer": "char_wb", "ngram_range": (1, 3)},
    {"analyzer": "char", "ngram_range": (1, 3), "preprocessor": _whole},
)


class Ngrams:
    """What a sentence is cut into, and how much each piece says; learnt from sentences."""

    def __init__(self) -> None:
        self._vectorizers = [TfidfVectorizer(sublinear_tf=True, **cut) for cut in _CUTS]

    @classmethod
    def from_json(cls, learnt: Sequence[dict[str, Any]]) -> Ngrams:
        ngrams = cls()
        for vectorizer, state in zip(ngrams._vectorizers, learnt, strict=True):
            vectorizer.vocabulary = state["vocabulary"]
            vectorizer.idf_ = np.asarray(state["idf"])
        return ngrams

    def fit(self, sentences: Sequence[str]) -> None:
        """Sentences are words between spaces."""
        for vectorizer in self._vectorizers:
            vectorizer.fit(sentences)

    def row(self, sentence: str) -> scipy.sparse.coo_matrix:
        """A row of unit rows, one a cut."""
        parts = [vectorizer.transform([sentence]) for vectorizer in self._vectorizers]
        return scipy.sparse.hstack(parts, format="coo")

    def to_json(self) -> list[dict[str, Any]]:
        return [
            {"vocabulary": _plain(v.vocabulary_), "idf": v.idf_.tolist()} for v in self._vectorizers
        ]


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class NgramFeaturizer(SparseFeaturizer, GraphComponent):
    """N-grams of the sentence as a whole; a rare one says more than a common one.

    In place of three CountVectorsFeaturizers: those weigh 的 like 快递 and also compute features
    of every word, which no classifier of intents reads.
    """

    @classmethod
    def required_components(cls) -> list[type]:
        return [Tokenizer]

    @staticmethod
    def required_packages() -> list[str]:
        return ["sklearn"]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        # weight: how loudly n-grams speak beside the flags and the encoder
        return {FEATURIZER_CLASS_ALIAS: None, "weight": 3.0}

    def __init__(
        self,
        config: dict[str, Any],
        name: str,
        storage: ModelStorage,
        resource: Resource,
        ngrams: Ngrams,
    ) -> None:
        super().__init__(name, config)
        self._storage, self._resource, self._ngrams = storage, resource, ngrams
        self._weight = float(config["weight"])

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> NgramFeaturizer:
        return cls(config, execution_context.node_name, model_storage, resource, Ngrams())

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **_: Any,
    ) -> NgramFeaturizer:
        with model_storage.read_from(resource) as folder:
            ngrams = Ngrams.from_json(json.loads((folder / _FILE).read_text("utf-8")))
        return cls(config, execution_context.node_name, model_storage, resource, ngrams)

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        """Any weight will do."""

    def train(self, training_data: TrainingData) -> Resource:
        self._ngrams.fit([_words(m) for m in training_data.training_examples if m.get(TEXT)])
        with self._storage.write_to(self._resource) as folder:
            (folder / _FILE).write_text(json.dumps(self._ngrams.to_json()), "utf-8")
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            if message.get(TEXT):
                row = self._weight * self._ngrams.row(_words(message))
                self.add_features_to_message(None, row.tocoo(), TEXT, message)
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        self.process(training_data.training_examples)
        return training_data


def _words(message: Message) -> str:
    """The tokens with spaces between them; one number is like another."""
    tokens = (token.text.lower() for token in message.get(TOKENS_NAMES[TEXT]))
    return " ".join("0" if _NUMBER.fullmatch(token) else token for token in tokens)


def _plain(vocabulary: dict[str, Any]) -> dict[str, int]:
    return {word: int(column) for word, column in vocabulary.items()}

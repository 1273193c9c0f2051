"""Words and runs of characters of a sentence, weighted by how rare they are."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
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

from bot.extractor import MASKED
from recsys.query.syllables import syllables

FAMILIAR = "familiar"
_FILE = "ngrams.json"
_NUMBER = re.compile(r"\d+")
_CODE = re.compile(r"(?<![a-z0-9])(?=[a-z-]*\d)(?=[\d-]*[a-z])[a-z0-9-]{8,}", re.IGNORECASE)
_REACH = 5


@dataclass(frozen=True)
class Sentence:
    """Four readings: words and sounds between spaces, characters between marks, the same without goods."""

    words: str
    sounds: str
    whole: str
    masked: str


@dataclass(frozen=True)
class Cut:
    """How one reading is taken apart."""

    reading: str
    options: Mapping[str, Any]


def sentence(words: Sequence[str], masked: str) -> Sentence:
    """`words` are in normal form; one number is like another, and that of an order or a request, too."""
    plain = [_number(word) or word.lower() for word in words]
    sounds = " ".join(["^", *syllables(" ".join(plain)), "$"])
    return Sentence(" ".join(plain), sounds, _whole("".join(plain)), _whole(masked))


def _whole(text: str) -> str:
    """Without spaces, between marks: 好 alone is a yes, in 好不好 it is not."""
    return f"^{_NUMBER.sub('0', _CODE.sub(_coded, text.lower())).replace(' ', '')}$"


def _number(word: str) -> str | None:
    if _NUMBER.fullmatch(word):
        return "0"
    code = _CODE.fullmatch(word)
    return _coded(code) if code else None


def _coded(code: re.Match[str]) -> str:
    """A request's number begins with T, an order's with other letters."""
    return "t0" if code[0].lower().startswith("t") else "0"


def _leaps(text: str) -> list[str]:
    """Pairs of characters with one to three between: 把…删 is one, whatever is deleted."""
    return [a + b for i, a in enumerate(text) for b in text[i + 2 : i + _REACH]]


_WORDS = {"token_pattern": r"\S+", "lowercase": False}
_RUNS = {"analyzer": "char", "ngram_range": (1, 3), "lowercase": False}
_CUTS = (
    Cut("words", _WORDS),
    Cut("sounds", {**_WORDS, "ngram_range": (1, 3)}),
    Cut("whole", _RUNS),
    Cut("masked", _RUNS),
    Cut("masked", {"analyzer": _leaps}),
)


class Ngrams:
    """What a sentence is cut into, and how much each piece says; learnt from sentences."""

    def __init__(self, at_least: int = 1) -> None:
        self._vectorizers = [
            TfidfVectorizer(sublinear_tf=True, min_df=at_least, **cut.options) for cut in _CUTS
        ]

    @classmethod
    def from_json(cls, learnt: Sequence[dict[str, Any]]) -> Ngrams:
        ngrams = cls()
        for vectorizer, state in zip(ngrams._vectorizers, learnt, strict=True):
            vectorizer.vocabulary = state["vocabulary"]
            vectorizer.idf_ = np.asarray(state["idf"])
        return ngrams

    def fit(self, sentences: Sequence[Sentence]) -> None:
        for cut, vectorizer in zip(_CUTS, self._vectorizers, strict=True):
            vectorizer.fit([getattr(sentence, cut.reading) for sentence in sentences])

    def rows(self, sentences: Sequence[Sentence]) -> scipy.sparse.csr_matrix:
        """A row a sentence, made of one unit row a cut."""
        parts = [
            vectorizer.transform([getattr(sentence, cut.reading) for sentence in sentences])
            for cut, vectorizer in zip(_CUTS, self._vectorizers, strict=True)
        ]
        return scipy.sparse.hstack(parts, format="csr")

    def familiar(self, sentence: Sentence) -> bool:
        """Whether a word of it, or two characters or sounds beside each other, were learnt."""
        words, sounds, whole = (vectorizer.vocabulary_ for vectorizer in self._vectorizers[:3])
        said = sentence.words.split()
        heard = sentence.sounds.split()[1:-1]
        return (
            any(word in words and (len(word) > 1 or len(said) == 1) for word in said)
            or any(f"{a} {b}" in sounds for a, b in pairwise(heard))
            or any(a + b in whole for a, b in pairwise(sentence.whole[1:-1]) if not a.isascii())
        )

    def to_json(self) -> list[dict[str, Any]]:
        return [
            {"vocabulary": _plain(v.vocabulary_), "idf": v.idf_.tolist()} for v in self._vectorizers
        ]


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class NgramFeaturizer(SparseFeaturizer, GraphComponent):
    """N-grams of the sentence as a whole; a rare one says more than a common one.

    In place of three CountVectorsFeaturizers: those weigh 的 like 快递 and also compute features
    of every word, which no classifier of intents reads. Sounds make a typo one of the words it
    sounds like; without the goods 手机能退吗 is 面霜能退吗.
    """

    @classmethod
    def required_components(cls) -> list[type]:
        return [Tokenizer]

    @staticmethod
    def required_packages() -> list[str]:
        return ["sklearn", "pypinyin"]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        # weight: how loudly n-grams speak beside the flags and the encoder
        # at_least: sentences that an n-gram must stand in to be learnt
        return {FEATURIZER_CLASS_ALIAS: None, "weight": 1.0, "at_least": 1}

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
        ngrams = Ngrams(int(config["at_least"]))
        return cls(config, execution_context.node_name, model_storage, resource, ngrams)

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
        self._ngrams.fit([_sentence(m) for m in training_data.training_examples if m.get(TEXT)])
        with self._storage.write_to(self._resource) as folder:
            (folder / _FILE).write_text(json.dumps(self._ngrams.to_json()), "utf-8")
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        spoken = [message for message in messages if message.get(TEXT)]
        if spoken:
            rows = self._weight * self._ngrams.rows([_sentence(message) for message in spoken])
            for message, row in zip(spoken, rows, strict=True):
                message.set(FAMILIAR, self._ngrams.familiar(_sentence(message)))
                self.add_features_to_message(None, row.tocoo(), TEXT, message)
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        self.process(training_data.training_examples)
        return training_data


def _sentence(message: Message) -> Sentence:
    words = [token.text for token in message.get(TOKENS_NAMES[TEXT])]
    return sentence(words, message.get(MASKED) or "".join(words))


def _plain(vocabulary: dict[str, Any]) -> dict[str, int]:
    return {word: int(column) for word, column in vocabulary.items()}

"""What a sentence asks for, read by `recsys.query`, as Rasa entities and as features of intent."""

from __future__ import annotations

from typing import Any

import numpy as np
import scipy.sparse
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.constants import TOKENS_NAMES
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.constants import ENTITIES, FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.lexicon import LexiconFile, configured_path
from recsys.query import Query, Span

_KINDS = (
    "category", "brand", "colour", "price", "attribute", "ordinal", "sort", "relative", "lifted",
    "model", "word", "asked", "reference", "body",
)  # fmt: skip
_CONTENT = frozenset({"category", "brand", "model"})
MASKED = "masked"
# One sign a kind, which nobody types.
_MASKS = {
    "category": "①", "brand": "②", "colour": "③", "price": "④", "model": "⑤", "attribute": "⑥",
    "word": "⑦",
}  # fmt: skip
_ComponentType = DefaultV1Recipe.ComponentType


@DefaultV1Recipe.register(
    [_ComponentType.ENTITY_EXTRACTOR, _ComponentType.MESSAGE_FEATURIZER], is_trainable=False
)
class QueryEntityExtractor(GraphComponent, EntityExtractorMixin):
    """Each span becomes an entity; one more, `query`, carries the whole reading.

    The kinds found are also sentence features, so that a bare product word that no training
    sentence contains is still a search: the catalogue knows it.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        # lexicon: path of lexicon.json; weight: how loudly the kinds speak beside the n-grams
        return {"lexicon": None, "weight": 1.0}

    def __init__(self, config: dict[str, Any], node_name: str) -> None:
        self._lexicon = LexiconFile(configured_path(config["lexicon"]))
        self._weight = float(config["weight"])
        self._node_name = node_name
        self._lexicon.parser().parse("")  # the first shopper shall not wait for the dictionary

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> QueryEntityExtractor:
        return cls({**cls.get_default_config(), **config}, execution_context.node_name)

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        return LexiconFile(configured_path(config.get("lexicon"))).fingerprint()

    @staticmethod
    def validate_config(config: dict[str, Any]) -> None:
        """Nothing to check: a missing lexicon is an empty one."""

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            query = self._parse(message)
            found = self.add_extractor_name(_entities(query, message.get(TEXT)))
            message.set(ENTITIES, message.get(ENTITIES, []) + found, add_to_output=True)
            self._add_features(message, query)
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        for message in training_data.training_examples:
            if message.get(TEXT):
                self._add_features(message, self._parse(message))
        return training_data

    def _parse(self, message: Message) -> Query:
        return self._lexicon.parser().parse(message.get(TEXT))

    def _add_features(self, message: Message, query: Query) -> None:
        row = scipy.sparse.coo_matrix(self._weight * kind_features(query)[None, :])
        message.add_features(Features(row, FEATURE_TYPE_SENTENCE, TEXT, self._node_name))
        message.set(MASKED, masked(message.get(TEXT), query, *_wish(message)))


def kind_features(query: Query) -> np.ndarray:
    """One flag a kind, plus: a product is named; only conditions are; free text is left."""
    kinds = {span.kind for span in query.spans}
    flags = [kind in kinds for kind in _KINDS]
    flags += [bool(kinds & _CONTENT), bool(kinds) and not kinds & _CONTENT, bool(query.need)]
    return np.asarray(flags, dtype=np.float32)


def _wish(message: Message) -> tuple[int, int]:
    """Where the tokens are: chatter at both ends has none."""
    tokens = message.get(TOKENS_NAMES[TEXT])
    return (tokens[0].start, tokens[-1].end) if tokens else (0, len(message.get(TEXT)))


def masked(text: str, query: Query, start: int, end: int) -> str:
    """The sentence without its goods: what is asked of them is the same for each."""
    pieces, place = [], start
    for span in sorted(query.spans, key=lambda span: span.start):
        if span.kind in _MASKS and span.start >= place and span.end <= end:
            pieces += [text[place : span.start], _MASKS[span.kind]]
            place = span.end
    return "".join([*pieces, text[place:end]])


def _entities(query: Query, text: str) -> list[dict[str, Any]]:
    whole = {"entity": "query", "value": query.to_json(), "start": 0, "end": len(text)}
    # `query` comes last: where entities overlap Rasa's evaluation takes the first.
    return [_entity(span, text) for span in query.spans] + [whole]


def _entity(span: Span, text: str) -> dict[str, Any]:
    start, end = _said(span, text)
    entity = {"entity": span.kind, "value": span.value, "start": start, "end": end}
    return {**entity, "role": "exclude"} if span.negated else entity


def _said(span: Span, text: str) -> tuple[int, int]:
    """Where the word itself stands: of 不要小米 it is 小米."""
    words = sorted({span.spelled, span.surface, str(span.value)} - {""}, key=len, reverse=True)
    places = ((text.find(word, span.start, span.end), len(word)) for word in words)
    found = next(((start, length) for start, length in places if start >= 0), None)
    if not span.negated or found is None:
        return span.start, span.end
    return found[0], found[0] + found[1]

"""The catalogue's word on intent: a sentence that names its goods is never turned away."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import ENTITIES, INTENT, INTENT_NAME_KEY, INTENT_RANKING_KEY
from rasa.shared.nlu.training_data.message import Message

_OTHER_CONDITIONS = ("colours", "attributes", "price_min", "price_max")


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class CatalogueClassifier(GraphComponent, IntentClassifier):
    """Calls a sentence a search where the classifiers before it found no use for one that
    `QueryEntityExtractor` read a category, or a brand and a condition, from.

    Stands after FallbackClassifier. A statistical classifier knows the words of its training data;
    the catalogue has others, and a shopper who names one of them wants to see it.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        # intent: what such a sentence is called; overrides: the intents that it is not left with
        return {"intent": "search_product", "overrides": ["out_of_scope", "nlu_fallback"]}

    def __init__(self, config: dict[str, Any]) -> None:
        self._intent = str(config["intent"])
        self._overrides = frozenset(config["overrides"])

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> CatalogueClassifier:
        return cls({**cls.get_default_config(), **config})

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            intent = message.get(INTENT) or {}
            if intent.get(INTENT_NAME_KEY) in self._overrides and _names_goods(message):
                self._override(message, intent)
        return messages

    def _override(self, message: Message, intent: Mapping[str, Any]) -> None:
        """The new intent takes over the confidence of the one in its place."""
        chosen = {**intent, INTENT_NAME_KEY: self._intent}
        ranking = message.get(INTENT_RANKING_KEY) or []
        others = [one for one in ranking if one[INTENT_NAME_KEY] != self._intent]
        message.set(INTENT, chosen, add_to_output=True)
        message.set(INTENT_RANKING_KEY, [chosen, *others], add_to_output=True)


def _names_goods(message: Message) -> bool:
    readings = (e["value"] for e in message.get(ENTITIES, []) if e["entity"] == "query")
    constraints = next(readings, {}).get("constraints", {})
    branded = constraints.get("brands") and any(map(constraints.get, _OTHER_CONDITIONS))
    return bool(constraints.get("category") or branded)

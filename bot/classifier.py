"""The catalogue's word on intent: a sentence that names its goods is never turned away."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import (
    ENTITIES,
    INTENT,
    INTENT_NAME_KEY,
    INTENT_RANKING_KEY,
    PREDICTED_CONFIDENCE_KEY,
    TEXT,
)
from rasa.shared.nlu.training_data.message import Message

from bot.ngrams import FAMILIAR

_CHINESE = re.compile(r"[一-鿿]")
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
        # intent: what such a sentence is called; overrides: the intents that it is not left with;
        # refine: what a sentence that is only a price is called; priced: intents that may keep one;
        # polite: intents that a wish beside them outweighs (谢谢 再便宜点)
        # wanted: intents that may say for whom goods are; told: how a choice of the bot begins
        # bought: intents about what was bought, which is not spoken of with a budget (想换个三千的手机)
        # story: characters besides conditions from which a sentence is no wish, unless it asks
        # long, doubt: characters of a statement from which it wants that much confidence
        # sure: confidence from which a sentence of nothing learnt is believed (thx)
        return {
            "intent": "search_product",
            "overrides": ["out_of_scope", "nlu_fallback", "wait"],
            "refine": "refine",
            "priced": ["search_product", "refine", "more_products", "product_detail", "correct"],
            "polite": ["thanks", "greet", "affirm", "deny", "praise_bot", "how_are_you", "wait"],
            "wanted": ["search_product", "refine", "more_products", "product_detail"],
            "told": {"想了解：": "policy_question"},
            "bought": ["exchange_goods", "repair"],
            "sure": 0.9,
            "story": 10,
            "long": 12,
            "doubt": 0.66,
        }

    def __init__(self, config: dict[str, Any]) -> None:
        self._intent = str(config["intent"])
        self._overrides = frozenset(config["overrides"])
        self._refine = str(config["refine"])
        self._priced = frozenset(config["priced"])
        self._polite = frozenset(config["polite"])
        self._wanted = frozenset(config["wanted"])
        self._told = dict(config["told"])
        self._bought = frozenset(config["bought"])
        self._sure = float(config["sure"])
        self._story = int(config["story"])
        self._long, self._doubt = int(config["long"]), float(config["doubt"])

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
            name = intent.get(INTENT_NAME_KEY)
            heard = "nlu_fallback" if self._is_doubtful(message, intent) else name
            meant = self._better(message, heard) or heard
            if meant != name:
                self._override(message, intent, meant)
        return messages

    def _better(self, message: Message, name: str | None) -> str | None:
        text = str(message.get(TEXT) or "")
        for beginning, intent in self._told.items():
            if text.startswith(beginning):
                return str(intent)
        if name in self._overrides and _names_goods(message) and not self._is_story(message):
            return self._intent
        if name in self._bought and _has_a_budget(message):
            return self._intent
        if name not in self._priced and _is_a_price(message):
            return self._refine
        if name in self._polite and _moves(message):
            return self._refine
        if name not in self._wanted and _reading(message).get("recipient"):
            return self._intent
        return None

    def _is_story(self, message: Message) -> bool:
        """裤子质量不错，走线工整，下次还来 names goods, but asks for none."""
        said = str(_constraints(message).get("need", "")).replace(" ", "")
        return len(said) > self._story and not _reading(message).get("asks")

    def _is_doubtful(self, message: Message, intent: Mapping[str, Any]) -> bool:
        """Babble, and a long statement that is not surely one of ours."""
        confidence = float(intent.get(PREDICTED_CONFIDENCE_KEY) or 0)
        if _is_babble(message):
            return confidence < self._sure
        characters = len(_CHINESE.findall(str(message.get(TEXT) or "")))
        stated = characters >= self._long and not _reading(message).get("asks")
        return stated and confidence < self._doubt

    def _override(self, message: Message, intent: Mapping[str, Any], name: str) -> None:
        """The new intent takes over the confidence of the one in its place."""
        chosen = {**intent, INTENT_NAME_KEY: name}
        ranking = message.get(INTENT_RANKING_KEY) or []
        others = [one for one in ranking if one[INTENT_NAME_KEY] != name]
        message.set(INTENT, chosen, add_to_output=True)
        message.set(INTENT_RANKING_KEY, [chosen, *others], add_to_output=True)


def _reading(message: Message) -> Mapping[str, Any]:
    readings = (e["value"] for e in message.get(ENTITIES, []) if e["entity"] == "query")
    reading: Mapping[str, Any] = next(readings, {})
    return reading


def _constraints(message: Message) -> Mapping[str, Any]:
    constraints: Mapping[str, Any] = _reading(message).get("constraints", {})
    return constraints


def _moves(message: Message) -> bool:
    """再便宜点, whatever was said before it."""
    return _reading(message).get("relative") in ("cheaper", "dearer", "bigger", "smaller")


def _is_babble(message: Message) -> bool:
    """asdfghjkl, 嘟嘟嘟: nothing was read in it, and nothing in it was learnt."""
    read = [e for e in message.get(ENTITIES, []) if e["entity"] != "query"]
    return not read and message.get(FAMILIAR) is False


def _is_a_price(message: Message) -> bool:
    """300到500 and nothing else."""
    said = set(_constraints(message))
    return bool(said) and said <= {"price_min", "price_max"}


def _has_a_budget(message: Message) -> bool:
    said = _constraints(message).keys()
    return "category" in said and bool(said & {"price_min", "price_max"})


def _names_goods(message: Message) -> bool:
    constraints = _constraints(message)
    branded = constraints.get("brands") and any(map(constraints.get, _OTHER_CONDITIONS))
    return bool(constraints.get("category") or branded)

from pathlib import Path
from typing import Any

import pytest
from rasa.shared.nlu.constants import ENTITIES, INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.classifier import CatalogueClassifier
from tests.unit.bot.graph import create


def classified(tmp_path: Path, intent: str, **constraints: Any) -> Message:
    """A sentence with these constraints after the classifiers have called it `intent`."""
    query = {"entity": "query", "value": {"constraints": constraints}, "start": 0, "end": 2}
    ranking = [{"name": intent, "confidence": 0.4}, {"name": "search_product", "confidence": 0.3}]
    sentence = Message({ENTITIES: [query], INTENT: ranking[0], INTENT_RANKING_KEY: ranking})
    create(CatalogueClassifier, tmp_path).process([sentence])
    return sentence


@pytest.mark.parametrize("intent", ["out_of_scope", "nlu_fallback"])
@pytest.mark.parametrize(
    "constraints",
    [{"category": "手机"}, {"brands": ["小米"], "price_max": 2000}],
)
def test_goods_of_the_catalogue_are_a_search(
    tmp_path: Path, intent: str, constraints: dict[str, Any]
) -> None:
    sentence = classified(tmp_path, intent, **constraints)
    assert sentence.get(INTENT) == {"name": "search_product", "confidence": 0.4}
    names = [one["name"] for one in sentence.get(INTENT_RANKING_KEY)]
    assert names == ["search_product", intent]


@pytest.mark.parametrize(
    "constraints",
    [{}, {"brands": ["苹果"]}, {"need": "天气"}, {"not_brands": ["小米"]}],
)
def test_too_little_is_left_alone(tmp_path: Path, constraints: dict[str, Any]) -> None:
    assert classified(tmp_path, "out_of_scope", **constraints).get(INTENT)["name"] == "out_of_scope"


def test_an_intent_of_its_own_is_left_alone(tmp_path: Path) -> None:
    sentence = classified(tmp_path, "service_question", category="手机")
    assert sentence.get(INTENT)["name"] == "service_question"


def test_a_sentence_without_a_reading_is_left_alone(tmp_path: Path) -> None:
    sentence = Message({INTENT: {"name": "out_of_scope", "confidence": 0.9}})
    create(CatalogueClassifier, tmp_path).process([sentence])
    assert sentence.get(INTENT)["name"] == "out_of_scope"


@pytest.mark.parametrize("intent", ["goodbye", "thanks", "out_of_scope"])
def test_a_price_and_nothing_else_refines(tmp_path: Path, intent: str) -> None:
    sentence = classified(tmp_path, intent, price_min=300, price_max=500)
    assert sentence.get(INTENT)["name"] == "refine"
    assert classified(tmp_path, intent, price_max=500, need="运费").get(INTENT)["name"] == intent


@pytest.mark.parametrize("intent", ["search_product", "product_detail"])
def test_an_intent_that_may_speak_of_prices_keeps_them(tmp_path: Path, intent: str) -> None:
    assert classified(tmp_path, intent, price_max=500).get(INTENT)["name"] == intent


def read(tmp_path: Path, text: str, intent: str, **reading: Any) -> str:
    query = {"entity": "query", "value": {"constraints": {}, **reading}, "start": 0, "end": 2}
    ranking = [{"name": intent, "confidence": 0.4}]
    data = {TEXT: text, ENTITIES: [query], INTENT: ranking[0], INTENT_RANKING_KEY: ranking}
    sentence = Message(data)
    create(CatalogueClassifier, tmp_path).process([sentence])
    return str(sentence.get(INTENT)["name"])


def test_a_wish_outweighs_thanks(tmp_path: Path) -> None:
    assert read(tmp_path, "谢谢 再便宜点", "thanks", relative="cheaper") == "refine"
    assert read(tmp_path, "谢谢", "thanks") == "thanks"


def test_babble_is_no_product(tmp_path: Path) -> None:
    assert read(tmp_path, "asdfghjkl", "product_detail") == "nlu_fallback"
    assert read(tmp_path, "第二个", "product_detail") == "product_detail"
    assert read(tmp_path, "hello", "greet") == "greet"

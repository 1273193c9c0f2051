import json
from pathlib import Path
from typing import Any

import pytest
from rasa.shared.nlu.constants import ENTITIES, INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.classifier import CatalogueClassifier
from bot.ngrams import FAMILIAR
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


def test_a_story_of_goods_is_no_search(tmp_path: Path) -> None:
    story = {"category": "裤子", "need": "质量 不错 走线 工整 下次 还来"}
    assert classified(tmp_path, "nlu_fallback", **story).get(INTENT)["name"] == "nlu_fallback"
    wish = {"category": "裤子", "need": "弹力 显瘦"}
    assert classified(tmp_path, "nlu_fallback", **wish).get(INTENT)["name"] == "search_product"


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


def read(
    tmp_path: Path,
    text: str,
    intent: str,
    confidence: float = 0.4,
    familiar: bool = True,
    **reading: Any,
) -> str:
    query = {"entity": "query", "value": {"constraints": {}, **reading}, "start": 0, "end": 2}
    ranking = [{"name": intent, "confidence": confidence}]
    data = {
        TEXT: text,
        FAMILIAR: familiar,
        ENTITIES: [query],
        INTENT: ranking[0],
        INTENT_RANKING_KEY: ranking,
    }
    sentence = Message(data)
    create(CatalogueClassifier, tmp_path).process([sentence])
    return str(sentence.get(INTENT)["name"])


def test_a_wish_outweighs_thanks(tmp_path: Path) -> None:
    assert read(tmp_path, "谢谢 再便宜点", "thanks", relative="cheaper") == "refine"
    assert read(tmp_path, "谢谢", "thanks") == "thanks"


@pytest.mark.parametrize("intent", ["product_detail", "greet", "praise_bot"])
def test_babble_is_not_understood(tmp_path: Path, intent: str) -> None:
    assert read(tmp_path, "asdfghjkl", intent, familiar=False) == "nlu_fallback"
    assert read(tmp_path, "第二个", intent) == intent
    assert read(tmp_path, "thx", intent, confidence=0.95, familiar=False) == intent


def test_what_has_a_budget_is_yet_to_be_bought(tmp_path: Path) -> None:
    wish = {"constraints": {"category": "手机", "price_max": 3000}}
    assert read(tmp_path, "手机坏了 想换个三千的", "repair", **wish) == "search_product"
    kept = {"constraints": {"category": "手机"}}
    assert read(tmp_path, "手机坏了", "repair", **kept) == "repair"


def test_a_long_statement_wants_more_confidence(tmp_path: Path) -> None:
    said = "东西收到了味道有点怪不知道为什么"
    assert read(tmp_path, said, "praise_bot", 0.6) == "nlu_fallback"
    assert read(tmp_path, said, "praise_bot", 0.7) == "praise_bot"
    assert read(tmp_path, f"{said}？", "praise_bot", 0.6, asks=True) == "praise_bot"
    assert read(tmp_path, "味道怪", "praise_bot", 0.6) == "praise_bot"
    assert read(tmp_path, "撤销TNK31J7EFH635", "withdraw_ticket", 0.5) == "withdraw_ticket"
    goods = {"constraints": {"category": "手机", "price_max": 3000}}
    said = "手机摔坏了急着用三千以内的赶紧"
    assert read(tmp_path, said, "order_status", 0.5, **goods) == "search_product"


def test_for_whom_goods_are_is_a_search(tmp_path: Path) -> None:
    for intent in ("abuse", "add_to_cart", "nlu_fallback"):
        assert read(tmp_path, "给我妈", intent, recipient=True) == "search_product"
    assert read(tmp_path, "送我爸的", "refine", recipient=True) == "refine"


def test_a_choice_after_a_policy_is_a_question_about_terms(tmp_path: Path) -> None:
    choices = json.loads(Path("data/responses/choices.json").read_text("utf-8"))
    said = choices["policy"][1].format(question="怎么申请退货")
    assert read(tmp_path, said, "return_goods") == "policy_question"

"""A recorded chat becomes a file that loads, and that the recorded answers pass."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from testing.checking.answer import Answer, cards
from testing.checking.expectations import failures
from testing.conversation.loader import read
from testing.recording.document import document, exchanges
from testing.recording.expectation import expectation


def card(sku: str, price: float, brand: str = "华为") -> dict[str, Any]:
    return {
        "sku": sku,
        "product_id": sku,
        "title": sku,
        "brand": brand,
        "category": "手机",
        "price": price,
    }


def bot(kind: str, data: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"from": "bot", "type": kind, "text": "好的", "data": data, "choices": [], **more}


LIST = bot("products", {"items": [card("A", 900), card("B", 3000)],
                        "constraints": {"category": "手机", "price_max": 3000, "not_brands": ["小米"]}})  # fmt: skip
DETAIL = bot("product", {"item": card("B", 3000)})
MENU = bot("text", {}, choices=[{"title": "手机", "value": "手机"}])


def test_conditions_that_the_cards_keep_are_kept() -> None:
    assert expectation([LIST], ()) == {
        "type": "products",
        "items": {"category": "手机", "price": {"max": 3000}, "brand": {"lacks": ["小米"]}},
    }


def test_a_condition_that_gave_way_is_not() -> None:
    data = {"items": [card("A", 3200)], "constraints": {"price_max": 3000, "brands": ["华为"]}}
    assert expectation([bot("products", data)], ()) == {
        "type": "products",
        "items": {"brand": ["华为"]},
    }


def test_a_product_is_told_by_its_place_or_its_id() -> None:
    shown = cards(LIST)
    assert expectation([DETAIL], shown) == {"type": "product", "position": 2}
    assert expectation([DETAIL], shown[:1])["item"] == {"product_id": "B"}
    assert expectation([MENU], shown) == {"type": "text", "choices": True}


def test_what_was_recorded_loads_and_passes(tmp_path: Path) -> None:
    history = [
        {"from": "shopper", "text": "手机: 三千以内", "type": "text"},
        LIST,
        {"from": "shopper", "text": "第二个", "type": "text"},
        DETAIL,
        {"from": "agent", "text": "您好", "type": "text"},
    ]
    said = exchanges(history)
    assert [(text, len(answers)) for text, answers in said] == [
        ("手机: 三千以内", 1),
        ("第二个", 1),
    ]
    path = tmp_path / "chat.yml"
    path.write_text(document("a chat", said, "demo-01"), "utf-8")
    (dialogue,) = read(path)
    assert dialogue.setup.customer == "demo-01"
    lists: tuple[Any, ...] = ()
    for turn, (text, answers) in zip(dialogue.turns, said, strict=True):
        assert turn.say == text
        assert failures(turn.expect, Answer(tuple(answers), 0.1, lists=lists)) == []
        lists = (cards(LIST),)

"""Rasa's answers become chat messages."""

import pytest

from shop.domain import Choice, Sender
from web.folding import fold
from web.rasa import RasaSilent, RasaUnusable

PRODUCTS = {"type": "products", "data": {"items": [], "total": 0}}
HANDOFF = {"type": "handoff", "data": {"queue_position": 1}}


def test_a_typed_message_completes_the_text_before_it() -> None:
    buttons = [{"title": "便宜点", "payload": "便宜点的"}]
    (draft,) = fold([{"text": "为您找到：", "buttons": buttons}, {"custom": PRODUCTS}])
    assert (draft.sender, draft.type, draft.text) == (Sender.BOT, "products", "为您找到：")
    assert draft.data == PRODUCTS["data"]
    assert draft.choices == (Choice("便宜点", "便宜点的"),)


def test_only_the_text_right_before_it() -> None:
    drafts = fold([{"text": "价格放宽了。"}, {"text": "为您找到："}, {"custom": PRODUCTS}])
    assert [(draft.type, draft.text) for draft in drafts] == [
        ("text", "价格放宽了。"),
        ("products", "为您找到："),
    ]


def test_two_typed_messages_stay_two() -> None:
    drafts = fold([{"text": "好的。"}, {"custom": PRODUCTS}, {"custom": HANDOFF}])
    assert [(draft.type, draft.text) for draft in drafts] == [
        ("products", "好的。"),
        ("handoff", ""),
    ]


def test_a_typed_message_with_its_own_text_stands_alone() -> None:
    drafts = fold([{"text": "好的。"}, {"custom": {**HANDOFF, "text": "请稍候。"}}])
    assert [draft.text for draft in drafts] == ["好的。", "请稍候。"]


def test_a_typed_message_may_come_first() -> None:
    assert [draft.type for draft in fold([{"custom": PRODUCTS}])] == ["products"]


def test_a_command_behind_a_button_becomes_its_title() -> None:
    buttons = [{"title": "转人工", "payload": "/handoff"}, {"title": "再看看"}]
    (draft,) = fold([{"text": "怎么办？", "buttons": buttons}])
    assert draft.choices == (Choice("转人工", "转人工"), Choice("再看看", "再看看"))


@pytest.mark.parametrize(
    "replies", [[], [{}], [{"text": " "}], [{"custom": {}}], [{"recipient_id": "x", "image": "y"}]]
)
def test_nothing_to_show_is_silence(replies: list[dict[str, object]]) -> None:
    with pytest.raises(RasaSilent):
        fold(replies)


@pytest.mark.parametrize(
    "reply",
    [
        {"text": "13900000000", "buttons": [{}]},
        {"text": "13900000000", "buttons": "13900000000"},
        {"text": 13900000000},
        {"custom": {"type": 13900000000}},
        {"custom": {"type": "product", "data": "13900000000"}},
        {"custom": {"type": "products"}},
        {"custom": {"type": "products", "data": {"items": [{"title": "13900000000"}]}}},
    ],
)
def test_a_misshapen_reply_is_named_but_not_quoted(reply: dict[str, object]) -> None:
    with pytest.raises(RasaUnusable) as refusal:
        fold([{"text": "好的。"}, reply])
    assert "13900000000" not in str(refusal.value)
    assert refusal.value.__suppress_context__


def test_a_button_without_a_title_is_left_out() -> None:
    (draft,) = fold([{"text": "怎么办？", "buttons": [{"title": " ", "payload": "x"}]}])
    assert draft.choices == ()

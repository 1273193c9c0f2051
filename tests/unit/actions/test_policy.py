"""Answers about the shop's terms."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from actions.choices import unworded, worded
from actions.policy import ActionAnswerPolicy
from actions.shelf import Shelf
from actions.terms import Rulebook
from recsys.client import FaqFound, FaqMatch, RecommenderUnavailable
from shop.domain.policy import Policy
from tests.unit.actions.fakes import FakeStorage, Outcome, perform, tracker

FREIGHT = Policy("freight", "运费怎么算", "满 99 元包邮。", (), ("运费多少钱",), ("gone", "remote"))
REMOTE = Policy("remote", "偏远地区", "满 199 元包邮。", (), ("偏远地区发货吗",))


class Rules:
    async def all(self) -> list[Policy]:
        return [REMOTE, FREIGHT]


class Faq:
    """Finds what it was told to, and remembers what was asked."""

    def __init__(self, *topics: str, confident: bool) -> None:
        matches = tuple(FaqMatch(topic, "问", 0.5) for topic in topics)
        self._found = FaqFound(matches, confident)
        self.asked: list[str] = []

    async def faq(self, text: str) -> FaqFound:
        self.asked.append(text)
        return self._found


async def ask(faq: object, text: str = "邮费呢") -> Outcome:
    storage = FakeStorage()
    storage.work.policies = Rules()  # type: ignore[assignment]
    slots = {"focus": "a", "pending": {"action": "action_add_to_cart", "choices": ["黑色"]}}
    return await perform(ActionAnswerPolicy(Rulebook(Shelf(storage), faq)), tracker(text, slots))  # type: ignore[arg-type]


def choices(outcome: Outcome) -> Sequence[tuple[str, str]]:
    (message,) = outcome.messages
    return [(button["title"], button["payload"]) for button in message["buttons"]]


HUMAN = ("转人工", "转人工")


async def test_what_is_surely_meant_is_told_in_the_shops_words_and_named() -> None:
    told = await ask(Faq("freight", "remote", confident=True))
    assert told.responses == ["utter_policy_answer"]
    assert (told.messages[0]["question"], told.messages[0]["terms"]) == (
        "运费多少钱",
        "满 99 元包邮。",
    )
    assert choices(told) == [("偏远地区发货吗", "想了解：偏远地区发货吗"), HUMAN]
    assert told.slots == {}


async def test_what_is_not_sure_is_asked_back_with_the_nearest_and_a_human() -> None:
    asked_back = await ask(Faq("remote", "freight", confident=False))
    assert asked_back.responses == ["utter_policy_unsure"]
    assert choices(asked_back) == [
        ("偏远地区发货吗", "想了解：偏远地区发货吗"),
        ("运费多少钱", "想了解：运费多少钱"),
        HUMAN,
    ]


@pytest.mark.parametrize("topics", [("gone", "freight"), ("gone",), ()])
async def test_a_rule_that_the_shop_took_back_is_not_told(topics: tuple[str, ...]) -> None:
    found = await ask(Faq(*topics, confident=True))
    response = "utter_policy_unsure" if "freight" in topics else "utter_policy_unknown"
    assert found.responses == [response]


async def test_a_pressed_choice_asks_for_its_own_words() -> None:
    faq = Faq("remote", confident=True)
    await ask(faq, "想了解：偏远地区发货吗")
    assert faq.asked == ["偏远地区发货吗"]


async def test_a_recommender_that_is_down_is_not_hidden() -> None:
    class Down:
        async def faq(self, text: str) -> FaqFound:
            raise RecommenderUnavailable("down")

    with pytest.raises(RecommenderUnavailable):
        await ask(Down())


def test_a_choice_is_read_as_it_was_worded() -> None:
    assert unworded("policy", worded("policy", question="能退吗").said) == "能退吗"
    assert unworded("policy", "能退吗") == "能退吗"

"""Questions about a product, answered from its own fields: 能机洗吗 · 有42码吗 · 黑色还有吗 · 什么时候发货."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence

from rasa_sdk.events import EventType, SlotSet

from actions.answers import Answers, Question
from actions.detail import show_detail
from actions.finder import Finder
from actions.heard import Heard
from actions.reference import Unclear
from actions.reply import Reply
from actions.shelf import Shelf, mention_of
from actions.turn import Turn
from actions.which import Which
from shop.domain.catalog import Card

_POLICIES = {"发货时间": "shipping_time", "送达时间": "delivery_time"}


class AnswerAbout(Heard, ABC):
    """An answer about what is pointed at; rules of the shop are told whatever the product."""

    def __init__(self, finder: Finder, shelf: Shelf) -> None:
        self._finder = finder
        self._shelf = shelf
        self._which = Which(finder)

    async def hear(self, turn: Turn, reply: Reply) -> list[EventType]:
        if await tell_policy(turn, self._shelf, reply):
            return []
        meant = await self._shelf.meant(turn, mention_of(turn))
        if isinstance(meant, Unclear):
            only = await self._only(turn)
            if only is None:
                return await self._which.ask(meant, turn, reply)
            meant = (only,)
        return await self._tell(meant, turn, reply)

    async def _only(self, turn: Turn) -> Card | None:
        """The one product of the brand that is named, in the kind of goods talked of: 徕芬的多少瓦."""
        said = turn.reading.constraints
        category = said.get("category") or turn.frame.get("category")
        if not category or not said.get("brands"):
            return None
        kind = {"category": category, "brands": said["brands"]}
        return await self._finder.only(kind) or await self._finder.only({**turn.frame, **kind})

    @abstractmethod
    async def _tell(self, meant: Sequence[Card], turn: Turn, reply: Reply) -> list[EventType]:
        """Answer; `meant` is empty where the product has left the shop."""


class ActionAnswerAttribute(AnswerAbout):
    """A field of what is pointed at, or which of several products has it."""

    def name(self) -> str:
        return "action_answer_attribute"

    async def _tell(self, meant: Sequence[Card], turn: Turn, reply: Reply) -> list[EventType]:
        if len(meant) > 1:
            await self._of_several(meant, turn, reply)
            return []
        return await self._of_one(meant, turn, reply)

    async def _of_one(self, meant: Sequence[Card], turn: Turn, reply: Reply) -> list[EventType]:
        for card, product in zip(meant, await self._shelf.products(meant), strict=False):
            category = await self._shelf.category(card.category)
            question = Question.of(turn, product, category)
            if question.asks_something:
                Answers(reply).of_one(card, product, question)
                return [SlotSet("focus", card.sku)]
        return await show_detail(self._finder, meant[0].sku if meant else None, reply)

    async def _of_several(self, cards: Sequence[Card], turn: Turn, reply: Reply) -> None:
        category = await self._shelf.category(cards[0].category)
        products = await self._shelf.products(cards)
        questions = [Question.of(turn, product, category) for product in products]
        Answers(reply).of_several(list(zip(cards, products, questions, strict=True)))


class ActionAnswerStock(AnswerAbout):
    """What can be had now, by option; and when it is sent, by the shop's rules."""

    def name(self) -> str:
        return "action_answer_stock"

    async def _tell(self, meant: Sequence[Card], turn: Turn, reply: Reply) -> list[EventType]:
        if not meant:
            reply.say("utter_product_gone")
        for card, product in zip(meant, await self._shelf.products(meant), strict=True):
            Answers(reply).stock(card, product, Question.of(turn, product, None))
        return [SlotSet("focus", meant[0].sku)] if len(meant) == 1 else []


async def tell_policy(turn: Turn, shelf: Shelf, reply: Reply) -> bool:
    """When it is sent and when it arrives are rules of the shop, whatever the product; whether that was asked."""
    topic = next((_POLICIES[name] for name in turn.reading.asked if name in _POLICIES), None)
    if topic is None:
        return False
    policy = await shelf.policy(topic)
    if policy is None:
        reply.say("utter_policy_unknown")
    else:
        reply.say("utter_policy", text=policy.text)
    return True

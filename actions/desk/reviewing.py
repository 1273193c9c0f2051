"""评价商品: stars and, for who likes, a few words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from rasa_sdk.events import EventType

from actions.choices import worded
from actions.desk.fields import Text
from actions.desk.lines import WhichLine
from actions.desk.ordering import PhoneTail, WhichOrder, having
from actions.desk.request import Request
from actions.desk.talk import Ended, Talk, Unfit
from recsys.query.service import skips
from recsys.query.stars import find_stars, read_stars
from shop.domain.command import ReviewGoods
from shop.domain.order import OrderStatus
from shop.domain.rating import MARKS

_LONGEST = 500


@dataclass(frozen=True)
class Unreviewed(WhichLine):
    """Goods that have no review yet; that they have one is said before anything is asked of them."""

    async def read(self, talk: Talk) -> Any | None:
        line = await super().read(talk)
        if line in (await talk.view()).reviewed:
            raise Ended("utter_desk_already_reviewed")
        return line

    async def given(self, talk: Talk) -> Any | None:
        view = await talk.view()
        if view.reviewed >= set(range(len(view.order.items))):
            raise Ended("utter_desk_already_reviewed")
        return await super().given(talk)


@dataclass(frozen=True)
class Stars:
    """From one to five."""

    name: str = "stars"
    resets: tuple[str, ...] = ()

    def needed(self, talk: Talk) -> bool:
        return True

    async def read(self, talk: Talk) -> Any | None:
        # A number that tells lines apart is no mark.
        alone = talk.asked == self.name
        stars = read_stars(talk.text) if alone else self._said(talk)
        if stars is not None and stars not in MARKS:
            raise Unfit("utter_rate_range")
        return stars

    def _said(self, talk: Talk) -> int | None:
        first = talk.asked is None or talk.corrects
        return find_stars(talk.text) if first else None

    async def given(self, talk: Talk) -> Any | None:
        return None

    async def ask(self, talk: Talk) -> None:
        marks = [worded(f"stars_{mark}") for mark in reversed(MARKS)]
        talk.reply.ask("utter_review_goods_ask_stars", marks)


@dataclass(frozen=True)
class Words(Text):
    """Need not be said."""

    async def read(self, talk: Talk) -> Any | None:
        if talk.asked == self.name and skips(talk.text):
            return ""
        return await super().read(talk)

    async def ask(self, talk: Talk) -> None:
        talk.reply.ask(self.response, [worded("skip")])


class ReviewForm(Request):
    """The buyer's own word: guests cannot give it."""

    skill = "review_goods"
    fields = (
        WhichOrder(having(OrderStatus.DELIVERED, OrderStatus.COMPLETED)),
        PhoneTail(),
        Unreviewed(),
        Stars(),
        Words("words", "utter_review_goods_ask_text", _LONGEST),
    )
    again = {"bad_text": "words", "bad_rating": "stars"}

    async def command(self, talk: Talk) -> ReviewGoods:
        known = talk.known
        return ReviewGoods(known["order"], known["line"], known["stars"], known["words"])

    def question(self, talk: Talk, facts: Any) -> str:
        words = talk.known["words"]
        return "utter_review_goods_confirm" if words else "utter_review_goods_confirm_stars"

    async def values(self, talk: Talk) -> dict[str, Any]:
        return {**await super().values(talk), "words": talk.known["words"]}

    async def _fill(self, talk: Talk) -> list[EventType]:
        if talk.guest:
            raise Ended("utter_desk_sign_in_required")
        return await super()._fill(talk)

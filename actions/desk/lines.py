"""Which goods of an order: 第二件, 那双鞋; the only one goes without saying."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from actions.choices import worded
from actions.desk.goods import described, matching
from actions.desk.talk import Ended, Talk
from shop.domain.order import OrderItem

_PLACED = re.compile(r"第\s?[\d一二两三四五六七八九十]+\s?[件个双样款条台部只本瓶盒套]|最后一")


# The whole order, where a skill may take it instead of one of its lines.
WHOLE = -1


@dataclass(frozen=True)
class WhichLine:
    """The place of a line, from 0."""

    name: str = "line"
    resets: tuple[str, ...] = ("quantity", "sku")

    def needed(self, talk: Talk) -> bool:
        return talk.at_order

    async def read(self, talk: Talk) -> Any | None:
        items = (await talk.order()).items
        if len(items) == 1:
            return None
        if _PLACED.search(talk.text) or talk.asked == self.name:
            place = talk.place(len(items))
            if place is not None:
                return place
        if talk.settled(self.name):
            return None
        found = [place for place in matching(talk, items) if _left(items[place])]
        return found[0] if len(found) == 1 else None

    async def given(self, talk: Talk) -> Any | None:
        items = (await talk.order()).items
        left = [place for place, item in enumerate(items) if _left(item)]
        if not left:
            raise Ended("utter_desk_nothing_left")
        return left[0] if len(left) == 1 else None

    async def ask(self, talk: Talk) -> None:
        items = (await talk.order()).items
        choices = [
            worded("line", title=described(item), place=place)
            for place, item in enumerate(items, 1)
            if _left(item)
        ]
        talk.reply.ask("utter_desk_which_line", choices)


def _left(item: OrderItem) -> bool:
    return item.quantity > item.cancelled

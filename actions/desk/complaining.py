"""投诉: heard, written down in the shopper's own words, and a person is offered."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from actions.choices import worded
from actions.desk.fields import Text
from actions.desk.request import Request
from actions.desk.talk import Talk
from recsys.query.aftersale import find_order_no
from shop.domain.command import Complain
from shop.domain.errors import UnknownOrder

_LONGEST = 1000
# 我要投诉 alone says nothing of what it is about.
_WISH = re.compile(
    "(?:我|要|想|得|必须|一定|就|你们|这家|店铺?|商家|卖家|的|了|吧|啊|投诉|举报|曝光|反馈|问题|意见|建议|提|个|一下|[,，。!！?？\\s])+"
)


@dataclass(frozen=True)
class Trouble(Text):
    """What it is about; said with the wish itself it is not asked again."""

    async def read(self, talk: Talk) -> Any | None:
        said = await super().read(talk)
        if said is not None or self.name in talk.known or talk.asked is not None:
            return said
        text = talk.turn.text.strip()
        return None if _WISH.fullmatch(text) else text[: self.limit]

    async def ask(self, talk: Talk) -> None:
        talk.reply.ask(self.response, [worded("human"), worded("no")])


class ComplaintForm(Request):
    skill = "complaint"
    fields = (Trouble("words", "utter_complaint_ask", _LONGEST),)
    again = {"bad_text": "words"}

    async def command(self, talk: Talk) -> Complain:
        return Complain(talk.known["words"], await _order_no(talk))

    async def values(self, talk: Talk) -> dict[str, Any]:
        return {"words": talk.known["words"]}


async def _order_no(talk: Talk) -> str | None:
    """The order that is named, where it is theirs to name."""
    number = find_order_no(talk.known["words"])
    if number is None:
        return None
    try:
        await talk.desk.read.order(talk.requester, number)
    except UnknownOrder:
        return None
    return number

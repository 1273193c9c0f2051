"""取消订单: all of it, or a line."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from actions.desk.fields import OneOf, Pieces
from actions.desk.lines import WHOLE, WhichLine
from actions.desk.ordering import PhoneTail, WhichOrder, having
from actions.desk.request import Request
from actions.desk.talk import Talk
from recsys.query.reasons import CANCEL_REASONS
from shop.domain.command import CancelOrder, CancelReason
from shop.domain.order import OrderStatus

_ALL = re.compile(r"整[单个]|全部|[都全]取消")
# 只取消其中一件 says that not all goes, not yet which.
_PART = re.compile(r"其中|部分|不是(?:全部|整单|都)|(?:[别不]要?|没)(?:全|都)(?:部)?(?:取消|退)")
# 取消一个订单 counts orders, not pieces.
_PIECES = re.compile(r"[件双盒台部瓶条只本包套罐袋]")


@dataclass(frozen=True)
class WhichPart(WhichLine):
    """A line, where the shopper names one; else the whole order."""

    async def read(self, talk: Talk) -> Any | None:
        part = _PART.search(talk.text)
        if _ALL.search(talk.text) and not part:
            return WHOLE
        items = (await talk.order()).items
        if len(items) == 1 and talk.turn.reading.quantity and _PIECES.search(talk.text):
            return 0
        found = await super().read(talk)
        if found is None and part:
            talk.known.pop(self.name, None)
        return found

    async def given(self, talk: Talk) -> Any | None:
        only = await super().given(talk)
        open_still = talk.asked == self.name or _PART.search(talk.text)
        return only if open_still else WHOLE


class CancelForm(Request):
    skill = "cancel_order"
    fields = (
        WhichOrder(having(OrderStatus.UNPAID, OrderStatus.PAID)),
        PhoneTail(),
        WhichPart(),
        Pieces(),
        OneOf("reason", "utter_cancel_order_ask_reason", CANCEL_REASONS),
    )
    own_words = frozenset({"wrong_state"})
    again: ClassVar[Mapping[str, str]] = {"too_many": "quantity"}

    async def command(self, talk: Talk) -> CancelOrder:
        known = talk.known
        lines = () if known["line"] == WHOLE else ((known["line"], known["quantity"]),)
        return CancelOrder(known["order"], CancelReason(known["reason"]), lines)

    def question(self, talk: Talk, facts: Mapping[str, Any]) -> str:
        if not facts["amount"]:
            return "utter_cancel_order_confirm_unpaid"
        part = "whole" if facts["whole"] else "part"
        return f"utter_cancel_order_confirm_{part}"

    def response(self, talk: Talk, said: Mapping[str, Any]) -> str:
        return "utter_cancel_order_done_paid" if said["refund"] else "utter_cancel_order_done"

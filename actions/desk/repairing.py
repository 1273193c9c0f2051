"""保修 and 维修: what the warranty says comes first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from actions.choices import worded
from actions.desk.fields import Text
from actions.desk.lines import WhichLine
from actions.desk.ordering import PhoneTail, WhichOrder, having
from actions.desk.request import Request
from actions.desk.talk import Ended, Talk
from actions.desk.wording import moment
from shop.domain.command import RequestRepair
from shop.domain.order import OrderStatus
from shop.domain.warranty import Warranty

_LONGEST = 500


@dataclass(frozen=True)
class Fault(Text):
    """What is wrong, asked for together with what the warranty says."""

    async def given(self, talk: Talk) -> Any | None:
        warranty = await _warranty(talk)
        if warranty.covered is None:
            raise Ended("utter_repair_unknown", title=warranty.title)
        return None

    async def ask(self, talk: Talk) -> None:
        warranty = await _warranty(talk)
        until = moment(talk, warranty.until) if warranty.until else None
        if warranty.covered:
            response = "utter_repair_covered"
        else:
            response = "utter_repair_expired" if until else "utter_repair_without"
        talk.reply.ask(response, [worded("no")], title=warranty.title, until=until)


def _at_line(talk: Talk) -> bool:
    return talk.at_order and talk.known.get("line") is not None


class RepairForm(Request):
    skill = "repair"
    fields = (
        WhichOrder(having(OrderStatus.DELIVERED, OrderStatus.COMPLETED)),
        PhoneTail(),
        WhichLine(),
        Fault("fault", "utter_repair_covered", _LONGEST, wanted=_at_line),
    )
    again = {"bad_text": "fault"}

    async def command(self, talk: Talk) -> RequestRepair:
        return RequestRepair(talk.known["order"], talk.known["line"], talk.known["fault"])

    def question(self, talk: Talk, facts: Mapping[str, Any]) -> str:
        return f"utter_repair_confirm_{'free' if facts['covered'] else 'paid'}"

    async def values(self, talk: Talk) -> dict[str, Any]:
        return {**await super().values(talk), "fault": talk.known["fault"]}


async def _warranty(talk: Talk) -> Warranty:
    found = await talk.desk.read.warranty(talk.requester, talk.known["order"])
    return found[talk.known["line"]]

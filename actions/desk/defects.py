"""破损, 少件, 发错: what came wrong, what is wanted for it, and photos of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from rasa_sdk.events import EventType

from actions.choices import worded
from actions.desk.fields import OneOf, Pieces
from actions.desk.goods import described
from actions.desk.lines import WhichLine
from actions.desk.ordering import PhoneTail, WhichOrder, having
from actions.desk.request import Request
from actions.desk.talk import Talk
from recsys.query.claims import DEFECTS, REMEDIES, has_no_photo
from shop.domain.command import DefectKind, Remedy, ReportDefect
from shop.domain.order import OrderStatus


@dataclass(frozen=True)
class Photos:
    """Ids of the photos sent in this conversation; an empty list where the shopper has none."""

    name: str = "photos"
    resets: tuple[str, ...] = ()

    def needed(self, talk: Talk) -> bool:
        return True

    async def read(self, talk: Talk) -> Any | None:
        sent = await talk.desk.photos(talk.requester)
        if sent:
            return sent
        return [] if talk.asked == self.name and has_no_photo(talk.text) else None

    async def given(self, talk: Talk) -> Any | None:
        return None

    async def ask(self, talk: Talk) -> None:
        talk.reply.ask("utter_damaged_goods_ask_photos", [worded("no_photos")])


class DefectForm(Request):
    """Without a photo a person has to look at it."""

    skill = "damaged_goods"
    fields = (
        WhichOrder(having(OrderStatus.DELIVERED, OrderStatus.COMPLETED)),
        PhoneTail(),
        WhichLine(),
        Pieces(),
        OneOf("defect", "utter_damaged_goods_ask_defect", DEFECTS),
        OneOf("remedy", "utter_damaged_goods_ask_remedy", REMEDIES),
        Photos(),
    )
    again = {"too_many": "quantity", "unknown_photo": "photos"}

    async def finish(self, talk: Talk) -> list[EventType]:
        if talk.known["photos"]:
            return await super().finish(talk)
        call = await self._desk.call_human(talk.requester, "no_photos")
        talk.reply.say("utter_damaged_goods_no_photos")
        talk.reply.handoff(call)
        return self.close(talk)

    async def command(self, talk: Talk) -> ReportDefect:
        known = talk.known
        return ReportDefect(
            known["order"],
            known["line"],
            known["quantity"],
            DefectKind(known["defect"]),
            Remedy(known["remedy"]),
            tuple(known["photos"]),
        )

    def question(self, talk: Talk, facts: Mapping[str, Any]) -> str:
        paid_back = facts["remedy"] == Remedy.REFUND.value
        return f"utter_damaged_goods_confirm_{'refund' if paid_back else 'resend'}"

    async def values(self, talk: Talk) -> dict[str, Any]:
        known = talk.known
        item = (await talk.order()).items[known["line"]]
        said = {"title": described(item), "photos": len(known["photos"])}
        told = {name: known[name] for name in ("quantity", "defect", "remedy")}
        return {**await super().values(talk), **said, **told}

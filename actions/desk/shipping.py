"""催发货, 查物流 and 改地址."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from rasa_sdk.events import EventType

from actions.desk.ordering import PhoneTail, WhichOrder, having
from actions.desk.request import Request
from actions.desk.talk import Ended, Talk, Unfit
from actions.desk.wording import moment
from recsys.query.address import amended, bare_address, find_address, names_a_place
from recsys.query.aftersale import errs
from shop.desk.views import ParcelView
from shop.domain.command import ChangeAddress, ReportStaleParcel, UrgeShipment
from shop.domain.order import OrderStatus

_PERSON = re.compile(r"电话|手机号?|收[货件]人|姓名|名字")


class UrgeForm(Request):
    skill = "urge_shipping"
    fields = (WhichOrder(having(OrderStatus.PAID)), PhoneTail())
    own_words = frozenset({"wrong_state", "already_asked"})

    async def command(self, talk: Talk) -> UrgeShipment:
        return UrgeShipment(talk.known["order"])


class TrackForm(Request):
    """Tells where the parcels are; of one that does not move the carrier may be asked."""

    skill = "track_parcel"
    interrupts = True
    fields = (WhichOrder(having(OrderStatus.SHIPPED)), PhoneTail())
    own_words = frozenset({"already_asked"})

    async def command(self, talk: Talk) -> ReportStaleParcel:
        return ReportStaleParcel(talk.known["order"], talk.known["parcel"])

    async def finish(self, talk: Talk) -> list[EventType]:
        if "parcel" in talk.known:
            return await super().finish(talk)
        found = await talk.desk.read.parcels(talk.requester, talk.known["order"])
        await self._tell_all(talk, found)
        stale = next((view for view in found if view.stale), None)
        if stale is None:
            return self.close(talk)
        talk.known["parcel"] = stale.parcel.parcel_no
        return await super().finish(talk)

    async def _tell_all(self, talk: Talk, found: list[ParcelView]) -> None:
        order = await talk.order()
        if not found:
            raise Ended(
                "utter_track_parcel_none", order_no=order.order_no, status=order.status.value
            )
        if len(found) > 1:
            talk.reply.say("utter_track_parcel_several", count=len(found), order_no=order.order_no)
        for view in found:
            _tell(talk, view)
            titles = [order.items[line].title for line in view.parcel.lines]
            talk.reply.attach("shipment", {**view.to_json(), "titles": titles})


def _tell(talk: Talk, view: ParcelView) -> None:
    parcel = view.parcel
    said = {"carrier": parcel.carrier, "tracking_no": parcel.tracking_no}
    if parcel.delivered_at is not None:
        at = moment(talk, parcel.delivered_at)
        talk.reply.say("utter_track_parcel_delivered", delivered_at=at, **said)
    elif not parcel.events:
        talk.reply.say("utter_track_parcel_sent", last_at=moment(talk, parcel.shipped_at), **said)
    else:
        state = "stale" if view.stale else "moving"
        last = {"last_at": moment(talk, parcel.last_at), "event": parcel.events[-1].text}
        talk.reply.say(f"utter_track_parcel_{state}", **said, **last)


@dataclass(frozen=True)
class NewAddress:
    """An address as it was written; whether a parcel can be sent there is the desk's to say."""

    name: str = "address"
    resets: tuple[str, ...] = ()

    def needed(self, talk: Talk) -> bool:
        return True

    async def read(self, talk: Talk) -> Any | None:
        found = find_address(talk.text)
        if found is None and _PERSON.search(talk.text) and "地址" not in talk.text:
            raise Ended("utter_change_address_person")
        if found is None and talk.asked == self.name and names_a_place(talk.text):
            return bare_address(talk.text)
        return found or self._corrected(talk)

    def _corrected(self, talk: Talk) -> str | None:
        """What has been read back, with the part said anew; called wrong without more, it is asked for again."""
        held = talk.known.get(self.name)
        if held is None or talk.asked == self.name:
            return None
        found = amended(held, talk.text)
        if found is None and errs(talk.turn.text):
            del talk.known[self.name]
            raise Unfit("utter_change_address_again")
        return found

    async def given(self, talk: Talk) -> Any | None:
        return None

    async def ask(self, talk: Talk) -> None:
        talk.reply.say("utter_change_address_ask", order_no=talk.known["order"])


class AddressForm(Request):
    skill = "change_address"
    members_only = True
    fields = (
        WhichOrder(having(OrderStatus.UNPAID, OrderStatus.PAID)),
        PhoneTail(),
        NewAddress(),
    )
    own_words = frozenset({"wrong_state", "already_asked", "needs_human"})
    again: ClassVar[Mapping[str, str]] = {"bad_address": "address"}

    async def command(self, talk: Talk) -> ChangeAddress:
        return ChangeAddress(talk.known["order"], talk.known["address"])

    async def values(self, talk: Talk) -> dict[str, Any]:
        return {**await super().values(talk), "address": talk.known["address"]}

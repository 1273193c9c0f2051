"""删除我的数据: what goes and what the law keeps, said twice over before it is done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from rasa_sdk.events import AllSlotsReset, EventType

from actions.choices import worded
from actions.desk.request import Request
from actions.desk.talk import Talk, Unfit
from recsys.query.aftersale import agrees, find_phone_tail
from shop.desk.views import Receipt
from shop.domain.command import EraseData

_YES = "确认删除"


@dataclass(frozen=True)
class Sure:
    """The first yes, after hearing what it means."""

    name: str = "sure"
    resets: tuple[str, ...] = ()

    def needed(self, talk: Talk) -> bool:
        return True

    async def read(self, talk: Talk) -> Any | None:
        agreed = agrees(talk.text) or _YES in talk.text
        return True if talk.asked == self.name and agreed else None

    async def given(self, talk: Talk) -> Any | None:
        return None

    async def ask(self, talk: Talk) -> None:
        held = await talk.desk.belongings(talk.requester)
        who = "guest" if talk.guest else "customer"
        choices = [worded("erase"), worded("no")]
        talk.reply.ask(f"utter_delete_my_data_sure_{who}", choices, **held.to_json())


@dataclass(frozen=True)
class Digits:
    """A customer's phone once more. The digits are not kept; known is only that some were said."""

    name: str = "digits"
    resets: tuple[str, ...] = ()

    def needed(self, talk: Talk) -> bool:
        return not talk.guest

    async def read(self, talk: Talk) -> Any | None:
        said = find_phone_tail(talk.turn.text) if talk.asked == self.name else None
        return None if said is None else True

    async def given(self, talk: Talk) -> Any | None:
        return None

    async def ask(self, talk: Talk) -> None:
        talk.reply.say("utter_delete_my_data_ask_digits")


class EraseForm(Request):
    skill = "delete_my_data"
    fields = (Sure(), Digits())
    again = {"not_verified": "digits"}
    own_words = frozenset({"not_verified"})

    async def command(self, talk: Talk) -> EraseData:
        if talk.guest:
            return EraseData()
        tail = find_phone_tail(talk.turn.text)
        if tail is None:
            del talk.known["digits"]
            raise Unfit("utter_delete_my_data_digits_again")
        return EraseData(tail)

    def question(self, talk: Talk, facts: Mapping[str, Any]) -> str:
        return "utter_delete_my_data_confirm"

    async def down(self, talk: Talk) -> list[EventType]:
        """It cannot be kept for later: the digits are checked now or never."""
        talk.reply.ask("utter_delete_my_data_down", [worded("human")])
        return self.close(talk)

    async def _tell(self, talk: Talk, receipt: Receipt) -> None:
        await super()._tell(talk, receipt)
        talk.known["erased"] = receipt.state == "done"

    def close(self, talk: Talk) -> list[EventType]:
        """What was remembered of the shopper goes, too."""
        return [AllSlotsReset()] if talk.known.get("erased") else super().close(talk)

"""领券: one of those that can be claimed, by its title, its amounts or its place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from actions.choices import worded
from actions.desk.request import Request
from actions.desk.talk import Ended, Talk, Unfit
from actions.reply import yuan
from shop.domain.command import ClaimCoupon
from shop.domain.coupon import Coupon

# 满200减25 and 新人券 name a coupon, also one that is not to be had.
_NAMED = re.compile(r"满\s?\d|减\s?\d|新[人客]")
# How many are offered at once.
OFFERED = 6


@dataclass(frozen=True)
class WhichCoupon:
    """The id of a coupon."""

    name: str = "coupon"
    resets: tuple[str, ...] = ()

    def needed(self, talk: Talk) -> bool:
        return True

    async def read(self, talk: Talk) -> Any | None:
        wallet = await talk.desk.read.coupons(talk.requester)
        place = talk.place(len(wallet.claimable[:OFFERED]))
        if place is not None:
            return wallet.claimable[place].coupon_id
        meant = _meant(talk.text, wallet.claimable)
        held = _meant(talk.text, wallet.claimed)
        if held and not meant:
            raise Ended("utter_claim_coupon_held", title=held[0].title)
        if not meant and _NAMED.search(talk.text):
            raise Unfit("utter_claim_coupon_coupon_not_claimable")
        return meant[0].coupon_id if len(meant) == 1 else None

    async def given(self, talk: Talk) -> Any | None:
        found = (await talk.desk.read.coupons(talk.requester)).claimable
        if not found:
            raise Ended("utter_claim_coupon_none")
        return found[0].coupon_id if len(found) == 1 else None

    async def ask(self, talk: Talk) -> None:
        found = (await talk.desk.read.coupons(talk.requester)).claimable[:OFFERED]
        choices = [worded("coupon", title=one.title) for one in found]
        talk.reply.ask("utter_claim_coupon_which", choices)


class ClaimForm(Request):
    skill = "claim_coupon"
    fields = (WhichCoupon(),)
    own_words = frozenset({"coupon_not_claimable", "sign_in_required"})

    async def command(self, talk: Talk) -> ClaimCoupon:
        return ClaimCoupon(talk.known["coupon"])

    async def values(self, talk: Talk) -> dict[str, Any]:
        wallet = await talk.desk.read.coupons(talk.requester)
        every = (*wallet.claimable, *wallet.claimed)
        return {"title": next(c.title for c in every if c.coupon_id == talk.known["coupon"])}


def _meant(text: str, coupons: Sequence[Coupon]) -> list[Coupon]:
    """By the whole title, else by every amount that is said (满199减10)."""
    named = [one for one in coupons if one.title in text]
    amounts = re.findall(r"\d+(?:\.\d+)?", text)
    if named or not amounts:
        return named
    return [one for one in coupons if set(amounts) <= {yuan(one.threshold), yuan(one.off)}]

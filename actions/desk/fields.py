"""What a form asks for: how each is asked, read from a sentence, and known without asking."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from actions.choices import Choice
from actions.desk.talk import Talk, Unfit
from actions.options import literal
from recsys.query.reasons import read_word


def always(talk: Talk) -> bool:
    return True


class Field(Protocol):
    """`resets`: the fields whose values mean nothing any more once this one has another."""

    @property
    def name(self) -> str: ...

    @property
    def resets(self) -> tuple[str, ...]: ...

    def needed(self, talk: Talk) -> bool:
        """Whether the form wants it, by what is known so far."""

    async def read(self, talk: Talk) -> Any | None:
        """What the sentence says of it, a JSON value; `talk.asked` tells whether it was asked for. Raises Unfit."""

    async def given(self, talk: Talk) -> Any | None:
        """What goes without saying; None: to be asked. Raises Ended where no answer would do."""

    async def ask(self, talk: Talk) -> None:
        """Say the question."""


@dataclass(frozen=True)
class OneOf:
    """One of a few values, said in any of the `words` for it (recsys/query/reasons.py) or by its place."""

    name: str
    response: str
    words: Mapping[str, str]
    wanted: Callable[[Talk], bool] = always
    resets: tuple[str, ...] = ()

    def needed(self, talk: Talk) -> bool:
        return self.wanted(talk)

    async def read(self, talk: Talk) -> Any | None:
        said = read_word(talk.text, self.words)
        if said is None and talk.asked == self.name:
            place = talk.place(len(self.words))
            said = None if place is None else list(self.words)[place]
        return said

    async def given(self, talk: Talk) -> Any | None:
        return None

    async def ask(self, talk: Talk) -> None:
        known = {"order_no": talk.known["order"]} if "order" in talk.known else {}
        talk.reply.offer(self.response, list(self.words), **known)


@dataclass(frozen=True)
class Text:
    """The shopper's own words, taken only when asked for: the whole sentence, up to `limit` characters."""

    name: str
    response: str
    limit: int
    least: int = 2
    wanted: Callable[[Talk], bool] = always
    resets: tuple[str, ...] = ()

    def needed(self, talk: Talk) -> bool:
        return self.wanted(talk)

    async def read(self, talk: Talk) -> Any | None:
        said = talk.text.strip()
        if talk.asked != self.name or len(said) < self.least:
            return None
        if len(said) > self.limit:
            raise Unfit("utter_desk_text_too_long", limit=self.limit)
        return said

    async def given(self, talk: Talk) -> Any | None:
        return None

    async def ask(self, talk: Talk) -> None:
        talk.reply.say(self.response)


@dataclass(frozen=True)
class Pieces:
    """How many of the line; one piece goes without saying."""

    name: str = "quantity"
    response: str = "utter_desk_ask_quantity"
    resets: tuple[str, ...] = ()

    def needed(self, talk: Talk) -> bool:
        return talk.at_order and talk.known.get("line", -1) >= 0

    async def read(self, talk: Talk) -> Any | None:
        reading, available = talk.turn.reading, await self._available(talk)
        if literal(talk.text, ("全部", "都退", "都换", "全退", "全换", "都要", "全要")):
            return available
        said = reading.quantity
        if said is None and talk.asked == self.name:
            said = reading.alone
        if said is not None and not 1 <= said <= available:
            raise Unfit("utter_desk_too_many", available=available)
        return said

    async def given(self, talk: Talk) -> Any | None:
        return 1 if await self._available(talk) == 1 else None

    async def ask(self, talk: Talk) -> None:
        available = await self._available(talk)
        choices = [Choice(f"{n} 件", f"{n}件") for n in range(1, min(available, 5) + 1)]
        talk.reply.ask(self.response, choices, available=available)

    async def _available(self, talk: Talk) -> int:
        item = (await talk.order()).items[talk.known["line"]]
        return item.quantity - item.cancelled

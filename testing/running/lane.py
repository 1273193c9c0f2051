"""One shop to talk with: a deployed one, or one of the test system's own that shows its inside."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from testing.conversation.model import Setup

Event = Mapping[str, Any]


class CannotPrepare(Exception):
    """What the setup of a dialogue asks for cannot be had here; the message says what."""


class Lane(Protocol):
    """Dialogues run in it one after the other."""

    @property
    def url(self) -> str: ...

    @property
    def shows_inside(self) -> bool:
        """Whether `rows` and `events` tell anything."""

    async def begin(self, setup: Setup) -> None:
        """Make the world of `setup`; raises CannotPrepare."""

    def customer_token(self, customer: str) -> str:
        """What the shop's page signs for a customer; raises CannotPrepare."""

    async def rows(self, table: str) -> Sequence[Mapping[str, Any]]:
        """The rows of a table, as plain JSON values."""

    def events(self, conversation_id: str) -> Sequence[Event]:
        """Rasa's events of the conversation since the last time they were asked for."""


class LiveLane:
    """A deployed bot: its answers are all there is to see."""

    shows_inside = False

    def __init__(self, url: str) -> None:
        self.url = url

    async def begin(self, setup: Setup) -> None:
        if setup != Setup():
            raise CannotPrepare("线上系统不能预设客户、库存、订单或日期")

    def customer_token(self, customer: str) -> str:
        raise CannotPrepare("线上系统不能代客户登录")

    async def rows(self, table: str) -> Sequence[Mapping[str, Any]]:
        return ()

    def events(self, conversation_id: str) -> Sequence[Event]:
        return ()

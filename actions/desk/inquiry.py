"""A skill of the desk that only tells."""

from __future__ import annotations

from abc import abstractmethod

from rasa_sdk.events import EventType

from actions.desk.form import Form
from actions.desk.talk import Talk


class Inquiry(Form):
    """A form whose end is an answer."""

    interrupts = True

    async def finish(self, talk: Talk) -> list[EventType]:
        await self.tell(talk)
        return self.close(talk)

    @abstractmethod
    async def tell(self, talk: Talk) -> None:
        """Say what was asked for. Raises what reads of the desk raise, and Ended."""

"""One turn of a conversation: store, ask Rasa, store, push. HTTP and sockets both come here."""

import logging
import re
import unicodedata
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace

from shop.domain import Choice, Draft, Event, EventKind, Message, Sender
from shop.storage import Storage, Unit
from web.folding import fold
from web.forgetting import Forgetting
from web.hub import Hub
from web.metrics import Metrics
from web.rasa import RasaClient, RasaError
from web.text import PHOTO, for_rasa
from web.turns import Turns
from web.wording import Wording

log = logging.getLogger(__name__)

OnStored = Callable[[Message], Awaitable[None]]
_NOT_WORDS = re.compile(r"[\W_]+")


class Conversations:
    """Takes what shoppers say and answers it; whatever Rasa does, there is an answer."""

    def __init__(
        self,
        storage: Storage,
        rasa: RasaClient,
        hub: Hub,
        wording: Wording,
        metrics: Metrics,
        forgetting: Forgetting,
    ) -> None:
        self._storage = storage
        self._rasa = rasa
        self._hub = hub
        self._wording = wording
        self._metrics = metrics
        self._forgetting = forgetting
        self._turns = Turns()

    async def say(
        self,
        conversation_id: str,
        text: str,
        client_id: str | None = None,
        on_stored: OnStored | None = None,
        photos: Sequence[str] = (),
    ) -> list[Message]:
        """The answers to a clean sentence; the same `client_id` again gets the same answers.

        `on_stored` hears of the shopper's message as soon as it cannot be lost. With `photos` the
        sentence may be empty. Raises UnknownPhoto for one that is not the conversation's.
        """
        async with self._turns.turn(conversation_id):
            asked, answers = await self._ask(conversation_id, text, client_id, photos)
            if on_stored is not None:
                await on_stored(asked)
            if answers:
                self._metrics.turns.labels("repeated").inc()
                return answers
            await self._push(conversation_id, asked)
            with self._metrics.turn_seconds.time():
                return await self._answer(conversation_id, asked)

    async def _ask(
        self, conversation_id: str, text: str, client_id: str | None, photos: Sequence[str]
    ) -> tuple[Message, list[Message]]:
        """The stored question, with answers if it was asked before and not interrupted."""
        data = {"photos": [{"photo_id": one} for one in photos]} if photos else {}
        draft = Draft(Sender.SHOPPER, text=text, data=data)
        async with self._storage.unit() as unit:
            if photos:
                await unit.photos.check(conversation_id, photos)
            asked, new = await unit.conversations.append(conversation_id, draft, client_id)
            answers: list[Message] = []
            if not new and client_id is not None:
                answers = await unit.conversations.turn(conversation_id, client_id)
            await unit.commit()
        return asked, answers

    async def _answer(self, conversation_id: str, asked: Message) -> list[Message]:
        await self._typing(conversation_id, True)
        try:
            drafts = await self._drafts(conversation_id, asked.text or PHOTO)
            answers = await self._store(conversation_id, asked, drafts)
            for message in answers:
                await self._push(conversation_id, message)
        finally:
            await self._typing(conversation_id, False)
        return answers

    async def _drafts(self, conversation_id: str, text: str) -> list[Draft]:
        try:
            replies = await self._rasa.answer(conversation_id, for_rasa(text))
            await self._forgetting.turn_ended(conversation_id)
            drafts = fold(replies)
        except RasaError as error:
            log.warning("no answer: %s (%s)", type(error).__name__, error)
            return [await self._without_rasa(conversation_id, text)]
        self._metrics.turns.labels("answered").inc()
        return drafts

    async def _without_rasa(self, conversation_id: str, text: str) -> Draft:
        """An apology with a way on; a human can be called all the same."""
        if self._asks_for_human(text):
            self._metrics.turns.labels("handoff").inc()
            return await self._handoff(conversation_id)
        self._metrics.turns.labels("failed").inc()
        human, again = self._wording.choose_handoff, self._wording.choose_retry
        choices = (Choice(human, human), Choice(again, text))
        return Draft(Sender.BOT, "error", self._wording.apology, choices=choices)

    def _asks_for_human(self, text: str) -> bool:
        words = _NOT_WORDS.sub("", unicodedata.normalize("NFKC", text))
        return words in self._wording.handoff_phrases

    async def _handoff(self, conversation_id: str) -> Draft:
        async with self._storage.unit() as unit:
            handoff = await unit.handoffs.request(conversation_id, reason="asked")
            await unit.commit()
            hours = await unit.policies.get("service_hours")
        place = handoff.queue_position
        text = self._wording.handoff.format(ahead=place - 1)
        data = {"queue_position": place, "business_hours": hours.text if hours else ""}
        return Draft(Sender.BOT, "handoff", text, data)

    async def _store(
        self, conversation_id: str, asked: Message, drafts: list[Draft]
    ) -> list[Message]:
        """All answers of a turn or none of them, and what they showed."""
        answers = []
        async with self._storage.unit() as unit:
            for draft in drafts:
                reply = replace(draft, reply_to=asked.id)
                message, _ = await unit.conversations.append(conversation_id, reply)
                await _record_impressions(unit, conversation_id, message)
                answers.append(message)
            await unit.commit()
        return answers

    async def _push(self, conversation_id: str, message: Message) -> None:
        frame = {"type": "message", "message": message.to_json()}
        await self._hub.publish(conversation_id, frame)

    async def _typing(self, conversation_id: str, on: bool) -> None:
        await self._hub.publish(conversation_id, {"type": "typing", "on": on})


async def _record_impressions(unit: Unit, conversation_id: str, message: Message) -> None:
    """A list of products that was shown is behaviour from which ranking learns."""
    if message.type != "products":
        return
    skus = [item["sku"] for item in message.data.get("items", ())]
    await unit.events.record(
        Event(
            event_id=f"{message.id}.{position}",
            conversation_id=conversation_id,
            kind=EventKind.IMPRESSION,
            sku=sku,
            at=unit.now(),
            data={"message_id": message.id, "position": position},
        )
        for position, sku in enumerate(skus, 1)
    )

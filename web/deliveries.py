"""News of what shoppers confirmed while the shop's systems could not be reached."""

import logging

from shop.desk import Desk
from shop.desk.views import Delivery
from shop.domain import Choice, Draft, Message, Sender
from shop.storage import Storage
from web.hub import Hub
from web.metrics import Metrics
from web.wording import Wording

log = logging.getLogger(__name__)


class Deliveries:
    """Tells how each kept operation ended: once, whatever the number of gateways that perform it."""

    def __init__(
        self, desk: Desk, storage: Storage, hub: Hub, wording: Wording, metrics: Metrics
    ) -> None:
        self._desk = desk
        self._storage = storage
        self._hub = hub
        self._wording = wording
        self._metrics = metrics

    async def deliver(self) -> int:
        """Perform what is due; how many endings were told here."""
        told = [await self._told(delivery) for delivery in await self._desk.deliver()]
        return sum(told)

    async def _told(self, delivery: Delivery) -> bool:
        """One that cannot be told must not keep the others from it."""
        try:
            new = await self._tell(delivery)
        except Exception as error:
            log.error("%s cannot be told: %s", delivery.operation, type(error).__name__)
            return False
        if new:
            outcome = "refused" if delivery.refusal else "done"
            self._metrics.deliveries.labels(outcome).inc()
        return new

    async def _tell(self, delivery: Delivery) -> bool:
        """The operation names the message, so that two gateways store it once."""
        key = delivery.conversation_id
        async with self._storage.unit() as unit:
            message, new = await unit.conversations.append(
                key, self._draft(delivery), f"delivery:{delivery.operation_id}"
            )
            await unit.commit()
        if new:
            await self._push(key, message)
        return new

    def _draft(self, delivery: Delivery) -> Draft:
        words = self._wording
        what = words.operations[delivery.operation]
        if delivery.refusal is not None:
            why = words.refusals[delivery.refusal["code"]]
            human = Choice(words.choose_handoff, words.choose_handoff)
            text = words.not_delivered.format(operation=what, why=why)
            return Draft(Sender.BOT, "text", text, choices=(human,))
        outcome = delivery.receipt.outcome if delivery.receipt else None
        text = words.delivered.format(operation=what)
        if outcome is not None and outcome.ticket is not None:
            text += words.delivered_ticket.format(ticket_no=outcome.ticket.ticket_no)
        return Draft(Sender.BOT, "text", text)

    async def _push(self, conversation_id: str, message: Message) -> None:
        frame = {"type": "message", "message": message.to_json()}
        await self._hub.publish(conversation_id, frame)

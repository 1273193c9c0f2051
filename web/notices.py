"""News of goods that are back, for the customers who asked for it.

The catalogue changes in other processes and calls nobody: the gateway looks every so often.
"""

from shop.domain import Draft, Message, Notice, ProductDetail, Sender
from shop.storage import Storage
from web.hub import Hub
from web.metrics import Metrics
from web.wording import Wording


class Notices:
    """Tells each notice once, whatever the number of gateways: who takes it out of the database stores the message."""

    def __init__(self, storage: Storage, hub: Hub, wording: Wording, metrics: Metrics) -> None:
        self._storage = storage
        self._hub = hub
        self._wording = wording
        self._metrics = metrics

    async def deliver(self) -> int:
        """Tell all that is due; returns how many were told here."""
        async with self._storage.unit() as unit:
            due = await unit.notices.due()
        told = [await self._tell(notice) for notice in due]
        self._metrics.notices.inc(sum(told))
        return sum(told)

    async def _tell(self, notice: Notice) -> bool:
        """Message and end of the notice are one piece of work: both happen or neither."""
        async with self._storage.unit() as unit:
            # Taken first: of two gateways one finds nothing left to take.
            if not await unit.notices.take(notice):
                return False
            conversation = await unit.conversations.latest_of(notice.customer_id)
            if conversation is None:
                return False
            draft = self._draft(await unit.catalog.product(notice.sku))
            key = conversation.conversation_id
            message, _ = await unit.conversations.append(key, draft)
            await unit.commit()
        await self._push(key, message)
        return True

    def _draft(self, detail: ProductDetail) -> Draft:
        card = detail.card
        name = " ".join((card.title, *card.options.values()))
        text = self._wording.back_in_stock.format(name=name, stock=card.stock, price=card.price)
        data = {"item": card.to_json(), "description": detail.description}
        return Draft(Sender.BOT, "product", text, data)

    async def _push(self, conversation_id: str, message: Message) -> None:
        frame = {"type": "message", "message": message.to_json()}
        await self._hub.publish(conversation_id, frame)

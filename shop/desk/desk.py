"""The after-sale desk: its parts put together."""

from collections.abc import Sequence

from shop.desk.gate import Gate
from shop.desk.identity import Identity
from shop.desk.people import People
from shop.desk.performing import Performing
from shop.desk.proposing import Proposing
from shop.desk.reading import Reading
from shop.desk.writing import Writing
from shop.domain.clock import Clock, now
from shop.domain.requester import Requester
from shop.domain.service import ServiceRules
from shop.ports import BackOffice, Eraser
from shop.storage import Storage


class Desk:
    """`read`: what is; `write`: propose, confirm, deliver; `people`: agents and satisfaction.

    Conversations, proposals and the outbox are in `storage`; the shop's records behind `office`.
    """

    def __init__(
        self,
        storage: Storage,
        rules: ServiceRules,
        office: BackOffice,
        erasers: Sequence[Eraser] = (),
        clock: Clock = now,
    ) -> None:
        gate = Gate(office)
        identity = Identity(storage, office, rules, clock)
        proposing = Proposing(storage, office, gate, identity, rules, clock)
        performing = Performing(storage, office, proposing, erasers)
        self.rules, self.clock = rules, clock
        self.identity = identity
        self.read = Reading(office, gate, rules, clock)
        self.write = Writing(storage, proposing, performing, rules, clock)
        self.people = People(storage, office, gate, rules, clock)
        self.requester = identity.of
        self.verify = identity.verify
        self.propose = self.write.propose
        self.confirm = self.write.confirm
        self.decline = self.write.decline
        self.keep = self.write.keep
        self.deliver = self.write.deliver
        self.rate_service = self.people.rate_service
        self.call_human = self.people.call_human
        self.summary = self.people.summary

    async def tidy(self) -> None:
        """Every hour: forget what counts no longer."""
        await self.identity.tidy()
        await self.write.tidy()

    @staticmethod
    def agent(agent_id: str, conversation_id: str = "") -> Requester:
        """An agent whom the console has signed in, at a conversation."""
        return Requester(conversation_id, agent_id=agent_id)

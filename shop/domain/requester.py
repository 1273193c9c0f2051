"""Who asks: always from the session, never from what was said."""

import hashlib
import hmac
import ipaddress
from dataclasses import dataclass
from enum import Enum

from shop.domain.ticket import Ticket


class Role(Enum):
    """What a requester is to an order, a customer's account or a conversation."""

    OWNER = "owner"
    VERIFIED = "verified"
    STRANGER = "stranger"
    AGENT = "agent"


@dataclass(frozen=True)
class Requester:
    """A conversation and who is bound to it; agents speak for themselves.

    `verified`: the orders whose number and phone a guest has shown in this conversation.
    """

    conversation_id: str
    customer_id: str | None = None
    verified: frozenset[str] = frozenset()
    agent_id: str | None = None

    @property
    def actor(self) -> str:
        """The name in the audit log."""
        if self.agent_id is not None:
            return f"agent:{self.agent_id}"
        if self.customer_id is not None:
            return f"customer:{self.customer_id}"
        return f"guest:{self.conversation_id}"

    def to_order(self, order_no: str, owner: str) -> Role:
        """What they are to an order of the customer `owner`."""
        if self.agent_id is not None:
            return Role.AGENT
        if self.customer_id is not None and self.customer_id == owner:
            return Role.OWNER
        return Role.VERIFIED if order_no in self.verified else Role.STRANGER

    def to_ticket(self, ticket: Ticket) -> Role:
        """What they are to a request: by its order, else by who made it."""
        if ticket.order_no is not None:
            return self.to_order(ticket.order_no, ticket.customer_id or "")
        if self.agent_id is not None:
            return Role.AGENT
        if ticket.customer_id is not None:
            return Role.OWNER if self.customer_id == ticket.customer_id else Role.STRANGER
        same = self.conversation_id == ticket.conversation_id
        return Role.OWNER if same else Role.STRANGER

    def to_conversation(self) -> Role:
        """Everyone is the owner of the conversation that they hold."""
        return Role.AGENT if self.agent_id is not None else Role.OWNER

    def to_account(self) -> Role:
        """What they are to the account that they are signed in with."""
        if self.agent_id is not None:
            return Role.AGENT
        return Role.STRANGER if self.customer_id is None else Role.OWNER


def address_key(address: str, secret: bytes) -> str:
    """A name for a caller's address that cannot be turned back without the secret.

    One IPv6 subscriber has a whole /64; text that is no address stands for itself.
    """
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        whole = address
    else:
        prefix = 64 if parsed.version == 6 else 32
        whole = str(ipaddress.ip_network((parsed, prefix), strict=False))
    return hmac.new(secret, whole.encode(), hashlib.sha256).hexdigest()[:32]

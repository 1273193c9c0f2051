"""The tables of the after-sale desk. Every change here comes with a migration."""

from sqlalchemy import JSON, Column, ForeignKey, Index, Integer, String, Table, Text

from shop.storage.columns import Moment, Money
from shop.storage.schema import metadata


def _order(**options: bool) -> "Column[str]":
    return Column("order_no", ForeignKey("orders.order_no", ondelete="CASCADE"), **options)  # type: ignore[arg-type]


def _conversation(**options: bool) -> "Column[str]":
    target = "conversations.conversation_id"
    return Column("conversation_id", ForeignKey(target, ondelete="CASCADE"), **options)  # type: ignore[arg-type]


# What carriers and payment providers report.

parcels = Table(
    "parcels",
    metadata,
    Column("parcel_no", String(40), primary_key=True),
    _order(nullable=False, index=True),
    Column("carrier", String(40), nullable=False),
    Column("tracking_no", String(40), nullable=False),
    Column("shipped_at", Moment, nullable=False),
    Column("delivered_at", Moment),
    Column("lines", JSON, nullable=False),
)

parcel_events = Table(
    "parcel_events",
    metadata,
    Column("parcel_no", ForeignKey("parcels.parcel_no", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("text", String(300), nullable=False),
)

payments = Table(
    "payments",
    metadata,
    Column("payment_no", String(60), primary_key=True),
    _order(nullable=False, index=True),
    Column("channel", String(20), nullable=False),
    Column("amount", Money, nullable=False),
    Column("state", String(10), nullable=False),
    Column("at", Moment, nullable=False),
)

# Requests, and what comes of them.

tickets = Table(
    "tickets",
    metadata,
    Column("ticket_no", String(26), primary_key=True),
    Column("kind", String(20), nullable=False),
    Column("status", String(10), nullable=False),
    _order(index=True),
    Column("customer_id", String(60), index=True),
    Column("conversation_id", String(26), index=True),
    Column("line", Integer),
    Column("quantity", Integer),
    Column("details", JSON, nullable=False),
    # Of some requests there is at most one that counts.
    Column("once", String(120), unique=True),
    Column("opened_at", Moment, nullable=False),
)

refunds = Table(
    "refunds",
    metadata,
    Column("refund_no", String(26), primary_key=True),
    _order(nullable=False, index=True),
    Column("ticket_no", ForeignKey("tickets.ticket_no", ondelete="CASCADE"), nullable=False),
    Column("amount", Money, nullable=False),
    Column("channel", String(20)),
    Column("state", String(10), nullable=False),
    Column("requested_at", Moment, nullable=False),
    Column("sent_at", Moment),
)

invoices = Table(
    "invoices",
    metadata,
    Column("invoice_no", String(26), primary_key=True),
    _order(nullable=False, index=True),
    Column("kind", String(10), nullable=False),
    Column("title", String(100), nullable=False),
    Column("tax_no", String(18)),
    Column("amount", Money, nullable=False),
    Column("state", String(10), nullable=False),
    Column("requested_at", Moment, nullable=False),
    Column("issued_at", Moment),
)

reviews = Table(
    "reviews",
    metadata,
    _order(primary_key=True),
    Column("line", Integer, primary_key=True),
    Column("stars", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("at", Moment, nullable=False),
)

# Operations that have had their effect; the row is written in the same transaction.
applied = Table(
    "applied_operations",
    metadata,
    Column("operation_id", String(26), primary_key=True),
    Column("ticket_no", String(26)),
    Column("refund_no", String(26)),
    Column("invoice_no", String(26)),
    Column("order_status", String(10)),
    Column("at", Moment, nullable=False),
)

audit = Table(
    "audit",
    metadata,
    Column("audit_id", String(26), primary_key=True),
    Column("operation_id", String(26), nullable=False, index=True),
    Column("operation", String(40), nullable=False),
    Column("actor", String(80), nullable=False, index=True),
    Column("subject", String(200), nullable=False),
    Column("before", String(40)),
    Column("after", String(40), nullable=False),
    Column("reason", String(40), nullable=False),
    Column("at", Moment, nullable=False),
)

# What was proposed in a conversation; confirmed rows are what is still to be delivered.
operations = Table(
    "operations",
    metadata,
    Column("operation_id", String(26), primary_key=True),
    _conversation(nullable=False, index=True),
    Column("customer_id", String(60)),
    Column("agent_id", String(60)),
    Column("verified", JSON, nullable=False),
    Column("operation", String(40), nullable=False),
    Column("command", JSON, nullable=False),
    Column("facts", JSON),
    Column("state", String(10), nullable=False),
    Column("refusal", JSON),
    Column("attempts", Integer, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("due_at", Moment, nullable=False),
    Index("ix_operations_due", "state", "due_at"),
)

# Guests who show that an order is theirs.

verification_tries = Table(
    "verification_tries",
    metadata,
    Column("key", String(80), primary_key=True),
    Column("tries", Integer, nullable=False),
    Column("started_at", Moment, nullable=False),
)

verified_orders = Table(
    "verified_orders",
    metadata,
    _conversation(primary_key=True),
    Column("order_no", String(40), primary_key=True),
    Column("at", Moment, nullable=False),
)

callers = Table(
    "callers",
    metadata,
    _conversation(primary_key=True),
    Column("address_key", String(32), nullable=False),
    Column("seen_at", Moment, nullable=False),
)

photos = Table(
    "photos",
    metadata,
    Column("photo_id", String(26), primary_key=True),
    _conversation(nullable=False, index=True),
    Column("media_type", String(40), nullable=False),
    Column("size", Integer, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("at", Moment, nullable=False),
)

satisfaction = Table(
    "satisfaction",
    metadata,
    _conversation(primary_key=True),
    Column("score", Integer),
    Column("at", Moment, nullable=False),
)

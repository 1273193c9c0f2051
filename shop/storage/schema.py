"""The tables. Every change here comes with a migration."""

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
    true,
)

from shop.storage.columns import Moment, Money

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "ix": "ix_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
    }
)


def _json(name: str) -> "Column[object]":
    return Column(name, JSON, nullable=False)


def _text(name: str, length: int) -> "Column[str]":
    return Column(name, String(length), nullable=False)


def _to(name: str, target: str, **options: bool) -> "Column[str]":
    return Column(name, ForeignKey(target, ondelete="CASCADE"), **options)  # type: ignore[arg-type]


categories = Table(
    "categories",
    metadata,
    Column("name", String(60), primary_key=True),
    _text("department", 60),
    Column("position", Integer, nullable=False),
    _json("aliases"),
    _json("purposes"),
    _json("recipients"),
    _json("attributes"),
    _json("options"),
    _json("accessories"),
)

products = Table(
    "products",
    metadata,
    Column("product_id", String(120), primary_key=True),
    _text("title", 300),
    _text("category", 60),
    _text("department", 60),
    _text("brand", 80),
    _text("series", 80),
    _text("model", 120),
    Column("description", Text, nullable=False),
    _json("tags"),
    _json("attributes"),
    Column("rating", Float),
    Column("sales", Integer, nullable=False),
    Column("launched", Date),
    Index("ix_products_popular", "category", "sales"),
    Index("ix_products_department", "department", "sales"),
    Index("ix_products_sales", "sales"),
)

skus = Table(
    "skus",
    metadata,
    Column("sku", String(140), primary_key=True),
    _to("product_id", "products.product_id", nullable=False, index=True),
    Column("position", Integer, nullable=False),
    Column("price", Money, nullable=False),
    Column("list_price", Money, nullable=False),
    Column("stock", Integer, nullable=False),
    _json("options"),
    Column("image", Text),
    Column("url", Text),
)

customers = Table(
    "customers",
    metadata,
    Column("customer_id", String(60), primary_key=True),
    _text("name", 60),
    Column("phone", String(20), nullable=False, index=True),
    _text("address", 300),
    _text("level", 20),
    Column("points", Integer, nullable=False),
    Column("registered_at", Moment, nullable=False),
    Column("demo", Boolean, nullable=False),
)

orders = Table(
    "orders",
    metadata,
    Column("order_no", String(40), primary_key=True),
    _to("customer_id", "customers.customer_id", nullable=False),
    _text("status", 10),
    _text("address", 300),
    Column("placed_at", Moment, nullable=False),
    Column("freight", Money, nullable=False),
    Column("discount", Money, nullable=False),
    Column("paid_at", Moment),
    Column("shipped_at", Moment),
    Column("delivered_at", Moment),
    Column("closed_at", Moment),
    Column("carrier", String(40)),
    Column("tracking_no", String(40)),
    Index("ix_orders_customer", "customer_id", "placed_at"),
)

# An order keeps what was sold, so its lines do not point into the catalogue.
order_items = Table(
    "order_items",
    metadata,
    Column("order_no", ForeignKey("orders.order_no", ondelete="CASCADE"), primary_key=True),
    Column("line", Integer, primary_key=True),
    _text("sku", 140),
    _text("title", 300),
    Column("price", Money, nullable=False),
    Column("quantity", Integer, nullable=False),
    _json("options"),
    Column("category", String(60), nullable=False, server_default=""),
    Column("department", String(60), nullable=False, server_default=""),
    Column("cancelled", Integer, nullable=False, server_default=text("0")),
)

coupons = Table(
    "coupons",
    metadata,
    Column("coupon_id", String(60), primary_key=True),
    _text("title", 120),
    Column("threshold", Money, nullable=False),
    Column("off", Money, nullable=False),
    Column("valid_from", Moment, nullable=False),
    Column("valid_until", Moment, nullable=False),
    Column("scope", String(60)),
    Column("new_customers_only", Boolean, nullable=False),
    Column("stackable", Boolean, nullable=False, server_default=true()),
)

promotions = Table(
    "promotions",
    metadata,
    Column("promotion_id", String(60), primary_key=True),
    _text("title", 120),
    Column("threshold", Money, nullable=False),
    Column("off", Money, nullable=False),
    Column("valid_from", Moment, nullable=False),
    Column("valid_until", Moment, nullable=False),
    Column("scope", String(60)),
    Column("repeats", Boolean, nullable=False),
    Column("stackable", Boolean, nullable=False),
)

coupon_claims = Table(
    "coupon_claims",
    metadata,
    Column("coupon_id", ForeignKey("coupons.coupon_id", ondelete="CASCADE"), primary_key=True),
    Column(
        "customer_id", ForeignKey("customers.customer_id", ondelete="CASCADE"), primary_key=True
    ),
    Column("claimed_at", Moment, nullable=False),
)

policies = Table(
    "policies",
    metadata,
    Column("topic", String(60), primary_key=True),
    Column("position", Integer, nullable=False),
    _text("title", 120),
    Column("text", Text, nullable=False),
    _json("keywords"),
    _json("questions"),
    _json("related"),
)

freight_rules = Table(
    "freight_rules",
    metadata,
    Column("rule_id", String(60), primary_key=True),
    Column("position", Integer, nullable=False),
    Column("fee", Money, nullable=False),
    Column("free_from", Money),
    _json("regions"),
)

conversations = Table(
    "conversations",
    metadata,
    Column("conversation_id", String(26), primary_key=True),
    Column("token_hash", String(64), nullable=False, unique=True),
    # The shop's own site vouches for the customer, who need not be among ours.
    Column("customer_id", String(60), index=True),
    Column("started_at", Moment, nullable=False),
    Column("last_message_id", String(26)),
)

messages = Table(
    "messages",
    metadata,
    Column("id", String(26), primary_key=True),
    _to("conversation_id", "conversations.conversation_id", nullable=False),
    _text("sender", 10),
    _text("type", 20),
    Column("text", Text, nullable=False),
    _json("data"),
    _json("choices"),
    Column("client_id", String(64)),
    Column("reply_to", String(26)),
    Column("at", Moment, nullable=False),
    UniqueConstraint("conversation_id", "client_id"),
    Index("ix_messages_history", "conversation_id", "id"),
    Index("ix_messages_reply_to", "reply_to"),
)

cart_items = Table(
    "cart_items",
    metadata,
    Column("owner", String(80), primary_key=True),
    Column("sku", ForeignKey("skus.sku", ondelete="CASCADE"), primary_key=True),
    Column("quantity", Integer, nullable=False),
    Column("added_at", Moment, nullable=False),
)

# The SKU of an event may have left the catalogue since.
events = Table(
    "events",
    metadata,
    Column("event_id", String(64), primary_key=True),
    _to("conversation_id", "conversations.conversation_id", nullable=False),
    _text("kind", 20),
    _text("sku", 140),
    _json("data"),
    Column("at", Moment, nullable=False),
    Index("ix_events_conversation", "conversation_id", "at"),
)

handoffs = Table(
    "handoffs",
    metadata,
    Column("handoff_id", String(26), primary_key=True),
    _to("conversation_id", "conversations.conversation_id", nullable=False),
    Column("reason", Text, nullable=False),
    Column("requested_at", Moment, nullable=False),
    Column("closed_at", Moment),
    # Null where a page asked, not a conversation with the bot.
    Column("summary", JSON(none_as_null=True)),
    # At most one open request for each conversation.
    Index(
        "uq_handoffs_open",
        "conversation_id",
        unique=True,
        sqlite_where=text("closed_at IS NULL"),
        postgresql_where=text("closed_at IS NULL"),
    ),
)

# Like a conversation's, the customer need not be among ours.
stock_notices = Table(
    "stock_notices",
    metadata,
    Column("customer_id", String(60), primary_key=True),
    Column("sku", ForeignKey("skus.sku", ondelete="CASCADE"), primary_key=True),
    Column("asked_at", Moment, nullable=False),
)

size_charts = Table(
    "size_charts",
    metadata,
    Column("chart_id", String(60), primary_key=True),
    _text("title", 120),
    _json("wearers"),
    _json("needs"),
    _json("sizes"),
)

# A chart may be there before the goods are, as a rule may.
size_chart_uses = Table(
    "size_chart_uses",
    metadata,
    Column("scope", String(10), primary_key=True),
    Column("name", String(120), primary_key=True),
    Column("chart_id", ForeignKey("size_charts.chart_id", ondelete="CASCADE"), primary_key=True),
)

"""After-sale service: requests, refunds, invoices, parcels, payments, the log of changes"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

# Lines sold before know their place in the shop where the catalogue still has the SKU.
_PLACE = """
UPDATE order_items SET {column} = COALESCE((
    SELECT products.{column} FROM skus JOIN products ON products.product_id = skus.product_id
    WHERE skus.sku = order_items.sku), '')
"""


def upgrade() -> None:
    for column in ("category", "department"):
        place = sa.Column(column, sa.String(length=60), server_default="", nullable=False)
        op.add_column("order_items", place)
        op.execute(_PLACE.format(column=column))
    op.add_column(
        "order_items",
        sa.Column("cancelled", sa.Integer(), server_default=sa.text("0"), nullable=False),
    )
    op.create_table(
        "applied_operations",
        sa.Column("operation_id", sa.String(length=26), nullable=False),
        sa.Column("ticket_no", sa.String(length=26), nullable=True),
        sa.Column("refund_no", sa.String(length=26), nullable=True),
        sa.Column("invoice_no", sa.String(length=26), nullable=True),
        sa.Column("order_status", sa.String(length=10), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("operation_id", name=op.f("pk_applied_operations")),
    )
    op.create_table(
        "audit",
        sa.Column("audit_id", sa.String(length=26), nullable=False),
        sa.Column("operation_id", sa.String(length=26), nullable=False),
        sa.Column("operation", sa.String(length=40), nullable=False),
        sa.Column("actor", sa.String(length=80), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("before", sa.String(length=40), nullable=True),
        sa.Column("after", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("audit_id", name=op.f("pk_audit")),
    )
    op.create_index(op.f("ix_audit_actor"), "audit", ["actor"], unique=False)
    op.create_index(op.f("ix_audit_operation_id"), "audit", ["operation_id"], unique=False)
    op.create_table(
        "verification_tries",
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_verification_tries")),
    )
    op.create_table(
        "callers",
        sa.Column("conversation_id", sa.String(length=26), nullable=False),
        sa.Column("address_key", sa.String(length=32), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversations.conversation_id"],
            name=op.f("fk_callers_conversation_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("conversation_id", name=op.f("pk_callers")),
    )
    op.create_table(
        "operations",
        sa.Column("operation_id", sa.String(length=26), nullable=False),
        sa.Column("conversation_id", sa.String(length=26), nullable=False),
        sa.Column("customer_id", sa.String(length=60), nullable=True),
        sa.Column("agent_id", sa.String(length=60), nullable=True),
        sa.Column("verified", sa.JSON(), nullable=False),
        sa.Column("operation", sa.String(length=40), nullable=False),
        sa.Column("command", sa.JSON(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("refusal", sa.JSON(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversations.conversation_id"],
            name=op.f("fk_operations_conversation_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("operation_id", name=op.f("pk_operations")),
    )
    op.create_index(
        op.f("ix_operations_conversation_id"), "operations", ["conversation_id"], unique=False
    )
    op.create_index("ix_operations_due", "operations", ["state", "due_at"], unique=False)
    op.create_table(
        "photos",
        sa.Column("photo_id", sa.String(length=26), nullable=False),
        sa.Column("conversation_id", sa.String(length=26), nullable=False),
        sa.Column("media_type", sa.String(length=40), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversations.conversation_id"],
            name=op.f("fk_photos_conversation_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("photo_id", name=op.f("pk_photos")),
    )
    op.create_index(op.f("ix_photos_conversation_id"), "photos", ["conversation_id"], unique=False)
    op.create_table(
        "satisfaction",
        sa.Column("conversation_id", sa.String(length=26), nullable=False),
        sa.Column("score", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversations.conversation_id"],
            name=op.f("fk_satisfaction_conversation_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("conversation_id", name=op.f("pk_satisfaction")),
    )
    op.create_table(
        "verified_orders",
        sa.Column("conversation_id", sa.String(length=26), nullable=False),
        sa.Column("order_no", sa.String(length=40), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversations.conversation_id"],
            name=op.f("fk_verified_orders_conversation_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("conversation_id", "order_no", name=op.f("pk_verified_orders")),
    )
    op.create_table(
        "invoices",
        sa.Column("invoice_no", sa.String(length=26), nullable=False),
        sa.Column("order_no", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("title", sa.String(length=100), nullable=False),
        sa.Column("tax_no", sa.String(length=18), nullable=True),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("requested_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["order_no"], ["orders.order_no"], name=op.f("fk_invoices_order_no"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("invoice_no", name=op.f("pk_invoices")),
    )
    op.create_index(op.f("ix_invoices_order_no"), "invoices", ["order_no"], unique=False)
    op.create_table(
        "parcels",
        sa.Column("parcel_no", sa.String(length=40), nullable=False),
        sa.Column("order_no", sa.String(length=40), nullable=False),
        sa.Column("carrier", sa.String(length=40), nullable=False),
        sa.Column("tracking_no", sa.String(length=40), nullable=False),
        sa.Column("shipped_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("delivered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lines", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["order_no"], ["orders.order_no"], name=op.f("fk_parcels_order_no"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("parcel_no", name=op.f("pk_parcels")),
    )
    op.create_index(op.f("ix_parcels_order_no"), "parcels", ["order_no"], unique=False)
    op.create_table(
        "payments",
        sa.Column("payment_no", sa.String(length=60), nullable=False),
        sa.Column("order_no", sa.String(length=40), nullable=False),
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["order_no"], ["orders.order_no"], name=op.f("fk_payments_order_no"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("payment_no", name=op.f("pk_payments")),
    )
    op.create_index(op.f("ix_payments_order_no"), "payments", ["order_no"], unique=False)
    op.create_table(
        "reviews",
        sa.Column("order_no", sa.String(length=40), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("stars", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["order_no"], ["orders.order_no"], name=op.f("fk_reviews_order_no"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("order_no", "line", name=op.f("pk_reviews")),
    )
    op.create_table(
        "tickets",
        sa.Column("ticket_no", sa.String(length=26), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("order_no", sa.String(length=40), nullable=True),
        sa.Column("customer_id", sa.String(length=60), nullable=True),
        sa.Column("conversation_id", sa.String(length=26), nullable=True),
        sa.Column("line", sa.Integer(), nullable=True),
        sa.Column("quantity", sa.Integer(), nullable=True),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.Column("once", sa.String(length=120), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["order_no"], ["orders.order_no"], name=op.f("fk_tickets_order_no"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("ticket_no", name=op.f("pk_tickets")),
        sa.UniqueConstraint("once", name=op.f("uq_tickets_once")),
    )
    op.create_index(
        op.f("ix_tickets_conversation_id"), "tickets", ["conversation_id"], unique=False
    )
    op.create_index(op.f("ix_tickets_customer_id"), "tickets", ["customer_id"], unique=False)
    op.create_index(op.f("ix_tickets_order_no"), "tickets", ["order_no"], unique=False)
    op.create_table(
        "parcel_events",
        sa.Column("parcel_no", sa.String(length=40), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("text", sa.String(length=300), nullable=False),
        sa.ForeignKeyConstraint(
            ["parcel_no"],
            ["parcels.parcel_no"],
            name=op.f("fk_parcel_events_parcel_no"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("parcel_no", "position", name=op.f("pk_parcel_events")),
    )
    op.create_table(
        "refunds",
        sa.Column("refund_no", sa.String(length=26), nullable=False),
        sa.Column("order_no", sa.String(length=40), nullable=False),
        sa.Column("ticket_no", sa.String(length=26), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("channel", sa.String(length=20), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("requested_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["order_no"], ["orders.order_no"], name=op.f("fk_refunds_order_no"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["ticket_no"],
            ["tickets.ticket_no"],
            name=op.f("fk_refunds_ticket_no"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("refund_no", name=op.f("pk_refunds")),
    )
    op.create_index(op.f("ix_refunds_order_no"), "refunds", ["order_no"], unique=False)


def downgrade() -> None:
    for table in (
        "refunds",
        "parcel_events",
        "tickets",
        "reviews",
        "payments",
        "parcels",
        "invoices",
        "verified_orders",
        "satisfaction",
        "photos",
        "operations",
        "callers",
        "verification_tries",
        "audit",
        "applied_operations",
    ):
        op.drop_table(table)
    for column in ("cancelled", "department", "category"):
        op.drop_column("order_items", column)

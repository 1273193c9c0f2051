"""Promotions, coupons that do not stack, and notices of goods that are back"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.add_column(
        "coupons",
        sa.Column("stackable", sa.Boolean(), server_default=sa.true(), nullable=False),
    )
    op.create_table(
        "promotions",
        sa.Column("promotion_id", sa.String(length=60), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("threshold", sa.BigInteger(), nullable=False),
        sa.Column("off", sa.BigInteger(), nullable=False),
        sa.Column("valid_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("valid_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("scope", sa.String(length=60), nullable=True),
        sa.Column("repeats", sa.Boolean(), nullable=False),
        sa.Column("stackable", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("promotion_id", name=op.f("pk_promotions")),
    )
    op.create_table(
        "stock_notices",
        sa.Column("customer_id", sa.String(length=60), nullable=False),
        sa.Column("sku", sa.String(length=140), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["sku"], ["skus.sku"], name=op.f("fk_stock_notices_sku"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("customer_id", "sku", name=op.f("pk_stock_notices")),
    )


def downgrade() -> None:
    op.drop_table("stock_notices")
    op.drop_table("promotions")
    op.drop_column("coupons", "stackable")

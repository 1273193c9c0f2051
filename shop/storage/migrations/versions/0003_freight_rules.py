"""Freight rules"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "freight_rules",
        sa.Column("rule_id", sa.String(length=60), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("fee", sa.BigInteger(), nullable=False),
        sa.Column("free_from", sa.BigInteger(), nullable=True),
        sa.Column("regions", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("rule_id", name=op.f("pk_freight_rules")),
    )


def downgrade() -> None:
    op.drop_table("freight_rules")

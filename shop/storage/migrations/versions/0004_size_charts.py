"""Size charts, and the categories and products that they are for"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "size_charts",
        sa.Column("chart_id", sa.String(length=60), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("wearers", sa.JSON(), nullable=False),
        sa.Column("needs", sa.JSON(), nullable=False),
        sa.Column("sizes", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("chart_id", name=op.f("pk_size_charts")),
    )
    op.create_table(
        "size_chart_uses",
        sa.Column("scope", sa.String(length=10), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("chart_id", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(
            ["chart_id"],
            ["size_charts.chart_id"],
            name=op.f("fk_size_chart_uses_chart_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("scope", "name", "chart_id", name=op.f("pk_size_chart_uses")),
    )


def downgrade() -> None:
    op.drop_table("size_chart_uses")
    op.drop_table("size_charts")

"""What an agent is told of a shopper who waits"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.add_column("handoffs", sa.Column("summary", sa.JSON()))


def downgrade() -> None:
    op.drop_column("handoffs", "summary")

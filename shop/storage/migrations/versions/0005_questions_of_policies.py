"""The ways a policy is asked for, and what is asked next"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    for name in ("questions", "related"):
        op.add_column("policies", sa.Column(name, sa.JSON(), server_default="[]", nullable=False))


def downgrade() -> None:
    op.drop_column("policies", "related")
    op.drop_column("policies", "questions")

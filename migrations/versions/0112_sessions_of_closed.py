"""Which move called a session off by closing its application, so that its undo gives the session back."""

import sqlalchemy as sa
from alembic import op

revision = "0112"
down_revision = "0111"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("interviews", sa.Column("cancelled_version", sa.Integer(), nullable=True))


def downgrade() -> None:
    op.drop_column("interviews", "cancelled_version")

"""An index of open stays in the order in which they began."""

import sqlalchemy as sa
from alembic import op

revision = "0111"
down_revision = "0110"
branch_labels = None
depends_on = None

OPEN = sa.text("became = 'active'")


def upgrade() -> None:
    op.create_index(
        "ix_stays_open", "stays", ["stage", "entered_at"], sqlite_where=OPEN, postgresql_where=OPEN
    )


def downgrade() -> None:
    op.drop_index("ix_stays_open", "stays")

"""An index of the moves that went on without a requirement."""

import sqlalchemy as sa
from alembic import op

revision = "0142"
down_revision = "0141"
branch_labels = None
depends_on = None

OVERRIDDEN = sa.text("overridden <> ''")


def upgrade() -> None:
    op.create_index(
        "ix_moves_overridden",
        "moves",
        ["recorded_at"],
        sqlite_where=OVERRIDDEN,
        postgresql_where=OVERRIDDEN,
    )


def downgrade() -> None:
    op.drop_index("ix_moves_overridden", "moves")

"""Reports find who was hired without reading every move."""

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0023"
branch_labels = None
depends_on = None

HIRED = sa.text("to_outcome = 'hired'")


def upgrade() -> None:
    op.create_index(
        "ix_moves_hired",
        "moves",
        ["application_id", "version", "at"],
        sqlite_where=HIRED,
        postgresql_where=HIRED,
    )


def downgrade() -> None:
    op.drop_index("ix_moves_hired", "moves")

"""Reports find transferred applications without reading every application."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

TRANSFERS = sa.text("transferred_from_id IS NOT NULL")


def upgrade() -> None:
    op.create_index(
        "ix_applications_transferred",
        "applications",
        ["transferred_from_id"],
        sqlite_where=TRANSFERS,
        postgresql_where=TRANSFERS,
    )


def downgrade() -> None:
    op.drop_index("ix_applications_transferred", "applications")

"""The EEO-1 job category of a job."""

import sqlalchemy as sa
from alembic import op

revision = "0067"
down_revision = "0066"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("jobs", sa.Column("eeo1_category", sa.String(length=40), nullable=True))


def downgrade() -> None:
    op.drop_column("jobs", "eeo1_category")

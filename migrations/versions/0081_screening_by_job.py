"""Whether advancing from Screening needs the review and the call, said by each job."""

import sqlalchemy as sa
from alembic import op

revision = "0081"
down_revision = "0080"
branch_labels = None
depends_on = None

COLUMNS = ("needs_resume_review", "needs_screening_call")


def upgrade() -> None:
    for name in COLUMNS:
        op.add_column("jobs", sa.Column(name, sa.Boolean(), server_default=sa.true(), nullable=False))


def downgrade() -> None:
    for name in COLUMNS:
        op.drop_column("jobs", name)

"""References that staff wrote down on the telephone, and referees whom the candidate took back."""

import sqlalchemy as sa
from alembic import op

revision = "0136"
down_revision = "0135"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("referee_answers", sa.Column("recorded_by", sa.String(length=40), nullable=True))
    op.add_column("references_given", sa.Column("taken_back_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.drop_column("references_given", "taken_back_at")
    op.drop_column("referee_answers", "recorded_by")

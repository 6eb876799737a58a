"""The points that a job's screening calls are scored on, and how each call went on them."""

import sqlalchemy as sa
from alembic import op

revision = "0060"
down_revision = "0041"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("jobs", sa.Column("screening_points", sa.JSON(none_as_null=True), nullable=True))
    op.add_column("screening_calls", sa.Column("points", sa.JSON(none_as_null=True), nullable=True))


def downgrade() -> None:
    op.drop_column("screening_calls", "points")
    op.drop_column("jobs", "screening_points")

"""An index by which recruiters find the applications given to them."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

NAME = "ix_applications_recruiter_id"


def upgrade() -> None:
    given = sa.text("recruiter_id IS NOT NULL")
    op.create_index(
        NAME, "applications", ["recruiter_id"], unique=False, sqlite_where=given, postgresql_where=given
    )


def downgrade() -> None:
    op.drop_index(NAME, "applications")

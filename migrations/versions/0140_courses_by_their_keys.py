"""Moves find the counts of courses by their whole keys, and PostgreSQL finds the stays by their index."""

from alembic import op

from tracker.models.guards.courses import drop_courses, install_courses
from tracker.models.guards.stays import STAYED_AND_COUNTED, drop_stays, keep_stays

revision = "0140"
down_revision = "0136"
branch_labels = None
depends_on = None


def upgrade() -> None:
    connection = op.get_bind()
    drop_stays(connection)
    keep_stays(connection, STAYED_AND_COUNTED)
    drop_courses(connection)
    install_courses(connection)


def downgrade() -> None:
    """Nothing: the triggers write what those before wrote."""

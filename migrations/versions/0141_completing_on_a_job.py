"""The database asks for the job's status when an application is completed, too."""

from alembic import op

from tracker.models.guards.installing import renew_guard

revision = "0141"
down_revision = "0140"
branch_labels = None
depends_on = None


def upgrade() -> None:
    renew_guard(op.get_bind(), "move_checked")


def downgrade() -> None:
    """Nothing: what the guard lets through was let through before."""

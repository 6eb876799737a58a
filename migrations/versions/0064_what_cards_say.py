"""Cards rate every competency of their session and no other, and whoever handed one in stays on the panel."""

from alembic import op

from tracker.models.guards import drop_rating_guards, install_rating_guards

revision = "0064"
down_revision = "0063"
branch_labels = None
depends_on = None


def upgrade() -> None:
    install_rating_guards(op.get_bind())


def downgrade() -> None:
    drop_rating_guards(op.get_bind())

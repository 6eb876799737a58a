"""No row of a person, a signature or a change of status goes by being replaced, and no erasure is taken back."""

from alembic import op

from tracker.models.guards import drop_people_guards, install_people_guards

revision = "0080"
down_revision = "0077"
branch_labels = None
depends_on = None


def upgrade() -> None:
    install_people_guards(op.get_bind())


def downgrade() -> None:
    drop_people_guards(op.get_bind())

"""Who wishes for a daily digest, the day of the last one, and the links that stop it."""

import sqlalchemy as sa
from alembic import op

revision = "0087"
down_revision = "0086"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "digest_stops",
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_digest_stops_user_id")),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_digest_stops")),
    )
    op.create_index("ix_digest_stops_user_id", "digest_stops", ["user_id"])
    op.add_column(
        "users", sa.Column("is_mailed_digest", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    op.add_column("users", sa.Column("digest_on", sa.Date(), nullable=True))


def downgrade() -> None:
    op.drop_column("users", "digest_on")
    op.drop_column("users", "is_mailed_digest")
    op.drop_index("ix_digest_stops_user_id", "digest_stops")
    op.drop_table("digest_stops")

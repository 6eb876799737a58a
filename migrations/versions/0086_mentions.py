"""Who is mentioned in a note, and who wishes to be written to about it."""

import sqlalchemy as sa
from alembic import op

revision = "0086"
down_revision = "0085"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "note_mentions",
        sa.Column("note_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["note_id"], ["application_notes.id"], name=op.f("fk_note_mentions_note_id")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_note_mentions_user_id")),
        sa.PrimaryKeyConstraint("note_id", "user_id", name=op.f("pk_note_mentions")),
    )
    op.create_index("ix_note_mentions_user_id_seen_at", "note_mentions", ["user_id", "seen_at"])
    op.add_column(
        "users",
        sa.Column("is_mailed_mentions", sa.Boolean(), nullable=False, server_default=sa.false()),
    )


def downgrade() -> None:
    op.drop_column("users", "is_mailed_mentions")
    op.drop_index("ix_note_mentions_user_id_seen_at", "note_mentions")
    op.drop_table("note_mentions")

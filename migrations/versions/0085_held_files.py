"""Files held for applicants who have not sent their form yet, and the place and links that they write."""

import sqlalchemy as sa
from alembic import op

revision = "0085"
down_revision = "0081"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "held_files",
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("job_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("until_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["job_id"], ["jobs.id"], name=op.f("fk_held_files_job_id")),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_held_files")),
        sa.UniqueConstraint("key", name=op.f("uq_held_files_key")),
    )
    op.create_index("ix_held_files_until_at", "held_files", ["until_at"])
    op.add_column("arrivals", sa.Column("typed_location", sa.String(200), nullable=True))
    op.add_column("arrivals", sa.Column("links", sa.Text(), nullable=True))


def downgrade() -> None:
    op.drop_column("arrivals", "links")
    op.drop_column("arrivals", "typed_location")
    op.drop_index("ix_held_files_until_at", "held_files")
    op.drop_table("held_files")

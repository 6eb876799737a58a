"""Files of other systems' histories that are brought by a page."""

import sqlalchemy as sa
from alembic import op

from tracker.models.base import UtcDateTime

revision = "0091"
down_revision = "0090"
branch_labels = None
depends_on = None

_STATES = ("to_check", "checking", "checked", "to_import", "importing", "imported", "failed")


def upgrade() -> None:
    op.create_table(
        "history_uploads",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("job_id", sa.Integer(), nullable=True),
        sa.Column("file_name", sa.String(255), nullable=False),
        sa.Column("key", sa.String(64), nullable=True),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("zone", sa.String(64), nullable=False),
        sa.Column("mapping", sa.Text(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(*_STATES, name="uploadstate", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("report", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("is_without_bad", sa.Boolean(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("asked_at", UtcDateTime(), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.Column("claim", sa.String(40), nullable=True),
        sa.Column("lease_ends_at", UtcDateTime(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("error", sa.String(500), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(state = 'failed') = (error IS NOT NULL)", name=op.f("ck_history_uploads_failed_says_why")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_history_uploads_user_id")),
        sa.ForeignKeyConstraint(["job_id"], ["jobs.id"], name=op.f("fk_history_uploads_job_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_history_uploads")),
    )
    op.create_index("ix_history_uploads_state", "history_uploads", ["state", "id"])


def downgrade() -> None:
    op.drop_table("history_uploads")

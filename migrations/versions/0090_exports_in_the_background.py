"""Files of reports that are made in the background and fetched later."""

import sqlalchemy as sa
from alembic import op

from tracker.models.base import UtcDateTime

revision = "0090"
down_revision = "0089"
branch_labels = None
depends_on = None

_STATES = ("waiting", "making", "ready", "failed")


def upgrade() -> None:
    op.create_table(
        "report_exports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("ask_key", sa.String(64), nullable=True),
        sa.Column("report", sa.String(40), nullable=False),
        sa.Column("query", sa.String(1000), nullable=False),
        sa.Column("zone", sa.String(64), nullable=False),
        sa.Column("format", sa.String(10), nullable=False),
        sa.Column("has_bom", sa.Boolean(), nullable=False),
        sa.Column("has_rows", sa.Boolean(), nullable=False),
        sa.Column("has_people", sa.Boolean(), nullable=False),
        sa.Column("job_id", sa.Integer(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(*_STATES, name="exportstate", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("asked_at", UtcDateTime(), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.Column("claim", sa.String(40), nullable=True),
        sa.Column("lease_ends_at", UtcDateTime(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("rows_done", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(64), nullable=True),
        sa.Column("size", sa.Integer(), nullable=True),
        sa.Column("sha256", sa.String(64), nullable=True),
        sa.Column("made_for", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("ready_at", UtcDateTime(), nullable=True),
        sa.Column("error", sa.String(300), nullable=True),
        sa.CheckConstraint(
            "(state = 'ready') = (key IS NOT NULL)", name=op.f("ck_report_exports_ready_has_key")
        ),
        sa.CheckConstraint(
            "(state = 'failed') = (error IS NOT NULL)", name=op.f("ck_report_exports_failed_says_why")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_report_exports_user_id")),
        sa.ForeignKeyConstraint(["job_id"], ["jobs.id"], name=op.f("fk_report_exports_job_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_exports")),
        sa.UniqueConstraint("user_id", "ask_key", name=op.f("uq_report_exports_user_id_ask_key")),
    )
    op.create_index("ix_report_exports_state", "report_exports", ["state", "id"])
    op.create_index("ix_report_exports_expires_at", "report_exports", ["expires_at"])


def downgrade() -> None:
    op.drop_table("report_exports")

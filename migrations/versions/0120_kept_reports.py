"""Answers of reports that are kept, and how far the history of each job is."""

import sqlalchemy as sa
from alembic import op

from tracker.models.base import UtcDateTime
from tracker.models.guards.places import drop_places, install_places, rebuild_places

revision = "0120"
down_revision = "0113"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "history_places",
        sa.Column("job_id", sa.Integer(), nullable=False),
        sa.Column("moves", sa.Integer(), nullable=False),
        sa.Column("sources_set", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["job_id"], ["jobs.id"], name=op.f("fk_history_places_job_id")),
        sa.PrimaryKeyConstraint("job_id", name=op.f("pk_history_places")),
    )
    rebuild_places(op.get_bind())
    install_places(op.get_bind())
    op.create_table(
        "kept_reports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("report", sa.String(length=40), nullable=False),
        sa.Column("counts", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("asked_at", UtcDateTime(), nullable=False),
        sa.Column("told", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("told_at", UtcDateTime(), nullable=True),
        sa.Column("counted_at", UtcDateTime(), nullable=True),
        sa.Column("moves", sa.Integer(), nullable=True),
        sa.Column("basis", sa.String(length=64), nullable=True),
        sa.Column("took", sa.Double(), nullable=True),
        sa.Column("wanted_at", UtcDateTime(), nullable=True),
        sa.Column("begun_at", UtcDateTime(), nullable=True),
        sa.Column("claim", sa.String(length=40), nullable=True),
        sa.Column("lease_ends_at", UtcDateTime(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("has_failed", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kept_reports")),
        sa.UniqueConstraint("key", name=op.f("uq_kept_reports_key")),
        sa.CheckConstraint(
            "(told_at IS NULL) = (moves IS NULL) AND (told_at IS NULL) = (basis IS NULL)"
            " AND (told_at IS NULL) = (counted_at IS NULL) AND (told_at IS NULL) = (took IS NULL)",
            name=op.f("ck_kept_reports_told_says_of_what"),
        ),
    )
    op.create_index("ix_kept_reports_wanted_at", "kept_reports", ["wanted_at", "id"])
    op.create_index("ix_kept_reports_asked_at", "kept_reports", ["asked_at"])


def downgrade() -> None:
    op.drop_table("kept_reports")
    drop_places(op.get_bind())
    op.drop_table("history_places")

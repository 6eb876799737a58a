"""Stays and their counts, kept by every move from here on and made from the moves there are."""

import sqlalchemy as sa
from alembic import op

from tracker.models.guards.stays import STAYED, drop_stays, keep_stays, rebuild_stays, untruncated_stays

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

STAGES = ("application", "screening", "interview", "references", "offer", "onboarding")
ENDS = ("advanced", "returned", "rejected", "withdrawn", "active")


def choice(name: str, values: tuple[str, ...]) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def upgrade() -> None:
    op.create_table(
        "stays",
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("entered_version", sa.Integer(), nullable=False),
        sa.Column("job_id", sa.Integer(), nullable=False),
        sa.Column("stage", choice("stage", STAGES), nullable=False),
        sa.Column("became", choice("spellend", ENDS), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_version", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(became = 'active') = (ended_at IS NULL) AND (became = 'active') = (ended_version IS NULL)",
            name=op.f("ck_stays_over_has_end"),
        ),
        sa.ForeignKeyConstraint(
            ["application_id"], ["applications.id"], name=op.f("fk_stays_application_id")
        ),
        sa.ForeignKeyConstraint(["job_id"], ["jobs.id"], name=op.f("fk_stays_job_id")),
        sa.PrimaryKeyConstraint("application_id", "entered_version", name=op.f("pk_stays")),
    )
    op.create_table(
        "stay_counts",
        sa.Column("job_id", sa.Integer(), nullable=False),
        sa.Column("stage", choice("stage", STAGES), nullable=False),
        sa.Column("became", choice("spellend", ENDS), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["job_id"], ["jobs.id"], name=op.f("fk_stay_counts_job_id")),
        sa.PrimaryKeyConstraint("job_id", "stage", "became", name=op.f("pk_stay_counts")),
    )
    rebuild_stays(op.get_bind())
    op.create_index(
        "ix_stays_job_stage", "stays", ["job_id", "stage", "became", "application_id", "entered_version"]
    )
    keep_stays(op.get_bind(), STAYED)
    untruncated_stays(op.get_bind())


def downgrade() -> None:
    drop_stays(op.get_bind())
    op.drop_table("stay_counts")
    op.drop_table("stays")

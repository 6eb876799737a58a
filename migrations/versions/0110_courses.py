"""Counts of courses, kept by every move from here on and made from the stays and moves there are."""

import sqlalchemy as sa
from alembic import op

from tracker.models.guards.courses import drop_courses, install_courses, rebuild_courses
from tracker.models.guards.stays import STAYED, STAYED_AND_COUNTED, drop_stays, keep_stays

revision = "0110"
down_revision = "0101"
branch_labels = None
depends_on = None

STAGES = ("application", "screening", "interview", "references", "offer", "onboarding")
OUTCOMES = ("active", "hired", "rejected", "withdrawn")


def choice(name: str, values: tuple[str, ...]) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def upgrade() -> None:
    op.create_table(
        "course_counts",
        sa.Column("job_id", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(80), nullable=False),
        sa.Column("stages", sa.Integer(), nullable=False),
        sa.Column("has_been_hired", sa.Boolean(), nullable=False),
        sa.Column("has_imported_offer", sa.Boolean(), nullable=False),
        sa.Column("stage", choice("stage", STAGES), nullable=False),
        sa.Column("outcome", choice("outcome", OUTCOMES), nullable=False),
        sa.Column("reason", sa.String(60), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["job_id"], ["jobs.id"], name=op.f("fk_course_counts_job_id")),
        sa.PrimaryKeyConstraint(
            "job_id",
            "source",
            "stages",
            "has_been_hired",
            "has_imported_offer",
            "stage",
            "outcome",
            "reason",
            name=op.f("pk_course_counts"),
        ),
    )
    connection = op.get_bind()
    rebuild_courses(connection)
    drop_stays(connection)
    keep_stays(connection, STAYED_AND_COUNTED)
    install_courses(connection)


def downgrade() -> None:
    connection = op.get_bind()
    drop_courses(connection)
    drop_stays(connection)
    keep_stays(connection, STAYED)
    op.drop_table("course_counts")

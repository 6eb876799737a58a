"""Practices of interviewers, and jobs that ask for one before a first scorecard."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

LEVELS = ("emerging", "developing", "proficient", "advanced")


def upgrade() -> None:
    op.create_table(
        "practice_needs",
        sa.Column("job_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_by", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["job_id"], ["jobs.id"], name=op.f("fk_practice_needs_job_id")),
        sa.PrimaryKeyConstraint("job_id", name=op.f("pk_practice_needs")),
    )
    op.create_table(
        "practices",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("rubric_id", sa.Integer(), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("attempt >= 0", name=op.f("ck_practices_attempt_counted")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_practices_user_id")),
        sa.ForeignKeyConstraint(["rubric_id"], ["rubrics.id"], name=op.f("fk_practices_rubric_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_practices")),
        sa.UniqueConstraint("user_id", "attempt", name=op.f("uq_practices_user_id_attempt")),
    )
    op.create_index("ix_practices_rubric_id", "practices", ["rubric_id"])
    op.create_table(
        "practice_ratings",
        sa.Column("practice_id", sa.Integer(), nullable=False),
        sa.Column("competency", sa.String(length=80), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column(
            "shown_level",
            sa.Enum(*LEVELS, name="level", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("value", sa.Integer(), nullable=True),
        sa.Column("answer", sa.String(length=2000), nullable=False),
        sa.Column("why", sa.String(length=500), nullable=False),
        sa.CheckConstraint(
            "value IS NULL OR value BETWEEN 0 AND 4", name=op.f("ck_practice_ratings_value_on_scale")
        ),
        sa.ForeignKeyConstraint(
            ["practice_id"], ["practices.id"], name=op.f("fk_practice_ratings_practice_id")
        ),
        sa.PrimaryKeyConstraint("practice_id", "competency", name=op.f("pk_practice_ratings")),
    )


def downgrade() -> None:
    op.drop_table("practice_ratings")
    op.drop_index("ix_practices_rubric_id", "practices")
    op.drop_table("practices")
    op.drop_table("practice_needs")

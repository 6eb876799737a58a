"""Postings, links that carry a source, and kinds of screening questions."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0009"
branch_labels = None
depends_on = None

EMPLOYMENT = (
    *("full_time", "part_time", "contractor", "temporary", "intern", "volunteer", "per_diem", "other"),
)
PERIODS = ("year", "month", "hour")
QUESTION_COLUMNS = (
    sa.Column("kind", sa.String(length=20), nullable=False, server_default="text"),
    sa.Column("choices", sa.JSON(), nullable=True),
    sa.Column("knock_out", sa.JSON(), nullable=True),
)


def choice(name: str, values: tuple[str, ...]) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def upgrade() -> None:
    op.create_table(
        "postings",
        sa.Column("job_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("employment_type", choice("employmenttype", EMPLOYMENT), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=True),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("is_remote", sa.Boolean(), nullable=False),
        sa.Column("salary_low_cents", sa.BigInteger(), nullable=True),
        sa.Column("salary_high_cents", sa.BigInteger(), nullable=True),
        sa.Column("currency", sa.String(length=3), nullable=True),
        sa.Column("period", choice("salaryperiod", PERIODS), nullable=True),
        sa.Column("is_salary_shown", sa.Boolean(), nullable=False),
        sa.Column("closes_on", sa.Date(), nullable=True),
        sa.Column("is_internal", sa.Boolean(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(salary_low_cents IS NULL AND salary_high_cents IS NULL) = (currency IS NULL)",
            name=op.f("ck_postings_salary_has_currency"),
        ),
        sa.CheckConstraint(
            "(currency IS NULL) = (period IS NULL)", name=op.f("ck_postings_salary_has_period")
        ),
        sa.ForeignKeyConstraint(["job_id"], ["jobs.id"], name=op.f("fk_postings_job_id")),
        sa.PrimaryKeyConstraint("job_id", name=op.f("pk_postings")),
    )
    op.create_table(
        "source_links",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=24), nullable=False),
        sa.Column("source", sa.String(length=80), nullable=False),
        sa.Column("label", sa.String(length=120), nullable=True),
        sa.Column("job_id", sa.Integer(), nullable=True),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.String(length=40), nullable=False),
        sa.CheckConstraint(
            "(job_id IS NULL) <> (user_id IS NULL)", name=op.f("ck_source_links_of_job_or_employee")
        ),
        sa.ForeignKeyConstraint(["job_id"], ["jobs.id"], name=op.f("fk_source_links_job_id")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_source_links_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_source_links")),
        sa.UniqueConstraint("code", name=op.f("uq_source_links_code")),
        sa.UniqueConstraint("user_id", name=op.f("uq_source_links_user_id")),
    )
    op.create_index("ix_source_links_job_id", "source_links", ["job_id"])
    for column in QUESTION_COLUMNS:
        op.add_column("job_questions", column._copy())
    op.create_table(
        "answer_files",
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id", "question_id"],
            ["application_answers.application_id", "application_answers.question_id"],
            name=op.f("fk_answer_files_application_id"),
        ),
        sa.ForeignKeyConstraint(["file_id"], ["files.id"], name=op.f("fk_answer_files_file_id")),
        sa.PrimaryKeyConstraint("application_id", "question_id", name=op.f("pk_answer_files")),
        sa.UniqueConstraint("file_id", name=op.f("uq_answer_files_file_id")),
    )


def downgrade() -> None:
    op.drop_table("answer_files")
    for column in reversed(QUESTION_COLUMNS):
        op.drop_column("job_questions", column.name)
    op.drop_index("ix_source_links_job_id", "source_links")
    op.drop_table("source_links")
    op.drop_table("postings")

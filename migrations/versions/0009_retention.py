"""Legal holds, and receipts of erasures."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "legal_holds",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("candidate_id", sa.Integer(), nullable=True),
        sa.Column("job_id", sa.Integer(), nullable=True),
        sa.Column("from_on", sa.Date(), nullable=True),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("released_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "candidate_id IS NOT NULL OR job_id IS NOT NULL OR from_on IS NOT NULL OR to_on IS NOT NULL",
            name=op.f("ck_legal_holds_holds_something"),
        ),
        sa.CheckConstraint(
            "from_on IS NULL OR to_on IS NULL OR from_on <= to_on",
            name=op.f("ck_legal_holds_period_in_order"),
        ),
        sa.CheckConstraint(
            "(released_at IS NULL) = (released_by_id IS NULL)",
            name=op.f("ck_legal_holds_release_is_named"),
        ),
        sa.ForeignKeyConstraint(
            ["candidate_id"], ["candidates.id"], name=op.f("fk_legal_holds_candidate_id")
        ),
        sa.ForeignKeyConstraint(["job_id"], ["jobs.id"], name=op.f("fk_legal_holds_job_id")),
        sa.ForeignKeyConstraint(["owner_id"], ["users.id"], name=op.f("fk_legal_holds_owner_id")),
        sa.ForeignKeyConstraint(["released_by_id"], ["users.id"], name=op.f("fk_legal_holds_released_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_legal_holds")),
    )
    op.create_index("ix_legal_holds_candidate_id", "legal_holds", ["candidate_id"])
    op.create_index("ix_legal_holds_job_id", "legal_holds", ["job_id"])
    op.create_table(
        "erasures",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("candidate_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(length=40), nullable=False),
        sa.Column(
            "cause",
            sa.Enum(
                "due", "request", name="erasurecause", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("rules", sa.JSON(), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("scrubbed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["candidate_id"], ["candidates.id"], name=op.f("fk_erasures_candidate_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_erasures")),
        sa.UniqueConstraint("candidate_id", name=op.f("uq_erasures_candidate_id")),
    )


def downgrade() -> None:
    op.drop_table("erasures")
    op.drop_index("ix_legal_holds_job_id", "legal_holds")
    op.drop_index("ix_legal_holds_candidate_id", "legal_holds")
    op.drop_table("legal_holds")

"""Notices before an adverse decision as they went out, and the summaries of rights that HR filed."""

import sqlalchemy as sa
from alembic import op

revision = "0133"
down_revision = "0132"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "rights_summaries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("jurisdiction", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("media_type", sa.String(length=120), nullable=False),
        sa.Column("document", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rights_summaries")),
    )
    op.create_index("ix_rights_summaries_jurisdiction", "rights_summaries", ["jurisdiction"])
    op.create_table(
        "pre_adverse_notices",
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("summary_id", sa.Integer(), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"], ["applications.id"], name=op.f("fk_pre_adverse_notices_application_id")
        ),
        sa.ForeignKeyConstraint(
            ["summary_id"], ["rights_summaries.id"], name=op.f("fk_pre_adverse_notices_summary_id")
        ),
        sa.PrimaryKeyConstraint("application_id", name=op.f("pk_pre_adverse_notices")),
    )


def downgrade() -> None:
    op.drop_table("pre_adverse_notices")
    op.drop_table("rights_summaries")

"""What HR records as spent on sources."""

import sqlalchemy as sa
from alembic import op

revision = "0068"
down_revision = "0067"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "source_spends",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=80), nullable=False),
        sa.Column("amount_cents", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.String(length=40), nullable=False),
        sa.CheckConstraint("amount_cents > 0", name=op.f("ck_source_spends_amount_positive")),
        sa.CheckConstraint("length(currency) = 3", name=op.f("ck_source_spends_currency_code")),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_source_spends_ends_after_start")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_source_spends")),
    )
    op.create_index("ix_source_spends_source", "source_spends", ["source"])


def downgrade() -> None:
    op.drop_table("source_spends")

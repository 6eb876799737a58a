"""Offers that a candidate wished to accept when no opening was left any more."""

import sqlalchemy as sa
from alembic import op

revision = "0134"
down_revision = "0133"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "missed_acceptances",
        sa.Column("offer_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["offer_id"], ["offers.id"], name=op.f("fk_missed_acceptances_offer_id")),
        sa.PrimaryKeyConstraint("offer_id", name=op.f("pk_missed_acceptances")),
    )


def downgrade() -> None:
    op.drop_table("missed_acceptances")

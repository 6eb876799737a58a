"""The letter of an offer is kept as it was sent."""

import sqlalchemy as sa
from alembic import op

from tracker.models.guards import drop_offer_letter_guards, install_offer_letter_guards

revision = "0076"
down_revision = "0075"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "offer_letters",
        sa.Column("offer_id", sa.Integer(), nullable=False),
        sa.Column("document", sa.LargeBinary(), nullable=False),
        sa.Column("document_sha256", sa.String(64), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["offer_id"], ["offers.id"], name=op.f("fk_offer_letters_offer_id")),
        sa.PrimaryKeyConstraint("offer_id", name=op.f("pk_offer_letters")),
    )
    install_offer_letter_guards(op.get_bind())


def downgrade() -> None:
    drop_offer_letter_guards(op.get_bind())
    op.drop_table("offer_letters")

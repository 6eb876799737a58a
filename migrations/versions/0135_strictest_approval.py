"""Whether a step of an offer's approval comes from the rules of another currency."""

import sqlalchemy as sa
from alembic import op

revision = "0135"
down_revision = "0134"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "offer_approval_steps",
        sa.Column("is_of_other_currency", sa.Boolean(), nullable=False, server_default=sa.false()),
    )


def downgrade() -> None:
    op.drop_column("offer_approval_steps", "is_of_other_currency")

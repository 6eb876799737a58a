"""What people took the columns of their lists as, for the next list with the same ones."""

import sqlalchemy as sa
from alembic import op

revision = "0070"
down_revision = "0068"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "list_columns",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("header_sha256", sa.String(length=64), nullable=False),
        sa.Column("columns", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("chosen_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_list_columns_user_id")),
        sa.PrimaryKeyConstraint("user_id", "header_sha256", name=op.f("pk_list_columns")),
    )


def downgrade() -> None:
    op.drop_table("list_columns")

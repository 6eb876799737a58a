"""Tags on applications."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "application_tags",
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("added_by", sa.String(length=40), nullable=False),
        sa.CheckConstraint("length(name) > 0", name=op.f("ck_application_tags_name_given")),
        sa.ForeignKeyConstraint(
            ["application_id"], ["applications.id"], name=op.f("fk_application_tags_application_id")
        ),
        sa.PrimaryKeyConstraint("application_id", "name", name=op.f("pk_application_tags")),
    )
    op.create_index(
        "ix_application_tags_name_application_id",
        "application_tags",
        ["name", "application_id"],
        unique=False,
    )


def downgrade() -> None:
    op.drop_index("ix_application_tags_name_application_id", "application_tags")
    op.drop_table("application_tags")

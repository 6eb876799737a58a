"""The counts on adverse impact that were told last."""

import sqlalchemy as sa
from alembic import op

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "impact_releases",
        sa.Column("field_id", sa.Integer(), nullable=False),
        sa.Column("counted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("counts", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("told", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("unsettled", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("applicants", sa.Integer(), nullable=False),
        sa.Column("erased", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["field_id"],
            ["self_identification_fields.id"],
            name=op.f("fk_impact_releases_field_id"),
        ),
        sa.PrimaryKeyConstraint("field_id", name=op.f("pk_impact_releases")),
    )


def downgrade() -> None:
    op.drop_table("impact_releases")

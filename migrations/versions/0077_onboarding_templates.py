"""The tasks that new hires start with, for all of them or by department and place."""

import sqlalchemy as sa
from alembic import op

revision = "0077"
down_revision = "0076"
branch_labels = None
depends_on = None

_OWNERS = ("candidate", "manager", "hr", "it")


def upgrade() -> None:
    op.create_table(
        "onboarding_templates",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column(
            "owner",
            sa.Enum(*_OWNERS, name="taskowner", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("days_after_start", sa.Integer(), nullable=False),
        sa.Column("is_required", sa.Boolean(), nullable=False),
        sa.Column("department", sa.String(200), nullable=True),
        sa.Column("location", sa.String(200), nullable=True),
        sa.CheckConstraint(
            "days_after_start BETWEEN -90 AND 365",
            name=op.f("ck_onboarding_templates_around_the_first_day"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_onboarding_templates")),
    )


def downgrade() -> None:
    op.drop_table("onboarding_templates")

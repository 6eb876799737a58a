"""Approving offers step by step, by the amount they promise, and templates of their terms."""

import sqlalchemy as sa
from alembic import op

from tracker.models.guards import drop_offer_approval_guards, install_offer_approval_guards

revision = "0075"
down_revision = "0070"
branch_labels = None
depends_on = None

_ROLES = ("recruiter", "hiring_manager", "interviewer", "hr")


def _role(table: str) -> sa.Column[str]:
    return sa.Column(
        "role",
        sa.Enum(*_ROLES, name="role", native_enum=False, create_constraint=True, length=40),
        nullable=False,
    )


def upgrade() -> None:
    op.create_table(
        "offer_approval_rules",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("currency", sa.String(3), nullable=False),
        sa.Column("from_cents", sa.BigInteger(), nullable=False),
        _role("offer_approval_rules"),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("from_cents >= 0", name=op.f("ck_offer_approval_rules_from_nothing_on")),
        sa.CheckConstraint("length(currency) = 3", name=op.f("ck_offer_approval_rules_currency_code")),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["users.id"], name=op.f("fk_offer_approval_rules_created_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offer_approval_rules")),
        sa.UniqueConstraint(
            "currency", "from_cents", "role", name=op.f("uq_offer_approval_rules_currency_from_cents_role")
        ),
    )
    op.create_table(
        "offer_approval_steps",
        sa.Column("offer_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        _role("offer_approval_steps"),
        sa.Column("approved_by_id", sa.Integer(), nullable=True),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("position >= 1", name=op.f("ck_offer_approval_steps_position_positive")),
        sa.CheckConstraint(
            "(approved_at IS NULL) = (approved_by_id IS NULL)",
            name=op.f("ck_offer_approval_steps_step_is_named"),
        ),
        sa.ForeignKeyConstraint(
            ["approved_by_id"], ["users.id"], name=op.f("fk_offer_approval_steps_approved_by_id")
        ),
        sa.ForeignKeyConstraint(["offer_id"], ["offers.id"], name=op.f("fk_offer_approval_steps_offer_id")),
        sa.PrimaryKeyConstraint("offer_id", "position", name=op.f("pk_offer_approval_steps")),
        sa.UniqueConstraint(
            "offer_id", "approved_by_id", name=op.f("uq_offer_approval_steps_offer_id_approved_by_id")
        ),
    )
    op.create_table(
        "offer_templates",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("department", sa.String(200), nullable=True),
        sa.Column("currency", sa.String(3), nullable=False),
        sa.Column(
            "period",
            sa.Enum(
                "year",
                "month",
                "hour",
                name="salaryperiod",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("days_to_answer", sa.Integer(), nullable=False),
        sa.Column("benefits", sa.Text(), nullable=True),
        sa.Column("conditions", sa.Text(), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("length(currency) = 3", name=op.f("ck_offer_templates_currency_code")),
        sa.CheckConstraint(
            "days_to_answer BETWEEN 1 AND 365", name=op.f("ck_offer_templates_days_to_answer_in_a_year")
        ),
        sa.ForeignKeyConstraint(
            ["changed_by_id"], ["users.id"], name=op.f("fk_offer_templates_changed_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offer_templates")),
        sa.UniqueConstraint("name", name=op.f("uq_offer_templates_name")),
    )
    install_offer_approval_guards(op.get_bind())


def downgrade() -> None:
    drop_offer_approval_guards(op.get_bind())
    op.drop_table("offer_templates")
    op.drop_table("offer_approval_steps")
    op.drop_table("offer_approval_rules")

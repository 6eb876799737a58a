"""Templates of messages that moves suggest; answers that come in by mail, and the addresses they come by."""

import sqlalchemy as sa
from alembic import op

revision = "0089"
down_revision = "0088"
branch_labels = None
depends_on = None

_MOMENTS = (
    *("application", "screening", "interview", "references", "offer", "onboarding"),
    *("returned", "hired", "rejected", "withdrawn"),
)


def upgrade() -> None:
    op.create_table(
        "message_templates",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("subject", sa.String(200), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column(
            "moment",
            sa.Enum(*_MOMENTS, name="moment", native_enum=False, create_constraint=True, length=40),
            nullable=True,
        ),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message_templates")),
        sa.UniqueConstraint("name", name=op.f("uq_message_templates_name")),
    )
    op.create_table(
        "reply_tokens",
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("until_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"], ["applications.id"], name=op.f("fk_reply_tokens_application_id")
        ),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_reply_tokens")),
    )
    op.create_index("ix_reply_tokens_application_id", "reply_tokens", ["application_id"])
    op.create_table(
        "incoming_mails",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("message_hash", sa.String(64), nullable=False),
        sa.Column("from_name", sa.String(200), nullable=False),
        sa.Column("from_email", sa.String(254), nullable=False),
        sa.Column("is_from_candidate", sa.Boolean(), nullable=False),
        sa.Column("subject", sa.String(300), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("left_out", sa.JSON(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"], ["applications.id"], name=op.f("fk_incoming_mails_application_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incoming_mails")),
        sa.UniqueConstraint(
            "application_id", "message_hash", name=op.f("uq_incoming_mails_application_id_message_hash")
        ),
    )


def downgrade() -> None:
    op.drop_table("incoming_mails")
    op.drop_index("ix_reply_tokens_application_id", "reply_tokens")
    op.drop_table("reply_tokens")
    op.drop_table("message_templates")

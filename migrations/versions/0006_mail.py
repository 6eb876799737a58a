"""Sending from the outbox, templates of mail, answers of panels."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

EVENTS = (
    "application_received",
    "moved_on",
    "rejected",
    "candidate_invited",
    "candidate_time_changed",
    "candidate_session_cancelled",
    "panel_invited",
    "panel_time_changed",
    "panel_session_cancelled",
    "scorecard_due",
    "reference_requested",
    "offer_sent",
    "onboarding_started",
)
COLUMNS = (
    ("interview_id", sa.Integer()),
    ("user_id", sa.Integer()),
    ("claim", sa.String(length=40)),
    ("lease_ends_at", sa.DateTime(timezone=True)),
    ("handed_over_at", sa.DateTime(timezone=True)),
    ("failed_at", sa.DateTime(timezone=True)),
    ("drop_reason", sa.Text()),
    ("to_name", sa.String(length=200)),
    ("to_email", sa.String(length=254)),
    ("subject", sa.String(length=400)),
    ("text", sa.Text()),
)


def upgrade() -> None:
    for name, kind in COLUMNS:
        op.add_column("outbox_messages", sa.Column(name, kind, nullable=True))
    op.create_index("ix_outbox_messages_interview_id_user_id", "outbox_messages", ["interview_id", "user_id"])
    # Nothing was ever sent before: what waited from then is old news.
    op.execute(
        "UPDATE outbox_messages SET cancelled_at = created_at, drop_reason = 'Queued before mail was sent'"
        " WHERE sent_at IS NULL AND cancelled_at IS NULL"
    )
    op.add_column("interviews", sa.Column("sequence", sa.Integer(), nullable=False, server_default="0"))
    op.create_table(
        "mail_templates",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "event",
            sa.Enum(*EVENTS, name="mailevent", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mail_templates")),
        sa.UniqueConstraint("event", "version", name=op.f("uq_mail_templates_event_version")),
    )
    op.create_table(
        "panel_replies",
        sa.Column("interview_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column(
            "answer",
            sa.Enum(
                "confirmed",
                "handed_over",
                name="panelanswer",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("proposed_id", sa.Integer(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(answer = 'handed_over') = (reason IS NOT NULL)",
            name=op.f("ck_panel_replies_handing_over_has_a_reason"),
        ),
        sa.ForeignKeyConstraint(
            ["interview_id"], ["interviews.id"], name=op.f("fk_panel_replies_interview_id")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_panel_replies_user_id")),
        sa.ForeignKeyConstraint(["proposed_id"], ["users.id"], name=op.f("fk_panel_replies_proposed_id")),
        sa.PrimaryKeyConstraint("interview_id", "user_id", name=op.f("pk_panel_replies")),
    )


def downgrade() -> None:
    op.drop_table("panel_replies")
    op.drop_table("mail_templates")
    op.drop_column("interviews", "sequence")
    op.drop_index("ix_outbox_messages_interview_id_user_id", "outbox_messages")
    for name, _ in reversed(COLUMNS):
        op.drop_column("outbox_messages", name)

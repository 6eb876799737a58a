"""Reports that people keep, and the words of the mail with the link to one."""

import sqlalchemy as sa
from alembic import op

revision = "0066"
down_revision = "0065"
branch_labels = None
depends_on = None

EVENTS = (
    "application_received",
    "application_repeated",
    "link_requested",
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
    "reference_reminder",
    "onboarding_started",
    "message",
)
NEW_EVENT = "saved_report"
_COLUMNS = "id, event, version, subject, text, created_at, created_by"


def upgrade() -> None:
    op.create_table(
        "saved_reports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("report", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("query", sa.String(length=1000), nullable=False),
        sa.Column("is_shared", sa.Boolean(), nullable=False),
        sa.Column("mailed_every", sa.String(length=10), nullable=True),
        sa.Column("mailed_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(mailed_every IS NULL) = (mailed_on IS NULL)",
            name=op.f("ck_saved_reports_mailed_since_a_day"),
        ),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_saved_reports_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_reports")),
        sa.UniqueConstraint("user_id", "name", name=op.f("uq_saved_reports_user_id_name")),
    )
    op.create_index("ix_saved_reports_mailed_every", "saved_reports", ["mailed_every"])
    change_events((*EVENTS, NEW_EVENT))


def downgrade() -> None:
    op.execute(f"DELETE FROM mail_templates WHERE event = '{NEW_EVENT}'")
    op.execute(f"DELETE FROM outbox_messages WHERE kind = '{NEW_EVENT}'")
    change_events(EVENTS)
    op.drop_table("saved_reports")


def change_events(events: tuple[str, ...]) -> None:
    """Make the table of mail's words anew with these events: a check cannot be changed on every database."""
    op.execute("CREATE TABLE mail_templates_kept AS SELECT * FROM mail_templates")
    op.drop_table("mail_templates")
    op.create_table(
        "mail_templates",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "event",
            sa.Enum(*events, name="mailevent", native_enum=False, create_constraint=True, length=40),
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
    op.execute(f"INSERT INTO mail_templates ({_COLUMNS}) SELECT {_COLUMNS} FROM mail_templates_kept")
    op.drop_table("mail_templates_kept")
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "SELECT setval(pg_get_serial_sequence('mail_templates', 'id'),"
            " (SELECT coalesce(max(id), 0) + 1 FROM mail_templates), false)"
        )

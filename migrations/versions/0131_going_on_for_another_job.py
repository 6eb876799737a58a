"""Files that go along with a transfer, and the words of five more mails to candidates."""

import sqlalchemy as sa
from alembic import op

revision = "0131"
down_revision = "0130"
branch_labels = None
depends_on = None

EVENTS = (
    *("application_received", "application_repeated", "link_requested", "moved_on", "rejected"),
    *("candidate_invited", "candidate_time_changed", "candidate_session_cancelled"),
    *("panel_invited", "panel_time_changed", "panel_session_cancelled", "scorecard_due"),
    *("reference_requested", "reference_reminder", "offer_sent", "onboarding_started", "saved_report"),
    *("mentioned", "digest", "message", "offer_withdrawn", "tasks_due"),
)
NEW_EVENTS = (
    *("application_transferred", "disclosure_due", "pre_adverse"),
    *("address_to_confirm", "address_changed"),
)
_COLUMNS = "id, event, version, subject, text, created_at, created_by"


def upgrade() -> None:
    op.add_column("files", sa.Column("content_key", sa.String(length=64), nullable=True))
    change_events((*EVENTS, *NEW_EVENTS))


def downgrade() -> None:
    for event in NEW_EVENTS:
        op.execute(f"DELETE FROM mail_templates WHERE event = '{event}'")
        op.execute(f"DELETE FROM outbox_messages WHERE kind = '{event}'")
    change_events(EVENTS)
    lent = "(SELECT id FROM files WHERE content_key IS NOT NULL)"
    op.execute(f"DELETE FROM file_texts WHERE file_id IN {lent}")
    op.execute("DELETE FROM files WHERE content_key IS NOT NULL")
    op.drop_column("files", "content_key")


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

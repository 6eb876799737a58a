"""Applying by the careers pages: notices, consents, texts of files, links and sessions of candidates."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

NOTICES = ("privacy", "background_check", "offer", "talent_pool")
STATES = ("waiting", "read", "unreadable")
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
NEW_EVENTS = ("application_repeated", "link_requested", "message")


def choice(name: str, values: tuple[str, ...]) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def instant(name: str, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def upgrade() -> None:
    change_events((*EVENTS, *NEW_EVENTS))
    make_records()
    make_access()
    op.add_column("self_identification_answers", sa.Column("codes", sa.JSON(), nullable=True))
    op.add_column(
        "self_identification_answers", sa.Column("form_version", sa.String(length=40), nullable=True)
    )


def make_records() -> None:
    op.create_table(
        "file_texts",
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("state", choice("textstate", STATES), nullable=False),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("reason", sa.String(length=300), nullable=True),
        instant("changed_at"),
        sa.CheckConstraint("(state = 'read') = (text IS NOT NULL)", name=op.f("ck_file_texts_read_has_text")),
        sa.CheckConstraint(
            "(state = 'unreadable') = (reason IS NOT NULL)", name=op.f("ck_file_texts_unreadable_has_reason")
        ),
        sa.ForeignKeyConstraint(["file_id"], ["files.id"], name=op.f("fk_file_texts_file_id")),
        sa.PrimaryKeyConstraint("file_id", name=op.f("pk_file_texts")),
    )
    op.create_index("ix_file_texts_state", "file_texts", ["state", "file_id"])
    op.create_table(
        "notices",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", choice("noticekind", NOTICES), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        instant("created_at"),
        sa.Column("created_by", sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notices")),
        sa.UniqueConstraint("kind", "number", name=op.f("uq_notices_kind_number")),
    )
    op.create_table(
        "consents",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("candidate_id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=True),
        sa.Column("kind", choice("noticekind", NOTICES), nullable=False),
        sa.Column("version", sa.String(length=40), nullable=False),
        sa.Column("is_given", sa.Boolean(), nullable=False),
        sa.Column("typed_name", sa.String(length=200), nullable=True),
        sa.Column("address", sa.String(length=64), nullable=True),
        instant("at"),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["candidate_id"], ["candidates.id"], name=op.f("fk_consents_candidate_id")),
        sa.ForeignKeyConstraint(
            ["application_id"], ["applications.id"], name=op.f("fk_consents_application_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consents")),
    )
    op.create_index("ix_consents_candidate_id_kind", "consents", ["candidate_id", "kind", "id"])
    op.create_table(
        "arrivals",
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("source_link_id", sa.Integer(), nullable=True),
        sa.Column("typed_name", sa.String(length=200), nullable=True),
        sa.Column("typed_phone", sa.String(length=60), nullable=True),
        instant("at"),
        sa.ForeignKeyConstraint(
            ["application_id"], ["applications.id"], name=op.f("fk_arrivals_application_id")
        ),
        sa.ForeignKeyConstraint(
            ["source_link_id"], ["source_links.id"], name=op.f("fk_arrivals_source_link_id")
        ),
        sa.PrimaryKeyConstraint("application_id", name=op.f("pk_arrivals")),
    )
    op.create_index("ix_arrivals_source_link_id", "arrivals", ["source_link_id"])


def make_access() -> None:
    op.create_table(
        "self_identification_invitations",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=True),
        sa.Column("form_version", sa.String(length=40), nullable=False),
        instant("expires_at"),
        instant("answered_at", nullable=True),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["applications.id"],
            name=op.f("fk_self_identification_invitations_application_id"),
        ),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_self_identification_invitations")),
    )
    op.create_table(
        "candidate_links",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("candidate_id", sa.Integer(), nullable=False),
        instant("created_at"),
        instant("expires_at"),
        instant("used_at", nullable=True),
        sa.ForeignKeyConstraint(
            ["candidate_id"], ["candidates.id"], name=op.f("fk_candidate_links_candidate_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_candidate_links")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_candidate_links_token_hash")),
    )
    op.create_index("ix_candidate_links_candidate_id", "candidate_links", ["candidate_id"])
    op.create_table(
        "candidate_sessions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("candidate_id", sa.Integer(), nullable=False),
        instant("created_at"),
        instant("expires_at"),
        instant("ended_at", nullable=True),
        sa.Column("address", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(
            ["candidate_id"], ["candidates.id"], name=op.f("fk_candidate_sessions_candidate_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_candidate_sessions")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_candidate_sessions_token_hash")),
    )
    op.create_index("ix_candidate_sessions_candidate_id", "candidate_sessions", ["candidate_id"])


def change_events(events: tuple[str, ...]) -> None:
    """Make the table of mail's words anew with these events: a check cannot be changed on every database."""
    op.execute("CREATE TABLE mail_templates_kept AS SELECT * FROM mail_templates")
    op.drop_table("mail_templates")
    op.create_table(
        "mail_templates",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event", choice("mailevent", events), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        instant("created_at"),
        sa.Column("created_by", sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mail_templates")),
        sa.UniqueConstraint("event", "version", name=op.f("uq_mail_templates_event_version")),
    )
    names = "id, event, version, subject, text, created_at, created_by"
    known = ", ".join(f"'{event}'" for event in events)
    op.execute(
        f"INSERT INTO mail_templates ({names}) SELECT {names} FROM mail_templates_kept"
        f" WHERE event IN ({known})"
    )
    op.drop_table("mail_templates_kept")
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "SELECT setval(pg_get_serial_sequence('mail_templates', 'id'),"
            " (SELECT coalesce(max(id), 0) + 1 FROM mail_templates), false)"
        )


def downgrade() -> None:
    op.drop_column("self_identification_answers", "form_version")
    op.drop_column("self_identification_answers", "codes")
    op.drop_index("ix_candidate_sessions_candidate_id", "candidate_sessions")
    op.drop_table("candidate_sessions")
    op.drop_index("ix_candidate_links_candidate_id", "candidate_links")
    op.drop_table("candidate_links")
    op.drop_table("self_identification_invitations")
    op.drop_index("ix_arrivals_source_link_id", "arrivals")
    op.drop_table("arrivals")
    op.drop_index("ix_consents_candidate_id_kind", "consents")
    op.drop_table("consents")
    op.drop_table("notices")
    op.drop_index("ix_file_texts_state", "file_texts")
    op.drop_table("file_texts")
    change_events(EVENTS)

"""What candidates do on their own page: answers to sessions, signatures of offers, requests for erasure."""

import sqlalchemy as sa
from alembic import op

from tracker.models.guards.signatures import drop_signature_guards, install_signature_guards

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def choice(name: str, values: tuple[str, ...]) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def instant(name: str, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def upgrade() -> None:
    op.create_table(
        "candidate_replies",
        sa.Column("interview_id", sa.Integer(), nullable=False),
        sa.Column("answer", choice("candidateanswer", ("confirmed", "other_time")), nullable=False),
        sa.Column("wish", sa.Text(), nullable=True),
        instant("answered_at"),
        sa.CheckConstraint(
            "(answer = 'other_time') = (wish IS NOT NULL)",
            name=op.f("ck_candidate_replies_other_time_has_a_wish"),
        ),
        sa.ForeignKeyConstraint(
            ["interview_id"], ["interviews.id"], name=op.f("fk_candidate_replies_interview_id")
        ),
        sa.PrimaryKeyConstraint("interview_id", name=op.f("pk_candidate_replies")),
    )
    op.create_table(
        "offer_signatures",
        sa.Column("offer_id", sa.Integer(), nullable=False),
        sa.Column("typed_name", sa.String(length=200), nullable=False),
        sa.Column("document", sa.LargeBinary(), nullable=False),
        sa.Column("document_sha256", sa.String(length=64), nullable=False),
        sa.Column("consent_version", sa.String(length=40), nullable=False),
        sa.Column("consent_text", sa.Text(), nullable=False),
        sa.Column("address", sa.String(length=64), nullable=True),
        sa.Column("agent", sa.String(length=300), nullable=True),
        instant("signed_at"),
        sa.ForeignKeyConstraint(["offer_id"], ["offers.id"], name=op.f("fk_offer_signatures_offer_id")),
        sa.PrimaryKeyConstraint("offer_id", name=op.f("pk_offer_signatures")),
    )
    install_signature_guards(op.get_bind())
    op.create_table(
        "erasure_requests",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("candidate_id", sa.Integer(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        instant("asked_at"),
        sa.Column("state", choice("datarequeststate", ("waiting", "done", "refused")), nullable=False),
        sa.Column("answer", sa.Text(), nullable=True),
        instant("settled_at", nullable=True),
        sa.Column("settled_by", sa.String(length=40), nullable=True),
        sa.CheckConstraint(
            "(state = 'waiting') = (settled_at IS NULL)", name=op.f("ck_erasure_requests_settled_is_dated")
        ),
        sa.CheckConstraint(
            "state <> 'refused' OR answer IS NOT NULL", name=op.f("ck_erasure_requests_refusal_has_reason")
        ),
        sa.ForeignKeyConstraint(
            ["candidate_id"], ["candidates.id"], name=op.f("fk_erasure_requests_candidate_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_erasure_requests")),
    )
    op.create_index("ix_erasure_requests_candidate_id", "erasure_requests", ["candidate_id"])
    op.create_index("ix_erasure_requests_state", "erasure_requests", ["state", "id"])


def downgrade() -> None:
    op.drop_index("ix_erasure_requests_state", "erasure_requests")
    op.drop_index("ix_erasure_requests_candidate_id", "erasure_requests")
    op.drop_table("erasure_requests")
    drop_signature_guards(op.get_bind())
    op.drop_table("offer_signatures")
    op.drop_table("candidate_replies")

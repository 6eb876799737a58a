"""Referees: their links, their time at the form, and their answers."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def instant(name: str, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def make_access(table: str, ends: str) -> None:
    op.create_table(
        table,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("reference_id", sa.Integer(), nullable=False),
        instant("created_at"),
        instant("expires_at"),
        instant(ends, nullable=True),
        sa.ForeignKeyConstraint(
            ["reference_id"], ["references_given.id"], name=op.f(f"fk_{table}_reference_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint("token_hash", name=op.f(f"uq_{table}_token_hash")),
    )
    op.create_index(f"ix_{table}_reference_id", table, ["reference_id"])


def upgrade() -> None:
    make_access("referee_links", "used_at")
    make_access("referee_sessions", "ended_at")
    op.create_table(
        "referee_answers",
        sa.Column("reference_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=200), nullable=False),
        sa.Column("worked_from_on", sa.Date(), nullable=False),
        sa.Column("worked_until_on", sa.Date(), nullable=True),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("comment", sa.Text(), nullable=True),
        instant("answered_at"),
        sa.Column("address", sa.String(length=64), nullable=True),
        sa.CheckConstraint(
            "worked_until_on IS NULL OR worked_until_on >= worked_from_on",
            name=op.f("ck_referee_answers_work_ends_after_it_began"),
        ),
        sa.ForeignKeyConstraint(
            ["reference_id"], ["references_given.id"], name=op.f("fk_referee_answers_reference_id")
        ),
        sa.PrimaryKeyConstraint("reference_id", name=op.f("pk_referee_answers")),
    )


def downgrade() -> None:
    op.drop_table("referee_answers")
    for table in ("referee_sessions", "referee_links"):
        op.drop_index(f"ix_{table}_reference_id", table)
        op.drop_table(table)

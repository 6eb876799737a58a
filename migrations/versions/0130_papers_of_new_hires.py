"""Tasks of new hires that ask for a paper, the papers handed in for them, and why one was done without."""

import sqlalchemy as sa
from alembic import op

revision = "0130"
down_revision = "0120"
branch_labels = None
depends_on = None

_ASKS_FOR_ONE = "Sign the contract and hand in the paperwork"


def upgrade() -> None:
    for table in ("onboarding_templates", "onboarding_tasks"):
        op.add_column(table, sa.Column("needs_file", sa.Boolean(), nullable=False, server_default=sa.false()))
        asks = sa.table(table, sa.column("title", sa.String()), sa.column("needs_file", sa.Boolean()))
        op.execute(asks.update().where(asks.c.title == _ASKS_FOR_ONE).values(needs_file=sa.true()))
    op.add_column("onboarding_tasks", sa.Column("done_reason", sa.Text(), nullable=True))
    op.create_table(
        "onboarding_task_files",
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["file_id"], ["files.id"], name=op.f("fk_onboarding_task_files_file_id")),
        sa.ForeignKeyConstraint(
            ["task_id"], ["onboarding_tasks.id"], name=op.f("fk_onboarding_task_files_task_id")
        ),
        sa.PrimaryKeyConstraint("file_id", name=op.f("pk_onboarding_task_files")),
    )
    op.create_index("ix_onboarding_task_files_task_id", "onboarding_task_files", ["task_id"])


def downgrade() -> None:
    op.drop_table("onboarding_task_files")
    op.drop_column("onboarding_tasks", "done_reason")
    for table in ("onboarding_tasks", "onboarding_templates"):
        op.drop_column(table, "needs_file")

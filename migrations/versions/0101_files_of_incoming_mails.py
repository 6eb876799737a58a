"""Which files came with which mail."""

import sqlalchemy as sa
from alembic import op

revision = "0101"
down_revision = "0100"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "incoming_mail_files",
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("mail_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["file_id"], ["files.id"], name=op.f("fk_incoming_mail_files_file_id")),
        sa.ForeignKeyConstraint(
            ["mail_id"], ["incoming_mails.id"], name=op.f("fk_incoming_mail_files_mail_id")
        ),
        sa.PrimaryKeyConstraint("file_id", name=op.f("pk_incoming_mail_files")),
    )
    op.create_index("ix_incoming_mail_files_mail_id", "incoming_mail_files", ["mail_id"])


def downgrade() -> None:
    op.drop_index("ix_incoming_mail_files_mail_id", "incoming_mail_files")
    op.drop_table("incoming_mail_files")

"""A drafted job may be closed without ever being approved."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

NAME = "ck_jobs_approved_before_open"
BEFORE = "status = 'draft' OR (approved_at IS NOT NULL)"
AFTER = "status IN ('draft', 'closed') OR approved_at IS NOT NULL"


def upgrade() -> None:
    change_check(BEFORE, AFTER)


def downgrade() -> None:
    # Whoever closed a draft takes on the approval that the older schema asks for.
    op.execute(
        "UPDATE jobs SET approved_at = created_at, approved_by_id = created_by_id"
        " WHERE status = 'closed' AND approved_at IS NULL"
    )
    change_check(AFTER, BEFORE)


def change_check(before: str, after: str) -> None:
    """Replace the check of a table that others point at.

    SQLite could only rebuild the table, which the foreign keys to it do not allow inside a transaction; so
    the text of its definition changes, as SQLite's page on ALTER TABLE describes for checks. Triggers stay.
    """
    connection = op.get_bind()
    if connection.dialect.name != "sqlite":
        op.drop_constraint(op.f(NAME), "jobs", type_="check")
        op.create_check_constraint(op.f(NAME), "jobs", after)
        return
    schema_version = connection.exec_driver_sql("PRAGMA schema_version").scalar_one()
    connection.exec_driver_sql("PRAGMA writable_schema=ON")
    changed = connection.execute(
        sa.text(
            "UPDATE sqlite_master SET sql = replace(sql, :before, :after)"
            " WHERE type = 'table' AND name = 'jobs' AND instr(sql, :before) > 0"
        ),
        {"before": f"CHECK ({before})", "after": f"CHECK ({after})"},
    )
    connection.exec_driver_sql(f"PRAGMA schema_version={schema_version + 1}")
    connection.exec_driver_sql("PRAGMA writable_schema=OFF")
    if changed.rowcount != 1:
        raise RuntimeError(f"the table of jobs does not hold CHECK ({before})")

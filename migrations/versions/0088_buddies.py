"""A colleague as buddy of a new hire, who may own onboarding tasks."""

import sqlalchemy as sa
from alembic import op

revision = "0088"
down_revision = "0087"
branch_labels = None
depends_on = None

TABLES = ("onboarding_tasks", "onboarding_templates")
BEFORE = "owner IN ('candidate', 'manager', 'hr', 'it')"
AFTER = "owner IN ('candidate', 'manager', 'hr', 'it', 'buddy')"


def upgrade() -> None:
    op.create_table(
        "onboarding_buddies",
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"], ["applications.id"], name=op.f("fk_onboarding_buddies_application_id")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_onboarding_buddies_user_id")),
        sa.PrimaryKeyConstraint("application_id", name=op.f("pk_onboarding_buddies")),
    )
    op.create_index("ix_onboarding_buddies_user_id", "onboarding_buddies", ["user_id"])
    for table in TABLES:
        change_check(table, BEFORE, AFTER)


def downgrade() -> None:
    # What a buddy saw to is the hiring manager's where there are no buddies.
    for table in TABLES:
        op.execute(f"UPDATE {table} SET owner = 'manager' WHERE owner = 'buddy'")
        change_check(table, AFTER, BEFORE)
    op.drop_index("ix_onboarding_buddies_user_id", "onboarding_buddies")
    op.drop_table("onboarding_buddies")


def change_check(table: str, before: str, after: str) -> None:
    """Replace the check of who owns a task, as 0002 does: SQLite changes the text of its definition."""
    name = f"ck_{table}_taskowner"
    connection = op.get_bind()
    if connection.dialect.name != "sqlite":
        op.drop_constraint(op.f(name), table, type_="check")
        op.create_check_constraint(op.f(name), table, after)
        return
    schema_version = connection.exec_driver_sql("PRAGMA schema_version").scalar_one()
    connection.exec_driver_sql("PRAGMA writable_schema=ON")
    changed = connection.execute(
        sa.text(
            "UPDATE sqlite_master SET sql = replace(sql, :before, :after)"
            " WHERE type = 'table' AND name = :name AND instr(sql, :before) > 0"
        ),
        {"before": f"CHECK ({before})", "after": f"CHECK ({after})", "name": table},
    )
    connection.exec_driver_sql(f"PRAGMA schema_version={schema_version + 1}")
    connection.exec_driver_sql("PRAGMA writable_schema=OFF")
    if changed.rowcount != 1:
        raise RuntimeError(f"{table} does not hold CHECK ({before})")

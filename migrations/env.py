"""Runs migrations on the connection that the tracker hands over."""

from alembic import context

from tracker.models import Base

# Search indexes belong to one database only; migrations make them, the models do not know them.
SEARCH_TABLES = "candidate_search"


def include_name(name, type_, parent_names):
    return not (type_ == "table" and name is not None and name.startswith(SEARCH_TABLES))


def run() -> None:
    connection = context.config.attributes["connection"]
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=connection.dialect.name == "sqlite",
        include_name=include_name,
        compare_type=True,
    )
    with context.begin_transaction():
        context.run_migrations()


run()

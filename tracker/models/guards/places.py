"""How far the history of each job is: what every move, and every source that is set right, adds to its place.

What is counted of the same place is counted of the same history, so it need not be counted twice.
"""

from sqlalchemy import Connection

_JOB = "(SELECT a.job_id FROM applications a WHERE a.id = NEW.application_id)"
# No upsert: whoever replaces a row would rule over what is done in here.
_ROW = (
    "INSERT INTO history_places (job_id, moves, sources_set)"
    " SELECT a.job_id, 0, 0 FROM applications a WHERE a.id = NEW.application_id"
    " AND NOT EXISTS (SELECT 1 FROM history_places p WHERE p.job_id = a.job_id)"
)
_MOVED = f"UPDATE history_places SET moves = moves + 1 WHERE job_id = {_JOB}"
_SOURCED = "UPDATE history_places SET sources_set = sources_set + 1 WHERE job_id = NEW.job_id"
_TRIGGERS = (
    ("move_placed", "AFTER INSERT ON moves", f"{_ROW}; {_MOVED}"),
    ("application_sourced", "AFTER UPDATE OF source ON applications", _SOURCED),
)
_PLACES = (
    "INSERT INTO history_places (job_id, moves, sources_set) SELECT a.job_id, count(*), 0 FROM moves m"
    " JOIN applications a ON a.id = m.application_id GROUP BY a.job_id"
)


def install_places(connection: Connection) -> None:
    """Let every move, and every source that is set right, say how far its job's history is."""
    for name, event, body in _TRIGGERS:
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql(f"CREATE TRIGGER {name} {event} BEGIN {body}; END")
            continue
        connection.exec_driver_sql(
            f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body}; RETURN NEW; END $$"
        )
        connection.exec_driver_sql(f"CREATE TRIGGER {name} {event} FOR EACH ROW EXECUTE FUNCTION {name}()")
    if connection.dialect.name != "sqlite":
        connection.exec_driver_sql(
            "CREATE TRIGGER history_places_not_truncated BEFORE TRUNCATE ON history_places"
            " EXECUTE FUNCTION not_truncated()"
        )


def drop_places(connection: Connection) -> None:
    """Let nothing say any more how far a history is."""
    for name, _, _ in _TRIGGERS:
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {name}")
        else:
            connection.exec_driver_sql(f"DROP FUNCTION IF EXISTS {name}() CASCADE")


def rebuild_places(connection: Connection) -> None:
    """Say of every history how far it is, where nothing is said yet."""
    connection.exec_driver_sql(_PLACES)

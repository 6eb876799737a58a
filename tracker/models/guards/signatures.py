"""Guard of signatures: what was signed never changes and is never taken away."""

from sqlalchemy import Connection

_TABLE = "offer_signatures"
_NAMES = {"UPDATE": "offer_signatures_fixed", "DELETE": "offer_signatures_kept"}
_MESSAGE = "a signature stays as it was given"


def install_signature_guards(connection: Connection) -> None:
    """Create the guards on a database that has the table and none of them."""
    for event, name in _NAMES.items():
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql(
                f"CREATE TRIGGER {name} BEFORE {event} ON {_TABLE}"
                f" BEGIN SELECT RAISE(ABORT, '{name}: {_MESSAGE}'); END"
            )
            continue
        connection.exec_driver_sql(
            f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
            f" RAISE EXCEPTION '{name}: {_MESSAGE}' USING ERRCODE = 'check_violation'; END $$"
        )
        connection.exec_driver_sql(
            f"CREATE TRIGGER {name} BEFORE {event} ON {_TABLE} FOR EACH ROW EXECUTE FUNCTION {name}()"
        )


def drop_signature_guards(connection: Connection) -> None:
    """Remove the guards again, for the table to go."""
    for name in _NAMES.values():
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {name}")
        else:
            connection.exec_driver_sql(f"DROP FUNCTION IF EXISTS {name}() CASCADE")

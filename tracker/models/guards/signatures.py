"""Guard of signatures: what was signed never changes, but for the words of a person who is erased."""

from sqlalchemy import Connection

_TABLE = "offer_signatures"
_NAMES = {"UPDATE": "offer_signatures_fixed", "DELETE": "offer_signatures_kept"}
_MESSAGE = "a signature stays as it was given"
_ERASED = (
    "EXISTS (SELECT 1 FROM offers o JOIN applications a ON a.id = o.application_id"
    " JOIN candidates c ON c.id = a.candidate_id WHERE o.id = OLD.offer_id AND c.erased_at IS NOT NULL)"
    " AND NEW.offer_id = OLD.offer_id AND NEW.document_sha256 = OLD.document_sha256 AND length(NEW.document) = 0"
    " AND NEW.signed_at = OLD.signed_at"
)
_UNLESS = {"UPDATE": _ERASED, "DELETE": "1 = 0"}


def install_signature_guards(connection: Connection) -> None:
    """Create the guards on a database that has the table and none of them."""
    for event, name in _NAMES.items():
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql(
                f"CREATE TRIGGER {name} BEFORE {event} ON {_TABLE}"
                f" WHEN NOT ({_UNLESS[event]}) BEGIN SELECT RAISE(ABORT, '{name}: {_MESSAGE}'); END"
            )
            continue
        connection.exec_driver_sql(
            f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
            f" IF NOT ({_UNLESS[event]}) THEN"
            f" RAISE EXCEPTION '{name}: {_MESSAGE}' USING ERRCODE = 'check_violation'; END IF;"
            " RETURN NEW; END $$"
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

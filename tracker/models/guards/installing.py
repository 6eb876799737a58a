"""Writing the guards into a database and taking them out for a migration."""

import re
from collections.abc import Iterable
from itertools import chain

from sqlalchemy import Connection, insert, text

from tracker.domain.moves import EDGES
from tracker.models.guards.applications import APPLICATION_GUARDS
from tracker.models.guards.guard import Guard
from tracker.models.guards.jobs import JOB_GUARDS, LOG_GUARDS
from tracker.models.guards.offers import OFFER_GUARDS
from tracker.models.guards.ratings import RATING_GUARDS
from tracker.models.guards.rubrics import RUBRIC_GUARDS
from tracker.models.guards.scorecards import SCORECARD_GUARDS
from tracker.models.moves import LegalEdge

GUARDS: tuple[Guard, ...] = (
    *APPLICATION_GUARDS,
    *SCORECARD_GUARDS,
    *RUBRIC_GUARDS,
    *OFFER_GUARDS,
    *JOB_GUARDS,
    *LOG_GUARDS,
)

UNTRUNCATED = (
    "applications", "moves", "move_notes", "legal_edges", "scorecards", "ratings", "rubrics", "interviews",
    "offers", "jobs", "candidates", "audit_entries", "job_status_changes", "stage_counts",
)  # fmt: skip

_SET_PLACE = (
    "UPDATE applications SET stage = NEW.to_stage, outcome = NEW.to_outcome, disposition_reason = NEW.reason,"
    " stage_entered_at = CASE WHEN coalesce(stage, '') = NEW.to_stage THEN stage_entered_at ELSE NEW.at END,"
    " version = NEW.version WHERE id = NEW.application_id"
)
_COUNT_DOWN = (
    "UPDATE stage_counts SET count = count - 1 WHERE job_id ="
    " (SELECT job_id FROM applications WHERE id = NEW.application_id)"
    " AND stage = NEW.from_stage AND outcome = NEW.from_outcome"
)
_COUNT_ROW = (
    "INSERT INTO stage_counts (job_id, stage, outcome, count)"
    " SELECT a.job_id, NEW.to_stage, NEW.to_outcome, 0 FROM applications a WHERE a.id = NEW.application_id"
    " AND NOT EXISTS (SELECT 1 FROM stage_counts c WHERE c.job_id = a.job_id AND c.stage = NEW.to_stage"
    " AND c.outcome = NEW.to_outcome)"
)
_COUNT_UP = (
    "UPDATE stage_counts SET count = count + 1 WHERE job_id ="
    " (SELECT job_id FROM applications WHERE id = NEW.application_id)"
    " AND stage = NEW.to_stage AND outcome = NEW.to_outcome"
)
APPLIED = (_SET_PLACE, _COUNT_DOWN, _COUNT_ROW, _COUNT_UP)


def _sqlite_condition(condition: str) -> str:
    """SQLite has its own words for IS DISTINCT FROM, in every version, and for the elements of a list."""
    condition = condition.replace("IS DISTINCT FROM", "IS NOT")
    return re.sub(
        r"json_array_elements_text\(([\w.]+)\) AS (\w+)\(value\)", r"json_each(\1) AS \2", condition
    )


def _sqlite_trigger(guard: Guard) -> str:
    cases = " ".join(
        f"WHEN {_sqlite_condition(condition)} THEN RAISE(ABORT, '{guard.name}: {message}')"
        for condition, message in guard.refusals
    )
    return f"CREATE TRIGGER {guard.name} BEFORE {guard.event} ON {guard.table} BEGIN SELECT CASE {cases} END; END"


def _postgres_trigger(guard: Guard) -> tuple[str, str]:
    checks = " ".join(
        f"IF {condition} THEN RAISE EXCEPTION '{guard.name}: {message}' USING ERRCODE = 'check_violation'; END IF;"
        for condition, message in guard.refusals
    )
    lock = f"{guard.lock};" if guard.lock else ""
    row = "OLD" if guard.event == "DELETE" else "NEW"
    return (
        f"CREATE FUNCTION {guard.name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {lock} {checks}"
        f" RETURN {row}; END $$",
        f"CREATE TRIGGER {guard.name} BEFORE {guard.event} ON {guard.table}"
        f" FOR EACH ROW EXECUTE FUNCTION {guard.name}()",
    )


def trigger_statements(guards: Iterable[Guard], dialect: str) -> list[str]:
    """The statements that create these guards on a database of this dialect."""
    if dialect == "sqlite":
        return [_sqlite_trigger(guard) for guard in guards]
    return [*chain.from_iterable(map(_postgres_trigger, guards))]


def _untruncated(table: str) -> str:
    return f"CREATE TRIGGER {table}_not_truncated BEFORE TRUNCATE ON {table} EXECUTE FUNCTION not_truncated()"


def _sqlite_statements() -> list[str]:
    body = "; ".join(APPLIED)
    return [
        *(_sqlite_trigger(guard) for guard in GUARDS),
        f"CREATE TRIGGER move_applied AFTER INSERT ON moves BEGIN {body}; END",
    ]


def _postgres_statements() -> list[str]:
    body = "; ".join(APPLIED)
    return [
        *chain.from_iterable(_postgres_trigger(guard) for guard in GUARDS),
        f"CREATE FUNCTION move_applied() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body}; RETURN NEW; END $$",
        "CREATE TRIGGER move_applied AFTER INSERT ON moves FOR EACH ROW EXECUTE FUNCTION move_applied()",
        "CREATE FUNCTION not_truncated() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        " RAISE EXCEPTION 'not_truncated: % is never emptied', TG_TABLE_NAME USING ERRCODE = 'check_violation';"
        " END $$",
        *map(_untruncated, UNTRUNCATED),
    ]


def install_guards(connection: Connection) -> None:
    """Create every guard on a database that has none."""
    is_sqlite = connection.dialect.name == "sqlite"
    _run(connection, _sqlite_statements() if is_sqlite else _postgres_statements())


def _run(connection: Connection, statements: Iterable[str]) -> None:
    is_sqlite = connection.dialect.name == "sqlite"
    for statement in statements:
        # No parameters and no text(): colons and percent signs belong to the statement.
        connection.exec_driver_sql(statement if is_sqlite else statement.replace("%", "%%"))


def drop_guards(connection: Connection) -> None:
    """Remove every guard, for a migration that rebuilds tables; SQLite loses a rebuilt table's triggers silently."""
    names = [*(g.name for g in GUARDS), "move_applied"]
    _drop(connection, names if connection.dialect.name == "sqlite" else [*names, "not_truncated"])


def renew_guard(connection: Connection, name: str) -> None:
    """Write one guard anew, as the code has it now, and leave all others as they are."""
    _drop(connection, [name])
    renewed = [guard for guard in GUARDS if guard.name == name]
    _run(connection, trigger_statements(renewed, connection.dialect.name))


def install_rating_guards(connection: Connection) -> None:
    """Create the guards that came later, of what cards say about their session."""
    install_these(connection, RATING_GUARDS, ["panel_members"])


def drop_rating_guards(connection: Connection) -> None:
    """Remove the guards of what cards say about their session."""
    drop_these(connection, RATING_GUARDS, ["panel_members"])


def install_these(connection: Connection, guards: Iterable[Guard], untruncated: Iterable[str]) -> None:
    """Create these guards, and on PostgreSQL those against emptying these tables."""
    _run(connection, trigger_statements(guards, connection.dialect.name))
    if connection.dialect.name != "sqlite":
        _run(connection, map(_untruncated, untruncated))


def drop_these(connection: Connection, guards: Iterable[Guard], untruncated: Iterable[str]) -> None:
    """Remove these guards, and on PostgreSQL those against emptying these tables."""
    _drop(connection, [guard.name for guard in guards])
    if connection.dialect.name != "sqlite":
        for table in untruncated:
            connection.execute(text(f"DROP TRIGGER IF EXISTS {table}_not_truncated ON {table}"))


def _drop(connection: Connection, names: Iterable[str]) -> None:
    for name in names:
        if connection.dialect.name == "sqlite":
            connection.execute(text(f"DROP TRIGGER IF EXISTS {name}"))
        else:
            connection.execute(text(f"DROP FUNCTION IF EXISTS {name}() CASCADE"))


def write_edges(connection: Connection) -> None:
    """Write the table of moves down as the guards read it; only while the guards are off."""
    names = ("kind", "from_stage", "to_stage", "from_outcome", "to_outcome")
    connection.execute(LegalEdge.__table__.delete())  # type: ignore[attr-defined]
    connection.execute(insert(LegalEdge), [dict(zip(names, edge.key, strict=True)) for edge in EDGES])

"""What each move writes into the counts of courses, and how they are made anew from stays and moves.

The rules are those of the courses of the domain; `tracker history verify` compares the two.
"""

from sqlalchemy import Connection

from tracker.domain.stages import STAGES

_KEY = "job_id, source, stages, has_been_hired, has_imported_offer, stage, outcome, reason"
_STAGES = " + ".join(
    f"max(CASE s.stage WHEN '{stage}' THEN {1 << stage.place} ELSE 0 END)" for stage in STAGES
)

_COURSES = (
    "SELECT a.job_id, a.source, c.stages,"
    " EXISTS (SELECT 1 FROM moves h WHERE h.application_id = a.id AND h.to_outcome = 'hired')"
    " AS has_been_hired,"
    " EXISTS (SELECT 1 FROM stays o JOIN moves i ON i.application_id = o.application_id"
    " AND i.version = o.entered_version WHERE o.application_id = a.id AND o.stage = 'offer'"
    " AND i.imported) AS has_imported_offer,"
    " coalesce(c.open_stage, m.to_stage) AS stage,"
    " CASE WHEN c.open_stage IS NULL THEN m.to_outcome ELSE 'active' END AS outcome,"
    " coalesce(m.reason, '') AS reason"
    f" FROM (SELECT s.application_id, {_STAGES} AS stages,"
    " max(CASE WHEN s.ended_version IS NULL THEN s.stage END) AS open_stage,"
    " max(s.ended_version) AS ended_version FROM stays s GROUP BY s.application_id) c"
    " JOIN applications a ON a.id = c.application_id"
    " LEFT JOIN moves m ON m.application_id = c.application_id AND m.version = c.ended_version"
    " AND c.open_stage IS NULL"
)
BY_INDEX = "SET enable_seqscan = off"
"""A setting of functions that PostgreSQL plans for tables still empty, and calls when they are large."""


def _course(of: str, source: str, stage: str, outcome: str, *, until: str = "") -> dict[str, str]:
    """The course of one application as its stays and its moves up to a version tell it, column by column.

    Each is an answer of its own, so that a database finds the row of counts by all of its key at once.
    """
    up_to = f" AND h.version {until}" if until else ""
    closing = f"(SELECT max(e.ended_version) FROM stays e WHERE e.application_id = {of})"
    return {
        "job_id": f"(SELECT a.job_id FROM applications a WHERE a.id = {of})",
        "source": source,
        "stages": f"(SELECT {_STAGES} FROM stays s WHERE s.application_id = {of})",
        "has_been_hired": "EXISTS (SELECT 1 FROM moves h"
        f" WHERE h.application_id = {of} AND h.to_outcome = 'hired'{up_to})",
        "has_imported_offer": "EXISTS (SELECT 1 FROM stays o JOIN moves i"
        f" ON i.application_id = {of} AND i.version = o.entered_version"
        f" WHERE o.application_id = {of} AND o.stage = 'offer' AND i.imported)",
        "stage": stage,
        "outcome": outcome,
        "reason": f"CASE WHEN {outcome} = 'active' THEN '' ELSE coalesce((SELECT c.reason FROM moves c"
        f" WHERE c.application_id = {of} AND c.version = {closing}), '') END",
    }


def _less(course: dict[str, str]) -> str:
    same = " AND ".join(f"{name} = {value}" for name, value in course.items())
    return f"UPDATE course_counts SET count = count - 1 WHERE {same}"


def _more(course: dict[str, str], *, where: str = "true") -> str:
    return (
        f"INSERT INTO course_counts ({_KEY}, count) SELECT {', '.join(course.values())}, 1 WHERE {where}"
        f" ON CONFLICT ({_KEY}) DO UPDATE SET count = course_counts.count + 1"
    )


_OWN = "NEW.application_id"
_SOURCE = f"(SELECT a.source FROM applications a WHERE a.id = {_OWN})"
TAKES_AWAY = (_less(_course(_OWN, _SOURCE, "NEW.from_stage", "NEW.from_outcome", until="< NEW.version")),)
"""What a move does before its stays are written."""
ADDS = (_more(_course(_OWN, _SOURCE, "NEW.to_stage", "NEW.to_outcome")),)
"""What a move does when its stays are written."""
RESOURCED = (
    _less(_course("OLD.id", "OLD.source", "OLD.stage", "OLD.outcome")),
    _more(_course("NEW.id", "NEW.source", "NEW.stage", "NEW.outcome"), where="NEW.stage IS NOT NULL"),
)
"""What an application does whose source is set right."""


def install_courses(connection: Connection) -> None:
    """Let a source that is set right be counted so; moves are counted by the trigger of the stays."""
    body = "; ".join(RESOURCED)
    event = "AFTER UPDATE OF source ON applications"
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(f"CREATE TRIGGER application_resourced {event} BEGIN {body}; END")
        return
    connection.exec_driver_sql(
        f"CREATE FUNCTION application_resourced() RETURNS trigger LANGUAGE plpgsql {BY_INDEX} AS"
        f" $$ BEGIN {body}; RETURN NEW; END $$"
    )
    connection.exec_driver_sql(
        f"CREATE TRIGGER application_resourced {event} FOR EACH ROW EXECUTE FUNCTION application_resourced()"
    )
    connection.exec_driver_sql(
        "CREATE TRIGGER course_counts_not_truncated BEFORE TRUNCATE ON course_counts"
        " EXECUTE FUNCTION not_truncated()"
    )


def drop_courses(connection: Connection) -> None:
    """Let sources no longer be counted."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("DROP TRIGGER IF EXISTS application_resourced")
    else:
        connection.exec_driver_sql("DROP FUNCTION IF EXISTS application_resourced() CASCADE")
        connection.exec_driver_sql("DROP TRIGGER IF EXISTS course_counts_not_truncated ON course_counts")


def rebuild_courses(connection: Connection) -> None:
    """Count the courses of all applications, where none is counted, from their stays and moves."""
    connection.exec_driver_sql(
        f"INSERT INTO course_counts ({_KEY}, count) SELECT {_KEY}, count(*)"
        f" FROM ({_COURSES}) n GROUP BY {_KEY}"
    )

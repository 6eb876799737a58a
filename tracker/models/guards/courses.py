"""What each move writes into the counts of courses, and how they are made anew from stays and moves.

The rules are those of the courses of the domain; `tracker history verify` compares the two.
"""

from sqlalchemy import Connection

from tracker.domain.stages import STAGES

_KEY = "job_id, source, stages, has_been_hired, has_imported_offer, stage, outcome, reason"
_STAGES = " + ".join(
    f"max(CASE s.stage WHEN '{stage}' THEN {1 << stage.place} ELSE 0 END)" for stage in STAGES
)


def _courses(*, of: str = "", source: str = "a.source", until: str = "") -> str:
    """The courses of an application, or of all, by the stays there are and the moves up to a version."""
    # Of one, its number stands in every part: PostgreSQL might else read through whole tables for it.
    own = of or "a.id"
    return (
        f"SELECT a.job_id, {source} AS source, c.stages,"
        f" EXISTS (SELECT 1 FROM moves h WHERE h.application_id = {own} AND h.to_outcome = 'hired'"
        f"{f' AND h.version {until}' if until else ''}) AS has_been_hired,"
        " EXISTS (SELECT 1 FROM stays o JOIN moves i ON i.application_id = o.application_id"
        f" AND i.version = o.entered_version WHERE o.application_id = {own} AND o.stage = 'offer'"
        " AND i.imported) AS has_imported_offer,"
        " coalesce(c.open_stage, m.to_stage) AS stage,"
        " CASE WHEN c.open_stage IS NULL THEN m.to_outcome ELSE 'active' END AS outcome,"
        " coalesce(m.reason, '') AS reason"
        f" FROM (SELECT s.application_id, {_STAGES} AS stages,"
        " max(CASE WHEN s.ended_version IS NULL THEN s.stage END) AS open_stage,"
        f" max(s.ended_version) AS ended_version FROM stays s{f' WHERE s.application_id = {of}' if of else ''}"
        f" GROUP BY s.application_id) c JOIN applications a ON a.id = {of or 'c.application_id'}"
        f" LEFT JOIN moves m ON m.application_id = {of or 'c.application_id'} AND m.version = c.ended_version"
        " AND c.open_stage IS NULL"
    )


def _count(change: str, course: str) -> str:
    return f"UPDATE course_counts SET count = count {change} WHERE ({_KEY}) IN ({course})"


def _count_row(course: str) -> str:
    same = " AND ".join(f"k.{name} = n.{name}" for name in _KEY.split(", "))
    return (
        f"INSERT INTO course_counts ({_KEY}, count) SELECT n.*, 0 FROM ({course}) n"
        f" WHERE NOT EXISTS (SELECT 1 FROM course_counts k WHERE {same})"
    )


_BEFORE = _courses(of="NEW.application_id", until="< NEW.version")
_AFTER = _courses(of="NEW.application_id")
TAKES_AWAY = (_count("- 1", _BEFORE),)
"""What a move does before its stays are written."""
ADDS = (_count_row(_AFTER), _count("+ 1", _AFTER))
"""What a move does when its stays are written."""


def _resourced() -> tuple[str, ...]:
    before = _courses(of="OLD.id", source="OLD.source")
    after = _courses(of="NEW.id", source="NEW.source")
    return (_count("- 1", before), _count_row(after), _count("+ 1", after))


def install_courses(connection: Connection) -> None:
    """Let a source that is set right be counted so; moves are counted by the trigger of the stays."""
    body = "; ".join(_resourced())
    event = "AFTER UPDATE OF source ON applications"
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(f"CREATE TRIGGER application_resourced {event} BEGIN {body}; END")
        return
    connection.exec_driver_sql(
        "CREATE FUNCTION application_resourced() RETURNS trigger LANGUAGE plpgsql AS"
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


def rebuild_courses(connection: Connection) -> None:
    """Count the courses of all applications, where none is counted, from their stays and moves."""
    connection.exec_driver_sql(
        f"INSERT INTO course_counts ({_KEY}, count) SELECT {_KEY}, count(*)"
        f" FROM ({_courses()}) n GROUP BY {_KEY}"
    )

"""What each move writes into the stays and their counts, and how both are made anew from the moves.

The rules are those of the spells of the domain; `tracker history verify` compares the two.
"""

from collections.abc import Iterable

from sqlalchemy import Connection

from tracker.domain.metrics.spells import CLOSES_AS
from tracker.domain.stages import STAGES
from tracker.models.guards.courses import ADDS, BY_INDEX, TAKES_AWAY

_CLOSED = " ".join(f"WHEN '{outcome}' THEN '{end}'" for outcome, end in CLOSES_AS.items())


def _place(column: str) -> str:
    return (
        f"CASE {column} "
        + " ".join(f"WHEN '{stage}' THEN {stage.place}" for stage in STAGES)
        + " ELSE -1 END"
    )


def _left_for(stage: str, outcome: str, from_stage: str) -> str:
    """What became of a stay in `from_stage` that ended with a move to this stage and outcome."""
    further = f"({_place(stage)}) > ({_place(from_stage)})"
    return f"CASE {outcome} {_CLOSED} ELSE CASE WHEN {further} THEN 'advanced' ELSE 'returned' END END"


_JOB = "(SELECT a.job_id FROM applications a WHERE a.id = NEW.application_id)"
# A move changes stays in the two stages that it names, and nowhere else.
_LAST = (
    "FROM stays s WHERE s.application_id = NEW.application_id"
    " AND (s.stage = NEW.to_stage OR s.stage = NEW.from_stage) AND NOT EXISTS"
    " (SELECT 1 FROM stays l WHERE l.application_id = s.application_id AND l.stage = s.stage"
    " AND l.entered_version > s.entered_version)"
)


def _count(change: str) -> str:
    return (
        f"UPDATE stay_counts SET count = count {change} WHERE job_id = {_JOB}"
        f" AND (stage, became) IN (SELECT s.stage, s.became {_LAST})"
    )


_REMOVE_UNDONE = (
    "DELETE FROM stays WHERE NEW.kind = 'undo' AND application_id = NEW.application_id"
    " AND entered_version = NEW.version - 1"
)
_GO_ON_AGAIN = (
    "UPDATE stays SET became = 'active', ended_at = NULL, ended_version = NULL WHERE NEW.kind = 'undo'"
    " AND application_id = NEW.application_id AND ended_version = NEW.version - 1"
)
_END = (
    f"UPDATE stays SET became = {_left_for('NEW.to_stage', 'NEW.to_outcome', 'stage')},"
    " ended_at = NEW.at, ended_version = NEW.version WHERE NEW.kind <> 'undo'"
    " AND application_id = NEW.application_id AND ended_version IS NULL"
)
_BEGIN = (
    "INSERT INTO stays"
    " (application_id, entered_version, job_id, stage, became, entered_at, ended_at, ended_version)"
    f" SELECT NEW.application_id, NEW.version, {_JOB}, NEW.to_stage,"
    f" CASE NEW.to_outcome {_CLOSED} ELSE 'active' END, NEW.at,"
    " CASE WHEN NEW.to_outcome <> 'active' THEN NEW.at END,"
    " CASE WHEN NEW.to_outcome <> 'active' THEN NEW.version END"
    " WHERE NEW.kind <> 'undo' AND (coalesce(NEW.from_stage, '') <> NEW.to_stage"
    " OR coalesce(NEW.from_outcome, '') <> 'active')"
)
_COUNT_ROWS = (
    f"INSERT INTO stay_counts (job_id, stage, became, count) SELECT s.job_id, s.stage, s.became, 0 {_LAST}"
    " AND NOT EXISTS (SELECT 1 FROM stay_counts c WHERE c.job_id = s.job_id AND c.stage = s.stage"
    " AND c.became = s.became)"
)
STAYED = (_count("- 1"), _REMOVE_UNDONE, _GO_ON_AGAIN, _END, _BEGIN, _COUNT_ROWS, _count("+ 1"))
STAYED_AND_COUNTED = (*TAKES_AWAY, *STAYED, *ADDS)
"""In one trigger: courses are taken away as the stays were before the move, and added as they are after."""

_STAYS_OF_MOVES = f"""
WITH effective AS (
    SELECT m.* FROM moves m WHERE m.kind <> 'undo' AND NOT EXISTS (SELECT 1 FROM moves u
        WHERE u.application_id = m.application_id AND u.version = m.version + 1 AND u.kind = 'undo')
), linked AS (
    SELECT e.*, lead(e.to_stage) OVER w AS next_stage, lead(e.to_outcome) OVER w AS next_outcome,
        lead(e.at) OVER w AS next_at, lead(e.version) OVER w AS next_version
    FROM effective e WINDOW w AS (PARTITION BY e.application_id ORDER BY e.version)
)
INSERT INTO stays
    (application_id, entered_version, job_id, stage, became, entered_at, ended_at, ended_version)
SELECT l.application_id, l.version, a.job_id, l.to_stage,
    CASE l.to_outcome {_CLOSED} ELSE CASE WHEN l.next_version IS NULL THEN 'active'
        ELSE {_left_for("l.next_stage", "l.next_outcome", "l.to_stage")} END END,
    l.at,
    CASE WHEN l.to_outcome <> 'active' THEN l.at ELSE l.next_at END,
    CASE WHEN l.to_outcome <> 'active' THEN l.version ELSE l.next_version END
FROM linked l JOIN applications a ON a.id = l.application_id
WHERE coalesce(l.from_stage, '') <> l.to_stage OR coalesce(l.from_outcome, '') <> 'active'
"""
_COUNTS_OF_STAYS = (
    "INSERT INTO stay_counts (job_id, stage, became, count) SELECT s.job_id, s.stage, s.became, count(*)"
    " FROM stays s WHERE NOT EXISTS (SELECT 1 FROM stays l WHERE l.application_id = s.application_id"
    " AND l.stage = s.stage AND l.entered_version > s.entered_version) GROUP BY s.job_id, s.stage, s.became"
)


def install_stays(connection: Connection) -> None:
    """Let every move keep stays, their counts and those of courses, on a database whose moves do not yet."""
    keep_stays(connection, STAYED_AND_COUNTED)
    untruncated_stays(connection)


def untruncated_stays(connection: Connection) -> None:
    """Let PostgreSQL refuse to empty what is kept."""
    if connection.dialect.name == "sqlite":
        return
    for table in ("stays", "stay_counts"):
        connection.exec_driver_sql(
            f"CREATE TRIGGER {table}_not_truncated BEFORE TRUNCATE ON {table} EXECUTE FUNCTION not_truncated()"
        )


def keep_stays(connection: Connection, statements: Iterable[str]) -> None:
    """Let every move run these statements."""
    body = "; ".join(statements)
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(f"CREATE TRIGGER move_stayed AFTER INSERT ON moves BEGIN {body}; END")
        return
    connection.exec_driver_sql(
        f"CREATE FUNCTION move_stayed() RETURNS trigger LANGUAGE plpgsql {BY_INDEX} AS"
        f" $$ BEGIN {body}; RETURN NEW; END $$"
    )
    connection.exec_driver_sql(
        "CREATE TRIGGER move_stayed AFTER INSERT ON moves FOR EACH ROW EXECUTE FUNCTION move_stayed()"
    )


def drop_stays(connection: Connection) -> None:
    """Let moves no longer keep stays."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("DROP TRIGGER IF EXISTS move_stayed")
    else:
        connection.exec_driver_sql("DROP FUNCTION IF EXISTS move_stayed() CASCADE")


def rebuild_stays(connection: Connection) -> None:
    """Make stays and counts from the moves there are, where both are empty."""
    connection.exec_driver_sql(_STAYS_OF_MOVES)
    connection.exec_driver_sql(_COUNTS_OF_STAYS)

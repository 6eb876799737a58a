"""How far a copy of the database is behind the one that is written to."""

from sqlalchemy import text
from sqlalchemy.orm import Session

# A copy that has caught up is not behind, however long ago the last change was.
_BEHIND = text("""
SELECT CASE WHEN pg_last_wal_receive_lsn() = pg_last_wal_replay_lsn() THEN 0.0
ELSE EXTRACT(EPOCH FROM now() - pg_last_xact_replay_timestamp()) END
WHERE pg_is_in_recovery()
""")


def seconds_behind(session: Session) -> float | None:
    """The seconds that a streaming replica is behind; none where this is the database itself."""
    if session.get_bind().dialect.name != "postgresql":
        return None
    found = session.scalar(_BEHIND)
    return None if found is None else max(0.0, float(found))

"""How far a copy of the database is behind."""

from sqlalchemy.orm import Session

from tracker.queries.replicas import seconds_behind


def test_a_database_is_never_behind_itself(session: Session) -> None:
    assert seconds_behind(session) is None

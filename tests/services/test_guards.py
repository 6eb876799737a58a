"""What the database refuses by itself: raw SQL attacks, each answered by its guard's own message."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from tests import moving
from tests.factories import make_application, make_candidate, make_job
from tracker import clock
from tracker.db import Database
from tracker.domain.actors import SYSTEM
from tracker.domain.moves import EDGES
from tracker.domain.stages import JobStatus, Stage
from tracker.models.applications import Application
from tracker.models.guards import (
    GUARDS,
    OFFER_APPROVAL_GUARDS,
    OFFER_LETTER_GUARDS,
    PEOPLE_GUARDS,
    RATING_GUARDS,
    drop_guards,
    install_guards,
)
from tracker.models.jobs import Job

ZEROS, ONES = "0" * 64, "1" * 64


@pytest.fixture
def victim(database: Database) -> Iterator[tuple[Connection, dict[str, int]]]:
    """A raw connection with foreign keys off, and the ids of what is attacked."""
    with database.writing() as session:
        job = make_job(session, openings=1)
        taken = make_application(session, job, stage=Stage.ONBOARDING)
        other = make_application(session, job, stage=Stage.OFFER)
        candidate = make_candidate(session)
        twin = make_application(session, job, candidate=candidate)
        ids = {"job": job.id, "taken": taken.id, "a": other.id, "twin": twin.id, "c": candidate.id}
        ids |= on_a_held_job(session) | beside_its_twin(session)
        ids |= {"tc": taken.candidate_id, "oc": other.candidate_id}
    with database.engine.connect() as connection:
        if database.is_sqlite:
            connection.exec_driver_sql("COMMIT")
            connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
            connection.exec_driver_sql("PRAGMA recursive_triggers=OFF")
            connection.exec_driver_sql("BEGIN")
        else:
            connection.execute(text("SET session_replication_role = origin"))
        yield connection, ids
        connection.rollback()


def on_a_held_job(session: Session) -> dict[str, int]:
    """The ids of applications of a job on hold: waiting, rejected, in Onboarding; and of one not begun."""
    held = make_job(session, openings=5)
    waits, gone, onboarded = (
        make_application(session, held, stage=stage)
        for stage in (Stage.APPLICATION, Stage.SCREENING, Stage.ONBOARDING)
    )
    moving.move(session, gone, moving.REJECT, SYSTEM)
    held.status = JobStatus.ON_HOLD
    unborn = Application(
        job_id=held.id, candidate_id=make_candidate(session).id, version=0, applied_at=clock.now(), source="x"
    )
    session.add(unborn)
    session.flush()
    return {"waits": waits.id, "gone": gone.id, "onboarded": onboarded.id, "unborn": unborn.id}


def beside_its_twin(session: Session) -> dict[str, int]:
    """The id of a rejected application whose candidate is active on the same job again."""
    again = make_application(session)
    moving.move(session, again, moving.REJECT, SYSTEM)
    make_application(session, session.get_one(Job, again.job_id), candidate=again.candidate)
    return {"again": again.id}


def move(
    application: str,
    version: int,
    kind: str,
    places: str,
    *,
    reason: str = "NULL",
    hash_before: str = "tip",
    imported: str = "FALSE",
) -> str:
    """The text of an INSERT into moves; places are 'from_stage, to_stage, from_outcome, to_outcome'."""
    tip = f"(SELECT hash FROM moves WHERE application_id = :{application} ORDER BY version DESC LIMIT 1)"
    before = tip if hash_before == "tip" else f"'{hash_before}'"
    quoted = ", ".join("NULL" if p == "-" else f"'{p}'" for p in places.split())
    return (
        "INTO moves (application_id, version, kind, from_stage, to_stage, from_outcome, to_outcome, reason,"
        " actor, at, recorded_at, imported, overridden, text_commitment, previous_hash, hash)"
        f" SELECT :{application}, {version}, '{kind}', {quoted}, {reason}, 'user:1', '2026-03-02 09:30:00.000000',"
        f" '2026-03-02 09:30:00.000000', {imported}, '', NULL, {before}, '{ONES}'"
    )


NOT_OPEN = "move_checked: the job is not open"
GOOD_RETURN = move("a", 6, "return", "offer screening active active")
JUMP = move("twin", 2, "advance", "application offer active active")
NOW = "'2026-03-02 09:30:00.000000'"
CARD = "INTO applications (job_id, candidate_id, version, applied_at, source) VALUES"

ATTACKS = [
    # moves that are not in the table, or do not follow
    ("move_checked", f"INSERT {JUMP}"),
    ("move_checked", f"INSERT {move('twin', 2, 'advance', 'application onboarding active active')}"),
    ("move_checked", f"INSERT {move('twin', 2, 'complete', 'application application active hired')}"),
    ("move_checked", f"INSERT {move('twin', 3, 'advance', 'application screening active active')}"),
    ("move_checked", f"INSERT {move('twin', 1, 'apply', '- application - active', hash_before=ZEROS)}"),
    ("move_checked", f"INSERT {move('twin', 2, 'advance', 'screening interview active active')}"),
    (
        "move_checked",
        f"INSERT {move('twin', 2, 'advance', 'application screening active active', hash_before=ONES)}",
    ),
    ("move_checked", f"INSERT {move('twin', 2, 'undo', 'application screening active active')}"),
    ("move_checked", f"INSERT {move('a', 6, 'undo', 'offer screening active active')}"),
    ("move_checked", f"INSERT {move('a', 6, 'advance', 'offer onboarding active active')}"),
    ("move_checked", f"INSERT {move('a', 6, 'return', 'offer onboarding active active')}"),
    (
        "move_checked",
        f"INSERT {move('a', 6, 'reject', 'offer screening active rejected', reason=chr(39) + 'x' + chr(39))}",
    ),
    ("move_checked", f"INSERT {move('a', 6, 'reopen', 'offer offer active active')}"),
    ("move_checked", f"INSERT {move('a', 6, 'dance', 'offer references active active')}"),
    ("move_checked", f"INSERT {move('none', 1, 'apply', '- application - active', hash_before=ZEROS)}"),
    # the job and the candidate's other applications
    (NOT_OPEN, f"INSERT {move('unborn', 1, 'apply', '- application - active', hash_before=ZEROS)}"),
    (NOT_OPEN, f"INSERT {move('waits', 2, 'advance', 'application screening active active')}"),
    (NOT_OPEN, f"INSERT {move('gone', 4, 'reopen', 'screening screening rejected active')}"),
    (
        "move_checked: the job is neither open nor filled",
        f"INSERT {move('onboarded', 7, 'complete', 'onboarding onboarding active hired')}",
    ),
    (
        "move_checked: the candidate has another active application on this job",
        f"INSERT {move('again', 3, 'reopen', 'application application rejected active')}",
    ),
    ("closing_has_reason", f"INSERT {move('a', 6, 'reject', 'offer offer active rejected')}"),
    (
        "import_is_marked",
        f"INSERT {move('a', 6, 'return', 'offer screening active active', imported='TRUE')}",
    ),
    # history is never changed
    ("moves_fixed", "UPDATE moves SET actor = 'user:9' WHERE application_id = :a"),
    ("moves_fixed", f"UPDATE moves SET at = {NOW} WHERE application_id = :a AND version = 1"),
    ("moves_fixed", "UPDATE moves SET reason = NULL"),
    ("moves_kept", "DELETE FROM moves WHERE application_id = :a AND version = 5"),
    ("moves_kept", "DELETE FROM moves"),
    # applications change only through moves
    ("application_moved", "UPDATE applications SET stage = 'onboarding' WHERE id = :twin"),
    ("application_moved", "UPDATE applications SET outcome = 'hired' WHERE id = :a"),
    ("application_moved", "UPDATE applications SET version = version + 1 WHERE id = :a"),
    ("application_moved", "UPDATE applications SET version = 1, stage = 'application' WHERE id = :a"),
    ("application_moved", f"UPDATE applications SET stage_entered_at = {NOW} WHERE id = :a"),
    ("application_moved", "UPDATE applications SET job_id = job_id + 1 WHERE id = :a"),
    ("application_moved", "UPDATE applications SET id = id + 1000 WHERE id = :a"),
    ("application_moved", "UPDATE applications SET candidate_id = :oc WHERE id = :twin"),
    (
        "application_moved",
        "UPDATE applications SET outcome = 'rejected', disposition_reason = 'x' WHERE id = :a",
    ),
    ("applications_kept", "DELETE FROM applications WHERE id = :a"),
    (
        "application_born",
        f"INSERT INTO applications (job_id, candidate_id, stage, outcome, version, applied_at, source)"
        f" VALUES (:job, :c, 'offer', 'active', 4, {NOW}, 'x')",
    ),
    ("application_born", f"INSERT {CARD} (999999, :c, 0, {NOW}, 'x')"),
    ("application_born", f"INSERT {CARD} (:job, 999999, 0, {NOW}, 'x')"),
    (
        "application_born",
        f"INSERT INTO applications (id, job_id, candidate_id, version, applied_at, source)"
        f" VALUES (:a, :job, :c, 0, {NOW}, 'x')",
    ),
    # the table of moves is part of the program
    ("legal_edges_fixed", "UPDATE legal_edges SET to_stage = 'offer' WHERE kind = 'apply'"),
    ("legal_edges_kept", "DELETE FROM legal_edges WHERE kind = 'undo'"),
    (
        "legal_edges_born",
        "INSERT INTO legal_edges VALUES ('advance', 'application', 'offer', 'active', 'active')",
    ),
    # texts, people and jobs
    ("move_notes_born", "INSERT INTO move_notes (application_id, version, note) VALUES (:a, 1, 'forged')"),
    ("candidates_kept", "DELETE FROM candidates WHERE id = :c"),
    ("jobs_kept", "DELETE FROM jobs WHERE id = :job"),
    ("jobs_fixed", "UPDATE jobs SET openings = 0 WHERE id = :job"),
    ("jobs_fixed", "UPDATE jobs SET id = 77 WHERE id = :job"),
    ("jobs_fixed", "UPDATE jobs SET approved_at = NULL WHERE id = :job"),
    ("jobs_fixed", "UPDATE jobs SET rubric_id = 4711 WHERE id = :job"),
]

SQLITE_ATTACKS = [
    ("move_checked", f"INSERT OR REPLACE {JUMP}"),
    ("move_checked", f"INSERT OR REPLACE {move('a', 5, 'return', 'offer screening active active')}"),
    ("move_checked", f"INSERT OR IGNORE {move('a', 5, 'return', 'offer screening active active')}"),
    ("moves_fixed", "UPDATE OR REPLACE moves SET version = 4 WHERE application_id = :a AND version = 5"),
    ("application_moved", "UPDATE OR REPLACE applications SET candidate_id = :oc WHERE id = :twin"),
    ("application_moved", "UPDATE OR REPLACE applications SET id = :a WHERE id = :twin"),
    (
        "application_born",
        f"INSERT OR REPLACE INTO applications (id, job_id, candidate_id, version, applied_at, source)"
        f" VALUES (:a, :job, :c, 0, {NOW}, 'x')",
    ),
    (
        "application_born",
        "REPLACE INTO applications (id, job_id, candidate_id, version, applied_at, source)"
        " SELECT id, job_id, candidate_id, 0, applied_at, source FROM applications WHERE id = :a",
    ),
    ("jobs_born", "REPLACE INTO jobs SELECT * FROM jobs WHERE id = :job"),
    (
        "legal_edges_born",
        "INSERT OR REPLACE INTO legal_edges VALUES ('advance', 'application', 'offer', 'active', 'active')",
    ),
]

POSTGRES_ATTACKS = [
    ("not_truncated", f"TRUNCATE {table} CASCADE")
    for table in ("moves", "applications", "move_notes", "legal_edges", "scorecards", "rubrics", "jobs")
]


def refusal(connection: Connection, statement: str, ids: dict[str, int]) -> str:
    used = {name: value for name, value in {**ids, "none": 999_999}.items() if f":{name}" in statement}
    with pytest.raises(DBAPIError) as refused:
        connection.execute(text(statement), used)
    return str(refused.value.orig)


def test_every_attack_is_refused_by_its_own_guard(victim: tuple[Connection, dict[str, int]]) -> None:
    connection, ids = victim
    is_sqlite = connection.dialect.name == "sqlite"
    own = SQLITE_ATTACKS if is_sqlite else POSTGRES_ATTACKS
    assert len(ATTACKS) >= 40
    wrong = []
    for guard, statement in [*ATTACKS, *own]:
        savepoint = connection.begin_nested()
        message = refusal(connection, statement, ids)
        savepoint.rollback()
        if guard not in message or "locked" in message:
            wrong.append((guard, statement, message))
    assert wrong == []


def test_the_guards_let_a_lawful_move_through(victim: tuple[Connection, dict[str, int]]) -> None:
    connection, ids = victim
    statement = f"INSERT {GOOD_RETURN}"
    connection.execute(text(statement), {"a": ids["a"]})
    row = connection.execute(
        text("SELECT stage, outcome, version FROM applications WHERE id = :a"), {"a": ids["a"]}
    ).one()
    assert tuple(row) == ("screening", "active", 6)


def test_without_its_guard_an_attack_goes_through(victim: tuple[Connection, dict[str, int]]) -> None:
    connection, ids = victim
    drop_guards(connection)
    changed = connection.execute(
        text("UPDATE moves SET actor = 'user:9' WHERE application_id = :a"), {"a": ids["a"]}
    )
    assert changed.rowcount == 5
    connection.execute(text("UPDATE applications SET outcome = 'hired' WHERE id = :a"), {"a": ids["a"]})
    install_guards(connection)
    assert "moves_kept" in refusal(connection, "DELETE FROM moves", ids)


def test_the_stored_edges_are_the_table(victim: tuple[Connection, dict[str, int]]) -> None:
    connection, _ = victim
    rows = connection.execute(
        text("SELECT kind, from_stage, to_stage, from_outcome, to_outcome FROM legal_edges")
    )
    assert {tuple(row) for row in rows} == {edge.key for edge in EDGES}


def test_every_guard_is_there(victim: tuple[Connection, dict[str, int]]) -> None:
    connection, _ = victim
    is_sqlite = connection.dialect.name == "sqlite"
    names = text(
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        if is_sqlite
        else "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
    )
    every = (*GUARDS, *RATING_GUARDS, *PEOPLE_GUARDS, *OFFER_APPROVAL_GUARDS, *OFFER_LETTER_GUARDS)
    assert {guard.name for guard in every} | {"move_applied"} <= set(connection.scalars(names))

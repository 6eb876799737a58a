"""What the database refuses about people, signatures and changes of status, each in its own words."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, select, text
from sqlalchemy.exc import DBAPIError

from tests.candidates import sent_offer
from tests.factories import make_actor, make_application, make_job
from tests.moving import move
from tracker import clock
from tracker.db import Database
from tracker.domain.actors import SYSTEM, Role
from tracker.domain.deciding import MoveRequest
from tracker.domain.moves import MoveKind
from tracker.domain.stages import JobStatus, Stage
from tracker.models.audit import AuditEntry
from tracker.models.candidates import Candidate
from tracker.models.guards import PEOPLE_GUARDS, drop_people_guards, trigger_statements
from tracker.models.jobs import JobStatusChange
from tracker.models.signatures import OfferSignature
from tracker.services.audit import record

Victim = tuple[Connection, dict[str, int]]
NOW = "'2026-03-02 09:30:00.000000'"


@pytest.fixture
def victim(database: Database) -> Iterator[Victim]:
    """A raw connection with foreign keys off, and the ids of what is attacked."""
    with database.writing() as session:
        job = make_job(session)
        signed = make_application(session, job, stage=Stage.OFFER)
        noted = make_application(session, job, stage=Stage.SCREENING)
        back = MoveRequest(MoveKind.RETURN, to=Stage.APPLICATION, text="Held again", note="By phone")
        move(session, noted, back, make_actor(session, Role.RECRUITER))
        offer = sent_offer(session, signed)
        session.add(
            OfferSignature(
                offer_id=offer.id,
                typed_name="Amina Yusuf",
                document=b"%PDF-1.7",
                document_sha256="0" * 64,
                consent_version="offer-0",
                consent_text="I agree",
                signed_at=clock.now(),
            )
        )
        change = JobStatusChange(job_id=job.id, to_status=JobStatus.OPEN, actor="user:1", at=clock.now())
        session.add(change)
        record(session, "job:open", job, actor=SYSTEM)
        entry = session.scalars(select(AuditEntry).where(AuditEntry.action == "job:open")).one()
        erased = make_application(session, job).candidate
        session.flush()
        ids = {"c": signed.candidate_id, "other": noted.candidate_id, "gone": erased.id, "offer": offer.id}
        ids |= {"change": change.id, "entry": entry.id, "noted": noted.id, "signed": signed.id}
        session.get_one(Candidate, erased.id).erased_at = clock.now()
    with database.engine.connect() as connection:
        if database.is_sqlite:
            connection.exec_driver_sql("COMMIT")
            connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
            connection.exec_driver_sql("PRAGMA recursive_triggers=OFF")
            connection.exec_driver_sql("BEGIN")
        yield connection, ids
        connection.rollback()


def born(column: str) -> str:
    """A copy of an offer, as the next version of it, that has one of the later instants already."""
    copied = "salary_cents, currency, period, starts_on, expires_at, drafted_by_id, created_at"
    return (
        f"INSERT INTO offers (id, application_id, number, {copied}, {column})"
        f" SELECT id + 1000, application_id, number + 1, {copied}, {NOW} FROM offers WHERE id = :offer"
    )


PERSON = "INTO candidates (name, sort_name, email, search_text, is_internal, created_at)"
OTHERS_ADDRESS = "(SELECT email FROM candidates WHERE id = :other)"
DRAFT = "offers_born: an offer begins as a draft"
EXISTS, ADDRESS = "candidates_born: the person exists", "another person has this address"
NAMESAKE = f"{PERSON} SELECT 'X', 'x', email, 'x', FALSE, {NOW} FROM candidates WHERE id = :c"
NUMBER = "candidates_fixed: a person keeps their number"
TAKEN_BACK = "candidates_fixed: an erasure is never taken back"
TAKEN = f"candidates_fixed: {ADDRESS}"
STATUS = "job_status_changes_born: history never changes"
LOG, NEVER = "the log is only added to", "history never changes"
TEXT = "the text of a move is only ever erased, with its person"
SIGNED = "offer_signatures_born: a signature stays as it was given"
ATTACKS = [
    (f"candidates_born: {ADDRESS}", f"INSERT {NAMESAKE}"),
    (TAKEN, f"UPDATE candidates SET email = {OTHERS_ADDRESS} WHERE id = :c"),
    (NUMBER, "UPDATE candidates SET id = id + 1000 WHERE id = :c"),
    (TAKEN_BACK, "UPDATE candidates SET erased_at = NULL WHERE id = :gone"),
    (TAKEN_BACK, f"UPDATE candidates SET erased_at = {NOW} WHERE id = :gone"),
    (STATUS, "INSERT INTO job_status_changes SELECT * FROM job_status_changes WHERE id = :change"),
    (SIGNED, "INSERT INTO offer_signatures SELECT * FROM offer_signatures WHERE offer_id = :offer"),
    # logs, texts of moves and offers
    (f"audit_entries_fixed: {LOG}", "UPDATE audit_entries SET actor = 'user:9' WHERE id = :entry"),
    (f"audit_entries_kept: {LOG}", "DELETE FROM audit_entries WHERE id = :entry"),
    (f"audit_entries_born: {LOG}", "INSERT INTO audit_entries SELECT * FROM audit_entries WHERE id = :entry"),
    (f"job_status_changes_fixed: {NEVER}", "UPDATE job_status_changes SET actor = 'x' WHERE id = :change"),
    (f"job_status_changes_kept: {NEVER}", "DELETE FROM job_status_changes WHERE id = :change"),
    (f"move_notes_fixed: {TEXT}", "UPDATE move_notes SET note = 'Other' WHERE application_id = :noted"),
    (f"move_notes_fixed: {TEXT}", "UPDATE move_notes SET note = NULL WHERE application_id = :noted"),
    (f"move_notes_kept: {TEXT}", "DELETE FROM move_notes WHERE application_id = :noted"),
    ("offers_fixed: the terms of an approved", "UPDATE offers SET salary_cents = 1 WHERE id = :offer"),
    ("offers_fixed: an offer stays with", "UPDATE offers SET application_id = :noted WHERE id = :offer"),
    ("offers_born: the offer exists", "INSERT INTO offers SELECT * FROM offers WHERE id = :offer"),
    *((DRAFT, born(at)) for at in ("approved_at", "sent_at", "accepted_at")),
    ("offers_kept: an offer is withdrawn", "DELETE FROM offers WHERE id = :offer"),
]  # fmt: skip
SQLITE_ATTACKS = [
    (EXISTS, "REPLACE INTO candidates SELECT * FROM candidates WHERE id = :c"),
    (f"candidates_born: {ADDRESS}", f"INSERT OR REPLACE {NAMESAKE}"),
    (TAKEN, f"UPDATE OR REPLACE candidates SET email = {OTHERS_ADDRESS} WHERE id = :c"),
    (NUMBER, "UPDATE OR REPLACE candidates SET id = :other WHERE id = :c"),
    (STATUS, "REPLACE INTO job_status_changes SELECT * FROM job_status_changes WHERE id = :change"),
    (SIGNED, "REPLACE INTO offer_signatures SELECT * FROM offer_signatures WHERE offer_id = :offer"),
]  # fmt: skip
# Tables that no other refers to: each answers for itself, not another by CASCADE.
_ALONE = (
    "offer_signatures audit_entries job_status_changes stage_counts stays stay_counts course_counts"
    " history_places"
)
POSTGRES_ATTACKS = [
    (f"not_truncated: {table} is never emptied", f"TRUNCATE {table}")
    for table in (
        "offer_signatures",
        "audit_entries",
        "job_status_changes",
        "stage_counts",
        "stays",
        "stay_counts",
        "course_counts",
        "history_places",
    )
]


def run(connection: Connection, statement: str, ids: dict[str, int]) -> None:
    used = {name: value for name, value in ids.items() if f":{name}" in statement}
    connection.execute(text(statement), used)


def refusal(connection: Connection, statement: str, ids: dict[str, int]) -> str:
    """What the database says to an attack; nothing where it lets it through."""
    savepoint = connection.begin_nested()
    try:
        run(connection, statement, ids)
    except DBAPIError as refused:
        return str(refused.orig)
    finally:
        savepoint.rollback()
    return ""


def own_attacks(connection: Connection) -> list[tuple[str, str]]:
    return [*ATTACKS, *(SQLITE_ATTACKS if connection.dialect.name == "sqlite" else POSTGRES_ATTACKS)]


def test_every_attack_is_refused_in_its_guards_own_words(victim: Victim) -> None:
    connection, ids = victim
    said = [(guard, attack, refusal(connection, attack, ids)) for guard, attack in own_attacks(connection)]
    assert [answer for answer in said if answer[0] not in answer[2]] == []


@pytest.mark.parametrize("without", [guard.name for guard in PEOPLE_GUARDS])
def test_an_attack_goes_through_where_its_guard_is_missing(victim: Victim, without: str) -> None:
    connection, ids = victim
    drop_people_guards(connection)
    for statement in trigger_statements(
        [guard for guard in PEOPLE_GUARDS if guard.name != without], connection.dialect.name
    ):
        connection.exec_driver_sql(statement)
    said = [refusal(connection, attack, ids) for guard, attack in own_attacks(connection) if without in guard]
    assert said
    assert not any(without in answer for answer in said)


def test_what_is_lawful_goes_through(victim: Victim) -> None:
    connection, ids = victim
    for statement in (
        "UPDATE candidates SET email = 'new@example.net', phone = '1' WHERE id = :c",
        "UPDATE candidates SET email = email WHERE id = :c",
        f"UPDATE candidates SET erased_at = {NOW}, email = NULL WHERE id = :other",
        "UPDATE candidates SET email = NULL WHERE id = :gone",
        f"INSERT {PERSON} VALUES ('X', 'x', NULL, 'x', FALSE, {NOW})",
    ):
        run(connection, statement, ids)

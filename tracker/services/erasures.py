"""Erasing people: their words go from every table, their files from the store; history and numbers stay.

The moves keep no personal data, so chains hold and past reports say the same as before. What an erased person
said of themselves goes too, and reports of fairness say how many answers are gone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, delete, or_, select, text, update
from sqlalchemy.orm import Session

from tracker import clock
from tracker.domain.actors import Actor, ActorKind
from tracker.domain.days import day_in_words
from tracker.domain.permissions import Permission
from tracker.domain.retention import KEEP_LABELS, RetentionPolicy, Verdict
from tracker.domain.rules import RuleBroken
from tracker.files import FileStore
from tracker.models import Base
from tracker.models.applications import Application
from tracker.models.candidates import Candidate
from tracker.models.data_requests import DataRequestState, ErasureRequest
from tracker.models.erasures import Erasure, ErasureCause
from tracker.models.files import StoredFile
from tracker.models.held_files import HeldFile
from tracker.models.interviews import Interview
from tracker.models.jobs import Job
from tracker.models.offers import Offer
from tracker.models.outbox import OutboxMessage
from tracker.models.personal import CLEARED, DELETED, SHORTENED
from tracker.models.references import Reference
from tracker.models.scorecards import Scorecard
from tracker.models.submissions import Submission
from tracker.queries.data_requests import waiting_request
from tracker.queries.merges import members_of
from tracker.queries.retention import judge_everyone, judge_people, open_holds
from tracker.services.audit import record
from tracker.services.files import remove_when_kept
from tracker.services.history_uploads import drop_uploads
from tracker.services.permits import require
from tracker.services.report_exports import drop_exports_about


@dataclass(frozen=True, slots=True)
class Purge:
    """What a purge did or would do: the numbers of people whose records are due, and how many stay."""

    candidate_ids: tuple[int, ...]
    kept: int


def erase_person(
    session: Session,
    store: FileStore,
    candidate: Candidate,
    *,
    cause: ErasureCause,
    policy: RetentionPolicy,
    actor: Actor,
) -> Erasure:
    """Erase a person and whoever was merged into them, checked in the same transaction.

    A wish to be erased goes before a period that is not over, never before an open application, a hire, a
    legal hold or what the law wants kept. Raises NotPermitted, RuleBroken. Bytes of files go once the
    transaction is kept.
    """
    require(actor, Permission.RETENTION_DECIDE)
    ids = _locked(session, candidate.id)
    session.refresh(candidate)
    if candidate.erased_at is not None or candidate.merged_into_id is not None:
        raise RuleBroken("This person was erased already, or merged into another.")
    verdict = _verdict(session, candidate, cause, policy)
    now = clock.now()
    session.execute(update(Candidate).where(Candidate.id.in_(ids)).values(erased_at=now))
    keys = _keys_of(session, ids)
    session.execute(
        update(OutboxMessage)
        .where(_rows_of("outbox_messages", ids), OutboxMessage.sent_at.is_(None))
        .values(cancelled_at=now)
    )
    waits = ErasureRequest.candidate_id.in_(ids), ErasureRequest.state == DataRequestState.WAITING
    session.execute(
        update(ErasureRequest)
        .where(*waits)
        .values(state=DataRequestState.DONE, settled_at=now, settled_by=actor.key)
    )
    exports = drop_exports_about(session, store, ids)
    # A file that somebody brought may name anybody.
    uploads = drop_uploads(session, store, is_over_only=False)
    counts = {"files_removed": len(keys)} | _clear(session, ids)
    if exports:
        counts["report_exports"] = exports
    if uploads:
        counts["history_uploads"] = uploads
    remove_when_kept(session, store, keys)
    session.expire_all()
    receipt = Erasure(
        candidate_id=candidate.id,
        at=now,
        actor=actor.key,
        cause=cause,
        rules=list(verdict.sources),
        counts=counts,
    )
    session.add(receipt)
    session.flush()
    record(session, "candidate:erased", receipt, actor=actor, cause=cause.value, candidate_id=candidate.id)
    return receipt


def _verdict(session: Session, candidate: Candidate, cause: ErasureCause, policy: RetentionPolicy) -> Verdict:
    """Why the records may go. Raises RuleBroken where something keeps them, or nobody wished it."""
    (line,) = judge_people(session, [candidate], open_holds(session), clock.here(), policy=policy)
    verdict, is_wished = line.verdict, cause is ErasureCause.REQUEST
    if not verdict.is_due and (verdict.stands_against_request or not is_wished):
        until = f" until {day_in_words(verdict.until)}" if verdict.until else ""
        reason = KEEP_LABELS[verdict.keep] if verdict.keep else ""
        raise RuleBroken(f"The records stay{until}. {reason}.")
    if is_wished and waiting_request(session, candidate.id) is None:
        raise RuleBroken("Nobody asked for it: say who did, and how.", field="note")
    return verdict


def _keys_of(session: Session, ids: Sequence[int]) -> list[str]:
    """The keys of their stored bytes, each once, and of files held for an application never sent."""
    own = select(StoredFile.key).where(_rows_of("files", ids), StoredFile.content_key.is_(None))
    return [*session.scalars(own), *session.scalars(select(HeldFile.key).where(_rows_of("held_files", ids)))]


def _locked(session: Session, candidate_id: int) -> tuple[int, ...]:
    """The person's records, locked after their jobs and applications, and no hold placed meanwhile."""
    ids = members_of(session, candidate_id)
    if session.get_bind().dialect.name != "sqlite":
        session.execute(text("LOCK TABLE legal_holds IN SHARE MODE"))
        applications = select(Application.id, Application.job_id).where(Application.candidate_id.in_(ids))
        own = session.execute(applications.order_by(Application.id)).all()
        jobs = sorted({job_id for _, job_id in own})
        session.execute(select(Job.id).where(Job.id.in_(jobs)).order_by(Job.id).with_for_update())
        numbers = [number for number, _ in own]
        rows = select(Application.id).where(Application.id.in_(numbers)).order_by(Application.id)
        session.execute(rows.with_for_update())
        people = select(Candidate.id).where(Candidate.id.in_(ids)).order_by(Candidate.id)
        session.execute(people.with_for_update())
    return ids


def plan_purge(session: Session, *, policy: RetentionPolicy, actor: Actor) -> Purge:
    """Whose records are due today; nothing is changed. Raises NotPermitted."""
    require(actor, Permission.RETENTION_READ)
    due, kept = [], 0
    for line in judge_everyone(session, clock.here(), policy=policy):
        if line.verdict.is_due:
            due.append(line.candidate_id)
        else:
            kept += 1
    return Purge(tuple(due), kept)


def needs_scrub(session: Session) -> bool:
    """Whether somebody was erased since what erased rows leave behind was last overwritten."""
    return session.scalar(select(Erasure.id).where(Erasure.scrubbed_at.is_(None)).limit(1)) is not None


def note_scrubbed(session: Session, began_at: datetime) -> None:
    """Note that what erasures before this instant left behind is overwritten."""
    older = Erasure.scrubbed_at.is_(None), Erasure.at < began_at
    session.execute(update(Erasure).where(*older).values(scrubbed_at=clock.now()))


def _clear(session: Session, ids: Sequence[int]) -> dict[str, int]:
    """Clear and delete what the list of personal data names; how many rows of each table."""
    counts = {}
    _shorten(session, ids)
    for name, values in CLEARED.items():
        table = Base.metadata.tables[name]
        done = session.execute(update(table).where(_rows_of(name, ids)).values(**values))
        counts[name] = done.rowcount  # type: ignore[attr-defined]
    for name in DELETED:
        table = Base.metadata.tables[name]
        counts[name] = session.execute(delete(table).where(_rows_of(name, ids))).rowcount  # type: ignore[attr-defined]
    return {name: count for name, count in counts.items() if count}


def _shorten(session: Session, ids: Sequence[int]) -> None:
    """Leave of lists what they say of nobody, so that past reports count as before."""
    for name, columns in SHORTENED.items():
        table = Base.metadata.tables[name]
        keys = list(table.primary_key.columns)
        for row in session.execute(select(table).where(_rows_of(name, ids))).mappings().all():
            left = {
                column: [{word: line[word] for word in words if word in line} for line in row[column] or ()]
                for column, words in columns.items()
            }
            session.execute(update(table).where(*(key == row[key.name] for key in keys)).values(**left))


def _rows_of(name: str, ids: Sequence[int]) -> ColumnElement[bool]:
    """Which rows of a table lead to these people."""
    table = Base.metadata.tables[name]
    if name == Candidate.__tablename__:
        return table.c.id.in_(ids)
    applications = select(Application.id).where(Application.candidate_id.in_(ids))
    if name == HeldFile.__tablename__:
        return HeldFile.until_at <= clock.now()
    if name == Submission.__tablename__:
        return _submissions_about(applications)
    interviews = select(Interview.id).where(Interview.application_id.in_(applications))
    cards = select(Scorecard.id).where(Scorecard.interview_id.in_(interviews))
    own_files = select(StoredFile.id).where(StoredFile.candidate_id.in_(ids))
    offers = select(Offer.id).where(Offer.application_id.in_(applications))
    references = select(Reference.id).where(Reference.application_id.in_(applications))
    ways: dict[str, Any] = {
        "candidate_id": ids,
        "application_id": applications,
        "interview_id": interviews,
        "scorecard_id": cards,
        "file_id": own_files,
        "offer_id": offers,
        "reference_id": references,
    }
    found = [table.c[column].in_(keys) for column, keys in ways.items() if column in table.c]
    if not found:
        raise LookupError(f"{name} leads to no person")
    return or_(*found)


def _submissions_about(applications: Select[int]) -> ColumnElement[bool]:
    """Which sheets of applicants led to these applications; what staff sent says nothing of the person."""
    answer = Submission.result
    told = [answer[name].as_integer().in_(applications) for name in ("application_id", "about")]
    return and_(Submission.actor == ActorKind.CANDIDATE.value, or_(*told))

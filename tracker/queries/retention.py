"""Whose records are due and why others stay: people page by page, judged by the rules of retention."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from sqlalchemy import and_, select
from sqlalchemy.orm import Session, joinedload

from tracker.domain.notices import NoticeKind
from tracker.domain.retention import ClosedRecord, PersonRecords, RetentionPolicy, Verdict, judge
from tracker.domain.stages import Outcome
from tracker.models.applications import Application
from tracker.models.candidates import Candidate
from tracker.models.data_requests import DataRequestState, ErasureRequest
from tracker.models.jobs import Job
from tracker.models.legal_holds import LegalHold
from tracker.models.moves import Move
from tracker.models.notices import Consent
from tracker.queries.merges import members_of_each

BATCH = 500


@dataclass(frozen=True, slots=True)
class RetentionLine:
    """One person, by name as long as there is one, and what the rules say of their records."""

    candidate_id: int
    name: str
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class _Record:
    job_id: int
    received_on: date
    closed: ClosedRecord


def judge_everyone(session: Session, now: datetime, *, policy: RetentionPolicy) -> Iterator[RetentionLine]:
    """Everybody on file in order of number, judged; in batches, so that memory stays flat.

    `now` is the instant where the organisation is: its days are those of that zone. `policy` is what the
    organisation says itself.
    """
    holds = open_holds(session)
    after = 0
    while people := _people(session, after):
        yield from judge_people(session, people, holds, now, policy=policy)
        after = people[-1].id


def judge_people(
    session: Session,
    people: Sequence[Candidate],
    holds: Sequence[LegalHold],
    now: datetime,
    *,
    policy: RetentionPolicy,
) -> Iterator[RetentionLine]:
    """These people, judged with the applications of whoever was merged into them."""
    members = members_of_each(session, [person.id for person in people])
    pooled = _pooled(session, [one for ids in members.values() for one in ids])
    records = _records(
        session, {one for ids in members.values() for one in ids}, policy.jurisdiction, now.tzinfo
    )
    for person in people:
        own = [record for one in members[person.id] for record in records[one]]
        judged = PersonRecords(
            tuple(record.closed for record in own),
            person.created_at.astimezone(now.tzinfo).date(),
            is_held=any(_holds(hold, members[person.id], own) for hold in holds),
            pool_until=max((pooled[one] for one in members[person.id] if one in pooled), default=None),
        )
        yield RetentionLine(person.id, person.name, judge(judged, now.date(), policy))


def open_holds(session: Session) -> Sequence[LegalHold]:
    """The holds that were not released, oldest first."""
    return session.scalars(
        select(LegalHold).where(LegalHold.released_at.is_(None)).order_by(LegalHold.id)
    ).all()


def all_holds(session: Session) -> Sequence[LegalHold]:
    """Every hold with its owner and what it holds, those still in force first."""
    query = select(LegalHold).order_by(LegalHold.released_at.is_not(None), LegalHold.id.desc())
    whole = (joinedload(LegalHold.owner), joinedload(LegalHold.candidate), joinedload(LegalHold.job))
    return session.scalars(query.options(*whole)).all()


def _people(session: Session, after: int) -> Sequence[Candidate]:
    standing = (Candidate.erased_at.is_(None), Candidate.merged_into_id.is_(None), Candidate.id > after)
    return session.scalars(select(Candidate).where(*standing).order_by(Candidate.id).limit(BATCH)).all()


def _records(
    session: Session, ids: Collection[int], jurisdiction: str, zone: tzinfo | None
) -> dict[int, list[_Record]]:
    rows = session.execute(
        select(
            Application.candidate_id,
            Application.job_id,
            Application.applied_at,
            Application.outcome,
            Job.jurisdiction,
            Move.at,
        )
        .join(Job, Job.id == Application.job_id)
        .join(Move, and_(Move.application_id == Application.id, Move.version == Application.version))
        .where(Application.candidate_id.in_(ids), Application.outcome.is_not(None))
    )
    found: dict[int, list[_Record]] = defaultdict(list)
    for candidate_id, job_id, received, outcome, where, closed in rows:
        found[candidate_id].append(
            _Record(
                job_id,
                received.astimezone(zone).date(),
                ClosedRecord(
                    where or jurisdiction,
                    outcome or Outcome.ACTIVE,
                    _closed(outcome, closed.astimezone(zone)),
                ),
            )
        )
    return found


def _pooled(session: Session, ids: Collection[int]) -> dict[int, date]:
    """Until when each person agreed to stay in the talent pool, by their latest word on it."""
    words = select(Consent).where(Consent.candidate_id.in_(ids), Consent.kind == NoticeKind.TALENT_POOL)
    latest = {consent.candidate_id: consent for consent in session.scalars(words.order_by(Consent.id))}
    return {
        number: consent.expires_on
        for number, consent in latest.items()
        if consent.is_given and consent.expires_on is not None
    }


def conflicts(session: Session, now: datetime, *, policy: RetentionPolicy) -> list[RetentionLine]:
    """Whoever waits to be erased at their own wish while something stands against it."""
    waiting = select(ErasureRequest.candidate_id).where(ErasureRequest.state == DataRequestState.WAITING)
    people = session.scalars(
        select(Candidate)
        .where(Candidate.id.in_(waiting), Candidate.erased_at.is_(None), Candidate.merged_into_id.is_(None))
        .order_by(Candidate.id)
    ).all()
    lines = judge_people(session, people, open_holds(session), now, policy=policy)
    return [line for line in lines if line.verdict.stands_against_request]


def _closed(outcome: Outcome | None, last: datetime) -> date | None:
    return None if outcome is Outcome.ACTIVE else last.date()


def _holds(hold: LegalHold, members: Collection[int], records: Sequence[_Record]) -> bool:
    """Whether a hold reaches a person: all that it names must be true of them, of one application."""
    if hold.candidate_id is not None and hold.candidate_id not in members:
        return False
    if hold.job_id is None and hold.from_on is None and hold.to_on is None:
        return True
    return any(
        (hold.job_id is None or hold.job_id == record.job_id)
        and (hold.from_on is None or hold.from_on <= record.received_on)
        and (hold.to_on is None or record.received_on <= hold.to_on)
        for record in records
    )

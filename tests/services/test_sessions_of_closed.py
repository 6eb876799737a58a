"""Sessions to come end with their application, and an undo gives them back; those that have begun stay."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.factories import make_actor, make_application, make_job
from tests.interviewing import publish_rubric, schedule
from tracker import clock
from tracker.domain.actors import SYSTEM, Role
from tracker.domain.deciding import MoveRequest
from tracker.domain.mails import MailEvent
from tracker.domain.moves import UNDO_WINDOW, MoveKind
from tracker.domain.stages import Stage
from tracker.models.interviews import InterviewStatus
from tracker.models.outbox import OutboxMessage
from tracker.services.moves import make_move

CLOSINGS = {
    MoveKind.REJECT: MoveRequest(MoveKind.REJECT, disposition="less_qualified"),
    MoveKind.WITHDRAW: MoveRequest(MoveKind.WITHDRAW, disposition="personal"),
}
OFF = [MailEvent.CANDIDATE_SESSION_CANCELLED, MailEvent.PANEL_SESSION_CANCELLED]
INVITED = [MailEvent.CANDIDATE_INVITED, MailEvent.PANEL_INVITED]


@pytest.fixture
def rita(session):
    return make_actor(session, Role.RECRUITER)


@pytest.fixture
def application(session):
    job = make_job(session)
    publish_rubric(session, job)
    return make_application(session, job, stage=Stage.INTERVIEW)


@pytest.fixture
def to_come(session, application):
    at = clock.now().replace(microsecond=0) + timedelta(days=1)
    ines = make_actor(session, Role.INTERVIEWER)
    return schedule(session, application, ines, actor=SYSTEM, starts_at=at)


def move(session, application, request, actor):
    seen = {"seen_stage": application.stage, "seen_version": application.version}
    return make_move(session, application.id, request, actor=actor, **seen)


def waiting(session):
    rows = select(OutboxMessage).where(
        OutboxMessage.interview_id.is_not(None),
        OutboxMessage.cancelled_at.is_(None),
        OutboxMessage.sent_at.is_(None),
    )
    return sorted(session.scalars(rows), key=lambda row: row.kind)


def send(session):
    for row in waiting(session):
        row.sent_at = clock.now()
    session.flush()


@pytest.mark.parametrize("kind", CLOSINGS)
def test_a_closing_calls_off_what_is_to_come_and_says_so(session, application, to_come, rita, kind):
    send(session)
    move(session, application, CLOSINGS[kind], rita)
    assert to_come.status is InterviewStatus.CANCELLED
    assert to_come.cancelled_reason == "The application was closed."
    rows = waiting(session)
    assert [row.kind for row in rows] == OFF
    # A rejection is told by its letter first.
    is_late = [row.not_before > clock.now() + UNDO_WINDOW for row in rows]
    assert is_late == [kind is MoveKind.REJECT] * 2


def test_who_was_never_invited_is_not_told(session, application, to_come, rita):
    move(session, application, CLOSINGS[MoveKind.WITHDRAW], rita)
    assert to_come.status is InterviewStatus.CANCELLED
    assert waiting(session) == []


def test_a_session_that_has_begun_is_not_called_off(session, application, rita):
    begun = clock.now().replace(microsecond=0) - timedelta(minutes=5)
    ines = make_actor(session, Role.INTERVIEWER)
    running = schedule(session, application, ines, actor=SYSTEM, starts_at=begun)
    move(session, application, CLOSINGS[MoveKind.WITHDRAW], rita)
    assert running.status is InterviewStatus.SCHEDULED


def test_an_undo_gives_back_sessions_and_recalls_what_was_not_sent(session, application, to_come, rita):
    send(session)
    move(session, application, CLOSINGS[MoveKind.REJECT], rita)
    move(session, application, MoveRequest(MoveKind.UNDO), rita)
    assert to_come.status is InterviewStatus.SCHEDULED
    assert to_come.cancelled_reason is None
    assert waiting(session) == []


@pytest.mark.parametrize("is_invited", [True, False])
def test_an_undo_invites_whom_it_must(session, application, to_come, rita, is_invited):
    if is_invited:
        send(session)
    move(session, application, CLOSINGS[MoveKind.WITHDRAW], rita)
    send(session)
    move(session, application, MoveRequest(MoveKind.UNDO), rita)
    assert [row.kind for row in waiting(session)] == INVITED
    assert to_come.status is InterviewStatus.SCHEDULED


def test_an_undo_gives_back_nothing_that_a_person_cancelled(session, application, to_come, rita):
    to_come.status, to_come.cancelled_reason = InterviewStatus.CANCELLED, "The room is taken"
    session.flush()
    move(session, application, CLOSINGS[MoveKind.WITHDRAW], rita)
    move(session, application, MoveRequest(MoveKind.UNDO), rita)
    assert (to_come.status, to_come.cancelled_reason) == (InterviewStatus.CANCELLED, "The room is taken")

"""What candidates ask for stands with those who can do it, and with nobody else."""

from datetime import timedelta

import pytest

from tests.interviewing import publish_rubric, schedule
from tests.queries.test_my_work import Office
from tracker import clock
from tracker.domain.actors import SYSTEM
from tracker.domain.deciding import MoveRequest
from tracker.domain.mails import MailEvent
from tracker.domain.moves import MoveKind
from tracker.domain.stages import Stage
from tracker.models.applications import ApplicationNote
from tracker.models.candidates import Candidate
from tracker.models.incoming_mails import IncomingMail
from tracker.queries.work_kinds import Work
from tracker.services.candidate_access import candidate_actor
from tracker.services.candidate_replies import ask_other_time, confirm_own_session
from tracker.services.erasure_requests import ask_for_erasure, settle_request
from tracker.services.moves import make_move
from tracker.services.outbox import queue_message


@pytest.fixture
def office(session):
    return Office(session)


def test_another_time_is_asked_of_the_recruiter_who_looks_after_it(session, office):
    publish_rubric(session, office.job)
    application = office.place(Stage.INTERVIEW)
    at = clock.now() + timedelta(days=2)
    interview = schedule(session, application, office.ines, actor=SYSTEM, starts_at=at)
    me = candidate_actor(session.get_one(Candidate, application.candidate_id), application.id)
    ask_other_time(session, interview, wish="Mornings", actor=me)
    assert office.waiting(office.rita, Work.OTHER_TIME) == [interview.id]
    for other in (office.other_rita, office.hank, office.ines):
        assert office.waiting(other, Work.OTHER_TIME) == []
    confirm_own_session(session, interview, actor=me)
    assert office.waiting(office.rita, Work.OTHER_TIME) == []


def test_erasure_waits_for_hr_until_it_is_settled(session, office):
    application = office.place(Stage.SCREENING)
    candidate = session.get_one(Candidate, application.candidate_id)
    asked = ask_for_erasure(session, candidate, note=None, actor=candidate_actor(candidate))
    assert office.waiting(office.olga, Work.ERASURE) == [asked.id]
    assert office.waiting(office.rita, Work.ERASURE) == []
    settle_request(session, asked, is_done=False, answer="Held by a court.", actor=office.olga)
    assert office.waiting(office.olga, Work.ERASURE) == []


def receive(session, application, number=1):
    row = IncomingMail(
        application_id=application.id,
        message_hash=str(number),
        from_name="Amina Yusuf",
        from_email="amina@example.net",
        is_from_candidate=True,
        subject=f"Question {number}",
        text="When do you decide?",
        left_out=[],
        received_at=clock.now(),
    )
    session.add(row)
    session.flush()
    return row.id


def queue(session, application, event):
    at = clock.now()
    queue_message(session, event, key=event.value, application_id=application.id, not_before=at)
    session.flush()


def test_the_latest_mail_of_an_application_waits_until_somebody_saw_to_it(session, office):
    now = clock.now()
    application = office.place(Stage.SCREENING)
    with clock.standing_at(now + timedelta(minutes=1)):
        receive(session, application)
        second = receive(session, application, 2)
    assert office.who_waits(Work.MAIL) == {"rita"}
    assert office.waiting(office.rita, Work.MAIL) == [second]
    note = ApplicationNote(application_id=application.id, text="Called.", at=now + timedelta(minutes=2))
    session.add(note)
    session.flush()
    assert office.who_waits(Work.MAIL) == set()
    with clock.standing_at(now + timedelta(minutes=3)):
        third = receive(session, application, 3)
    assert office.waiting(office.rita, Work.MAIL) == [third]
    with clock.standing_at(now + timedelta(minutes=4)):
        queue(session, application, MailEvent.REJECTED)
        assert office.waiting(office.rita, Work.MAIL) == [third]
        queue(session, application, MailEvent.MESSAGE)
    assert office.who_waits(Work.MAIL) == set()


def test_a_mail_waits_no_more_once_its_application_was_moved_or_closed(session, office):
    now = clock.now()
    moved, closed = office.place(Stage.SCREENING), office.place(Stage.SCREENING)
    for application in (moved, closed):
        receive(session, application)
    assert len(office.waiting(office.rita, Work.MAIL)) == 2
    back = MoveRequest(MoveKind.RETURN, to=Stage.APPLICATION, text="Too early")
    away = MoveRequest(MoveKind.REJECT, disposition="less_qualified")
    with clock.standing_at(now + timedelta(minutes=1)):
        for application, request in ((moved, back), (closed, away)):
            seen = {"seen_version": application.version, "seen_stage": application.stage}
            make_move(session, application.id, request, actor=office.rita, **seen)
    assert office.who_waits(Work.MAIL) == set()

"""Who is written about a session, when, and what stands in their calendar."""

from datetime import timedelta

import pytest
from icalendar import Calendar
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.factories import make_actor, make_application, make_job, make_user
from tests.interviewing import hand_in, publish_rubric, schedule
from tracker import clock
from tracker.domain.actors import SYSTEM, Actor, Role
from tracker.domain.mails import Mail, MailEvent, Sender
from tracker.domain.rules import RuleBroken
from tracker.domain.stages import Stage
from tracker.exports.ics import write_invitation
from tracker.models.applications import Application
from tracker.models.interviews import PanelAnswer, PanelReply
from tracker.models.outbox import OutboxMessage
from tracker.models.users import User
from tracker.services.interviews import cancel_interview, reschedule_interview, set_panel
from tracker.services.mails import write_mail
from tracker.services.outbox import NotToBeSent
from tracker.services.panel_replies import confirm_session, could_sit, hand_over_session
from tracker.services.reminders import queue_reminders

SENDER = Sender("Our organisation", "https://tracker.example.org", "UTC")


@pytest.fixture
def application(session: Session) -> Application:
    job = make_job(session)
    publish_rubric(session, job)
    return make_application(session, job, stage=Stage.INTERVIEW)


@pytest.fixture
def ines(session: Session) -> Actor:
    return make_actor(session, Role.INTERVIEWER, name="Ines")


@pytest.fixture
def ivan(session: Session) -> Actor:
    return make_actor(session, Role.INTERVIEWER, name="Ivan")


def tomorrow():
    return clock.now().replace(microsecond=0) + timedelta(days=1)


def waiting(session: Session) -> list[OutboxMessage]:
    rows = select(OutboxMessage).where(
        OutboxMessage.interview_id.is_not(None), OutboxMessage.cancelled_at.is_(None)
    )
    return list(session.scalars(rows.where(OutboxMessage.sent_at.is_(None)).order_by(OutboxMessage.id)))


def send_all(session: Session) -> dict[tuple[str, int | None], Mail]:
    """What waits is sent; by event and person."""
    mails = {}
    for row in waiting(session):
        mails[row.kind, row.user_id] = write_mail(session, row, SENDER)
        row.sent_at = clock.now()
    session.flush()
    return mails


def test_panel_and_candidate_are_invited_each_in_words_and_zone_of_their_own(
    session: Session, application: Application, ines: Actor
) -> None:
    session.get_one(User, ines.id).time_zone = "America/New_York"
    interview = schedule(session, application, ines, actor=SYSTEM, starts_at=tomorrow())
    mails = send_all(session)
    assert set(mails) == {(MailEvent.CANDIDATE_INVITED, None), (MailEvent.PANEL_INVITED, ines.id)}
    panel, candidate = mails[MailEvent.PANEL_INVITED, ines.id], mails[MailEvent.CANDIDATE_INVITED, None]
    assert f"https://tracker.example.org/interviews/{interview.id}" in panel.text
    assert "UTC" in candidate.text
    assert "UTC" not in panel.text
    assert candidate.entry is not None
    assert panel.entry is not None
    event = Calendar.from_ical(write_invitation(panel.entry, "Org", "h@example.org")).events[0]
    assert event.start == interview.starts_at
    assert event["DTSTART"].params["TZID"] == "America/New_York"


def test_candidate_learns_no_address_of_the_panel(
    session: Session, application: Application, ines: Actor
) -> None:
    schedule(session, application, ines, actor=SYSTEM, starts_at=tomorrow())
    mail = send_all(session)[MailEvent.CANDIDATE_INVITED, None]
    assert mail.entry is not None
    calendar = write_invitation(mail.entry, "Org", "h@example.org").decode().replace("\r\n ", "")
    address = session.get_one(User, ines.id).email
    assert address not in mail.text + mail.subject + calendar
    assert "/interviews/" not in mail.text + calendar


def test_a_change_reaches_the_same_entry_with_a_higher_sequence(
    session: Session, application: Application, ines: Actor
) -> None:
    interview = schedule(session, application, ines, actor=SYSTEM, starts_at=tomorrow())
    first = send_all(session)[MailEvent.PANEL_INVITED, ines.id].entry
    later = tomorrow() + timedelta(hours=3)
    reschedule_interview(session, interview, starts_at=later, minutes=45, place="Room 9", actor=SYSTEM)
    second = send_all(session)[MailEvent.PANEL_TIME_CHANGED, ines.id].entry
    cancel_interview(session, interview, reason="The candidate is ill", actor=SYSTEM)
    third = send_all(session)[MailEvent.PANEL_SESSION_CANCELLED, ines.id].entry
    assert first is not None
    assert second is not None
    assert third is not None
    assert first.uid == second.uid == third.uid
    assert first.sequence < second.sequence < third.sequence
    methods = [
        str(Calendar.from_ical(write_invitation(e, "Org", "h@example.org"))["METHOD"])
        for e in (second, third)
    ]
    assert methods == ["REQUEST", "CANCEL"]


def test_saving_the_same_time_again_writes_to_nobody(
    session: Session, application: Application, ines: Actor
) -> None:
    at = tomorrow()
    interview = schedule(session, application, ines, actor=SYSTEM, starts_at=at)
    send_all(session)
    reschedule_interview(session, interview, starts_at=at, minutes=45, place=None, actor=SYSTEM)
    assert waiting(session) == []


def test_who_leaves_the_panel_is_told_and_who_joins_is_invited(
    session: Session, application: Application, ines: Actor, ivan: Actor
) -> None:
    interview = schedule(session, application, ines, actor=SYSTEM, starts_at=tomorrow())
    send_all(session)
    set_panel(session, interview, [ivan.id or 0], actor=SYSTEM)
    assert set(send_all(session)) == {
        (MailEvent.PANEL_SESSION_CANCELLED, ines.id),
        (MailEvent.PANEL_INVITED, ivan.id),
    }


def test_whoever_never_heard_of_a_session_is_not_told_that_it_is_off(
    session: Session, application: Application, ines: Actor
) -> None:
    interview = schedule(session, application, ines, actor=SYSTEM, starts_at=tomorrow())
    cancel_interview(session, interview, reason="Set up by mistake", actor=SYSTEM)
    assert waiting(session) == []


def test_an_invitation_that_could_not_be_sent_in_time_is_not_sent_late(
    session: Session, application: Application, ines: Actor
) -> None:
    interview = schedule(session, application, ines, actor=SYSTEM, starts_at=tomorrow())
    with clock.standing_at(interview.ends_at), pytest.raises(NotToBeSent):
        write_mail(session, waiting(session)[0], SENDER)


def test_nobody_is_invited_to_what_is_over(session: Session, application: Application, ines: Actor) -> None:
    schedule(session, application, ines, actor=SYSTEM)
    assert waiting(session) == []


def test_who_owes_a_card_is_reminded_after_the_end_once_a_day_and_not_once_it_is_in(
    session: Session, application: Application, ines: Actor, ivan: Actor
) -> None:
    at = clock.now()
    interview = schedule(session, application, ines, ivan, actor=SYSTEM, starts_at=at)
    send_all(session)
    with clock.standing_at(interview.ends_at):
        assert queue_reminders(session) == 0
    with clock.standing_at(at + timedelta(minutes=1)):
        hand_in(session, interview, ivan)
    with clock.standing_at(interview.ends_at + timedelta(hours=3)):
        assert queue_reminders(session) == 1
        assert queue_reminders(session) == 0
    assert [(row.kind, row.user_id) for row in waiting(session)] == [(MailEvent.SCORECARD_DUE, ines.id)]
    with clock.standing_at(interview.ends_at + timedelta(hours=28)):
        assert queue_reminders(session) == 1
        hand_in(session, interview, ines)
        with pytest.raises(NotToBeSent):
            write_mail(session, waiting(session)[0], SENDER)
    with clock.standing_at(interview.ends_at + timedelta(hours=60)):
        assert queue_reminders(session) == 0


def test_a_panel_member_hands_over_with_a_reason_and_proposes_a_colleague_of_the_team(
    session: Session, application: Application, ines: Actor, ivan: Actor
) -> None:
    first = schedule(session, application, ines, actor=SYSTEM, starts_at=tomorrow())
    schedule(session, application, ivan, actor=SYSTEM, starts_at=tomorrow() + timedelta(days=1))
    stranger = make_user(session, "Sam")
    assert [user.id for user in could_sit(session, first)] == [ivan.id]
    confirm_session(session, first, actor=ines)
    for reason, proposed in ((" ", None), ("On leave", stranger.id), ("On leave", ines.id)):
        with pytest.raises(RuleBroken):
            hand_over_session(session, first, reason=reason, proposed_id=proposed, actor=ines)
    hand_over_session(session, first, reason="On leave", proposed_id=ivan.id, actor=ines)
    reply = session.get_one(PanelReply, (first.id, ines.id))
    assert (reply.answer, reply.reason, reply.proposed_id) == (PanelAnswer.HANDED_OVER, "On leave", ivan.id)


def test_only_the_panel_answers_and_a_new_time_asks_again(
    session: Session, application: Application, ines: Actor, ivan: Actor
) -> None:
    interview = schedule(session, application, ines, actor=SYSTEM, starts_at=tomorrow())
    with pytest.raises(RuleBroken):
        confirm_session(session, interview, actor=ivan)
    confirm_session(session, interview, actor=ines)
    later = tomorrow() + timedelta(hours=1)
    reschedule_interview(session, interview, starts_at=later, minutes=45, place=None, actor=SYSTEM)
    session.expire_all()
    assert session.get(PanelReply, (interview.id, ines.id)) is None

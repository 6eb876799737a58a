"""Mentions in notes: who may be mentioned, when they learn of it, and what their mail says."""

import pytest
from sqlalchemy import select

from tests.factories import actor_of, join_team, make_application, make_job, make_user
from tests.interviewing import hand_in, publish_rubric, schedule
from tracker import clock
from tracker.domain.actors import SYSTEM, Role, TeamRole
from tracker.domain.mails import MailEvent, Sender
from tracker.domain.rules import RuleBroken
from tracker.domain.stages import Stage
from tracker.models.applications import ApplicationNote
from tracker.models.mentions import NoteMention
from tracker.models.outbox import OutboxMessage
from tracker.queries.mentions import colleagues_of
from tracker.queries.my_work import my_work
from tracker.queries.work_kinds import Work
from tracker.services.applications import add_note
from tracker.services.mails import write_mail
from tracker.services.mentions import note_seen
from tracker.services.outbox import NotToBeSent

SENDER = Sender("Our organisation", "https://tracker.example.org", "UTC")


@pytest.fixture
def scene(session):
    """A job with a hiring manager of its own, and one application in the interviews."""
    job = make_job(session)
    users = {
        "rita": make_user(session, "Rita", Role.RECRUITER),
        "hank": make_user(session, "Hank", Role.HIRING_MANAGER),
        "otto": make_user(session, "Otto", Role.HIRING_MANAGER),
        "ines": make_user(session, "Ines", Role.INTERVIEWER),
        "olga": make_user(session, "Olga", Role.HR),
        "gone": make_user(session, "Gone", Role.HR),
    }
    users["gone"].is_active = False
    join_team(session, job, users["hank"], TeamRole.HIRING_MANAGER)
    publish_rubric(session, job)
    application = make_application(session, job, stage=Stage.INTERVIEW)
    schedule(session, application, actor_of(session, users["ines"]), actor=SYSTEM)
    return application, users


def write(session, scene, text, by="rita", **more):
    application, users = scene
    everybody = colleagues_of(session, application)
    return add_note(
        session, application, text, colleagues=everybody, actor=actor_of(session, users[by]), **more
    )


def waiting(session, user):
    groups = my_work(session, actor_of(session, user), clock.now())
    return [one for group in groups if group.work is Work.MENTION for one in group.rows]


def test_those_may_be_mentioned_who_may_read_the_notes(session, scene):
    application, _ = scene
    may = {one.name: one.may_read for one in colleagues_of(session, application)}
    assert "Gone" not in may
    names = {"Rita": True, "Otto": False, "Ines": False, "Olga": True}
    assert {name: may[name] for name in names} == names


@pytest.mark.parametrize("name", ["Otto", "Ines"])
def test_who_may_not_see_the_notes_is_never_mentioned(session, scene, name):
    for given in ({"text": f"@{name} look"}, {"text": "Look", "also": name}):
        with pytest.raises(RuleBroken) as broken, session.begin_nested():
            write(session, scene, **given)
        assert broken.value.field == ("mention" if "also" in given else "text")
    assert session.scalars(select(ApplicationNote)).all() == []


def test_a_mention_waits_until_it_is_seen_or_answered(session, scene):
    application, users = scene
    note = write(session, scene, "@Hank, what do you think? @rita too", also="Olga")
    assert waiting(session, users["rita"]) == [], "who writes mentions others"
    for name in ("hank", "olga"):
        (line,) = waiting(session, users[name])
        assert (line.id, line.application_id, line.detail) == (note.id, application.id, "Rita")
    mention = session.get_one(NoteMention, (note.id, users["hank"].id))
    note_seen(session, mention, actor=actor_of(session, users["olga"]))
    assert mention.seen_at is None, "nobody sees for another"
    note_seen(session, mention, actor=actor_of(session, users["hank"]))
    assert waiting(session, users["hank"]) == []
    write(session, scene, "I think so.", by="olga")
    assert waiting(session, users["olga"]) == []


def test_who_owes_a_card_learns_nothing_until_it_is_in(session, scene):
    application, users = scene
    hank = users["hank"]
    held = schedule(session, application, actor_of(session, hank), actor=SYSTEM)
    hank.is_mailed_mentions = True
    session.flush()
    write(session, scene, "@Hank look at this")
    assert waiting(session, hank) == []
    message = session.scalars(select(OutboxMessage).where(OutboxMessage.kind == MailEvent.MENTIONED)).one()
    with pytest.raises(NotToBeSent):
        write_mail(session, message, SENDER)
    hand_in(session, held, actor_of(session, hank))
    assert len(waiting(session, hank)) == 1
    assert write_mail(session, message, SENDER).to_email == hank.email


def test_who_left_the_job_or_whose_note_was_erased_finds_nothing(session, scene):
    _, users = scene
    note = write(session, scene, "@Hank look")
    note.text = None
    session.flush()
    assert waiting(session, users["hank"]) == []
    write(session, scene, "@Hank look again")
    users["hank"].role_rows = []
    session.flush()
    assert waiting(session, users["hank"]) == []


def test_mail_goes_to_those_who_wish_and_tells_neither_note_nor_candidate(session, scene):
    application, users = scene
    users["hank"].is_mailed_mentions = True
    session.flush()
    note = write(session, scene, "@Hank and @Olga: a CANARY of a note")
    message = session.scalars(select(OutboxMessage).where(OutboxMessage.kind == MailEvent.MENTIONED)).one()
    assert message.user_id == users["hank"].id
    mail = write_mail(session, message, SENDER)
    assert f"https://tracker.example.org/applications/{application.id}#note-{note.id}" in mail.text
    for word in ("CANARY", application.candidate.name):
        assert word not in mail.text + mail.subject
    users["hank"].is_mailed_mentions = False
    with pytest.raises(NotToBeSent):
        write_mail(session, message, SENDER)
    users["hank"].is_mailed_mentions = True
    mention = session.get_one(NoteMention, (note.id, users["hank"].id))
    note_seen(session, mention, actor=actor_of(session, users["hank"]))
    with pytest.raises(NotToBeSent):
        write_mail(session, message, SENDER)

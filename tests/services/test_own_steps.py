"""What candidates do by themselves: sessions, referees, disclosure, links, erasure, staying in touch."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from tests.factories import make_actor, make_application, make_candidate, make_job
from tests.interviewing import publish_rubric, schedule
from tracker import clock
from tracker.domain.actors import SYSTEM, Role
from tracker.domain.deciding import MoveRequest, NotPermitted
from tracker.domain.file_formats import HandedIn
from tracker.domain.mails import Sender
from tracker.domain.moves import EDGES, MoveKind
from tracker.domain.notices import NoticeKind
from tracker.domain.rules import RuleBroken
from tracker.domain.stages import Stage
from tracker.files import FileStore
from tracker.models.arrivals import Arrival
from tracker.models.candidate_access import CandidateLink, CandidateSession
from tracker.models.candidate_replies import CandidateAnswer, CandidateReply
from tracker.models.candidates import Candidate
from tracker.models.data_requests import DataRequestState
from tracker.models.files import FileKind
from tracker.models.outbox import OutboxMessage
from tracker.queries.candidate_access import find_candidate_session, find_open_link, own_applications
from tracker.queries.data_requests import erasure_requests
from tracker.queries.notices import latest_consent
from tracker.services.background_checks import answer_disclosure, order
from tracker.services.candidate_access import (
    candidate_actor,
    issue_link,
    open_session,
    request_link,
)
from tracker.services.candidate_replies import ask_other_time, confirm_own_session
from tracker.services.candidate_sessions import end_all_sessions, end_session
from tracker.services.erasure_requests import ask_for_erasure, settle_request
from tracker.services.files import attach_file
from tracker.services.interviews import cancel_interview
from tracker.services.invitations import tell_change
from tracker.services.mails import write_mail
from tracker.services.merges import merge_candidates
from tracker.services.messages import write_to_candidate
from tracker.services.move_rows import write_move
from tracker.services.own_data import gather_own_data, join_pool, leave_pool
from tracker.services.own_files import MOST_OWN_FILES, hand_in_own_file
from tracker.services.references import add_reference
from tracker.services.sign_ins import hash_token


def me(session, application):
    return candidate_actor(session.get_one(Candidate, application.candidate_id), application.id)


@pytest.fixture
def interview(session):
    job = make_job(session)
    publish_rubric(session, job)
    application = make_application(session, job, stage=Stage.INTERVIEW)
    ines = make_actor(session, Role.INTERVIEWER, name="Ines")
    at = clock.now() + timedelta(days=2)
    return schedule(session, application, ines, actor=SYSTEM, starts_at=at)


def test_a_candidate_confirms_and_may_ask_for_another_time(session, interview):
    actor = me(session, interview.application)
    assert confirm_own_session(session, interview, actor=actor).answer is CandidateAnswer.CONFIRMED
    reply = ask_other_time(session, interview, wish=" Mornings. ", actor=actor)
    assert (reply.answer, reply.wish) == (CandidateAnswer.OTHER_TIME, "Mornings.")
    with pytest.raises(RuleBroken) as broken:
        ask_other_time(session, interview, wish=" ", actor=actor)
    assert broken.value.field == "wish"
    tell_change(session, interview)
    assert session.get(CandidateReply, interview.id) is None


def test_nobody_else_answers_for_them_and_not_too_late(session, interview, monkeypatch):
    other = make_application(session)
    for actor in (me(session, other), SYSTEM):
        with pytest.raises(NotPermitted):
            confirm_own_session(session, interview, actor=actor)
    later = clock.now() + timedelta(days=3)
    with monkeypatch.context() as there:
        there.setattr(clock, "now", lambda: later)
        with pytest.raises(RuleBroken, match="has begun"):
            confirm_own_session(session, interview, actor=me(session, interview.application))
    cancel_interview(session, interview, reason="Ill", actor=SYSTEM)
    with pytest.raises(RuleBroken, match="cancelled"):
        confirm_own_session(session, interview, actor=me(session, interview.application))


@pytest.mark.parametrize("kind", [MoveKind.REJECT, MoveKind.WITHDRAW])
def test_a_closed_application_has_no_sessions_to_answer_to(session, interview, kind):
    application = interview.application
    disposition = "less_qualified" if kind is MoveKind.REJECT else "salary"
    request = MoveRequest(kind, disposition=disposition)
    edge = next(one for one in EDGES if one.kind is kind and one.from_stage is application.stage)
    write_move(session, application, edge, request, actor=SYSTEM, at=clock.now())
    actor = me(session, application)
    for deed in (
        lambda: confirm_own_session(session, interview, actor=actor),
        lambda: ask_other_time(session, interview, wish="Mornings", actor=actor),
    ):
        with pytest.raises(RuleBroken, match="closed"):
            deed()
    assert session.get(CandidateReply, interview.id) is None


def test_only_a_candidates_own_files_count_against_them(session, tmp_path):
    store, application = FileStore(tmp_path), make_application(session)
    candidate, given = application.candidate, HandedIn("letter.txt", b"Dear all")

    def deed():
        hand_in_own_file(
            session, store, candidate, given, application=application, kind=FileKind.OTHER,
            actor=me(session, application),
        )  # fmt: skip

    for _ in range(MOST_OWN_FILES):
        attach_file(session, store, candidate, "a.txt", b"Note", actor=SYSTEM, application=application)
        deed()
    with pytest.raises(RuleBroken, match="of yours") as broken:
        deed()
    assert broken.value.field == "file"


def test_a_candidate_names_referees_with_consent(session):
    application = make_application(session, stage=Stage.REFERENCES)
    actor = me(session, application)
    named = add_reference(session, application, referee_name="Bela", email="Bela@example.org", actor=actor)
    assert named.consented_at is not None
    assert named.recorded_by == "candidate"
    own = session.get_one(Candidate, application.candidate_id).email
    for email, name, field in ((own, "Me", "email"), ("bela@example.org", "B", "email"), ("", "C", "email")):
        with pytest.raises(RuleBroken) as broken:
            add_reference(session, application, referee_name=name, email=email, actor=actor)
        assert broken.value.field == field
    for number in range(4):
        add_reference(session, application, referee_name="X", email=f"x{number}@example.org", actor=actor)
    with pytest.raises(RuleBroken, match="enough"):
        add_reference(session, application, referee_name="X", email="y@example.org", actor=actor)
    with pytest.raises(NotPermitted):
        add_reference(
            session, make_application(session, stage=Stage.REFERENCES), referee_name="X", actor=actor
        )


def test_a_candidate_answers_the_disclosure_until_the_check_is_ordered(session):
    job = make_job(session, needs_background_check=True)
    application = make_application(session, job, stage=Stage.REFERENCES)
    actor = me(session, application)
    assert answer_disclosure(session, application, is_given=False, actor=actor).has_consent is False
    check = answer_disclosure(session, application, is_given=True, actor=actor)
    assert (check.has_consent, check.updated_by) == (True, "candidate")
    assert check.disclosed_at is not None
    order(session, application, actor=SYSTEM)
    with pytest.raises(RuleBroken, match="ordered already"):
        answer_disclosure(session, application, is_given=False, actor=actor)
    without = make_application(session, stage=Stage.REFERENCES)
    with pytest.raises(RuleBroken, match="asks for no"):
        answer_disclosure(session, without, is_given=True, actor=me(session, without))
    with pytest.raises(NotPermitted):
        answer_disclosure(session, application, is_given=True, actor=SYSTEM)


def test_a_link_opens_one_session_and_no_second(session):
    candidate = make_candidate(session)
    token = issue_link(session, candidate.id)
    assert find_open_link(session, hash_token(token), clock.now()) is not None
    opened = open_session(session, token, address="192.0.2.7")
    assert find_candidate_session(session, hash_token(opened), clock.now()) is candidate
    for bad in (token, "", "x" * 43):
        with pytest.raises(RuleBroken, match="has been used"):
            open_session(session, bad, address=None)
    end_session(session, opened)
    assert find_candidate_session(session, hash_token(opened), clock.now()) is None
    assert session.scalar(select(func.count()).select_from(CandidateSession)) == 1


def test_everything_ends_at_once(session):
    candidate = make_candidate(session)
    waiting, opened = (
        issue_link(session, candidate.id),
        open_session(session, issue_link(session, candidate.id), address=None),
    )
    end_all_sessions(session, candidate.id)
    assert find_candidate_session(session, hash_token(opened), clock.now()) is None
    with pytest.raises(RuleBroken):
        open_session(session, waiting, address=None)


def test_mail_about_a_merged_record_goes_to_the_one_that_stayed_and_opens_their_page(session):
    """Whoever reads the mail of the other record need not be the same person."""
    stayed, gone = make_candidate(session), make_candidate(session)
    application = make_application(session, candidate=gone)
    link = issue_link(session, gone.id)
    merge_candidates(session, stayed, gone, actor=SYSTEM)
    with pytest.raises(RuleBroken, match="This link has been used"):
        open_session(session, link, address=None)
    with pytest.raises(RuleBroken, match="This link has been used"):
        open_session(session, issue_link(session, gone.id), address=None)
    write_to_candidate(session, application, subject="News", text="{{link}}", key="one", actor=SYSTEM)
    message = session.scalars(select(OutboxMessage).where(OutboxMessage.kind == "message")).one()
    sender = Sender("Us", "https://tracker.example.org", "UTC")
    mail = write_mail(session, message, sender, is_going_out=True)
    assert mail.to_email == stayed.email
    opened = open_session(session, mail.secret, address=None)
    assert find_candidate_session(session, hash_token(opened), clock.now()) is stayed
    assert [one.id for one in own_applications(session, stayed.id)] == [application.id]


def test_only_who_applied_is_mailed_a_link(session):
    application = make_application(session)
    email = session.get_one(Candidate, application.candidate_id).email
    for asked in (email.upper(), "nobody@example.org", make_candidate(session).email):
        request_link(session, asked)
    session.flush()
    rows = session.scalars(select(OutboxMessage).where(OutboxMessage.kind == "link_requested")).all()
    assert [row.application_id for row in rows] == [application.id]
    assert session.scalars(select(CandidateLink)).all() == []


def test_erasure_is_asked_once_and_settled_once_by_hr(session):
    candidate = make_candidate(session)
    actor = candidate_actor(candidate)
    asked = ask_for_erasure(session, candidate, note="Please", actor=actor)
    assert ask_for_erasure(session, candidate, note="Again", actor=actor) is asked
    olga, rita = make_actor(session, Role.HR, name="Olga"), make_actor(session, Role.RECRUITER)
    with pytest.raises(NotPermitted):
        settle_request(session, asked, is_done=True, answer=None, actor=rita)
    with pytest.raises(RuleBroken) as broken:
        settle_request(session, asked, is_done=False, answer=" ", actor=olga)
    assert broken.value.field == "answer"
    settle_request(session, asked, is_done=False, answer="We must keep it for a year.", actor=olga)
    assert asked.state is DataRequestState.REFUSED
    with pytest.raises(RuleBroken, match="already"):
        settle_request(session, asked, is_done=True, answer=None, actor=olga)
    second = ask_for_erasure(session, candidate, note=None, actor=actor)
    assert list(erasure_requests(session)) == [second, asked]


def test_the_talent_pool_has_an_end_and_can_be_left(session):
    candidate = make_candidate(session)
    actor = candidate_actor(candidate)
    joined = join_pool(session, candidate, seen_version="talent_pool-0", actor=actor)
    assert joined.expires_on == clock.today() + timedelta(days=365)
    with pytest.raises(RuleBroken):
        join_pool(session, candidate, seen_version="talent_pool-9", actor=actor)
    leave_pool(session, candidate, seen_version="talent_pool-0", actor=actor)
    assert latest_consent(session, candidate.id, NoticeKind.TALENT_POOL).is_given is False


def test_own_data_hold_what_is_theirs_and_nothing_of_others(session):
    application = make_application(session, candidate=make_candidate(session, "Amina Yusuf"))
    make_application(session, candidate=make_candidate(session, "Zora Zanzibar"))
    candidate = session.get_one(Candidate, application.candidate_id)
    data = gather_own_data(session, candidate)
    assert data["person"]["name"] == "Amina Yusuf"
    assert [one["standing"] for one in data["applications"]] == ["Received"]
    assert "Zanzibar" not in str(data)


def test_own_data_hold_what_they_typed_where_something_else_is_kept(session):
    application = make_application(session, candidate=make_candidate(session, "Amina Yusuf"))
    arrival = Arrival(
        application_id=application.id,
        typed_name="Amina Y.",
        typed_location="Łódź",
        links="https://amina.example",
        at=clock.now(),
    )
    session.add(arrival)
    session.flush()
    (told,) = gather_own_data(session, application.candidate)["applications"]
    assert told["typed"] == {"name": "Amina Y.", "location": "Łódź"}
    assert told["links"] == ["https://amina.example"]

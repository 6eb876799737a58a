"""Applying by the careers pages: once, whole, and without telling who applied before."""

from dataclasses import replace

import pytest
from sqlalchemy import func, select

from tests.careers import RESUME, post
from tests.factories import make_application, make_candidate, make_job
from tracker import clock
from tracker.domain.actors import SYSTEM
from tracker.domain.file_formats import HandedIn
from tracker.domain.notices import NoticeKind
from tracker.domain.rules import RuleBroken
from tracker.domain.screening_answers import QuestionKind, QuestionShape
from tracker.domain.stages import JobStatus, Outcome, Stage
from tracker.files import FileStore
from tracker.models.applications import AnswerFile, Application, ApplicationAnswer
from tracker.models.arrivals import Arrival
from tracker.models.candidates import Candidate
from tracker.models.file_texts import FileText, TextState
from tracker.models.files import StoredFile
from tracker.models.outbox import OutboxMessage
from tracker.models.postings import Posting
from tracker.models.submissions import Submission
from tracker.queries.facts import gather_facts
from tracker.queries.notices import latest_consent
from tracker.services.candidates import CandidateDetails
from tracker.services.careers import Sheet, apply_by_careers_page, question_field
from tracker.services.file_texts import keep_text, waiting_files
from tracker.services.job_plans import add_question
from tracker.services.notices import write_notice
from tracker.services.postings import add_source_link

PERSON = CandidateDetails("Amina Yusuf", "Amina@Example.net", "020 7946 0958")
SHEET = Sheet(PERSON, HandedIn("resume.txt", RESUME), "privacy-0", "a" * 32)


@pytest.fixture
def store(tmp_path):
    return FileStore(tmp_path)


@pytest.fixture
def posting(session):
    return session.get_one(Posting, post(session, make_job(session)).id)


def send(session, store, posting, **changes):
    sheet = replace(SHEET, **changes)
    return apply_by_careers_page(session, store, posting, sheet, today=clock.today())


def count(session, table):
    return session.scalar(select(func.count()).select_from(table))


def kinds(session, application_id):
    rows = select(OutboxMessage.kind).where(OutboxMessage.application_id == application_id)
    return list(session.scalars(rows.order_by(OutboxMessage.id)))


def test_an_application_comes_in_whole(session, store, posting):
    application = send(session, store, posting)
    assert (application.stage, application.outcome, application.version) == (
        Stage.APPLICATION,
        Outcome.ACTIVE,
        1,
    )
    assert (application.source, application.consent_notice) == ("website", "privacy-0")
    facts = gather_facts(session, [application.id], now=clock.now())[application.id]
    assert facts.has_contact_data
    assert facts.has_consent_notice
    assert facts.has_resume_or_profile
    file = session.scalars(select(StoredFile).where(StoredFile.application_id == application.id)).one()
    with store.open(file.key) as content:
        assert content.read() == RESUME
    assert session.get_one(FileText, file.id).state is TextState.WAITING
    assert latest_consent(session, application.candidate_id, NoticeKind.PRIVACY, application.id).is_given
    assert kinds(session, application.id) == ["application_received"]
    mail = session.scalars(select(OutboxMessage).where(OutboxMessage.application_id == application.id)).one()
    assert mail.not_before <= clock.now()


def test_the_same_sheet_sent_twice_is_one_application(session, store, posting):
    first = send(session, store, posting)
    assert send(session, store, posting) is first
    assert count(session, Application) == 1
    assert kinds(session, first.id) == ["application_received"]


def test_a_form_that_is_sent_again_for_another_address_or_job_is_another(session, store, posting):
    first = send(session, store, posting)
    corrected = replace(PERSON, email="amina.yusuf@example.net")
    second = send(session, store, posting, person=corrected)
    other = session.get_one(Posting, post(session, make_job(session)).id)
    third = send(session, store, other)
    assert len({first.id, second.id, third.id}) == count(session, Application) == 3
    # However the same address is typed, it is the same sheet.
    assert send(session, store, posting, person=replace(PERSON, email=" AMINA@example.net")) is first


def test_nothing_is_kept_of_a_sheet_that_an_address_could_be_tried_against(session, store, posting):
    send(session, store, posting)
    kept = session.scalars(select(Submission)).one()
    assert SHEET.key not in (kept.key, kept.body_hash)
    assert kept.key == kept.body_hash


def test_who_is_active_on_the_job_gets_a_mail_and_nothing_of_theirs_changes(session, store, posting):
    first = send(session, store, posting)
    again = {
        "person": replace(PERSON, name="Mallory", phone="1"),
        "key": "b" * 32,
        "resume": HandedIn("x.txt", b"x"),
    }
    assert send(session, store, posting, **again) is None
    candidate = session.get_one(Candidate, first.candidate_id)
    assert (candidate.name, candidate.phone) == ("Amina Yusuf", "020 7946 0958")
    assert count(session, Application) == count(session, StoredFile) == 1
    assert len(list(store.stored())) == 1
    assert send(session, store, posting, **again | {"key": "c" * 32}) is None
    assert kinds(session, first.id) == ["application_received", "application_repeated"]


@pytest.mark.parametrize("is_known", [True, False])
def test_what_is_refused_tells_nothing_of_who_applied_before(session, store, posting, is_known):
    if is_known:
        send(session, store, posting)
    for changes in ({"notice": "privacy-9"}, {"resume": None}, {"person": replace(PERSON, name="")}):
        with pytest.raises(RuleBroken) as broken, session.begin_nested():
            send(session, store, posting, key="d" * 32, **changes)
        assert broken.value.field in ("notice", "resume", "name")


def test_a_sheet_that_was_not_taken_gives_no_way_to_the_application_there_is(session, store, posting):
    send(session, store, posting)
    for _ in range(2):
        assert send(session, store, posting, key="e" * 32) is None


def test_somebody_known_applies_for_another_job_under_what_is_kept_of_them(session, store, posting):
    known = make_candidate(session, "Amina Y.", email="amina@example.net", phone="1")
    application = send(session, store, posting)
    assert application.candidate_id == known.id
    assert (known.name, known.phone) == ("Amina Y.", "1")
    arrival = session.get_one(Arrival, application.id)
    assert (arrival.typed_name, arrival.typed_phone) == ("Amina Yusuf", "020 7946 0958")


def test_who_was_rejected_may_apply_again(session, store, posting):
    known = make_candidate(session, email="amina@example.net")
    make_application(session, make_job(session), candidate=known)
    assert send(session, store, posting) is not None


@pytest.mark.parametrize("status", [one for one in JobStatus if one is not JobStatus.OPEN])
def test_a_job_that_is_not_open_takes_nothing(session, store, posting, status):
    posting.job.status = status
    session.flush()
    with pytest.raises(RuleBroken, match="does not take applications"):
        send(session, store, posting)
    assert count(session, Candidate) == count(session, Application) == 0
    assert list(store.stored()) == []


def test_an_internal_job_takes_people_of_the_house_only(session, store, posting):
    posting.is_internal = True
    session.flush()
    with pytest.raises(RuleBroken):
        send(session, store, posting)
    assert send(session, store, posting, is_staff=True).source == "internal"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"person": replace(PERSON, name=" ")}, "name"),
        ({"person": replace(PERSON, email="")}, "email"),
        ({"person": replace(PERSON, email="amina")}, "email"),
        ({"resume": None}, "resume"),
        ({"resume": HandedIn("resume.exe", b"MZ")}, "resume"),
        ({"resume": HandedIn("resume.pdf", b"no pdf")}, "resume"),
        ({"resume": HandedIn("resume.txt", b"x" * (10 * 1024 * 1024 + 1))}, "resume"),
        ({"notice": "privacy-1"}, "notice"),
    ],
)
def test_what_cannot_stand_is_named_and_nothing_is_kept(session, store, posting, changes, field):
    with pytest.raises(RuleBroken) as broken, session.begin_nested():
        send(session, store, posting, **changes)
    assert broken.value.field == field
    assert count(session, Application) == 0


def test_who_read_older_words_reads_them_again(session, store, posting):
    write_notice(session, NoticeKind.PRIVACY, text="New words.", seen_number=0, actor=SYSTEM)
    with pytest.raises(RuleBroken, match="read them again"), session.begin_nested():
        send(session, store, posting)
    assert send(session, store, posting, notice="privacy-1").consent_notice == "privacy-1"


def test_questions_are_answered_by_their_kind(session, store, posting):
    job = posting.job
    free = add_question(session, job, "Why this work?", actor=SYSTEM, is_required=False)
    shape = QuestionShape(QuestionKind.CHOICE, ("Yes", "No"), {"choices": ["No"]})
    choice = add_question(session, job, "Can you start in May?", shape=shape, actor=SYSTEM)
    sample = add_question(session, job, "A sample", shape=QuestionShape(QuestionKind.FILE), actor=SYSTEM)
    for answers, files, at in (
        ({}, {}, choice),
        ({choice.id: "Perhaps"}, {}, choice),
        ({choice.id: "No"}, {}, sample),
        ({choice.id: "No"}, {sample.id: HandedIn("sample.pdf", b"x")}, sample),
    ):
        with pytest.raises(RuleBroken) as broken, session.begin_nested():
            send(session, store, posting, answers=answers, files=files)
        assert broken.value.field == question_field(at.id)
    given = {choice.id: "No", free.id: " It suits me. "}
    application = send(
        session, store, posting, answers=given, files={sample.id: HandedIn("a/b.txt", b"sample")}
    )
    # An answer that suggests a no rejects nobody.
    assert application.outcome is Outcome.ACTIVE
    kept = {row.question_id: row.answer for row in session.scalars(select(ApplicationAnswer))}
    assert kept == {choice.id: "No", free.id: "It suits me.", sample.id: "b.txt"}
    assert session.get_one(AnswerFile, (application.id, sample.id)).file_id
    assert gather_facts(session, [application.id], now=clock.now())[application.id].unanswered == ()


def test_the_first_link_names_the_source(session, store, posting):
    link = add_source_link(session, posting.job, source="career fair", label="Fair", actor=SYSTEM)
    elsewhere = add_source_link(session, make_job(session), source="print", label="Paper", actor=SYSTEM)
    found = []
    for number, code in enumerate((link.code, elsewhere.code, "job-board", "nonsense", "")):
        person = replace(PERSON, email=f"a{number}@example.net")
        found.append(send(session, store, posting, person=person, key=f"{number}" * 32, came_by=code).source)
    assert found == ["career fair", "website", "job board", "website", "website"]


def test_text_is_kept_once_and_what_cannot_be_read_is_marked(session, store, posting):
    send(session, store, posting)
    (file,) = waiting_files(session)
    assert keep_text(session, file.id, text=None, reason="The PDF is damaged.")
    assert not keep_text(session, file.id, text="late", reason=None)
    session.expire_all()
    assert session.get_one(FileText, file.id).reason == "The PDF is damaged."
    assert session.get(StoredFile, file.id) is not None
    assert waiting_files(session) == []

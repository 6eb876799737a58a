"""Applying by the careers pages: one application with its file, answers and consent, or a mail that says why
not; whoever looks on learns nothing of who applied before.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial

from sqlalchemy.orm import Session

from tracker import clock
from tracker.domain.actors import Actor, ActorKind
from tracker.domain.file_formats import HandedIn
from tracker.domain.links import checked_links
from tracker.domain.mails import MailEvent
from tracker.domain.names import clean_email
from tracker.domain.notices import NoticeKind
from tracker.domain.postings import is_open_to
from tracker.domain.rules import Faults, RuleBroken
from tracker.domain.screening_answers import QuestionKind, checked_answer
from tracker.domain.sources import INTERNAL, WEBSITE, source_named
from tracker.files import FileStore
from tracker.models.applications import AnswerFile, Application
from tracker.models.arrivals import Arrival
from tracker.models.candidates import Candidate
from tracker.models.files import FileKind
from tracker.models.jobs import JobQuestion
from tracker.models.postings import Posting, SourceLink
from tracker.models.submissions import Submission
from tracker.queries.merges import active_application
from tracker.queries.objects import fetch, refetch
from tracker.queries.postings import asked_questions, link_with_code, state_of
from tracker.services.applications import apply
from tracker.services.candidates import CandidateDetails, checked_candidate, find_or_add
from tracker.services.files import attach_handed_in
from tracker.services.jobs import lock_job
from tracker.services.notices import check_notice, keep_consent
from tracker.services.outbox import queue_message
from tracker.services.rows import write_row

APPLICANT = Actor(ActorKind.CANDIDATE)
CLOSED = "This job does not take applications any more."


@dataclass(frozen=True, slots=True)
class Sheet:
    """What an applicant filled in; answers and files by the id of the question.

    `notice` is the version of the privacy notice that they read, `key` what the form was given so that
    sending it twice happens once, `came_by` the code or channel of the link that they first came by, `links`
    web addresses of theirs, one a line.
    """

    person: CandidateDetails
    resume: HandedIn | None
    notice: str
    key: str
    answers: Mapping[int, str] = field(default_factory=dict)
    files: Mapping[int, HandedIn] = field(default_factory=dict)
    came_by: str = ""
    is_staff: bool = False
    links: str = ""


def question_field(question_id: int) -> str:
    """The name of a question's field on the form, where what is wrong with its answer is shown."""
    return f"question_{question_id}"


def apply_by_careers_page(
    session: Session, store: FileStore, posting: Posting, sheet: Sheet, *, today: date
) -> Application | None:
    """Take an application in; none where the person is active on the job. A sheet sent twice is one.

    Raises RulesBroken at all fields that cannot stand, RuleBroken where the job takes no applications; all of
    it is looked at before the person is, so that what is refused tells nothing of who applied before.
    """
    # Before anybody waits for the job: looking at a file takes its time.
    check_sheet(session, posting, sheet)
    lock_job(session, posting.job)
    refetch(session, posting)
    if not is_open_to(state_of(posting), is_staff=sheet.is_staff, today=today):
        raise RuleBroken(CLOSED)
    questions = {row.id: row for row in asked_questions(session, posting.job_id)}
    resume = _checked_file(sheet.resume, "resume")
    answers, files = _checked_answers(questions, sheet)
    person, links = _checked_person(sheet), checked_links(sheet.links)
    check_notice(session, NoticeKind.PRIVACY, sheet.notice)
    key = _submission_key(sheet, posting, person)
    earlier = fetch(session, Submission, APPLICANT.key, key)
    if earlier is not None:
        # Of a sheet that was taken; of one that was not there is none.
        return session.get(Application, earlier.result["application_id"] or 0)
    candidate, _ = find_or_add(session, person, actor=APPLICANT)
    active = active_application(session, candidate.id, posting.job_id)
    if active is not None:
        _tell_again(session, store, active, resume)
    application = None if active else _open(session, posting, sheet, candidate, answers)
    if application is not None:
        _attach(session, store, application, resume, files)
        _keep_arrival(session, posting, sheet, application, person, links)
    _remember(session, key, application, active)
    return application


def check_sheet(session: Session, posting: Posting, sheet: Sheet) -> None:
    """Look at all that was filled in, and at nothing of the person. Raises RulesBroken at the fields."""
    faults = Faults()
    faults.look(lambda: _checked_file(sheet.resume, "resume"))
    for question_id, given in sheet.files.items():
        faults.look(partial(_checked_file, given, question_field(question_id)))
    questions = {row.id: row for row in asked_questions(session, posting.job_id)}
    faults.look(lambda: _checked_answers(questions, sheet))
    faults.look(lambda: _checked_person(sheet))
    faults.look(lambda: checked_links(sheet.links))
    faults.look(lambda: check_notice(session, NoticeKind.PRIVACY, sheet.notice))
    faults.tell()


def _open(
    session: Session, posting: Posting, sheet: Sheet, candidate: Candidate, answers: Mapping[int, str]
) -> Application:
    application = apply(
        session,
        posting.job,
        candidate,
        actor=APPLICANT,
        source=_source(session, posting, sheet),
        consent_notice=sheet.notice,
        answers=answers,
    )
    keep_consent(
        session,
        NoticeKind.PRIVACY,
        candidate_id=candidate.id,
        application_id=application.id,
        seen_version=sheet.notice,
        is_given=True,
        actor=APPLICANT,
    )
    return application


def _source(session: Session, posting: Posting, sheet: Sheet) -> str:
    link = _link(session, posting, sheet)
    if link is not None:
        return link.source
    return INTERNAL if sheet.is_staff else source_named(sheet.came_by) or WEBSITE


def _link(session: Session, posting: Posting, sheet: Sheet) -> SourceLink | None:
    return link_with_code(session, sheet.came_by, posting.job_id) if sheet.came_by else None


def _checked_person(sheet: Sheet) -> CandidateDetails:
    faults = Faults()
    faults.look(lambda: clean_email(sheet.person.email or ""))
    # What is missing was told of already; here the other fields are looked at.
    faults.look(lambda: checked_candidate(replace(sheet.person, email=None)))
    faults.tell()
    return checked_candidate(sheet.person)


def _checked_file(given: HandedIn | None, at: str) -> HandedIn:
    if given is None or not given.name:
        raise RuleBroken("Choose your résumé.", field=at)
    try:
        given.look_at()
    except RuleBroken as broken:
        raise RuleBroken(broken.message, field=at) from None
    return given


def _checked_answers(
    questions: Mapping[int, JobQuestion], sheet: Sheet
) -> tuple[dict[int, str], dict[int, HandedIn]]:
    answers: dict[int, str] = {}
    files: dict[int, HandedIn] = {}
    faults = Faults()

    def look_at(question: JobQuestion) -> None:
        at = question_field(question.id)
        given = sheet.files.get(question.id)
        if question.kind is QuestionKind.FILE:
            if given is not None:
                files[question.id] = given
                answers[question.id], _ = given.look_at()
        else:
            answers[question.id] = checked_answer(question.shape, sheet.answers.get(question.id, ""), at)
        if question.is_required and not answers.get(question.id):
            raise RuleBroken("This needs an answer.", field=at)

    for question in questions.values():
        faults.look(partial(look_at, question))
    faults.tell()
    return answers, files


def _tell_again(session: Session, store: FileStore, active: Application, resume: HandedIn) -> None:
    """Write to the person that they have applied already; what came now is not kept."""
    # As long as a first application takes: the time of the answer tells nothing either.
    store.remove(store.put(resume.data).key)
    queue_message(
        session,
        MailEvent.APPLICATION_REPEATED,
        key=f"repeated:{active.id}:{clock.today().isoformat()}",
        application_id=active.id,
        not_before=clock.now(),
    )


def _attach(
    session: Session,
    store: FileStore,
    application: Application,
    resume: HandedIn,
    files: Mapping[int, HandedIn],
) -> None:
    candidate = session.get_one(Candidate, application.candidate_id)
    actor = Actor(ActorKind.CANDIDATE, name=candidate.name, application_id=application.id)
    attach_handed_in(session, store, candidate, resume, actor=actor, application=application)
    for question_id, given in files.items():
        row = attach_handed_in(
            session,
            store,
            candidate,
            given,
            actor=actor,
            kind=FileKind.OTHER,
            application=application,
        )
        session.add(AnswerFile(application_id=application.id, question_id=question_id, file_id=row.id))
    session.flush()


def _keep_arrival(
    session: Session,
    posting: Posting,
    sheet: Sheet,
    application: Application,
    person: CandidateDetails,
    links: Sequence[str],
) -> None:
    candidate = session.get_one(Candidate, application.candidate_id)
    link = _link(session, posting, sheet)
    arrival = {
        "application_id": application.id,
        "source_link_id": link.id if link else None,
        "typed_name": _if_other(person.name, candidate.name),
        "typed_phone": _if_other(person.phone, candidate.phone),
        "typed_location": _if_other(person.location, candidate.location),
        "links": "\n".join(links) or None,
        "at": clock.now(),
    }
    write_row(session, Arrival, arrival)


def _if_other(typed: str | None, kept: str | None) -> str | None:
    return typed if typed and typed != kept else None


def _submission_key(sheet: Sheet, posting: Posting, person: CandidateDetails) -> str:
    """What makes a sheet the same one sent twice: its key, its job, and the address that it names.

    The key that the form was given is kept nowhere, so nobody can try addresses against what is.
    """
    return hashlib.sha256(f"{sheet.key} {posting.job_id} {person.email}".encode()).hexdigest()


def _remember(
    session: Session, key: str, application: Application | None, active: Application | None
) -> None:
    about = application or active
    # `about` leads an erasure here where the sheet itself was not taken.
    result = {
        "application_id": application.id if application else None,
        "about": about.id if about else None,
    }
    sheet = {"actor": APPLICANT.key, "key": key, "body_hash": key, "result": result, "at": clock.now()}
    write_row(session, Submission, sheet)

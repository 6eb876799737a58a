"""Candidates answer what was left open on an application: the job's questions, the privacy notice."""

from collections.abc import Mapping

from sqlalchemy.orm import Session

from tracker.domain.actors import Actor, ActorKind
from tracker.domain.deciding import NotPermitted
from tracker.domain.file_formats import HandedIn
from tracker.domain.notices import NoticeKind
from tracker.domain.rules import RuleBroken, RulesBroken
from tracker.domain.screening_answers import QuestionKind, checked_answer
from tracker.domain.stages import STAGES
from tracker.files import FileStore
from tracker.models.applications import AnswerFile, Application
from tracker.models.files import FileKind
from tracker.models.jobs import JobQuestion
from tracker.queries.applications import questions_with_answers
from tracker.services.applications import answer_questions
from tracker.services.audit import record
from tracker.services.careers import question_field
from tracker.services.notices import keep_consent
from tracker.services.own_files import hand_in_own_file
from tracker.services.standing import lock_in_stage


def open_questions(session: Session, application: Application) -> list[JobQuestion]:
    """The questions that the job needs answers to and that nobody answered on this application."""
    rows = questions_with_answers(session, application)
    return [question for question, answer in rows if question.is_required and not answer]


def answer_open_questions(
    session: Session,
    store: FileStore,
    application: Application,
    answers: Mapping[int, str],
    files: Mapping[int, HandedIn],
    *,
    actor: Actor,
) -> None:
    """Keep the candidate's answers to what was left open, by question id; what is answered stays.

    Raises NotPermitted, or RulesBroken at the fields of all questions that are still without an answer.
    """
    _check_own(application, actor)
    lock_in_stage(session, application.id, STAGES, "An answer")
    kept: dict[int, str] = {}
    broken: list[RuleBroken] = []
    asked = open_questions(session, application)
    for question in asked:
        try:
            kept[question.id] = _checked(question, answers, files)
        except RuleBroken as one:
            broken.append(RuleBroken(one.message, field=question_field(question.id)))
    if broken:
        raise RulesBroken(broken)
    if not kept:
        raise RuleBroken("Everything is answered already. Thank you.")
    answer_questions(session, application, kept, actor=actor)
    for question in asked:
        if question.kind is QuestionKind.FILE:
            file = hand_in_own_file(
                session,
                store,
                application.candidate,
                files[question.id],
                application=application,
                kind=FileKind.OTHER,
                actor=actor,
            )
            own = {"application_id": application.id, "question_id": question.id, "file_id": file.id}
            session.add(AnswerFile(**own))
    session.flush()


def confirm_privacy_notice(
    session: Session, application: Application, *, seen_version: str, actor: Actor
) -> None:
    """Keep that the candidate read how their data are used, where nobody kept it yet.

    Raises NotPermitted, or RuleBroken where it is on record or other words are in use by now.
    """
    _check_own(application, actor)
    lock_in_stage(session, application.id, STAGES, "The notice")
    if application.consent_notice is not None:
        raise RuleBroken("You have confirmed this already. Thank you.")
    keep_consent(
        session,
        NoticeKind.PRIVACY,
        candidate_id=application.candidate_id,
        application_id=application.id,
        seen_version=seen_version,
        is_given=True,
        actor=actor,
    )
    application.consent_notice = seen_version
    record(session, "consent_notice:record", application, actor=actor, application_id=application.id)


def _check_own(application: Application, actor: Actor) -> None:
    if actor.kind is not ActorKind.CANDIDATE or actor.application_id != application.id:
        raise NotPermitted("Only the candidate answers for themselves.")


def _checked(question: JobQuestion, answers: Mapping[int, str], files: Mapping[int, HandedIn]) -> str:
    if question.kind is QuestionKind.FILE:
        given = files.get(question.id)
        answer = given.look_at()[0] if given else ""
    else:
        answer = checked_answer(question.shape, answers.get(question.id, ""))
    if not answer:
        raise RuleBroken("This needs an answer.")
    return answer

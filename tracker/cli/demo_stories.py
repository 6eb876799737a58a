"""The stories of a demonstration: from applying to the day when somebody is hired, turned down or gives up.

Everything in them is done by services, by the person who would do it, at the time when they would.
"""

from collections.abc import Generator
from datetime import datetime

from sqlalchemy import select

from tracker.cli.demo_cases import Case, Chapter, Scene, in_minutes
from tracker.cli.demo_days import Story
from tracker.cli.demo_hiring import offering, onboarding, references
from tracker.cli.demo_interviews import interviewing
from tracker.cli.demo_resumes import profile_of, resume_file, resume_text
from tracker.cli.demo_words import (
    ANSWERS_SYSTEMS,
    ANSWERS_WHEN,
    CALLS,
    REJECTION_NOTES,
    REOPENS,
    REVIEW_FAILED,
    REVIEW_PASSED,
    WAIVED,
)
from tracker.domain.actors import Actor, ActorKind
from tracker.domain.moves import MoveKind
from tracker.extraction.texts import tidied
from tracker.models.applications import Application
from tracker.models.screenings import CallResult
from tracker.services.applications import answer_questions, apply, record_consent_notice
from tracker.services.candidates import CandidateDetails, find_or_add
from tracker.services.file_texts import keep_text
from tracker.services.files import attach_file
from tracker.services.screenings import (
    record_resume_review,
    record_screening_call,
    waive_screening_call,
)

_NOTICE = "2026-01"
_BROUGHT_IN = frozenset({"referral", "agency", "internal"})


def story_of(case: Case) -> Story:
    """Everything that happens to one application, as far as it comes."""
    _enter(case)
    yield from _chapters(case)


def _chapters(case: Case) -> Story:
    for chapter in (_application, _screening, interviewing, references, offering, onboarding):
        if not (yield from chapter(case)):
            return


def _enter(case: Case) -> None:
    """The candidate applies, or a recruiter puts them forward and leaves something out now and then."""
    world, person = case.world, case.person
    is_brought_in = person.source in _BROUGHT_IN
    actor = world.rita if is_brought_in else Actor(ActorKind.CANDIDATE)
    has_profile = case.chance.random() < 0.5
    details = CandidateDetails(
        name=person.name,
        email=person.email,
        phone=person.phone,
        location=person.place,
        profile=profile_of(person) if has_profile else None,
    )
    candidate, _ = find_or_add(world.session, details, actor=actor)
    case.application = apply(
        world.session,
        case.job,
        candidate,
        actor=actor,
        source=person.source,
        consent_notice=None if is_brought_in and case.happens(0.3) else _NOTICE,
    )
    case.is_answered = not case.happens(0.08)
    if case.is_answered:
        _answer(case, actor)
    if not (has_profile and case.happens(0.3)):
        _hand_in_resume(case, actor)


def _hand_in_resume(case: Case, actor: Actor) -> None:
    """The résumé, with its text taken out: what the worker would do for each in a process of its own."""
    name, data = resume_file(case.person)
    session, candidate = case.world.session, case.application.candidate
    file = attach_file(
        session, case.world.store, candidate, name, data, actor=actor, application=case.application
    )
    keep_text(session, file.id, text=tidied(resume_text(case.person)), reason=None)


def _answer(case: Case, actor: Actor) -> None:
    texts = (case.chance.choice(ANSWERS_WHEN), case.chance.choice(ANSWERS_SYSTEMS))
    answers = dict(zip((question.id for question in case.job.questions), texts, strict=True))
    answer_questions(case.world.session, case.application, answers, actor=actor)


def _application(case: Case) -> Chapter:
    yield case.lapse(2.5)
    if case.happens(0.03):
        return case.withdraw()
    if not case.is_answered or case.application.consent_notice is None:
        yield case.lapse(5)
        if case.happens(0.5):
            case.reject("incomplete", case.recruiter)
            if not case.happens(0.3):
                return False
            yield case.lapse(2)
            case.move(MoveKind.REOPEN, case.recruiter, text=case.chance.choice(REOPENS))
        _complete(case)
    if case.scene is None and case.chance.random() > 0.4 + 0.5 * case.person.ability:
        reason = case.chance.choice(("minimum_qualifications", "less_qualified", "less_qualified"))
        return case.reject(reason, case.recruiter, _note(case))
    case.advance(case.recruiter)
    if case.happens(0.03):
        # The wrong card: back at once, and on again when it is its turn.
        yield in_minutes(4)
        case.move(MoveKind.UNDO, case.recruiter)
        yield case.lapse(1)
        case.advance(case.recruiter)
    return True


def _complete(case: Case) -> None:
    session, application = case.world.session, case.application
    if application.consent_notice is None:
        record_consent_notice(session, application, _NOTICE, actor=case.recruiter)
    if not case.is_answered:
        _answer(case, case.recruiter)


def _screening(case: Case) -> Chapter:
    yield case.lapse(1.5)
    passed = not case.happens(0.18)
    reason = case.chance.choice(REVIEW_PASSED if passed else REVIEW_FAILED)
    asked = dict.fromkeys(case.job.minimum_qualifications, True)
    if not passed:
        asked[case.job.minimum_qualifications[0]] = False
    record_resume_review(
        case.world.session,
        case.application,
        passed=passed,
        reason=reason,
        qualifications=asked,
        actor=case.recruiter,
    )
    if not passed:
        return case.reject("minimum_qualifications", case.recruiter, _note(case))
    result = yield from _call(case)
    if result is CallResult.NOT_REACHED:
        return case.reject("not_reachable", case.recruiter)
    if case.scene is Scene.READY_TO_MOVE:
        return False
    yield case.lapse(1)
    if result is CallResult.WEAK:
        return case.reject("screening_call", case.recruiter, _note(case))
    if case.happens(0.07):
        return case.withdraw()
    if case.scene is None and case.chance.random() > 0.45 + 0.5 * case.person.ability:
        return (yield from _turn_down_or_transfer(case))
    return case.advance(case.recruiter)


def _call(case: Case) -> Generator[datetime, None, CallResult]:
    """Ring the candidate, twice if need be, or do without for a reason."""
    session = case.world.session
    yield case.lately(2) if case.scene is Scene.READY_TO_MOVE else case.lapse(2)
    if case.happens(0.06):
        reason = case.chance.choice(WAIVED)
        waive_screening_call(session, case.application, reason=reason, actor=case.recruiter)
        return CallResult.WAIVED
    for _ in range(2):
        luck = case.chance.gauss(case.person.ability, 0.15)
        result = CallResult.STRONG if luck > 0.6 or case.scene else CallResult.SUFFICIENT
        if luck < 0.3 and case.scene is None:
            result = CallResult.WEAK
        if case.happens(0.12):
            result = CallResult.NOT_REACHED
        notes = case.chance.choice(CALLS[result.value])
        record_screening_call(session, case.application, result=result, notes=notes, actor=case.recruiter)
        if result is not CallResult.NOT_REACHED:
            return result
        yield case.lapse(3)
    return CallResult.NOT_REACHED


def _turn_down_or_transfer(case: Case) -> Chapter:
    """Some who do not fit here would fit the season: their story goes on there."""
    season = case.world.jobs[-1]
    if case.job.id == season.id or not case.happens(0.2):
        return case.reject("less_qualified", case.recruiter, _note(case))
    case.move(MoveKind.TRANSFER, case.recruiter, to_job=season)
    linked = select(Application).where(Application.transferred_from_id == case.application.id)
    case.application, case.job = case.world.session.scalars(linked).one(), season
    _hand_in_resume(case, case.recruiter)
    _answer(case, case.recruiter)
    yield from _chapters(case)
    return False


def _note(case: Case) -> str | None:
    return case.chance.choice(REJECTION_NOTES) if case.chance.random() < 0.2 else None

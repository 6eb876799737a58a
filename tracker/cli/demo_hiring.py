"""The last stages of a demonstration's stories: references and background, the offer, onboarding."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from tracker import clock
from tracker.cli.demo_cases import Case, Chapter, Scene, together
from tracker.cli.demo_days import Story, at_work
from tracker.cli.demo_interviews import decide
from tracker.cli.demo_words import (
    ASSESSED,
    BENEFITS,
    CONDITIONS,
    DECLINES,
    REFEREE_NAMES,
    REFEREES,
    RETURNS,
)
from tracker.config import data_folder
from tracker.domain.actors import Actor
from tracker.domain.moves import MoveKind
from tracker.domain.offers import SalaryPeriod
from tracker.domain.onboarding import TaskOwner
from tracker.domain.stages import Stage
from tracker.exports.documents import offer_letter
from tracker.exports.pdf import pdf_of
from tracker.models.offers import Offer
from tracker.models.onboarding import OnboardingTask
from tracker.models.references import AssessmentResult, BackgroundResult, ReferenceResult
from tracker.queries.onboarding import tasks_of
from tracker.services import background_checks
from tracker.services.offer_letters import letter_words
from tracker.services.offers import accept_offer, approve_offer, decline_offer, draft_offer, send_offer
from tracker.services.onboarding import finish_task
from tracker.services.references import (
    add_reference,
    record_consent,
    record_reference_result,
    request_reference,
)


def references(case: Case) -> Chapter:
    """The referees answer, the background report comes in where the job asks for one."""
    yield case.lapse(0.5)
    if case.scene is Scene.OFFER_TO_APPROVE or case.happens(0.1):
        text = case.chance.choice(RETURNS)
        case.move(MoveKind.RETURN, case.world.hank, to=Stage.INTERVIEW, text=text)
        yield case.lapse(1.5)
        if not decide(case):
            yield case.lapse(0.4)
            return case.reject("interview_score", case.world.hank)
        case.advance(case.world.hank)
    strands = [_reference(case) for _ in range(case.job.references_required)]
    if case.job.needs_background_check:
        strands.append(_background(case))
    yield from together(strands)
    if case.scene is Scene.REPORT_TO_ASSESS:
        return False
    yield case.lapse(0.8)
    if case.happens(0.05):
        return case.withdraw()
    if case.happens(0.05):
        return case.reject(
            "references", case.recruiter, "Both referees were careful about the hurry of December."
        )
    return case.advance(case.recruiter)


def _reference(case: Case) -> Story:
    """One referee, or another in place of one who cannot be reached."""
    session, recruiter = case.world.session, case.recruiter
    is_reached = not case.happens(0.12)
    name, (relationship, said) = case.chance.choice(REFEREE_NAMES), case.chance.choice(REFEREES)
    email = f"{name.split()[0].lower()}@example.com" if name.isascii() else None
    asked = add_reference(
        session,
        case.application,
        referee_name=name,
        relationship=relationship,
        email=email,
        phone=f"+1 555 01{case.chance.randrange(100):02}",
        actor=recruiter,
    )
    yield case.lapse(0.6)
    record_consent(session, asked, actor=recruiter)
    request_reference(session, asked, actor=recruiter)
    yield case.lapse(2)
    if is_reached:
        record_reference_result(
            session,
            asked,
            result=ReferenceResult.RECEIVED,
            summary=said,
            has_confirmed_employment=True,
            would_rehire=case.chance.random() < 0.85,
            actor=recruiter,
        )
        return
    record_reference_result(session, asked, result=ReferenceResult.UNREACHABLE, actor=recruiter)
    yield from _reference(case)


def _background(case: Case) -> Story:
    """Told, agreed, ordered, reported; HR looks at what is not clear."""
    session, application, recruiter = case.world.session, case.application, case.recruiter
    background_checks.disclose(session, application, actor=recruiter)
    yield case.lapse(0.5)
    background_checks.record_consent(session, application, is_given=True, actor=recruiter)
    background_checks.order(session, application, actor=recruiter)
    yield case.lately(1.5) if case.scene is Scene.REPORT_TO_ASSESS else case.lapse(3)
    is_clear = case.scene is not Scene.REPORT_TO_ASSESS and not case.happens(0.15)
    result = BackgroundResult.CLEAR if is_clear else BackgroundResult.CONSIDER
    background_checks.record_result(session, application, result=result, actor=recruiter)
    if is_clear or case.scene is Scene.REPORT_TO_ASSESS:
        return
    yield case.lapse(1)
    background_checks.assess(
        session,
        application,
        assessment=AssessmentResult.ACCEPTABLE,
        reason=ASSESSED,
        actor=case.world.olga,
    )


def _letter(case: Case, offer: Offer) -> bytes:
    config = case.world.config
    words = letter_words(offer, organisation=config.organisation, zone=ZoneInfo(config.time_zone))
    templates, made_at = data_folder("templates") / "pdf", offer.approved_at or offer.created_at
    return pdf_of(templates, "offer.typ", offer_letter(**words), made_at=made_at).content


def offering(case: Case) -> Chapter:
    """An offer by rita, approved by another person, and the answer; the last opening stays free."""
    world = case.world
    if world.is_full(case.job) and case.scene is None:
        yield case.lapse(4)
        return case.reject("position_filled", case.recruiter, "First to ring when somebody leaves.")
    world.promised[case.job.id] += 1
    yield case.lately(6 if case.scene is Scene.STARTS_SOON else 0.6)
    offer = _draft(case)
    if case.scene is Scene.OFFER_TO_APPROVE:
        return False
    yield case.lapse(0.6)
    approve_offer(world.session, offer, actor=world.hank if case.happens(0.5) else world.olga)
    yield case.lapse(0.2)
    send_offer(world.session, offer, letter=_letter(case, offer), actor=case.recruiter)
    answer = 0.5 if case.scene else case.chance.random()
    if answer < 0.06:
        yield offer.expires_at + timedelta(hours=20)
    else:
        yield min(case.lapse(2), offer.expires_at - timedelta(hours=1))
    if 0.06 <= answer < 0.85:
        seen = case.application.version
        accept_offer(world.session, offer, actor=case.candidate, seen_version=seen)
        return True
    return (yield from _not_accepted(case, offer, is_declined=answer >= 0.06))


def _draft(case: Case) -> Offer:
    posted = case.world.posted[case.job.id]
    starts_on = (clock.now() + timedelta(days=case.chance.randint(12, 24))).date()
    starts_on += timedelta(days=-starts_on.weekday() % 7)
    pays = round(posted.pays_cents * case.chance.uniform(1, 1.06), -2 if posted.is_hourly else -4)
    return draft_offer(
        case.world.session,
        case.application,
        salary_cents=int(pays),
        currency="USD",
        period=SalaryPeriod.HOUR if posted.is_hourly else SalaryPeriod.YEAR,
        starts_on=starts_on,
        expires_at=clock.now() + timedelta(days=8),
        benefits=BENEFITS,
        conditions=CONDITIONS,
        actor=case.world.rita,
    )


def _not_accepted(case: Case, offer: Offer, *, is_declined: bool) -> Chapter:
    case.world.promised[case.job.id] -= 1
    if is_declined:
        reason = case.chance.choice(DECLINES)
        decline_offer(case.world.session, offer, reason=reason, actor=case.candidate)
        yield case.lapse(0.3)
    case.move(
        MoveKind.WITHDRAW,
        case.recruiter,
        disposition="offer_declined" if is_declined else "not_interested",
        note=None if is_declined else "The offer ran out without an answer.",
    )
    return False


def onboarding(case: Case) -> Chapter:
    """The checklist around the first day, each task by the person it belongs to, and the hire."""
    session: Session = case.world.session
    tasks = tasks_of(session, case.application.id)
    starts_on = max(task.due_on for task in tasks if task.is_required)
    if case.happens(0.05):
        yield _morning(case, starts_on)
        case.world.promised[case.job.id] -= 1
        case.move(MoveKind.WITHDRAW, case.recruiter, disposition="did_not_start")
        return False
    yield from together([_task(case, task) for task in tasks if task.is_required])
    yield max(_morning(case, starts_on), case.lapse(0.3))
    case.move(MoveKind.COMPLETE, case.recruiter)
    yield from together([_task(case, task) for task in tasks if not task.is_required])
    return True


def _task(case: Case, task: OnboardingTask) -> Story:
    yield max(_morning(case, task.due_on - timedelta(days=case.chance.randint(0, 2))), clock.now())
    reason = "The papers came by post." if task.needs_file else None
    finish_task(case.world.session, task, reason=reason, actor=_owner(case, task.owner))


def _owner(case: Case, owner: TaskOwner) -> Actor:
    """Who ticks the task off; for new hires and for IT the recruiter does."""
    world = case.world
    return {TaskOwner.MANAGER: world.hank, TaskOwner.HR: world.olga}.get(owner, case.recruiter)


def _morning(case: Case, day: object) -> datetime:
    at = datetime.combine(day, time(8, case.chance.randrange(60)), UTC)  # type: ignore[arg-type]
    return at_work(at, case.chance)

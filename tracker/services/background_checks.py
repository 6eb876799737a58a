"""Background checks: disclosure, consent, order, report, individual assessment and the two notices."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from sqlalchemy.orm import Session

from tracker import clock
from tracker.domain.actors import Actor, ActorKind
from tracker.domain.adverse_notices import checked_notice_words, notice_in_force
from tracker.domain.background_checks import wait_until, waiting_period
from tracker.domain.days import day_in_words
from tracker.domain.deciding import NotPermitted
from tracker.domain.permissions import Permission, Subject
from tracker.domain.rules import RuleBroken
from tracker.domain.stages import Stage
from tracker.domain.texts import written
from tracker.models.adverse_notices import PreAdverseNotice
from tracker.models.applications import Application
from tracker.models.jobs import Job
from tracker.models.references import AssessmentResult, BackgroundCheck, BackgroundResult
from tracker.places import law_of
from tracker.services.adverse_notices import enclosed_summary, tell_of_notice
from tracker.services.audit import record
from tracker.services.permits import require
from tracker.services.standing import lock_in_stage

STAGES = (Stage.REFERENCES, Stage.OFFER, Stage.ONBOARDING)
"""A report may come in, and be answered, after an application went on."""


def disclose(session: Session, application: Application, *, actor: Actor) -> BackgroundCheck:
    """Note that the candidate was told of the check. Raises RuleBroken where the job asks for none."""
    check = _lock(session, application, Permission.BACKGROUND_RECORD, actor)
    if not session.get_one(Job, application.job_id).needs_background_check:
        raise RuleBroken("This job asks for no background check.")
    if check is not None:
        raise RuleBroken("The background check was disclosed already.")
    check = BackgroundCheck(application_id=application.id, disclosed_at=clock.now(), updated_by=actor.key)
    session.add(check)
    return _keep(session, check, "background_check:disclose", actor)


def record_consent(
    session: Session, application: Application, *, is_given: bool, actor: Actor
) -> BackgroundCheck:
    """Keep whether the candidate agreed; a refusal may turn into consent until the check is ordered."""
    check = _lock(session, application, Permission.BACKGROUND_RECORD, actor)
    check = _after(check, (("disclosed_at", "Disclose the background check to the candidate first."),))
    return _answer(session, check, is_given, actor)


def _answer(session: Session, check: BackgroundCheck, is_given: bool, actor: Actor) -> BackgroundCheck:
    if check.ordered_at is not None or check.result is not None:
        raise RuleBroken("The background check was ordered already, with the candidate's consent.")
    check.has_consent, check.consent_at = is_given, clock.now()
    return _keep(session, check, "background_check:record_consent", actor, is_given=is_given)


def answer_disclosure(
    session: Session, application: Application, *, is_given: bool, actor: Actor
) -> BackgroundCheck:
    """The candidate's own answer to the disclosure they have just read, which counts as disclosed with it.

    Raises RuleBroken where the job asks for no check, or once it was ordered.
    """
    if actor.kind is not ActorKind.CANDIDATE or actor.application_id != application.id:
        raise NotPermitted("Only the candidate answers for themselves.")
    lock_in_stage(session, application.id, STAGES, "A background check")
    check = session.get(BackgroundCheck, application.id, populate_existing=True)
    if not session.get_one(Job, application.job_id).needs_background_check:
        raise RuleBroken("This job asks for no background check.")
    if check is None:
        check = BackgroundCheck(application_id=application.id, disclosed_at=clock.now(), updated_by=actor.key)
        session.add(check)
    return _answer(session, check, is_given, actor)


_CONSENTED = (("has_consent", "The check needs the candidate's consent first."),)
_REPORTED = (*_CONSENTED, ("result", "Record the report of the background check first."))


def order(session: Session, application: Application, *, actor: Actor) -> BackgroundCheck:
    """Note that the check was ordered. Raises RuleBroken without consent or the second time."""
    check = _after(_lock(session, application, Permission.BACKGROUND_RECORD, actor), _CONSENTED)
    if check.ordered_at is not None:
        raise RuleBroken("The background check was ordered already.")
    check.ordered_at = clock.now()
    return _keep(session, check, "background_check:order", actor)


def record_result(
    session: Session, application: Application, *, result: BackgroundResult, actor: Actor
) -> BackgroundCheck:
    """Keep what the report says. Raises RuleBroken without consent, or once HR has assessed it."""
    check = _after(_lock(session, application, Permission.BACKGROUND_RECORD, actor), _CONSENTED)
    if check.assessment is not None:
        raise RuleBroken("The report was assessed already; its result stays.")
    check.result, check.result_at = result, clock.now()
    return _keep(session, check, "background_check:record_result", actor, result=result.value)


def assess(
    session: Session,
    application: Application,
    *,
    assessment: AssessmentResult,
    reason: str,
    actor: Actor,
) -> BackgroundCheck:
    """Decide individually, for this job, on a report that is not clear; again once it was answered.

    Raises NotPermitted for anyone but HR, RuleBroken without such a report, after the adverse notice, or at
    `reason`.
    """
    check = _after(_lock(session, application, Permission.BACKGROUND_ASSESS, actor), _REPORTED)
    if check.result is not BackgroundResult.CONSIDER:
        raise RuleBroken("A clear report needs no individual assessment.")
    if check.adverse_sent_at is not None:
        raise RuleBroken("The adverse notice was sent; the assessment stays.")
    check.assessment_reason = written(reason, "Give the reason of the individual assessment.")
    check.assessment, check.assessed_at, check.assessed_by_id = assessment, clock.now(), actor.id
    return _keep(session, check, "background_check:assess", actor, assessment=assessment.value)


def send_pre_adverse(
    session: Session, application: Application, *, text: str, actor: Actor
) -> BackgroundCheck:
    """Give the candidate the notice, the report and their rights on their own page, and tell them by mail.

    Whose law holds says how long they have to answer. Raises RuleBroken unless the assessment is adverse,
    the second time, while a copy of the report or the summary of rights that the law wants is missing, or
    at `text`.
    """
    check = _after(_lock(session, application, Permission.BACKGROUND_ASSESS, actor), _REPORTED)
    _refuse_unless_adverse(check)
    if check.pre_adverse_sent_at is not None:
        raise RuleBroken("The pre-adverse notice was sent already.")
    words = checked_notice_words(text)
    where = law_of(session.get_one(Job, application.job_id).jurisdiction)
    today = clock.today()
    period, notice = waiting_period(where, on=today), notice_in_force(where, on=today)
    summary = enclosed_summary(session, application, notice, where)
    check.pre_adverse_sent_at = clock.now()
    check.wait_until = wait_until(today, where)
    session.add(
        PreAdverseNotice(
            application_id=application.id,
            text=words,
            summary_id=summary.id if summary else None,
            sent_at=check.pre_adverse_sent_at,
        )
    )
    tell_of_notice(session, application, check.wait_until - timedelta(days=1))
    # By which rows it was done stays on record, whatever the tables say later.
    told = {"business_days": period.business_days, "waiting": period.source, "words": notice.source}
    return _keep(session, check, "background_check:send_pre_adverse", actor, **told)


def record_adverse(session: Session, application: Application, *, actor: Actor) -> BackgroundCheck:
    """Note that the adverse notice went out, after the waiting time. Raises RuleBroken before it is over."""
    check = _after(_lock(session, application, Permission.BACKGROUND_ASSESS, actor), _REPORTED)
    _refuse_unless_adverse(check)
    if check.wait_until is None:
        raise RuleBroken("Send the pre-adverse notice first.")
    if clock.today() < check.wait_until:
        last_day = day_in_words(check.wait_until - timedelta(days=1))
        raise RuleBroken(f"The candidate may answer the report until the end of {last_day}.")
    if check.adverse_sent_at is not None:
        raise RuleBroken("The adverse notice was sent already.")
    check.adverse_sent_at = clock.now()
    return _keep(session, check, "background_check:record_adverse", actor)


def _lock(
    session: Session, application: Application, permission: Permission, actor: Actor
) -> BackgroundCheck | None:
    require(actor, permission, Subject(job_id=application.job_id))
    lock_in_stage(session, application.id, STAGES, "A background check")
    return session.get(BackgroundCheck, application.id, populate_existing=True)


def _after(check: BackgroundCheck | None, steps: Iterable[tuple[str, str]]) -> BackgroundCheck:
    """The check, if the steps before were taken; each with the sentence for when it was not."""
    if check is None:
        raise RuleBroken("Disclose the background check to the candidate first.")
    for name, sentence in steps:
        if not getattr(check, name):
            raise RuleBroken(sentence)
    return check


def _refuse_unless_adverse(check: BackgroundCheck) -> None:
    if check.assessment is not AssessmentResult.ADVERSE:
        raise RuleBroken("Only an adverse individual assessment leads to these notices.")


def _keep(
    session: Session, check: BackgroundCheck, action: str, actor: Actor, **detail: Any
) -> BackgroundCheck:
    check.updated_by = actor.key
    session.flush()
    record(session, action, check, actor=actor, **detail)
    return check

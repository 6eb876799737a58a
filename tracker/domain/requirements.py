"""What must hold before a move: named predicates over the facts of one application."""

from collections.abc import Callable
from datetime import date

from tracker.domain.actors import Role
from tracker.domain.days import day_in_words
from tracker.domain.facts import Facts
from tracker.domain.requirement_names import (
    NEVER_OVERRIDDEN,
    OWNER_LABELS,
    REQUIREMENT_LABELS,
    Owner,
    Requirement,
    Unmet,
)

__all__ = [
    "CHECKS",
    "NEVER_OVERRIDDEN",
    "OWNER_LABELS",
    "REQUIREMENT_LABELS",
    "Owner",
    "Requirement",
    "Unmet",
    "unmet",
]


def _unless(is_met: bool, requirement: Requirement, detail: str, owner: Owner) -> Unmet | None:
    return None if is_met else Unmet(requirement, detail, owner)


def _listed(names: tuple[str, ...], most: int = 3) -> str:
    shown = ", ".join(names[:most])
    return f"{shown} and {len(names) - most} more" if len(names) > most else shown


def _contact_data(facts: Facts, today: date) -> Unmet | None:
    return _unless(
        facts.has_contact_data,
        Requirement.CONTACT_DATA,
        "an e-mail address or a phone number",
        Owner.CANDIDATE,
    )


def _consent_notice(facts: Facts, today: date) -> Unmet | None:
    return _unless(
        facts.has_consent_notice,
        Requirement.CONSENT_NOTICE,
        "the version of the privacy notice that the candidate was given",
        Owner.CANDIDATE,
    )


def _resume_or_profile(facts: Facts, today: date) -> Unmet | None:
    return _unless(
        facts.has_resume_or_profile, Requirement.RESUME_OR_PROFILE, "a résumé or a profile", Owner.CANDIDATE
    )


def _required_answers(facts: Facts, today: date) -> Unmet | None:
    return _unless(
        not facts.unanswered,
        Requirement.REQUIRED_ANSWERS,
        f"an answer to: {_listed(facts.unanswered)}",
        Owner.CANDIDATE,
    )


def _resume_review(facts: Facts, today: date) -> Unmet | None:
    if facts.resume_review_passed is False:
        return Unmet(
            Requirement.RESUME_REVIEW,
            "the résumé review was not passed; reject, or review again",
            Owner.RECRUITER,
        )
    return _unless(
        facts.resume_review_passed is True or not facts.needs_resume_review,
        Requirement.RESUME_REVIEW,
        "the résumé review",
        Owner.RECRUITER,
    )


def _screening_call(facts: Facts, today: date) -> Unmet | None:
    return _unless(
        facts.is_screening_call_done or not facts.needs_screening_call,
        Requirement.SCREENING_CALL,
        "the screening call, or a reason to waive it",
        Owner.RECRUITER,
    )


def _rounds_held(facts: Facts, today: date) -> Unmet | None:
    if facts.rounds_planned == 0:
        return Unmet(
            Requirement.ROUNDS_HELD, "an interview plan with at least one round", Owner.HIRING_MANAGER
        )
    held, planned = facts.rounds_held, facts.rounds_planned
    some = f"{held} of {planned} {'interview' if planned == 1 else 'interviews'} held"
    detail = some if held else "no interview held yet"
    return _unless(held >= planned, Requirement.ROUNDS_HELD, detail, Owner.RECRUITER)


def _scorecards(facts: Facts, today: date) -> Unmet | None:
    if facts.cards_expected == 0:
        return Unmet(Requirement.SCORECARDS, "an interview with a panel", Owner.RECRUITER)
    done = facts.cards_expected - len(facts.cards_due)
    waiting = _listed(tuple(card for _, card in facts.cards_due))
    return _unless(
        not facts.cards_due,
        Requirement.SCORECARDS,
        f"{done} of {facts.cards_expected} scorecards; waiting for {waiting}",
        Owner.INTERVIEWERS,
    )


def _competencies_rated(facts: Facts, today: date) -> Unmet | None:
    if not facts.has_rubric:
        return Unmet(Requirement.COMPETENCIES_RATED, "a published rubric on the job", Owner.HIRING_MANAGER)
    return _unless(
        not facts.under_rated,
        Requirement.COMPETENCIES_RATED,
        f"more independent ratings of {_listed(facts.under_rated)}",
        Owner.INTERVIEWERS,
    )


def _debrief(facts: Facts, today: date) -> Unmet | None:
    if facts.debrief_advances is False:
        return Unmet(Requirement.DEBRIEF, "the debrief decided to stop", Owner.HIRING_MANAGER)
    return _unless(
        facts.debrief_advances is True, Requirement.DEBRIEF, "the debrief decision", Owner.HIRING_MANAGER
    )


def _references(facts: Facts, today: date) -> Unmet | None:
    return _unless(
        facts.references_received >= facts.references_required,
        Requirement.REFERENCES,
        f"{facts.references_received} of {facts.references_required} references received",
        Owner.REFEREES,
    )


def _background_check(facts: Facts, today: date) -> Unmet | None:
    steps = (
        (facts.is_disclosure_sent, "the disclosure of the background check", Owner.RECRUITER),
        (
            facts.has_background_consent is not False,
            "consent: the candidate refused the check",
            Owner.CANDIDATE,
        ),
        (
            facts.has_background_consent is True,
            "the candidate's consent to the background check",
            Owner.CANDIDATE,
        ),
        (facts.is_background_cleared is not None, "the result of the background check", Owner.RECRUITER),
        (facts.is_background_cleared is True, "an individual assessment of the background report", Owner.HR),
    )
    if not facts.needs_background_check:
        return None
    return next(
        (Unmet(Requirement.BACKGROUND_CHECK, detail, owner) for holds, detail, owner in steps if not holds),
        None,
    )


def _offer_approved(facts: Facts, today: date) -> Unmet | None:
    if facts.is_offer_approved and facts.is_offer_sent:
        return None
    if facts.is_offer_approved:
        return Unmet(Requirement.OFFER_APPROVED, "sending the approved offer", Owner.RECRUITER)
    if facts.has_open_offer:
        owner = Owner.HR if facts.offer_step is Role.HR else Owner.HIRING_MANAGER
        return Unmet(Requirement.OFFER_APPROVED, "approval of the offer", owner)
    return Unmet(Requirement.OFFER_APPROVED, "an offer", Owner.RECRUITER)


def _offer_accepted(facts: Facts, today: date) -> Unmet | None:
    return _unless(
        facts.is_offer_accepted,
        Requirement.OFFER_ACCEPTED,
        "the candidate's acceptance before the offer expires",
        Owner.CANDIDATE,
    )


def _opening_free(facts: Facts, today: date) -> Unmet | None:
    return _unless(
        facts.openings_free > 0, Requirement.OPENING_FREE, "a free opening: all are taken", Owner.HR
    )


def _no_other_active(facts: Facts, today: date) -> Unmet | None:
    return _unless(
        not facts.has_other_active,
        Requirement.NO_OTHER_ACTIVE,
        "closing the other active application of this person on the job first",
        Owner.RECRUITER,
    )


def _onboarding_tasks(facts: Facts, today: date) -> Unmet | None:
    return _unless(
        not facts.open_tasks,
        Requirement.ONBOARDING_TASKS,
        f"{len(facts.open_tasks)} required onboarding tasks: {_listed(facts.open_tasks)}",
        Owner.RECRUITER,
    )


def _start_date(facts: Facts, today: date) -> Unmet | None:
    if facts.starts_on is None:
        return Unmet(Requirement.START_DATE, "a start date", Owner.RECRUITER)
    return _unless(
        today >= facts.starts_on,
        Requirement.START_DATE,
        f"the start date, {day_in_words(facts.starts_on)}",
        Owner.RECRUITER,
    )


def _no_open_offer(facts: Facts, today: date) -> Unmet | None:
    return _unless(
        not facts.has_open_offer,
        Requirement.NO_OPEN_OFFER,
        "withdrawing the open offer first",
        Owner.RECRUITER,
    )


def _pre_adverse_wait(facts: Facts, today: date) -> Unmet | None:
    """Source: 15 USC 1681b(b)(3); no other reason leads round the notice of an adverse report."""
    until = facts.pre_adverse_wait_until
    if facts.is_background_cleared:
        return None
    if facts.is_background_cleared is False and not facts.is_report_adverse:
        detail = "an individual assessment of the background report"
        return Unmet(Requirement.PRE_ADVERSE_WAIT, detail, Owner.HR)
    if facts.is_report_adverse and until is None:
        detail = "the pre-adverse notice to the candidate about the background report"
        return Unmet(Requirement.PRE_ADVERSE_WAIT, detail, Owner.HR)
    return _unless(
        until is None or today >= until,
        Requirement.PRE_ADVERSE_WAIT,
        f"waiting until {day_in_words(until) if until else ''}: the candidate may answer the background"
        " report",
        Owner.CANDIDATE,
    )


CHECKS: dict[Requirement, Callable[[Facts, date], Unmet | None]] = {
    Requirement.CONTACT_DATA: _contact_data,
    Requirement.CONSENT_NOTICE: _consent_notice,
    Requirement.RESUME_OR_PROFILE: _resume_or_profile,
    Requirement.REQUIRED_ANSWERS: _required_answers,
    Requirement.RESUME_REVIEW: _resume_review,
    Requirement.SCREENING_CALL: _screening_call,
    Requirement.ROUNDS_HELD: _rounds_held,
    Requirement.SCORECARDS: _scorecards,
    Requirement.COMPETENCIES_RATED: _competencies_rated,
    Requirement.DEBRIEF: _debrief,
    Requirement.REFERENCES: _references,
    Requirement.BACKGROUND_CHECK: _background_check,
    Requirement.OFFER_APPROVED: _offer_approved,
    Requirement.OFFER_ACCEPTED: _offer_accepted,
    Requirement.OPENING_FREE: _opening_free,
    Requirement.NO_OTHER_ACTIVE: _no_other_active,
    Requirement.ONBOARDING_TASKS: _onboarding_tasks,
    Requirement.START_DATE: _start_date,
    Requirement.NO_OPEN_OFFER: _no_open_offer,
    Requirement.PRE_ADVERSE_WAIT: _pre_adverse_wait,
}


def unmet(needs: tuple[Requirement, ...], facts: Facts, today: date) -> tuple[Unmet, ...]:
    """Which of the needs do not hold on this day, each with its sentence and owner, in the table's order."""
    return tuple(missing for need in needs if (missing := CHECKS[need](facts, today)) is not None)

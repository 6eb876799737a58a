"""The names of requirements and of who owes them."""

from dataclasses import dataclass

from tracker.domain.keys import Key


class Owner(Key):
    """Who owes a requirement."""

    CANDIDATE = "candidate"
    RECRUITER = "recruiter"
    HIRING_MANAGER = "hiring_manager"
    INTERVIEWERS = "interviewers"
    REFEREES = "referees"
    HR = "hr"
    YOU = "you"


OWNER_LABELS = {
    Owner.CANDIDATE: "candidate",
    Owner.RECRUITER: "recruiter",
    Owner.HIRING_MANAGER: "hiring manager",
    Owner.INTERVIEWERS: "interviewers",
    Owner.REFEREES: "referees",
    Owner.HR: "HR",
    Owner.YOU: "you",
}


class Requirement(Key):
    """A fact that must hold before a move."""

    CONTACT_DATA = "contact_data"
    CONSENT_NOTICE = "consent_notice"
    RESUME_OR_PROFILE = "resume_or_profile"
    REQUIRED_ANSWERS = "required_answers"
    RESUME_REVIEW = "resume_review"
    SCREENING_CALL = "screening_call"
    ROUNDS_HELD = "rounds_held"
    SCORECARDS = "scorecards"
    COMPETENCIES_RATED = "competencies_rated"
    DEBRIEF = "debrief"
    REFERENCES = "references"
    BACKGROUND_CHECK = "background_check"
    OFFER_APPROVED = "offer_approved"
    OFFER_ACCEPTED = "offer_accepted"
    OPENING_FREE = "opening_free"
    NO_OTHER_ACTIVE = "no_other_active"
    ONBOARDING_TASKS = "onboarding_tasks"
    START_DATE = "start_date"
    NO_OPEN_OFFER = "no_open_offer"
    PRE_ADVERSE_WAIT = "pre_adverse_wait"


REQUIREMENT_LABELS = {
    Requirement.CONTACT_DATA: "contact data",
    Requirement.CONSENT_NOTICE: "consent notice",
    Requirement.RESUME_OR_PROFILE: "résumé or profile",
    Requirement.REQUIRED_ANSWERS: "answers to the job's questions",
    Requirement.RESUME_REVIEW: "résumé review",
    Requirement.SCREENING_CALL: "screening call",
    Requirement.ROUNDS_HELD: "every planned round held",
    Requirement.SCORECARDS: "a scorecard from every panel member",
    Requirement.COMPETENCIES_RATED: "every required competency rated by enough people",
    Requirement.DEBRIEF: "debrief decision to advance",
    Requirement.REFERENCES: "references",
    Requirement.BACKGROUND_CHECK: "background check",
    Requirement.OFFER_APPROVED: "approved offer sent",
    Requirement.OFFER_ACCEPTED: "offer accepted in time",
    Requirement.OPENING_FREE: "free opening",
    Requirement.NO_OTHER_ACTIVE: "no other active application of this person on the job",
    Requirement.ONBOARDING_TASKS: "onboarding tasks",
    Requirement.START_DATE: "start date reached",
    Requirement.NO_OPEN_OFFER: "no open offer",
    Requirement.PRE_ADVERSE_WAIT: "waiting time before an adverse decision",
}


NEVER_OVERRIDDEN = frozenset({Requirement.OPENING_FREE, Requirement.NO_OTHER_ACTIVE})
"""Requirements that the database holds as well: nobody goes on without them."""


@dataclass(frozen=True, slots=True)
class Unmet:
    """A requirement that does not hold: what is missing in words, and who owes it."""

    requirement: Requirement
    detail: str
    owner: Owner

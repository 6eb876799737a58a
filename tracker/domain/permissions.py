"""Who may do what: one table of permissions, each with the clauses of which one must hold."""

from collections.abc import Callable
from dataclasses import dataclass

from tracker.domain.actors import Actor, ActorKind, Role, TeamRole
from tracker.domain.keys import Key


class Permission(Key):
    """Something a person may be allowed to do, as noun:verb."""

    JOB_READ = "job:read"
    JOB_CREATE = "job:create"
    JOB_EDIT = "job:edit"
    JOB_OPEN = "job:open"
    JOB_CHANGE_STATUS = "job:change_status"
    JOB_SET_TEAM = "job:set_team"
    JOB_SET_PLAN = "job:set_plan"
    POSTING_EDIT = "posting:edit"
    CANDIDATE_READ = "candidate:read"
    CANDIDATE_CREATE = "candidate:create"
    CANDIDATE_EDIT = "candidate:edit"
    CANDIDATE_MERGE = "candidate:merge"
    CANDIDATE_IMPORT = "candidate:import"
    CONTACT_READ = "contact:read"
    APPLICATION_READ = "application:read"
    APPLICATION_CREATE = "application:create"
    APPLICATION_MOVE = "application:move"
    APPLICATION_TRANSFER = "application:transfer"
    REQUIREMENT_OVERRIDE = "requirement:override"
    HISTORY_READ = "history:read"
    HISTORY_IMPORT = "history:import"
    NOTE_READ = "note:read"
    NOTE_CREATE = "note:create"
    TAG_SET = "tag:set"
    APPLICATION_ASSIGN = "application:assign"
    FILE_READ = "file:read"
    FILE_CREATE = "file:create"
    SCREENING_RECORD = "screening:record"
    INTERVIEW_READ = "interview:read"
    INTERVIEW_SCHEDULE = "interview:schedule"
    SCORECARD_SUBMIT = "scorecard:submit"
    SCORECARD_READ_OTHERS = "scorecard:read_others"
    DEBRIEF_READ = "debrief:read"
    DEBRIEF_DECIDE = "debrief:decide"
    REFERENCE_RECORD = "reference:record"
    BACKGROUND_RECORD = "background:record"
    BACKGROUND_ASSESS = "background:assess"
    OFFER_READ = "offer:read"
    OFFER_DRAFT = "offer:draft"
    OFFER_APPROVE = "offer:approve"
    OFFER_RECORD = "offer:record"
    ONBOARDING_READ = "onboarding:read"
    ONBOARDING_RECORD = "onboarding:record"
    FRAMEWORK_READ = "framework:read"
    FRAMEWORK_IMPORT = "framework:import"
    RUBRIC_READ = "rubric:read"
    RUBRIC_EDIT = "rubric:edit"
    RUBRIC_PUBLISH = "rubric:publish"
    REPORT_READ = "report:read"
    REPORT_EXPORT = "report:export"
    AGREEMENT_READ = "agreement:read"
    SELF_IDENTIFICATION_REPORT = "self_identification:report"
    RETENTION_READ = "retention:read"
    RETENTION_DECIDE = "retention:decide"
    LEGAL_HOLD_SET = "legal_hold:set"
    USER_READ = "user:read"
    USER_MANAGE = "user:manage"
    DECISION_FILE_EXPORT = "decision_file:export"
    AUDIT_READ = "audit:read"
    OUTBOX_READ = "outbox:read"
    OUTBOX_SEND = "outbox:send"
    MESSAGE_SEND = "message:send"
    MAIL_TEMPLATE_EDIT = "mail_template:edit"
    OFFER_RULE_EDIT = "offer_rule:edit"
    ONBOARDING_TEMPLATE_EDIT = "onboarding_template:edit"
    NOTICE_EDIT = "notice:edit"
    ERASURE_SETTLE = "erasure:settle"
    VIEW_SAVE = "view:save"
    HOLIDAYS_EDIT = "holidays:edit"
    APPLICANT_FLOW_READ = "applicant_flow:read"
    SPEND_EDIT = "spend:edit"
    BUDDY_SET = "buddy:set"
    BUDDY_READ = "buddy:read"


@dataclass(frozen=True, slots=True)
class Subject:
    """What is acted on, as far as permissions ask: its job, application, panel, and who made it."""

    job_id: int | None = None
    application_id: int | None = None
    panel: frozenset[int] = frozenset()
    """User ids of everyone on a panel: of the interview, or of any interview of the application."""
    owes_card: frozenset[int] = frozenset()
    """User ids that still owe a scorecard on this application."""
    drafted_by: int | None = None
    approved_by: frozenset[int] = frozenset()
    """User ids that approved an earlier step of it."""
    step: Role | None = None
    """Who the next step of its approval asks for, where there are steps."""
    buddy: int | None = None
    """User id of the new hire's buddy."""


ANYTHING = Subject()

Clause = Callable[[Actor, Subject], bool]


def is_system(actor: Actor, subject: Subject) -> bool:
    """the command line"""
    return actor.kind is ActorKind.SYSTEM


def is_hr(actor: Actor, subject: Subject) -> bool:
    """HR"""
    return actor.has_role(Role.HR)


def is_recruiter(actor: Actor, subject: Subject) -> bool:
    """a recruiter"""
    return actor.has_role(Role.RECRUITER)


def is_hiring_manager(actor: Actor, subject: Subject) -> bool:
    """a hiring manager"""
    return actor.has_role(Role.HIRING_MANAGER)


def is_hiring_manager_of_job(actor: Actor, subject: Subject) -> bool:
    """the hiring manager of the job"""
    return actor.has_role(Role.HIRING_MANAGER) and actor.is_on_team(subject.job_id, TeamRole.HIRING_MANAGER)


def is_recruiter_of_job(actor: Actor, subject: Subject) -> bool:
    """the recruiter of the job"""
    return actor.has_role(Role.RECRUITER) and actor.is_on_team(subject.job_id, TeamRole.RECRUITER)


def is_on_team(actor: Actor, subject: Subject) -> bool:
    """somebody on the hiring team of the job"""
    return actor.is_on_team(subject.job_id)


def is_on_panel(actor: Actor, subject: Subject) -> bool:
    """a member of the interview's panel"""
    return actor.id is not None and actor.id in subject.panel


def is_interviewer_on_panel(actor: Actor, subject: Subject) -> bool:
    """an interviewer of the application who has handed in every scorecard of their own"""
    return is_on_panel(actor, subject) and has_submitted_own(actor, subject)


def has_submitted_own(actor: Actor, subject: Subject) -> bool:
    """owes no scorecard on the application"""
    return actor.id not in subject.owes_card


def is_signed_in(actor: Actor, subject: Subject) -> bool:
    """anyone signed in"""
    return actor.kind is ActorKind.USER


def is_staff_who_owes_no_card(actor: Actor, subject: Subject) -> bool:
    """a recruiter, HR or the hiring manager of the job, once their own scorecards are in"""
    may = is_recruiter(actor, subject) or is_hr(actor, subject) or is_hiring_manager_of_job(actor, subject)
    return may and has_submitted_own(actor, subject)


def is_approver_not_drafter(actor: Actor, subject: Subject) -> bool:
    """the hiring manager of the job or HR, as the step asks; never who drafted it or approved it before"""
    if actor.id == subject.drafted_by or actor.id in subject.approved_by:
        return False
    by_role = {Role.HR: is_hr, Role.HIRING_MANAGER: is_hiring_manager_of_job}
    asked = by_role.values() if subject.step is None else [by_role[subject.step]]
    return any(clause(actor, subject) for clause in asked)


def is_buddy(actor: Actor, subject: Subject) -> bool:
    """the buddy of the new hire"""
    return actor.id is not None and actor.id == subject.buddy


_RECRUITING: tuple[Clause, ...] = (is_recruiter, is_hr, is_system)
_MANAGING: tuple[Clause, ...] = (is_recruiter, is_hr, is_hiring_manager_of_job, is_system)

POLICY: dict[Permission, tuple[Clause, ...]] = {
    Permission.JOB_READ: (*_RECRUITING, is_on_team),
    Permission.JOB_CREATE: (is_recruiter, is_hr, is_hiring_manager, is_system),
    Permission.JOB_EDIT: _MANAGING,
    Permission.JOB_OPEN: (is_hr, is_system),
    Permission.JOB_CHANGE_STATUS: _RECRUITING,
    Permission.JOB_SET_TEAM: _MANAGING,
    Permission.JOB_SET_PLAN: _MANAGING,
    Permission.POSTING_EDIT: _MANAGING,
    Permission.CANDIDATE_READ: (*_MANAGING, is_on_panel),
    Permission.CANDIDATE_CREATE: _RECRUITING,
    Permission.CANDIDATE_EDIT: _RECRUITING,
    Permission.CANDIDATE_MERGE: _RECRUITING,
    Permission.CANDIDATE_IMPORT: _RECRUITING,
    Permission.CONTACT_READ: _MANAGING,
    Permission.APPLICATION_READ: (*_MANAGING, is_on_panel),
    Permission.APPLICATION_CREATE: _RECRUITING,
    Permission.APPLICATION_MOVE: _MANAGING,
    Permission.APPLICATION_TRANSFER: _RECRUITING,
    Permission.REQUIREMENT_OVERRIDE: (is_hr,),
    Permission.HISTORY_READ: _MANAGING,
    Permission.HISTORY_IMPORT: (is_hr, is_system),
    Permission.NOTE_READ: (is_staff_who_owes_no_card, is_system),
    Permission.NOTE_CREATE: _MANAGING,
    Permission.TAG_SET: _MANAGING,
    Permission.APPLICATION_ASSIGN: _RECRUITING,
    Permission.FILE_READ: (*_MANAGING, is_on_panel),
    Permission.FILE_CREATE: _RECRUITING,
    Permission.SCREENING_RECORD: _RECRUITING,
    Permission.INTERVIEW_READ: (*_MANAGING, is_on_panel),
    Permission.INTERVIEW_SCHEDULE: _MANAGING,
    Permission.SCORECARD_SUBMIT: (is_on_panel,),
    Permission.SCORECARD_READ_OTHERS: (is_staff_who_owes_no_card, is_interviewer_on_panel),
    Permission.DEBRIEF_READ: (is_staff_who_owes_no_card,),
    Permission.DEBRIEF_DECIDE: (is_hiring_manager_of_job, is_hr),
    Permission.REFERENCE_RECORD: _RECRUITING,
    Permission.BACKGROUND_RECORD: _RECRUITING,
    Permission.BACKGROUND_ASSESS: (is_hr,),
    Permission.OFFER_READ: (is_recruiter_of_job, is_hiring_manager_of_job, is_hr, is_system),
    Permission.OFFER_DRAFT: (is_recruiter_of_job, is_hr, is_system),
    Permission.OFFER_APPROVE: (is_approver_not_drafter,),
    Permission.OFFER_RECORD: (is_recruiter_of_job, is_hr, is_system),
    Permission.ONBOARDING_READ: _MANAGING,
    Permission.ONBOARDING_RECORD: _MANAGING,
    Permission.FRAMEWORK_READ: (is_signed_in, is_system),
    Permission.FRAMEWORK_IMPORT: (is_hr, is_hiring_manager, is_system),
    Permission.RUBRIC_READ: (*_RECRUITING, is_on_team, is_on_panel),
    Permission.RUBRIC_EDIT: (is_hr, is_hiring_manager_of_job, is_system),
    Permission.RUBRIC_PUBLISH: (is_hr, is_hiring_manager_of_job),
    Permission.REPORT_READ: (is_recruiter, is_hr, is_hiring_manager_of_job, is_system),
    Permission.REPORT_EXPORT: (is_recruiter, is_hr, is_hiring_manager_of_job, is_system),
    Permission.AGREEMENT_READ: (is_hr, is_hiring_manager_of_job, is_system),
    Permission.SELF_IDENTIFICATION_REPORT: (is_hr, is_system),
    Permission.RETENTION_READ: (is_hr, is_system),
    Permission.RETENTION_DECIDE: (is_hr, is_system),
    Permission.LEGAL_HOLD_SET: (is_hr,),
    Permission.USER_READ: (is_recruiter, is_hr, is_hiring_manager, is_system),
    Permission.USER_MANAGE: (is_hr, is_system),
    Permission.DECISION_FILE_EXPORT: (is_hr,),
    Permission.AUDIT_READ: (is_hr, is_system),
    Permission.OUTBOX_READ: (is_hr, is_system),
    Permission.OUTBOX_SEND: (is_hr, is_system),
    Permission.MESSAGE_SEND: (is_recruiter, is_hr, is_system),
    Permission.MAIL_TEMPLATE_EDIT: (is_hr, is_system),
    Permission.OFFER_RULE_EDIT: (is_hr, is_system),
    Permission.ONBOARDING_TEMPLATE_EDIT: (is_hr, is_system),
    Permission.NOTICE_EDIT: (is_hr, is_system),
    Permission.ERASURE_SETTLE: (is_hr,),
    Permission.VIEW_SAVE: (is_signed_in,),
    Permission.HOLIDAYS_EDIT: (is_hr, is_system),
    Permission.APPLICANT_FLOW_READ: (is_hr, is_system),
    Permission.SPEND_EDIT: (is_hr, is_system),
    Permission.BUDDY_SET: (is_hr, is_hiring_manager_of_job),
    Permission.BUDDY_READ: (is_buddy,),
}


def can(actor: Actor, permission: Permission, subject: Subject = ANYTHING) -> bool:
    """Whether the actor may do this to the subject: one clause of the policy row must hold."""
    return any(clause(actor, subject) for clause in POLICY[permission])


def can_for_some_job(actor: Actor, permission: Permission) -> bool:
    """Whether the actor may do this on at least one job of theirs, or everywhere; opens a section, never a
    row.
    """
    return can(actor, permission) or any(can(actor, permission, Subject(job_id=j)) for j in actor.teams)


def policy_rows() -> tuple[tuple[str, str], ...]:
    """The policy in words: (permission, who), for the page and the README."""
    return tuple((p.value, ", or ".join((c.__doc__ or "").strip() for c in POLICY[p])) for p in Permission)

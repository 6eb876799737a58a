"""What may happen to a job: its changes of status, and what its details and rounds must look like."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from tracker.domain.actors import Actor
from tracker.domain.eeo1 import checked_category
from tracker.domain.interview_plans import InterviewKind
from tracker.domain.jurisdictions import jurisdiction_written
from tracker.domain.names import clean_line, clean_text
from tracker.domain.permissions import Permission, Subject, can, policy_rows
from tracker.domain.rubrics import Seniority
from tracker.domain.rules import RuleBroken
from tracker.domain.stages import JOB_STATUS_LABELS, JobStatus

MOST_OPENINGS = 10_000
MOST_ROUNDS = 20
LONGEST_DESCRIPTION = 50_000


@dataclass(frozen=True, slots=True)
class StatusChange:
    """A change of status that exists: from where to where, if it needs a reason, and who may make it."""

    name: str
    from_status: JobStatus
    to_status: JobStatus
    needs_reason: bool
    permission: Permission


_CHANGE = Permission.JOB_CHANGE_STATUS

JOB_STATUS_CHANGES: tuple[StatusChange, ...] = (
    StatusChange("open", JobStatus.DRAFT, JobStatus.OPEN, False, Permission.JOB_OPEN),
    StatusChange("close", JobStatus.DRAFT, JobStatus.CLOSED, False, _CHANGE),
    StatusChange("hold", JobStatus.OPEN, JobStatus.ON_HOLD, False, _CHANGE),
    StatusChange("resume", JobStatus.ON_HOLD, JobStatus.OPEN, False, _CHANGE),
    StatusChange("fill", JobStatus.OPEN, JobStatus.FILLED, False, _CHANGE),
    StatusChange("fill", JobStatus.ON_HOLD, JobStatus.FILLED, False, _CHANGE),
    StatusChange("close", JobStatus.OPEN, JobStatus.CLOSED, False, _CHANGE),
    StatusChange("close", JobStatus.ON_HOLD, JobStatus.CLOSED, False, _CHANGE),
    StatusChange("reopen", JobStatus.FILLED, JobStatus.OPEN, True, _CHANGE),
    StatusChange("reopen", JobStatus.CLOSED, JobStatus.OPEN, True, _CHANGE),
)

STATUS_CHANGE_LABELS = {
    "open": "Open",
    "hold": "Put on hold",
    "resume": "Resume",
    "fill": "Mark as filled",
    "close": "Close",
    "reopen": "Reopen",
}


def permission_needed(change: StatusChange, *, is_approved: bool) -> Permission:
    """What it takes to make a change; the first opening of a job is its approval, whatever it is called."""
    opens = change.to_status is JobStatus.OPEN and not is_approved
    return Permission.JOB_OPEN if opens else change.permission


def why_not_filled(free: int) -> str:
    """Why a job with so many free openings is not filled; empty where none is free."""
    if free <= 0:
        return ""
    free_text = "1 opening is" if free == 1 else f"{free} openings are"
    return f"{free_text} still free: lower the number of openings, or close the job instead."


def why_manager_stays(status: JobStatus, managers_left: int) -> str:
    """Why the last hiring manager of a job cannot leave its team; empty where they can."""
    if managers_left or status not in (JobStatus.OPEN, JobStatus.ON_HOLD):
        return ""
    return "A running job keeps a hiring manager, who decides its debriefs: add another one first."


def status_changes_from(status: JobStatus) -> tuple[StatusChange, ...]:
    """Every change that a job of this status can take."""
    return tuple(change for change in JOB_STATUS_CHANGES if change.from_status is status)


@dataclass(frozen=True, slots=True)
class StatusOption:
    """A change that the job's status can take, and why this actor cannot make it now; empty if they can."""

    change: StatusChange
    refused: str


def status_options(
    status: JobStatus, *, is_approved: bool, free: int, actor: Actor, job_id: int
) -> tuple[StatusOption, ...]:
    """Every change that a job of this status can take, each with what stands against it for the actor.

    `free` is how many openings are free.
    """
    options = []
    for change in status_changes_from(status):
        needed = permission_needed(change, is_approved=is_approved)
        refused = why_not_filled(free) if change.to_status is JobStatus.FILLED else ""
        if not can(actor, needed, Subject(job_id=job_id)):
            refused = f"This takes {dict(policy_rows())[needed.value]}."
        options.append(StatusOption(change, refused))
    return tuple(options)


def find_status_change(name: str, status: JobStatus) -> StatusChange:
    """The change of this name for a job of this status. Raises RuleBroken where there is none."""
    for change in status_changes_from(status):
        if change.name == name:
            return change
    label = JOB_STATUS_LABELS[status].lower()
    raise RuleBroken(
        f"“{STATUS_CHANGE_LABELS[name]}” is not possible for a job that is {label}.", field="status"
    )


@dataclass(frozen=True, slots=True)
class JobDetails:
    """What a job is: the texts and numbers that its people set and may change."""

    title: str
    department: str | None = None
    location: str | None = None
    openings: int = 1
    references_required: int = 2
    needs_background_check: bool = False
    ratings_required: int = 2
    soc: str | None = None
    seniority: str = Seniority.ENTRY
    description: str = ""
    minimum_qualifications: tuple[str, ...] = ()
    preferred_qualifications: tuple[str, ...] = ()
    jurisdiction: str | None = None
    """Whose rules on questions and waiting days hold; without one, those that hold everywhere."""
    eeo1_category: str | None = None


def checked_details(details: JobDetails) -> JobDetails:
    """The details cleaned. Raises RuleBroken at the first field that cannot stand."""
    _check_range(details.openings, 1, MOST_OPENINGS, "openings", "The number of openings")
    _check_range(details.references_required, 0, 10, "references_required", "The number of references")
    _check_range(details.ratings_required, 1, 5, "ratings_required", "The number of ratings")
    if details.seniority not in set(Seniority):
        raise RuleBroken("Choose a seniority from the list.", field="seniority")
    return replace(
        details,
        title=clean_line(details.title, "The title", "title", longest=200, needed=True),
        department=_optional(details.department, "The department", "department", 200),
        location=_optional(details.location, "The location", "location", 200),
        soc=_optional(details.soc, "The occupation code", "soc", 20),
        seniority=str(details.seniority),
        jurisdiction=jurisdiction_written(details.jurisdiction),
        eeo1_category=checked_category(details.eeo1_category),
        description=clean_text(
            details.description, "The description", "description", longest=LONGEST_DESCRIPTION
        ),
        minimum_qualifications=_lines(details.minimum_qualifications, "minimum_qualifications"),
        preferred_qualifications=_lines(details.preferred_qualifications, "preferred_qualifications"),
    )


def _check_range(value: int, least: int, most: int, field: str, label: str) -> None:
    if not least <= value <= most:
        raise RuleBroken(f"{label} is from {least} to {most:,}.", field=field)


def _optional(text: str | None, label: str, field: str, longest: int) -> str | None:
    return clean_line(text or "", label, field, longest=longest) or None


def _lines(lines: Sequence[str], field: str) -> tuple[str, ...]:
    cleaned = (clean_line(line, "A qualification", field, longest=500) for line in lines)
    return tuple(line for line in cleaned if line)


@dataclass(frozen=True, slots=True)
class RoundDetails:
    """One planned round: its title, how it is held, its length in minutes, the keys of what it rates."""

    title: str
    kind: InterviewKind
    minutes: int
    competencies: tuple[str, ...] = ()


def checked_rounds(rounds: Sequence[RoundDetails], known: Collection[str] | None) -> tuple[RoundDetails, ...]:
    """The rounds cleaned; `known` holds the keys of the job's rubric, none where it has no rubric yet.

    Raises RuleBroken at the first round that cannot stand.
    """
    if len(rounds) > MOST_ROUNDS:
        raise RuleBroken(f"A plan has at most {MOST_ROUNDS} rounds.", field="rounds")
    return tuple(_checked_round(number, details, known) for number, details in enumerate(rounds, start=1))


def _checked_round(number: int, details: RoundDetails, known: Collection[str] | None) -> RoundDetails:
    if not 5 <= details.minutes <= 480:
        raise RuleBroken(f"Round {number} must last from 5 to 480 minutes.", field="rounds")
    keys = tuple(dict.fromkeys(details.competencies))
    unknown = [key for key in keys if known is not None and key not in known]
    if unknown:
        raise RuleBroken(
            f"Round {number} rates “{unknown[0]}”, which the job's rubric lacks.", field="rounds"
        )
    title = clean_line(details.title, f"The title of round {number}", "rounds", longest=200, needed=True)
    return replace(details, title=title, competencies=keys)

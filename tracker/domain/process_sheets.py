"""The process sheet of a job: what each stage asks for before the next, for this job, and who sees to it."""

from collections.abc import Mapping
from dataclasses import dataclass

from tracker.domain.job_setups import SetupFacts
from tracker.domain.move_table import TableRow, table_rows, who_may
from tracker.domain.moves import FORWARD_EDGES, Edge, MoveKind
from tracker.domain.requirement_names import OWNER_LABELS, REQUIREMENT_LABELS, Owner, Requirement
from tracker.domain.stages import STAGE_LABELS, TARGET_DAYS, Stage

OWNERS: dict[Requirement, Owner] = {
    Requirement.CONTACT_DATA: Owner.CANDIDATE,
    Requirement.CONSENT_NOTICE: Owner.CANDIDATE,
    Requirement.RESUME_OR_PROFILE: Owner.CANDIDATE,
    Requirement.REQUIRED_ANSWERS: Owner.CANDIDATE,
    Requirement.RESUME_REVIEW: Owner.RECRUITER,
    Requirement.SCREENING_CALL: Owner.RECRUITER,
    Requirement.ROUNDS_HELD: Owner.RECRUITER,
    Requirement.SCORECARDS: Owner.INTERVIEWERS,
    Requirement.COMPETENCIES_RATED: Owner.INTERVIEWERS,
    Requirement.DEBRIEF: Owner.HIRING_MANAGER,
    Requirement.REFERENCES: Owner.REFEREES,
    Requirement.BACKGROUND_CHECK: Owner.RECRUITER,
    Requirement.OFFER_APPROVED: Owner.RECRUITER,
    Requirement.OFFER_ACCEPTED: Owner.CANDIDATE,
    Requirement.OPENING_FREE: Owner.HR,
    Requirement.NO_OTHER_ACTIVE: Owner.RECRUITER,
    Requirement.ONBOARDING_TASKS: Owner.RECRUITER,
    Requirement.START_DATE: Owner.RECRUITER,
    Requirement.NO_OPEN_OFFER: Owner.RECRUITER,
    Requirement.PRE_ADVERSE_WAIT: Owner.CANDIDATE,
}
"""Who sees to each requirement in the usual course; a checklist names whoever owes its next step."""


@dataclass(frozen=True, slots=True)
class SheetNeed:
    """A requirement in words, what it is for this job (empty where it is the same for all), and its owner."""

    what: str
    detail: str
    owner: str


@dataclass(frozen=True, slots=True)
class SheetStep:
    """A stage, where it leads, who sends applications on, its target days, and what must hold before."""

    stage: str
    to: str
    who: str
    target_days: int
    needs: tuple[SheetNeed, ...]


def process_steps(facts: SetupFacts, targets: Mapping[Stage, int]) -> tuple[SheetStep, ...]:
    """The six stages in order with what each asks for on this job; `targets` are its own target days."""
    forward = (edge for edge in FORWARD_EDGES if edge.kind in (MoveKind.ADVANCE, MoveKind.COMPLETE))
    return tuple(_step(edge, facts, {**TARGET_DAYS, **targets}) for edge in forward)


def other_moves() -> tuple[TableRow, ...]:
    """Every move of the table that is no step forward: how one applies, goes back, closes and comes again."""
    steps = (MoveKind.ADVANCE.value, MoveKind.COMPLETE.value)
    return tuple(row for row in table_rows() if row.move not in steps)


def _step(edge: Edge, facts: SetupFacts, days: Mapping[Stage, int]) -> SheetStep:
    stage = edge.from_stage or edge.to_stage
    details = _details(facts)
    return SheetStep(
        stage=STAGE_LABELS[stage],
        to="Hired" if edge.kind is MoveKind.COMPLETE else STAGE_LABELS[edge.to_stage],
        who=who_may(edge.who),
        target_days=days[stage],
        needs=tuple(
            SheetNeed(REQUIREMENT_LABELS[need], details.get(need, ""), _owner(OWNERS[need], facts))
            for need in edge.needs
        ),
    )


def _details(facts: SetupFacts) -> dict[Requirement, str]:
    rubric = (
        f"rubric version {facts.rubric_version}" if facts.rubric_version else "no rubric is published yet"
    )
    qualifications = _counted(facts.minimum_qualifications, "minimum qualification")
    hidden = "; names hidden until the review" if facts.has_hidden_names else ""
    ratings = _counted(facts.ratings_required, "independent rating")
    return {
        Requirement.REQUIRED_ANSWERS: _counted(facts.questions_required, "required question"),
        Requirement.RESUME_REVIEW: (
            f"against {qualifications}{hidden}" if facts.needs_resume_review else "not needed"
        ),
        Requirement.SCREENING_CALL: _call(facts),
        Requirement.ROUNDS_HELD: _counted(facts.rounds, "planned round"),
        Requirement.COMPETENCIES_RATED: f"{ratings} each; {rubric}",
        Requirement.REFERENCES: _counted(facts.references_required, "reference"),
        Requirement.BACKGROUND_CHECK: "asked for" if facts.needs_background_check else "not asked for",
    }


def _call(facts: SetupFacts) -> str:
    scored = f"scored on {_counted(facts.screening_points, 'point')}" if facts.screening_points else ""
    return scored if facts.needs_screening_call else "not needed"


def _owner(owner: Owner, facts: SetupFacts) -> str:
    """The part somebody plays, with the names of those who play it on this job."""
    names = {
        Owner.RECRUITER: facts.recruiters,
        Owner.HIRING_MANAGER: facts.hiring_managers,
        Owner.INTERVIEWERS: facts.interviewers,
    }.get(owner, ())
    label = OWNER_LABELS[owner]
    return f"{label}: {', '.join(names)}" if names else label


def _counted(number: int, noun: str) -> str:
    return {0: f"no {noun}", 1: f"1 {noun}"}.get(number, f"{number} {noun}s")

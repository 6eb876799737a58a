"""What a job has of its set-up, and how far its planned rounds cover its rubric."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from tracker.domain.actors import TeamRole
from tracker.domain.competencies import Competency
from tracker.domain.interview_plans import planned_cover, rows_per_session
from tracker.domain.job_setups import SetupFacts
from tracker.domain.rubric_documents import rubric_from_document
from tracker.models.jobs import InterviewRound, Job, JobQuestion, StageTarget
from tracker.models.postings import Posting
from tracker.models.rubrics import Rubric, RubricStatus
from tracker.queries.job_teams import team_of
from tracker.queries.rubrics import scoring_rubric


@dataclass(frozen=True, slots=True)
class CoverRow:
    """One competency against the rounds of the plan: in which it is rated, how often, if enough."""

    competency: Competency
    rated_in: tuple[bool, ...]
    times: int
    is_lacking: bool


@dataclass(frozen=True, slots=True)
class PlanCover:
    """The rounds of a job, what each has room for, and every row of the rubric against them."""

    rounds: tuple[InterviewRound, ...]
    room: tuple[int, ...]
    """How many competencies each round has time for."""
    rubric: Rubric | None
    rows: tuple[CoverRow, ...]
    unknown: frozenset[str]
    """Keys that the rounds rate and the rubric lacks."""

    @property
    def lacking(self) -> tuple[Competency, ...]:
        """The required competencies that too few rounds rate: applications cannot leave Interview so."""
        return tuple(row.competency for row in self.rows if row.is_lacking and row.competency.is_required)


def plan_cover(session: Session, job: Job) -> PlanCover:
    """The job's planned rounds against the rubric version that its next session is scored on."""
    rubric = scoring_rubric(session, job)
    rounds = tuple(
        session.scalars(
            select(InterviewRound).where(InterviewRound.job_id == job.id).order_by(InterviewRound.position)
        )
    )
    keys = {key for one in rounds for key in one.competencies}
    room = tuple(rows_per_session(one.minutes) for one in rounds)
    if rubric is None:
        return PlanCover(rounds, room, None, (), frozenset())
    content = rubric_from_document(rubric.content)
    cover = planned_cover([r.competencies for r in rounds], content, ratings_needed=job.ratings_required)
    rows = tuple(
        CoverRow(
            competency=row,
            rated_in=tuple(row.key in one.competencies for one in rounds),
            times=cover.independent[row.key],
            is_lacking=row.key in cover.lacking,
        )
        for row in content.competencies
    )
    known = {row.key for row in content.competencies}
    return PlanCover(rounds, room, rubric, rows, frozenset(keys - known))


def setup_facts(session: Session, job: Job) -> SetupFacts:
    """What the job has of everything that it takes to open it and to walk it to the end."""
    people: dict[TeamRole, tuple[str, ...]] = dict.fromkeys(TeamRole, ())
    for member in team_of(session, job):
        people[member.role] += (member.user.name,)
    plan = plan_cover(session, job)
    questions, required, targets, drafts = session.execute(_counts(job)).one()
    return SetupFacts(
        has_description=bool(job.description.strip()),
        minimum_qualifications=len(job.minimum_qualifications),
        hiring_managers=people[TeamRole.HIRING_MANAGER],
        recruiters=people[TeamRole.RECRUITER],
        interviewers=people[TeamRole.INTERVIEWER],
        rubric_version=plan.rubric.number if plan.rubric else None,
        has_rubric_draft=bool(drafts),
        rounds=len(plan.rounds),
        without_cover=tuple(row.name for row in plan.lacking),
        ratings_required=job.ratings_required,
        questions=questions,
        questions_required=required,
        screening_points=len(job.screening_points or ()),
        has_hidden_names=job.has_hidden_names,
        needs_resume_review=job.needs_resume_review,
        needs_screening_call=job.needs_screening_call,
        posting=_posting(session, job),
        own_targets=targets,
        references_required=job.references_required,
        needs_background_check=job.needs_background_check,
    )


def _posting(session: Session, job: Job) -> str:
    posting = session.get(Posting, job.id)
    if posting is None:
        return "Not written"
    if posting.published_at is None:
        return "Written, not published"
    return "Published for people of the house" if posting.is_internal else "Published"


def _counts(job: Job) -> Select[*tuple[Any, ...]]:
    asked = select(func.count()).where(JobQuestion.job_id == job.id, JobQuestion.retired_at.is_(None))
    drafts = select(func.count()).where(Rubric.job_id == job.id, Rubric.status == RubricStatus.DRAFT)
    return select(
        asked.scalar_subquery(),
        asked.where(JobQuestion.is_required).scalar_subquery(),
        select(func.count()).where(StageTarget.job_id == job.id).scalar_subquery(),
        drafts.scalar_subquery(),
    )

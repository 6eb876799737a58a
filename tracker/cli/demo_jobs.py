"""The jobs of a demonstration, as an order desk would post them, with team, reviewed rubric and plan."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from tracker.domain.actors import Actor, TeamRole
from tracker.domain.frameworks import Level
from tracker.domain.jobs import JobDetails
from tracker.domain.offers import SalaryPeriod
from tracker.domain.postings import EmploymentType, PostingDetails
from tracker.domain.rubrics import Seniority, rubric_from_document
from tracker.domain.stages import Stage
from tracker.models.frameworks import FrameworkRow
from tracker.models.jobs import Job
from tracker.models.rubrics import Rubric
from tracker.models.users import User
from tracker.services.job_plans import add_question, plan_from_rubric, set_stage_target
from tracker.services.job_teams import add_team_member
from tracker.services.jobs import create_job, open_job
from tracker.services.postings import NOT_WRITTEN, publish_posting, write_posting
from tracker.services.rubric_edits import confirm_anchor, remove_competency, set_weight
from tracker.services.rubrics import generate_rubric_draft, publish_rubric

_SOC = "43-4151.00"
_WORK = """You take orders by phone, e-mail and web shop, check prices and stock, enter them without slips,
and tell customers what arrives when. When something goes wrong, you find out why and put it right: a late
parcel, a wrong article, an invoice that does not match. In the busy seasons you keep the overview when
everything comes at once.

We teach you our systems and our range; an experienced colleague sits next to you in the first weeks."""


@dataclass(frozen=True, slots=True)
class PostedJob:
    """A job as its people set it up: opened so many days ago, which share of the applicants it draws (0 to
    1), what an hour or a year of it pays in cents, and how many rows of its rubric hank keeps.
    """

    details: JobDetails
    opened_days_ago: int
    share: float
    pays_cents: int
    is_hourly: bool = False
    rows: int = 20


JOBS = (
    PostedJob(
        JobDetails(
            title="Order clerk",
            department="Order desk",
            location="Harbour Road",
            openings=12,
            soc=_SOC,
            description=_WORK,
            minimum_qualifications=(
                "Writes and speaks clearly to customers",
                "Works with figures without slips",
            ),
            preferred_qualifications=(
                "School-leaving certificate or the like",
                "Course in data entry or office software",
            ),
        ),
        opened_days_ago=160,
        share=0.55,
        pays_cents=3_150_000,
    ),
    PostedJob(
        JobDetails(
            title="Senior order clerk",
            department="Order desk",
            location="Harbour Road",
            openings=4,
            needs_background_check=True,
            soc=_SOC,
            seniority=Seniority.EXPERIENCED,
            description="You look after our large customers, help newer colleagues with knotty orders, and "
            "tell purchasing early what runs short.",
            minimum_qualifications=("Two years of work with customer orders",),
            preferred_qualifications=("Has shown others how the work is done",),
        ),
        opened_days_ago=110,
        share=0.2,
        pays_cents=3_890_000,
    ),
    PostedJob(
        JobDetails(
            title="Order clerk for the winter season",
            department="Order desk",
            location="Northfield",
            openings=8,
            references_required=1,
            soc=_SOC,
            description="From November to February you strengthen the desk for repeat orders of shops.",
            minimum_qualifications=("Is there through the busy weeks of winter",),
        ),
        opened_days_ago=70,
        share=0.25,
        pays_cents=1_780,
        is_hourly=True,
        rows=6,
    ),
)
QUESTIONS = ("From which day could you start?", "Which systems for orders or stock have you worked with?")
_TARGETS = {Stage.SCREENING: 5, Stage.INTERVIEW: 12}


def set_up_job(
    session: Session,
    posted: PostedJob,
    framework: FrameworkRow,
    team: list[tuple[User, TeamRole]],
    actor_of: Callable[[User], Actor],
    *,
    hr: Actor,
    times: float = 1,
) -> Job:
    """A recruiter drafts the job, the hiring manager reviews and publishes its rubric, HR opens it.

    There are `times` as many openings as posted, for a larger demonstration.
    """
    recruiter = next(user for user, role in team if role is TeamRole.RECRUITER)
    manager = next(user for user, role in team if role is TeamRole.HIRING_MANAGER)
    openings = max(2, round(posted.details.openings * times))
    job = create_job(session, replace(posted.details, openings=openings), actor=actor_of(recruiter))
    for user, role in team:
        add_team_member(session, job, user, role, actor=hr)
    for place, question in enumerate(QUESTIONS):
        add_question(session, job, question, actor=actor_of(recruiter), is_required=place == 0)
    # Only now do they act as members of its team.
    reviewer = actor_of(manager)
    rubric = generate_rubric_draft(session, job, framework, actor=reviewer)
    _review(session, rubric, posted.rows, reviewer)
    publish_rubric(session, rubric, edits=rubric.edits, actor=reviewer)
    plan_from_rubric(session, job, rubric, actor=reviewer)
    for stage, days in _TARGETS.items():
        set_stage_target(session, job, stage, days, actor=reviewer)
    open_job(session, job, actor=hr)
    write_posting(session, job, _posting(posted), version=NOT_WRITTEN, actor=actor_of(recruiter))
    publish_posting(session, job, actor=actor_of(recruiter))
    return job


def _posting(posted: PostedJob) -> PostingDetails:
    """What strangers read of the job: its work, what it asks for, and around what it pays."""
    details = posted.details
    brings = [f"- {line}" for line in details.minimum_qualifications]
    helps = ["", "# What helps", *(f"- {line}" for line in details.preferred_qualifications)]
    parts = [details.description, "", "# What you bring", *brings]
    parts += helps if details.preferred_qualifications else []
    return PostingDetails(
        title=details.title,
        text="\n".join(parts),
        employment_type=EmploymentType.TEMPORARY if posted.is_hourly else EmploymentType.FULL_TIME,
        place=details.location,
        country="US",
        salary_low_cents=posted.pays_cents,
        salary_high_cents=posted.pays_cents * 11 // 10,
        currency="USD",
        period=SalaryPeriod.HOUR if posted.is_hourly else SalaryPeriod.YEAR,
    )


def _review(session: Session, rubric: Rubric, rows: int, actor: Actor) -> None:
    """Keep so many rows, confirm what was weakly placed, and weigh what the desk does all day."""
    for extra in rubric_from_document(rubric.content).competencies[rows:]:
        remove_competency(session, rubric, extra.key, edits=rubric.edits, actor=actor)
    for row in rubric_from_document(rubric.content).competencies:
        for level in Level:
            anchor = row.anchors[level]
            if anchor is not None and anchor.is_weak:
                confirm_anchor(session, rubric, row.key, level, edits=rubric.edits, actor=actor)
    heavy = next(
        (row for row in rubric_from_document(rubric.content).competencies if "orders" in row.key), None
    )
    if heavy is not None:
        reason = "The desk enters orders from morning to evening."
        set_weight(session, rubric, heavy.key, 2.0, reason, edits=rubric.edits, actor=actor)

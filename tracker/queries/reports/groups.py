"""Which jobs a reader may have reports of: by department, place and recruiter, with what to choose from."""

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from tracker.domain.actors import Actor, TeamRole
from tracker.domain.permissions import Permission, Subject, can
from tracker.domain.reports import ReportFilters
from tracker.domain.rules import RuleBroken
from tracker.models.jobs import Job, TeamMember
from tracker.models.users import User

MOST_JOBS = 200
"""How many jobs, departments, places and recruiters a reader is offered to choose from."""


def asked_and_had(filters: ReportFilters, job: Job) -> tuple[tuple[str | None, str | None], ...]:
    """What a report asks of a job's department and place, each with what the job has."""
    return (filters.department, job.department), (filters.location, job.location)


def own_jobs_of(actor: Actor, permission: Permission = Permission.REPORT_READ) -> frozenset[int] | None:
    """The jobs whose reports the actor may read; none stands for all."""
    if can(actor, permission):
        return None
    return frozenset(id_ for id_ in actor.teams if can(actor, permission, Subject(job_id=id_)))


def jobs_of_group(session: Session, filters: ReportFilters, own: frozenset[int] | None) -> frozenset[int]:
    """The jobs of the department, place and recruiter asked for, of those whose reports may be read."""
    query = select(Job.id)
    for column, asked in ((Job.department, filters.department), (Job.location, filters.location)):
        if asked is not None:
            query = query.where(column == asked)
    if filters.recruiter_id is not None:
        query = query.where(Job.id.in_(_jobs_recruited_for(filters.recruiter_id)))
    found = frozenset(session.scalars(query))
    return found if own is None else found & own


def _jobs_recruited_for(user_id: int) -> Select[int]:
    return select(TeamMember.job_id).where(
        TeamMember.user_id == user_id, TeamMember.role == TeamRole.RECRUITER
    )


def recruiter_named(session: Session, filters: ReportFilters, own: frozenset[int] | None) -> str | None:
    """The name of the recruiter who is asked for. Raises RuleBroken for one not to be known of."""
    if filters.recruiter_id is None:
        return None
    query = _recruiters_of(own).where(User.id == filters.recruiter_id)
    found = session.scalar(query)
    if found is None:
        raise RuleBroken("There is no such recruiter.", field="recruiter")
    return found.name


def _recruiters_of(own: frozenset[int] | None) -> Select[User]:
    """Who is a recruiter of some of these jobs; none stands for all."""
    seats = select(TeamMember.user_id).where(TeamMember.role == TeamRole.RECRUITER)
    if own is not None:
        seats = seats.where(TeamMember.job_id.in_(own))
    return select(User).where(User.id.in_(seats))


def group_words(filters: ReportFilters, recruiter: str | None) -> str:
    """Whose jobs a report counts: `jobs of the department Sales and the recruiter Rita`."""
    words = [f"the department {filters.department}"] if filters.department else []
    words += [f"the place {filters.location}"] if filters.location else []
    words += [f"the recruiter {recruiter}"] if recruiter else []
    return f"jobs of {' and '.join(words)}"


def reported_groups(session: Session, actor: Actor) -> tuple[list[str], list[str]]:
    """The departments and the places of the jobs whose reports the actor may read, by name."""
    own = own_jobs_of(actor)
    found = []
    for column in (Job.department, Job.location):
        query = select(column).where(column.is_not(None)).distinct().order_by(column)
        if own is not None:
            query = query.where(Job.id.in_(own))
        found.append([name for name in session.scalars(query.limit(MOST_JOBS)) if name])
    departments, places = found
    return departments, places


def reported_recruiters(session: Session, actor: Actor) -> dict[int, str]:
    """The recruiters of the jobs whose reports the actor may read, by name: the first two hundred."""
    query = _recruiters_of(own_jobs_of(actor)).order_by(User.name, User.id).limit(MOST_JOBS)
    return {user.id: user.name for user in session.scalars(query)}


def find_recruiter(session: Session, named: str, actor: Actor) -> int:
    """The recruiter with this e-mail address or exactly this name, of those the actor's reports may name.

    Raises RuleBroken at `recruiter` where there is none, or several of the name.
    """
    text = named.strip()
    known = _recruiters_of(own_jobs_of(actor))
    found = session.scalars(known.where(User.email == text.lower())).all()
    found = found or session.scalars(known.where(User.name == text).limit(2)).all()
    if len(found) > 1:
        raise RuleBroken("Several recruiters have this name: name one by e-mail address.", field="recruiter")
    if not found:
        raise RuleBroken("There is no such recruiter.", field="recruiter")
    return found[0].id


def reported_jobs(session: Session, actor: Actor) -> dict[int, str]:
    """The jobs whose reports the actor may read, by title: the first two hundred."""
    query = select(Job.id, Job.title).order_by(Job.title, Job.id).limit(MOST_JOBS)
    own = own_jobs_of(actor)
    if own is not None:
        query = query.where(Job.id.in_(own))
    return {row.id: row.title for row in session.execute(query)}

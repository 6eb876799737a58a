"""The hiring team of a job: who is on it, who joins, and what follows when somebody leaves."""

from typing import Any

from flask import Blueprint, abort, render_template, url_for

from tracker.domain.actors import TEAM_ROLE_LABELS, TeamRole
from tracker.domain.job_teams import TEAM_PARTS, leaving_says
from tracker.domain.jobs import why_manager_stays
from tracker.domain.permissions import Permission, Subject, can
from tracker.models.jobs import Job, TeamMember
from tracker.queries.job_teams import cards_due, team_of, who_may_join
from tracker.services.job_teams import add_team_member, remove_team_member
from tracker.web.access import current_actor, requires
from tracker.web.forms.job_teams import LeavingForm, TeamMemberForm
from tracker.web.job_frames import keep_of_job, load_job
from tracker.web.transaction import db_session

bp = Blueprint("job_teams", __name__, url_prefix="/jobs/<int:job_id>/team")

ORDER = (TeamRole.HIRING_MANAGER, TeamRole.RECRUITER, TeamRole.INTERVIEWER)


@bp.get("")
@requires(Permission.JOB_READ)
def index(job_id: int) -> str:
    job = load_job(job_id)
    team = team_of(db_session(), job)
    may_set = can(current_actor(), Permission.JOB_SET_TEAM, Subject(job_id=job_id))
    return render_template(
        "jobs/team.html",
        job=job,
        may_set=may_set,
        due=cards_due(db_session(), job, actor=current_actor()) if may_set else {},
        parts=[(role, [member for member in team if member.role is role]) for role in ORDER],
        manager_stays=why_manager_stays(job.status, _others(team, TeamRole.HIRING_MANAGER)),
        ROLE_LABELS=TEAM_ROLE_LABELS,
        TEAM_PARTS=TEAM_PARTS,
        TeamRole=TeamRole,
    )


@bp.route("/<role>/add", methods=["GET", "POST"])
@requires(Permission.JOB_SET_TEAM, writes=True)
def add(job_id: int, role: str) -> Any:
    job = load_job(job_id, Permission.JOB_SET_TEAM)
    part = _part(role)
    people = {str(user.id): user for user in who_may_join(db_session(), job, part)}
    form = TeamMemberForm()
    form.offer(people.values())
    label = TEAM_ROLE_LABELS[part].lower()
    if not people:
        return render_template("jobs/nobody.html", job=job, label=label)
    return keep_of_job(
        job,
        form,
        lambda: add_team_member(db_session(), job, people[form.user.data], part, actor=current_actor()),
        title=f"Add {'an' if label[0] in 'aeiou' else 'a'} {label}",
        said="The hiring team has grown.",
        back=url_for(".index", job_id=job_id),
        label="Add to the team",
        advice=(f"{TEAM_PARTS[part]}.",),
    )


@bp.route("/<role>/<int:user_id>/remove", methods=["GET", "POST"])
@requires(Permission.JOB_SET_TEAM, writes=True)
def remove(job_id: int, role: str, user_id: int) -> Any:
    job = load_job(job_id, Permission.JOB_SET_TEAM)
    part = _part(role)
    member = _member(job, part, user_id)
    due = cards_due(db_session(), job, actor=current_actor()).get(user_id, 0)
    others = _others(team_of(db_session(), job), part)
    stays = why_manager_stays(job.status, others) if part is TeamRole.HIRING_MANAGER else ""
    return keep_of_job(
        job,
        LeavingForm(),
        lambda: remove_team_member(db_session(), job, member.user, part, actor=current_actor()),
        title=f"Take {member.user.name} off the team",
        said=f"{member.user.name} is no longer {TEAM_ROLE_LABELS[part].lower()} of this job.",
        back=url_for(".index", job_id=job_id) if _still_sees(job, part, user_id) else url_for("jobs.index"),
        label="" if stays else "Take off the team",
        kind="danger",
        advice=(stays,) if stays else leaving_says(member.user.name, part, due),
    )


def _part(role: str) -> TeamRole:
    try:
        return TeamRole(role)
    except ValueError:
        abort(404)


def _member(job: Job, part: TeamRole, user_id: int) -> TeamMember:
    team = team_of(db_session(), job)
    member = next((row for row in team if (row.user_id, row.role) == (user_id, part)), None)
    return member if member is not None else abort(404)


def _others(team: Any, part: TeamRole) -> int:
    """How many of a part are left when one of them goes."""
    return sum(member.role is part for member in team) - 1


def _still_sees(job: Job, part: TeamRole, user_id: int) -> bool:
    """Whether the actor still finds the job without this part of this person, who may be themselves."""
    actor = current_actor()
    if can(actor, Permission.JOB_READ) or user_id != actor.id:
        return True
    return bool(actor.teams.get(job.id, frozenset()) - {part})

"""Whether the people assigned to the sessions of an application cover the rubric as the plan meant it."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.domain.interview_plans import cover
from tracker.domain.rubric_documents import rubric_from_document
from tracker.models.applications import Application
from tracker.models.interviews import Interview, InterviewStatus, PanelMember
from tracker.queries.interviews import open_rounds
from tracker.queries.rubrics import scoring_rubric


def lacking_cover(session: Session, application: Application) -> tuple[str, ...]:
    """Names of required competencies that too few people will rate, once every round has a session.

    Empty while a round is still to be scheduled, or where the job has no rubric. Who sits on two sessions
    counts once. What anybody has handed in says nothing here.
    """
    rubric = scoring_rubric(session, application.job)
    if rubric is None or open_rounds(session, application):
        return ()
    seats = select(Interview.id, Interview.competencies, PanelMember.user_id).join(
        PanelMember, PanelMember.interview_id == Interview.id
    )
    mine = seats.where(
        Interview.application_id == application.id, Interview.status != InterviewStatus.CANCELLED
    )
    assigned = [(key, row.user_id, row.id) for row in session.execute(mine) for key in row.competencies]
    if not assigned:
        return ()
    content = rubric_from_document(rubric.content)
    found = cover(assigned, content, ratings_needed=application.job.ratings_required)
    lacking = set(found.lacking)
    return tuple(row.name for row in content.competencies if row.is_required and row.key in lacking)

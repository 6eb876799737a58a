"""What interviewers take into the room, as PDF: the kit of a session, and a version of a rubric."""

from flask import Blueprint, Response

from tracker.domain.agendas import agenda, meeting
from tracker.domain.frameworks import LEVEL_LABELS
from tracker.domain.interview_plans import INTERVIEW_KIND_LABELS
from tracker.domain.permissions import Permission
from tracker.domain.rubric_documents import rubric_from_document
from tracker.exports.documents import kit_document, rubric_paper
from tracker.models.rubrics import RUBRIC_STATUS_LABELS, Rubric
from tracker.queries.scorecards import session_rows
from tracker.web.access import requires
from tracker.web.filters import day, instant
from tracker.web.interviews import load_interview
from tracker.web.pdfs import pdf_response
from tracker.web.rubrics import load_rubric, rubric_page

bp = Blueprint("papers", __name__)


@bp.get("/interviews/<int:interview_id>/kit.pdf")
@requires(Permission.INTERVIEW_READ)
def kit(interview_id: int) -> Response:
    interview = load_interview(interview_id)
    rows = session_rows(interview)
    facts = [
        ("Candidate", interview.application.candidate.name or "Erased"),
        ("Job", interview.application.job.title),
        ("Kind", f"{INTERVIEW_KIND_LABELS[interview.kind]}, {meeting(len(interview.panel))}"),
        ("Start", instant(interview.starts_at)),
        ("Length", f"{interview.minutes} minutes"),
        ("Place", interview.place or "–"),
        ("Panel", ", ".join(member.user.name for member in interview.panel)),
    ]
    data = kit_document(
        f"Interview kit: {interview.title}",
        facts,
        agenda(interview.minutes, [(row.key, row.name) for row in rows]),
        rows,
        kind=interview.kind,
        is_situational_first=rubric_from_document(interview.rubric.content).is_situational_first,
        attribution=_origin(interview.rubric),
    )
    return pdf_response("kit.typ", data, made_at=interview.created_at, name=f"interview-kit-{interview_id}")


@bp.get("/rubrics/<int:rubric_id>/rubric.pdf")
@requires(Permission.RUBRIC_READ)
def rubric(rubric_id: int) -> Response:
    found = load_rubric(rubric_id)
    page = rubric_page(found)
    published = f", {day(found.published_at)}" if found.published_at else ""
    facts = [
        ("Status", f"{RUBRIC_STATUS_LABELS[found.status]}{published}"),
        ("Target", LEVEL_LABELS[page["content"].target_level]),
        ("Competencies", str(len(page["content"].competencies))),
    ]
    data = rubric_paper(
        f"Rubric of {page['job'].title}, version {found.number}",
        facts,
        page["content"],
        attribution=_origin(found),
    )
    made_at = found.published_at or found.created_at
    return pdf_response("rubric.typ", data, made_at=made_at, name=f"rubric-{rubric_id}")


def _origin(rubric: Rubric) -> str:
    """Where the statements come from, and the hash of what was published."""
    source = rubric.content["framework"]
    words = [f"Written by hand for {source['title']}."]
    if source["sha256"]:
        words = [f"Statements: {source['title']}, {source['soc']}, version {source['version']}."]
    words += [source["attribution"]] if source["attribution"] else []
    words += [f"Content {rubric.content_hash}."] if rubric.content_hash else []
    return " ".join(words)

"""Candidates by API: find, add, and show with their applications."""

from flask import Blueprint, abort
from sqlalchemy import select

from tracker.api.application_shapes import candidate_brief
from tracker.api.contracts import answers, body_of, query_of
from tracker.api.loading import read_place
from tracker.api.shapes.base import Page
from tracker.api.shapes.candidates import (
    ApplicationBrief,
    CandidateDetail,
    CandidateItem,
    CandidateQuery,
    NewCandidate,
)
from tracker.domain.permissions import Permission, can
from tracker.models.applications import Application
from tracker.models.candidates import Candidate
from tracker.queries import visible
from tracker.queries.candidates import search
from tracker.queries.cursors import write_cursor
from tracker.queries.veils import veiled_people
from tracker.services.candidates import CandidateDetails, add_candidate
from tracker.web.access import current_actor, load_or_404, requires
from tracker.web.transaction import db_session

bp = Blueprint("api_candidates", __name__, url_prefix="/api/v1/candidates")

MOST_APPLICATIONS = 200


@bp.get("")
@requires(Permission.CANDIDATE_READ)
@answers(Page[CandidateItem], "The candidates that you may know of, by name.", query=CandidateQuery)
def index() -> Page[CandidateItem]:
    asked = query_of(CandidateQuery)
    page = search(db_session(), current_actor(), asked.q, after=read_place(asked.after), limit=asked.limit)
    reachable = _reachable([candidate.id for candidate in page.candidates])
    items = [_item(candidate, candidate.id in reachable) for candidate in page.candidates]
    return Page(items=items, next=write_cursor(*page.after) if page.after else None)


@bp.post("")
@requires(Permission.CANDIDATE_CREATE, writes=True)
@answers(CandidateDetail, "Add a person who does not apply yet.", status=201, body=NewCandidate)
def create() -> CandidateDetail:
    details = CandidateDetails(**body_of(NewCandidate).model_dump())
    return _detail(add_candidate(db_session(), details, actor=current_actor()))


@bp.get("/<int:candidate_id>")
@requires(Permission.CANDIDATE_READ)
@answers(CandidateDetail, "One candidate, with the applications that you may know of.")
def show(candidate_id: int) -> CandidateDetail:
    rows = visible.candidates(current_actor()).where(Candidate.id == candidate_id)
    found = load_or_404(db_session(), rows)
    return abort(404) if veiled_people(db_session(), current_actor(), [found.id]) else _detail(found)


def _reachable(ids: list[int]) -> set[int]:
    """Of these candidates, those whose contact data the person may read."""
    if can(current_actor(), Permission.CONTACT_READ):
        return set(ids)
    rows = visible.applications(current_actor(), Permission.CONTACT_READ)
    ours = rows.with_only_columns(Application.candidate_id).where(Application.candidate_id.in_(ids))
    return set(db_session().scalars(select(ours.subquery().c.candidate_id)))


def _item(candidate: Candidate, shows_contact: bool) -> CandidateItem:
    return CandidateItem(
        **candidate_brief(candidate, shows_contact=shows_contact).model_dump(),
        location=candidate.location,
        is_internal=candidate.is_internal,
        created_at=candidate.created_at,
    )


def _detail(candidate: Candidate) -> CandidateDetail:
    shows_contact = candidate.id in _reachable([candidate.id])
    rows = (
        visible.applications(current_actor())
        .where(Application.candidate_id == candidate.id, Application.stage.is_not(None))
        .order_by(Application.id)
        .limit(MOST_APPLICATIONS)
    )
    applications = [
        ApplicationBrief(**{name: getattr(found, name) for name in ApplicationBrief.model_fields})
        for found in db_session().scalars(rows)
    ]
    item = _item(candidate, shows_contact)
    # A profile holds contact data of its own.
    profile = candidate.profile if shows_contact else None
    return CandidateDetail(**item.model_dump(), profile=profile, applications=applications)

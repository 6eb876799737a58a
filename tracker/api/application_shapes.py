"""How applications and moves are written: with what may happen next, without what is not for the reader."""

from collections.abc import Sequence

from sqlalchemy import select

from tracker import clock
from tracker.api.problems import unmet_shapes
from tracker.api.shapes.applications import ApplicationShape, MoveShape, Option
from tracker.api.shapes.candidates import CandidateBrief
from tracker.domain.deciding import MoveOption, move_options
from tracker.domain.facts import Facts
from tracker.domain.history import replay
from tracker.domain.moves import NEEDS_TEXT
from tracker.domain.permissions import Permission, Subject, can
from tracker.domain.requirement_names import Requirement
from tracker.models.applications import Application
from tracker.models.candidates import Candidate
from tracker.models.moves import Move, MoveNote
from tracker.queries.applications import actor_names
from tracker.queries.facts import gather_facts
from tracker.queries.history import move_rows
from tracker.queries.veils import name_for
from tracker.web.access import current_actor
from tracker.web.transaction import db_session


def application_shape(application: Application) -> ApplicationShape:
    """An application as it stands, with every move from here."""
    return application_shapes([application])[application.id]


def application_shapes(applications: Sequence[Application]) -> dict[int, ApplicationShape]:
    """Applications by id, their facts gathered at once."""
    facts = gather_facts(db_session(), [a.id for a in applications], now=clock.now())
    return {a.id: _shape(a, facts[a.id]) for a in applications}


def application_at(application: Application, version: int) -> ApplicationShape:
    """The application as a move left it: the answer to a move is the same each time it is asked for."""
    shape = application_shape(application)
    if application.version == version:
        return shape
    state = replay(row for row in move_rows(db_session(), [application.id]) if row.version <= version)
    left = {name: getattr(state, name) for name in ("stage", "outcome", "version", "stage_entered_at")}
    return shape.model_copy(update=left | {"moves": []})


def candidate_brief(candidate: Candidate, *, shows_contact: bool) -> CandidateBrief:
    """Who somebody is; how to reach them only for those who may know."""
    email, phone = (candidate.email, candidate.phone) if shows_contact else (None, None)
    return CandidateBrief(id=candidate.id, name=candidate.name, email=email, phone=phone)


def _who(application: Application, shows_contact: bool) -> CandidateBrief:
    """Who applied; where the name is hidden from the reader, the number of the application in its place."""
    name = name_for(db_session(), current_actor(), application)
    if name == (application.candidate.name or ""):
        return candidate_brief(application.candidate, shows_contact=shows_contact)
    return CandidateBrief(id=application.candidate_id, name=name, email=None, phone=None)


def move_shapes(moves: Sequence[Move], *, shows_texts: bool) -> list[MoveShape]:
    """Moves of one application in the order given; texts only for those who may read notes."""
    if not moves:
        return []
    names = actor_names(db_session(), [move.actor for move in moves])
    notes: dict[int, MoveNote] = {}
    if shows_texts:
        kept = select(MoveNote).where(
            MoveNote.application_id == moves[0].application_id,
            MoveNote.version.in_([move.version for move in moves]),
        )
        notes = {note.version: note for note in db_session().scalars(kept)}
    return [_move_shape(move, notes.get(move.version), names[move.actor]) for move in moves]


def _shape(application: Application, facts: Facts) -> ApplicationShape:
    actor = current_actor()
    shows_contact = can(actor, Permission.CONTACT_READ, Subject(job_id=application.job_id))
    return ApplicationShape(
        id=application.id,
        candidate=_who(application, shows_contact),
        job_id=application.job_id,
        stage=facts.stage,
        outcome=facts.outcome,
        version=application.version,
        stage_entered_at=application.stage_entered_at or application.applied_at,
        applied_at=application.applied_at,
        source=application.source,
        moves=[_option(option) for option in move_options(facts, actor, clock.here())],
    )


def _option(option: MoveOption) -> Option:
    return Option(
        move=option.edge.kind,
        to=option.edge.to_stage,
        allowed=option.is_allowed,
        refused=option.refused,
        unmet=unmet_shapes(option.unmet),
    )


def _move_shape(move: Move, note: MoveNote | None, name: str) -> MoveShape:
    text = note.reason if note is not None and move.kind in NEEDS_TEXT else None
    return MoveShape(
        version=move.version,
        move=move.kind,
        from_stage=move.from_stage,
        to_stage=move.to_stage,
        from_outcome=move.from_outcome,
        to_outcome=move.to_outcome,
        reason=text or move.reason,
        note=note.note if note is not None else None,
        overridden=[Requirement(one) for one in move.overridden.split(",") if one],
        actor=move.actor,
        actor_name=name,
        at=move.at,
        imported=move.imported,
        hash=move.hash,
    )

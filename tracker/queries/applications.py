"""One application's page, and the applications of a job as a list."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Row, Select, and_, case, or_, select, tuple_
from sqlalchemy.orm import Session

from tracker.domain.actors import ACTOR_KIND_LABELS, Actor, ActorKind
from tracker.domain.dispositions import DISPOSITION_REASONS
from tracker.domain.history import State, replay
from tracker.domain.moves import PAST_LABELS, MoveKind
from tracker.domain.requirements import REQUIREMENT_LABELS, Requirement
from tracker.domain.stages import OUTCOME_LABELS, STAGE_LABELS, STAGES, Outcome, Stage
from tracker.models.applications import Application, ApplicationAnswer, ApplicationNote
from tracker.models.candidates import Candidate
from tracker.models.jobs import Job, JobQuestion
from tracker.models.moves import Move, MoveNote
from tracker.models.users import User
from tracker.queries import visible
from tracker.queries.board import over_target, target_days
from tracker.queries.cursors import read_cursor, write_cursor
from tracker.queries.history import move_rows
from tracker.queries.mentions import mentions_in
from tracker.queries.tags import with_tag

PAGE = 50
_LARGEST_VERSION = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to an application: what, when, by whom, and the texts that came with it."""

    title: str
    at: datetime
    by: str
    texts: tuple[str, ...]
    kind: str
    is_note: bool = False
    note_id: int | None = None
    mentions: tuple[tuple[int, str, bool], ...] = ()
    """Whom a note mentions: user id, name, whether they have seen it."""


def _moved(move: Move) -> str:
    label = PAST_LABELS[move.kind]
    if move.kind in (MoveKind.ADVANCE, MoveKind.RETURN):
        return f"{label} to {STAGE_LABELS[move.to_stage]}"
    if move.kind is MoveKind.UNDO:
        return f"Undone: back in {STAGE_LABELS[move.to_stage]}"
    if move.kind is MoveKind.IMPORT:
        if move.to_outcome is Outcome.ACTIVE:
            return f"Imported in {STAGE_LABELS[move.to_stage]}"
        return f"Imported as {OUTCOME_LABELS[move.to_outcome].lower()}"
    return label


def _move_kind(move: Move) -> str:
    if move.to_outcome is Outcome.REJECTED:
        return "bad"
    if move.to_outcome is Outcome.HIRED:
        return "good"
    return "accent" if move.kind in (MoveKind.APPLY, MoveKind.ADVANCE, MoveKind.REOPEN) else "plain"


def _texts(move: Move, note: MoveNote | None) -> tuple[str, ...]:
    said = [DISPOSITION_REASONS[move.reason].label if move.reason in DISPOSITION_REASONS else move.reason]
    if move.kind is MoveKind.UNDO:
        said = []
    if note is not None:
        said += [note.reason, note.note]
    if move.overridden:
        names = ", ".join(REQUIREMENT_LABELS[Requirement(name)] for name in move.overridden.split(","))
        why = f": {note.override_reason}" if note is not None and note.override_reason else ""
        said.append(f"Overridden: {names}{why}")
    return tuple(text for text in said if text)


def actor_names(session: Session, keys: Sequence[str]) -> dict[str, str]:
    """The names of actors as history keeps them: `user:7` is Rita, `imported:x` is x of another system.

    Empty where the other system did not say who.
    """
    ids = {int(key.removeprefix("user:")) for key in keys if key.startswith("user:")}
    rows = session.execute(select(User.id, User.name).where(User.id.in_(ids))).all() if ids else ()
    people = dict(rows)
    names = {}
    for key in keys:
        kind, _, rest = key.partition(":")
        if kind == ActorKind.USER:
            names[key] = people.get(int(rest), "somebody who left")
        elif kind == "imported":
            names[key] = rest.strip()
        else:
            names[key] = ACTOR_KIND_LABELS[ActorKind(kind)].lower()
    return names


def move_events(session: Session, moves: Sequence[Move], *, shows_texts: bool = True) -> list[Event]:
    """Moves of one application as people read them, in the order given."""
    if not moves:
        return []
    names = actor_names(session, [move.actor for move in moves])
    notes = {
        note.version: note
        for note in session.scalars(
            select(MoveNote).where(MoveNote.application_id == moves[0].application_id)
        )
    }
    return [
        Event(
            _moved(move),
            move.at,
            names[move.actor],
            _texts(move, notes.get(move.version) if shows_texts else None),
            _move_kind(move),
        )
        for move in moves
    ]


def moves_since(session: Session, application_id: int, version: int) -> Sequence[Move]:
    """The moves that came after the version somebody saw, in their order."""
    seen = max(0, min(version, _LARGEST_VERSION))
    return session.scalars(
        select(Move).where(Move.application_id == application_id, Move.version > seen).order_by(Move.version)
    ).all()


def timeline(session: Session, application_id: int, *, shows_notes: bool) -> list[Event]:
    """What happened to an application, newest first; notes and texts only for those who may read them."""
    moves = session.scalars(
        select(Move).where(Move.application_id == application_id).order_by(Move.version)
    ).all()
    events = move_events(session, moves, shows_texts=shows_notes)
    if shows_notes:
        events += _note_events(session, application_id)
    # Sorting keeps the order of moves made at the same instant, then all is turned round.
    return sorted(events, key=lambda event: event.at)[::-1]


def _note_events(session: Session, application_id: int) -> list[Event]:
    rows = session.execute(
        select(ApplicationNote, User.name)
        .outerjoin(User, User.id == ApplicationNote.author_id)
        .where(ApplicationNote.application_id == application_id, ApplicationNote.text.is_not(None))
        .order_by(ApplicationNote.at, ApplicationNote.id)
    ).all()
    mentioned = mentions_in(session, [note.id for note, _ in rows])
    return [
        Event(
            "Imported note" if note.is_imported else "Note",
            note.at,
            author or "",
            (note.text or "",),
            "plain",
            is_note=True,
            note_id=note.id,
            mentions=tuple(mentioned.get(note.id, ())),
        )
        for note, author in rows
    ]


def state_as_of(session: Session, application_id: int, instant: datetime) -> State:
    """Where the application stood at an instant, replayed from its moves; version 0 before its first."""
    return replay(row for row in move_rows(session, [application_id]) if row.at <= instant)


def other_applications(
    session: Session, application: Application, actor: Actor
) -> Sequence[Row[*tuple[Any, ...]]]:
    """The person's applications to other jobs, as far as the actor may know of them, latest first."""
    return session.execute(
        visible.applications(actor)
        .with_only_columns(Application.id, Job.title, Application.stage, Application.outcome)
        .join(Job, Job.id == Application.job_id)
        .where(Application.candidate_id == application.candidate_id, Application.id != application.id)
        .order_by(Application.applied_at.desc(), Application.id.desc())
        .limit(20)
    ).all()


def questions_with_answers(
    session: Session, application: Application
) -> list[tuple[JobQuestion, str | None]]:
    """The questions that the job asks now, each with the answer on record."""
    given = and_(
        ApplicationAnswer.question_id == JobQuestion.id, ApplicationAnswer.application_id == application.id
    )
    rows = session.execute(
        select(JobQuestion, ApplicationAnswer.answer)
        .outerjoin(ApplicationAnswer, given)
        .where(JobQuestion.job_id == application.job_id, JobQuestion.retired_at.is_(None))
        .order_by(JobQuestion.position, JobQuestion.id)
    )
    return [(question, answer) for question, answer in rows]


class SortBy(StrEnum):
    """What the list of a job's applications can be sorted by."""

    WAITING = "waiting"
    APPLIED = "applied"
    NAME = "name"


SORT_LABELS = {SortBy.WAITING: "Longest in stage", SortBy.APPLIED: "Applied", SortBy.NAME: "Name"}
_SORT_COLUMNS: dict[SortBy, Any] = {
    SortBy.WAITING: Application.stage_entered_at,
    SortBy.APPLIED: Application.applied_at,
    SortBy.NAME: Candidate.sort_name,
}


@dataclass(frozen=True, slots=True)
class ListFilters:
    """Which of a job's applications to list; nothing set lists all of them."""

    stage: Stage | None = None
    outcome: Outcome | None = None
    source: str | None = None
    tag: str | None = None
    is_over: bool = False
    is_mine: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list, and the place from which the next one goes on."""

    rows: tuple[Row[*tuple[Any, ...]], ...]
    next_after: str | None


def list_applications(
    session: Session,
    job_id: int,
    actor: Actor,
    filters: ListFilters,
    now: datetime,
    *,
    sort: SortBy = SortBy.WAITING,
    is_descending: bool = False,
    after: str | None = None,
) -> Page:
    """A job's applications as rows of at most fifty. Raises RuleBroken for an `after` that is no place."""
    column = _SORT_COLUMNS[sort]
    query = _filtered(session, job_id, actor, filters, now)
    if after:
        place = read_cursor(after, is_instant=sort is not SortBy.NAME)
        here = tuple_(column, Application.id)
        query = query.where(here < place if is_descending else here > place)
    order = (column.desc(), Application.id.desc()) if is_descending else (column, Application.id)
    rows = session.execute(query.add_columns(column.label("place")).order_by(*order).limit(PAGE + 1)).all()
    last = rows[PAGE - 1] if len(rows) > PAGE else None
    return Page(tuple(rows[:PAGE]), write_cursor(last.place, last.id) if last else None)


def _filtered(
    session: Session, job_id: int, actor: Actor, filters: ListFilters, now: datetime
) -> Select[*tuple[Any, ...]]:
    targets = target_days(session, job_id)
    is_over = or_(*((Application.stage == s) & over_target(targets, now, s) for s in STAGES))
    is_late = (Application.outcome == Outcome.ACTIVE) & is_over
    query: Select[*tuple[Any, ...]] = (
        visible.applications(actor)
        .with_only_columns(
            Application.id,
            Application.version,
            Application.stage,
            Application.outcome,
            Application.stage_entered_at,
            Application.applied_at,
            Application.source,
            Candidate.name,
            User.name.label("recruiter"),
            case((is_late, 1), else_=0).label("is_over"),
        )
        .join(Candidate, Candidate.id == Application.candidate_id)
        .outerjoin(User, User.id == Application.recruiter_id)
        .where(Application.job_id == job_id)
    )
    if filters.stage:
        query = query.where(Application.stage == filters.stage)
    if filters.outcome:
        query = query.where(Application.outcome == filters.outcome)
    if filters.source:
        query = query.where(Application.source == filters.source)
    if filters.tag:
        query = query.where(Application.id.in_(with_tag(actor, filters.tag)))
    if filters.is_mine:
        query = query.where(Application.recruiter_id == actor.id)
    return query.where(is_late) if filters.is_over else query

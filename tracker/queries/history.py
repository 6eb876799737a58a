"""Reading the history: chains of moves as the domain checks them, in order of application and version."""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from itertools import groupby
from typing import Any

from sqlalchemy import Row, and_, func, or_, select, tuple_
from sqlalchemy.orm import Session

from tracker.domain.history import MoveRow, commit_to_text, first_fault, replay
from tracker.domain.metrics.courses import Course, course_of
from tracker.domain.metrics.spells import Spell, Step, spells_of
from tracker.domain.stages import Stage
from tracker.models.applications import Application
from tracker.models.candidates import Candidate
from tracker.models.moves import CourseCount, HistoryPlace, Move, MoveNote, StageCount, Stay, StayCount

_BATCH = 2_000


_COLUMNS = tuple(getattr(Move, name) for name in MoveRow.__slots__)


def _row(row: Row[Any]) -> MoveRow:
    values = row._asdict()
    values["overridden"] = tuple(row.overridden.split(",")) if row.overridden else ()
    return MoveRow(**values)


def move_rows(session: Session, ids: Collection[int] | None = None) -> Iterator[MoveRow]:
    """Moves of these applications, or of all, streamed in order of application and version."""
    query = select(*_COLUMNS).order_by(Move.application_id, Move.version).execution_options(yield_per=_BATCH)
    if ids is not None:
        query = query.where(Move.application_id.in_(ids))
    # A fault ends the reading early; the cursor on the server must not stay open then.
    with session.execute(query) as result:
        for row in result:
            yield _row(row)


def stages_at(session: Session, versions: Mapping[int, int]) -> dict[int, Stage]:
    """The stages in which applications stood at these versions, by id; those without it are left out."""
    seen = tuple_(Move.application_id, Move.version).in_(list(versions.items()))
    rows = session.execute(select(Move.application_id, Move.to_stage).where(seen))
    return {row.application_id: row.to_stage for row in rows}


def _fault(row: Application | None, moves: list[MoveRow]) -> str | None:
    application_id = moves[0].application_id
    fault = first_fault(moves)
    if fault is not None:
        return f"application {application_id}, move {fault[0]}: {fault[1]}"
    if row is None:
        return f"application {application_id}: its row is missing"
    state = replay(moves)
    kept = (row.version, row.stage, row.outcome, row.disposition_reason, row.stage_entered_at)
    if kept != (state.version, state.stage, state.outcome, state.reason, state.stage_entered_at):
        return f"application {application_id}: the row differs from its history"
    return None


def verify_history(
    session: Session, *, advance: Callable[[int], None] | None = None
) -> tuple[int, int, str | None]:
    """Recompute every chain, replay every application, make its stays anew and hold texts against their
    commitments: (applications, moves, first fault or none). `advance` is told of each application looked at.

    Of a database that others write to, only in a session that holds still.
    """
    applications = moves = 0
    ever: Counter[tuple[int, str, str]] = Counter()
    courses: Counter[tuple[int, str, Course]] = Counter()
    places: Counter[int] = Counter()
    for application_id, group in groupby(move_rows(session), key=lambda row: row.application_id):
        rows = list(group)
        applications, moves = applications + 1, moves + len(rows)
        row = session.get(Application, application_id)
        fault = _fault(row, rows)
        if fault is None and row is not None:
            fault = _wrong_stay(session, row, rows, ever)
            courses[row.job_id, row.source, course_of(rows)] += 1
            places[row.job_id] += len(rows)
        if fault is not None:
            return applications, moves, fault
        session.expunge_all()
        if advance is not None:
            advance(1)
    bare = session.scalar(
        select(Application.id).where(
            ~select(Move.version).where(Move.application_id == Application.id).exists()
        )
    )
    if bare is not None:
        return applications, moves, f"application {bare}: it has no history"
    wrong = _wrong_count(session) or _wrong_stay_count(session, ever) or _wrong_courses(session, courses)
    return applications, moves, wrong or _wrong_place(session, places) or _wrong_text(session)


def count_applications(session: Session, job_id: int | None = None) -> int:
    """How many applications there are, in one job or in all, to say how far something came."""
    every = select(func.count()).select_from(Application)
    return session.scalar(every if job_id is None else every.where(Application.job_id == job_id)) or 0


def hold_still(session: Session) -> None:
    """Let a session that has read nothing yet read everything as of one instant, whoever writes meanwhile."""
    if session.get_bind().dialect.name == "postgresql":
        session.connection(execution_options={"isolation_level": "REPEATABLE READ"})


def _wrong_stay(
    session: Session, row: Application, moves: list[MoveRow], ever: Counter[tuple[int, str, str]]
) -> str | None:
    """How the kept stays of an application differ from its moves; adds its last stays to `ever`."""
    spells = spells_of([_step(move) for move in moves])
    for last in {spell.stage: spell for spell in spells}.values():
        ever[row.job_id, last.stage.value, last.end.value] += 1
    kept = session.scalars(
        select(Stay).where(Stay.application_id == row.id).order_by(Stay.entered_version)
    ).all()
    if [_spell(stay) for stay in kept] != spells or any(stay.job_id != row.job_id for stay in kept):
        return f"application {row.id}: the stays kept for reports differ from its history"
    return None


def _step(move: MoveRow) -> Step:
    return Step(**{name: getattr(move, name) for name in Step.__slots__})


def _spell(stay: Stay) -> Spell:
    begun = (stay.stage, stay.entered_at, stay.entered_version)
    return Spell(*begun, stay.became, stay.ended_at, stay.ended_version)


def _wrong_stay_count(session: Session, ever: Counter[tuple[int, str, str]]) -> str | None:
    kept = {
        (c.job_id, c.stage.value, c.became.value): c.count
        for c in session.scalars(select(StayCount).where(StayCount.count != 0))
    }
    wrong = sorted(k for k in ever.keys() | kept.keys() if ever[k] != kept.get(k, 0))
    return (
        f"job {wrong[0][0]}: the count for reports at {wrong[0][1]}, {wrong[0][2]} is wrong"
        if wrong
        else None
    )


def _wrong_courses(session: Session, courses: Counter[tuple[int, str, Course]]) -> str | None:
    kept = {
        (c.job_id, c.source, Course(**{name: getattr(c, name) for name in Course.__slots__})): c.count
        for c in session.scalars(select(CourseCount).where(CourseCount.count != 0))
    }
    wrong = sorted(key[0] for key in courses.keys() | kept.keys() if courses[key] != kept.get(key, 0))
    return f"job {wrong[0]}: the courses counted for reports differ from its history" if wrong else None


def _wrong_place(session: Session, places: Counter[int]) -> str | None:
    kept = {place.job_id: place.moves for place in session.scalars(select(HistoryPlace))}
    wrong = sorted(job for job in places.keys() | kept.keys() if places[job] != kept.get(job, 0))
    return f"job {wrong[0]}: the count of its moves differs from its history" if wrong else None


def _wrong_count(session: Session) -> str | None:
    counted: dict[tuple[int, str, str], int] = {}
    rows = session.execute(select(Application.job_id, Application.stage, Application.outcome))
    for job_id, stage, outcome in rows:
        key = (job_id, str(stage), str(outcome))
        counted[key] = counted.get(key, 0) + 1
    kept = {
        (c.job_id, str(c.stage), str(c.outcome)): c.count
        for c in session.scalars(select(StageCount).where(StageCount.count != 0))
    }
    wrong = sorted(k for k in counted.keys() | kept.keys() if counted.get(k, 0) != kept.get(k, 0))
    return f"job {wrong[0][0]}: the count at {wrong[0][1]}, {wrong[0][2]} is wrong" if wrong else None


def _wrong_text(session: Session) -> str | None:
    """The first text of a move that is not the one committed to; who was erased has none any more."""
    texts = (MoveNote.salt, MoveNote.reason, MoveNote.note, MoveNote.override_reason)
    has_text = or_(Move.text_commitment.is_not(None), MoveNote.version.is_not(None))
    of_move = and_(MoveNote.application_id == Move.application_id, MoveNote.version == Move.version)
    query = (
        select(Move.application_id, Move.version, Move.text_commitment, Candidate.erased_at, *texts)
        .join(Application, Application.id == Move.application_id)
        .join(Candidate, Candidate.id == Application.candidate_id)
        .outerjoin(MoveNote, of_move)
        .where(has_text)
        .order_by(Move.application_id, Move.version)
        .execution_options(yield_per=_BATCH)
    )
    with session.execute(query) as result:
        for row in result:
            now = commit_to_text(row.salt or "", row.reason, row.note, row.override_reason)
            is_erased = row.erased_at is not None and now is None
            if now != row.text_commitment and not is_erased:
                return (
                    f"application {row.application_id}, move {row.version}: its text is not what was written"
                )
    return None

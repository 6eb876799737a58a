"""Reasons: why applications stand closed, by the stage they stood in and by who decided."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, select
from sqlalchemy.orm import Session

from tracker.domain.dispositions import FILLED_REASON
from tracker.domain.reports import Check, Row
from tracker.domain.stages import STAGES, Outcome, Stage
from tracker.models.applications import Application
from tracker.models.moves import CourseCount, Move
from tracker.queries.reports import courses
from tracker.queries.reports.closings import decided_by
from tracker.queries.reports.kept import in_scope, is_kept, number_standing
from tracker.queries.reports.lives import applicants, in_window
from tracker.queries.reports.opening import opened, with_people
from tracker.queries.reports.scope import Figure, Part, Scope
from tracker.queries.reports.transfers import is_linked, roots

_CLOSED = (Outcome.REJECTED, Outcome.WITHDRAWN)


Closings = Counter[tuple[Stage, str, str]]
"""How many closed, by stage, decider and reason."""


def count(session: Session, scope: Scope) -> tuple[list[Row], tuple[Check, ...]]:
    """A row for each stage, decider and reason there is, and whether everyone closed is among them."""
    are_counted = courses.are_told(session, scope)
    found = _by_courses(session, scope) if are_counted else _by_lives(session, scope)
    ordered = sorted(found, key=lambda one: (STAGES.index(one[0]), one[1] != "us", -found[one], one[2]))
    rows: list[Row] = [
        {
            "stage": stage.value,
            "decided_by": decider,
            "reason": reason,
            "count": found[stage, decider, reason],
        }
        for stage, decider, reason in ordered
    ]
    has_window = scope.filters.from_ is not None or scope.filters.leaves_out_filled
    if has_window or not is_kept(session, scope):
        return rows, ()
    return rows, (_as_on_the_boards(session, scope, sum(found.values())),)


def _by_lives(session: Session, scope: Scope) -> Closings:
    life = applicants(scope)
    return _closings(session, _closed(_of_lives(life), scope, life))


def _of_lives(life: Any) -> Any:
    by = (Move.to_stage, decided_by(Move.reason, Move.to_outcome), Move.reason)
    return select(*by, func.count()).select_from(life).group_by(*by)


def _closings(session: Session, query: Select[Any]) -> Closings:
    """What a query of stage, decider, reason and number tells."""
    found: Closings = Counter()
    for stage, decider, reason, number in session.execute(query):
        found[stage, decider, reason or ""] += int(number)
    return found


def _by_courses(session: Session, scope: Scope) -> Closings:
    """The same of everything there is: applications by themselves, those of transfers set right."""
    course = CourseCount
    by = (course.stage, decided_by(course.reason, course.outcome), course.reason)
    query = courses.course_counts(scope, *by).where(course.outcome.in_(_CLOSED))
    if scope.filters.leaves_out_filled:
        query = query.where(course.reason != FILLED_REASON)
    found = _closings(session, query)
    alone, together = courses.linked_twice(scope)
    found.subtract(_closings(session, _closed(_of_lives(alone), scope, alone)))
    found.update(_closings(session, _closed(_of_lives(together), scope, together)))
    return +found


def open_rows(session: Session, scope: Scope, figure: Figure, part: Part) -> Iterator[Row]:
    """The applications that closed, or those of one stage, decider and reason; by application."""
    life = applicants(scope)
    decider = decided_by(Move.reason, Move.to_outcome)
    query = with_people(
        life.c.last_id,
        Move.to_stage.label("stage"),
        decider.label("decided_by"),
        Move.reason.label("reason"),
        life.c.closed_at,
        life.c.closed_move.label("move"),
    )
    query = _closed(query, scope, life)
    if figure.stage is not None:
        query = query.where(Move.to_stage == figure.stage)
    if "decided_by" in figure.named:
        query = query.where(decider == figure.named["decided_by"])
    if "reason" in figure.named:
        query = query.where(Move.reason == figure.named["reason"])
    yield from opened(session, query, figure, part, life.c.closed_move)


def _closed(query: Select[Any], scope: Scope, life: Any) -> Select[Any]:
    """The query with the moves by which applicants closed in the window."""
    query = query.join(
        Move, and_(Move.application_id == life.c.last_id, Move.version == life.c.closed_move)
    ).where(Move.to_outcome.in_(_CLOSED))
    if scope.filters.leaves_out_filled:
        query = query.where(Move.reason != FILLED_REASON)
    return in_window(query, scope, life.c.closed_at)


def _as_on_the_boards(session: Session, scope: Scope, whole: int) -> Check:
    boards = number_standing(session, scope, lambda there: there.outcome.in_(_CLOSED))
    number = boards - _went_on(session, scope)
    return Check(
        "as_on_the_boards_closed",
        "As many stand closed as the boards count, those that went on by a transfer left out.",
        number == whole,
    )


def _went_on(session: Session, scope: Scope) -> int:
    """How many closed applications are followed by a newer one of the same transfers, in scope."""
    root = roots()
    seen = (
        select(
            Application.id,
            Application.outcome,
            func.coalesce(root.c.root, Application.id).label("counts_as"),
        )
        .outerjoin(root, root.c.id == Application.id)
        .where(is_linked(), in_scope(scope, Application.job_id, Application.id))
        .subquery("seen")
    )
    newest = select(func.max(seen.c.id)).group_by(seen.c.counts_as)
    closed: ColumnElement[bool] = seen.c.outcome.in_(_CLOSED)
    query = select(func.count()).select_from(seen).where(closed, seen.c.id.not_in(newest))
    return int(session.scalar(query) or 0)

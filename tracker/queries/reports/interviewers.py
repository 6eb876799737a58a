"""Interviewers: sessions by person, cards in time, leniency; nothing of what the reader owes a card on."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from sqlalchemy import Subquery, and_, case, func, literal, or_, select
from sqlalchemy.orm import Session

from tracker.domain.agreement import leniencies
from tracker.domain.metrics.spells import share
from tracker.domain.reports import Check, Row
from tracker.domain.rules import RuleBroken
from tracker.models.applications import Application
from tracker.models.base import UtcDateTime
from tracker.models.interviews import Interview, InterviewStatus, PanelMember
from tracker.models.scorecards import Scorecard
from tracker.models.users import User
from tracker.queries.agreement import original_ratings, read_marks
from tracker.queries.interviews import owed_by
from tracker.queries.reports.kept import in_jobs
from tracker.queries.reports.lives import in_window, seconds_between
from tracker.queries.reports.opening import opened, with_people
from tracker.queries.reports.scope import Figure, Part, Scope

_IN_TIME = int(timedelta(hours=24).total_seconds())
_MOST_DIGITS = 9


def count(session: Session, scope: Scope) -> tuple[list[Row], tuple[Check, ...]]:
    """A row a person in order of name, each with the person's id."""
    seat = _seats(session, scope)
    query = (
        select(User.id, User.name, func.count(), func.sum(seat.c.is_due), func.sum(seat.c.is_in_time))
        .join(seat, seat.c.user_id == User.id)
        .group_by(User.id, User.name)
        .order_by(User.name, User.id)
    )
    ratings: Any = original_ratings(scope.reader_id).where(
        in_jobs(scope, Application.job_id), Scorecard.submitted_at < scope.as_of_only().filters.until
    )
    told = leniencies(read_marks(session, in_window(ratings, scope, Interview.starts_at)))
    rows: list[Row] = []
    for user_id, name, sessions, due, in_time in session.execute(query):
        own = told.get(user_id)
        rows.append(
            {
                "interviewer": name,
                "interviewer_id": user_id,
                "sessions": sessions,
                "submitted_in_24h": share(int(in_time), int(due)),
                "leniency": own.shrunk if own else None,
                "pairs": own.pairs if own else 0,
            }
        )
    return rows, ()


def open_rows(session: Session, scope: Scope, figure: Figure, part: Part) -> Iterator[Row]:
    """The seats of one person or of all, or those whose card came in time; by application and seat."""
    seat = _seats(session, scope)
    in_24h = case((seat.c.is_in_time == 1, "yes"), (seat.c.is_due == 1, "no"), else_=None)
    query = with_people(
        seat.c.application_id,
        User.name.label("interviewer"),
        seat.c.starts_at,
        seat.c.submitted_at,
        in_24h.label("in_24h"),
        seat.c.seat,
    ).join(User, User.id == seat.c.user_id)
    if "interviewer_id" in figure.named:
        query = query.where(seat.c.user_id == _id(figure.named["interviewer_id"]))
    if figure.column == "submitted_in_24h":
        query = query.where(seat.c.is_in_time == 1)
    yield from opened(session, query, figure, part, seat.c.seat)


def _seats(session: Session, scope: Scope) -> Subquery:
    """The seats in sessions that are over, each with its original card if it is in: by application and seat.

    `is_due` and `is_in_time` are 1 or 0: whether the card is told of at all, and whether it came in 24 hours.
    """
    until = scope.as_of_only().filters.until
    as_of = literal(scope.filters.as_of, UtcDateTime())
    length = Interview.minutes * 60
    waited = seconds_between(session, Interview.starts_at, as_of)
    took = seconds_between(session, Interview.starts_at, Scorecard.submitted_at)
    is_in = Scorecard.submitted_at.is_not(None)
    is_due = or_(is_in, waited >= length + _IN_TIME)
    is_in_time = and_(is_in, took <= length + _IN_TIME)
    number = func.row_number().over(
        partition_by=Interview.application_id, order_by=(Interview.id, PanelMember.user_id)
    )
    query = (
        select(
            Interview.application_id,
            PanelMember.user_id,
            Interview.starts_at,
            Scorecard.submitted_at,
            case((is_due, 1), else_=0).label("is_due"),
            case((is_in_time, 1), else_=0).label("is_in_time"),
            number.label("seat"),
        )
        .join(PanelMember, PanelMember.interview_id == Interview.id)
        .join(Application, Application.id == Interview.application_id)
        .outerjoin(
            Scorecard,
            and_(
                Scorecard.interview_id == Interview.id,
                Scorecard.interviewer_id == PanelMember.user_id,
                Scorecard.amends_id.is_(None),
                Scorecard.submitted_at < until,
            ),
        )
        .where(
            in_jobs(scope, Application.job_id),
            Interview.status != InterviewStatus.CANCELLED,
            or_(Interview.status == InterviewStatus.HELD, waited >= length),
            Interview.application_id.not_in(owed_by(scope.reader_id or 0)),
        )
    )
    return in_window(query, scope, Interview.starts_at).subquery("seats")


def _id(text: str) -> int:
    """The id of a person in the address of a number. Raises RuleBroken."""
    if not (text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS):
        raise RuleBroken("There is no such interviewer.", field="figure")
    return int(text)

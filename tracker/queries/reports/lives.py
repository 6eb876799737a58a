"""Lives of applicants, set-wise: when received, whether interviewed, when hired and how they stand.

The rules are those of the domain's lives. Applications of one transfer are one applicant, who was received
with the first of them, is hired with any, and stands where the newest stands.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    CTE,
    BigInteger,
    ColumnElement,
    Integer,
    Select,
    and_,
    case,
    cast,
    extract,
    func,
    literal_column,
    or_,
    select,
)
from sqlalchemy.orm import Session

from tracker.domain.stages import Stage
from tracker.models.moves import Move, Stay
from tracker.queries.reports.days import DAY
from tracker.queries.reports.kept import stays_in_scope
from tracker.queries.reports.scope import Scope
from tracker.queries.reports.transfers import is_linked, roots

_HIRED: ColumnElement[str] = literal_column("'hired'")
"""Not a parameter: databases then see that the index of hires has all that is asked for."""
WAS_IN = {
    Stage.SCREENING: "is_screened",
    Stage.INTERVIEW: "is_interviewed",
    Stage.REFERENCES: "is_referenced",
    Stage.OFFER: "is_offered",
}
"""The columns that are 1 where the applicant was ever in a stage, else 0."""
_HAIR = 0.0005
LIFE = (
    "counts_as",
    "first_id",
    "last_id",
    "received_at",
    "is_screened",
    "is_interviewed",
    "is_referenced",
    "is_offered",
    "hired_id",
    "hired_at",
    "hired_move",
    "closed_at",
    "closed_move",
)


def applicants(scope: Scope, *, hired_only: bool = False) -> CTE:
    """The applicants in scope as of the as-of, one row each, by the columns LIFE.

    `hired_only` leaves out those who were never hired, and so what nobody asks of them; of those with several
    applications some may stay.

    `first_id` and `last_id` are their oldest and newest application in scope, `hired_id` the one that was
    hired; `closed_at` is when the newest closed, if it stands closed.
    """
    until = scope.as_of_only().filters.until
    by_themselves = ~is_linked(Stay.application_id)
    if hired_only:
        by_themselves = and_(by_themselves, Stay.application_id.in_(perhaps_hired(scope)))
    alone = lives(scope, until, by_themselves).cte("alone")
    one = select(
        alone.c.application_id.label("counts_as"),
        alone.c.application_id.label("first_id"),
        alone.c.application_id.label("last_id"),
        alone.c.received_at,
        *(alone.c[label] for label in WAS_IN.values()),
        case((alone.c.hired_at.is_not(None), alone.c.application_id)).label("hired_id"),
        alone.c.hired_at,
        alone.c.hired_move,
        alone.c.closed_at,
        alone.c.closed_move,
    )
    return one.union_all(chains(linked_lives(scope))).cte("applicants")


def linked_lives(scope: Scope) -> CTE:
    """The lives of single applications that were transferred or came by a transfer."""
    until = scope.as_of_only().filters.until
    return lives(scope, until, is_linked(Stay.application_id)).cte("linked")


def perhaps_hired(scope: Scope) -> Select[int]:
    """The applications that were ever in onboarding or closed as hired."""
    began = select(Stay.application_id).where(stays_in_scope(scope), Stay.stage == Stage.ONBOARDING)
    closed = select(Move.application_id).where(Move.to_outcome == _HIRED)
    return began.union(closed)  # type: ignore[return-value]


def received(session: Session, scope: Scope) -> int:
    """How many applicants were received in the window, by first moves alone: what others must add up to."""
    first: Any = select(Stay.application_id, Stay.entered_at).where(
        Stay.entered_version == 1,
        stays_in_scope(scope),
        Stay.entered_at < scope.as_of_only().filters.until,
    )
    alone = in_window(first.where(~is_linked(Stay.application_id)), scope, Stay.entered_at)
    seen, root = first.where(is_linked(Stay.application_id)).subquery("seen"), roots()
    counts_as = func.coalesce(root.c.root, seen.c.application_id)
    begun = (
        select(func.min(seen.c.entered_at).label("at"))
        .select_from(seen)
        .outerjoin(root, root.c.id == seen.c.application_id)
        .group_by(counts_as)
        .subquery("begun")
    )
    chains = in_window(select(func.count()).select_from(begun), scope, begun.c.at)
    return sum(
        session.scalar(query) or 0 for query in (select(func.count()).select_from(alone.subquery()), chains)
    )


def seconds_between(session: Session, begin: Any, end: Any) -> ColumnElement[int]:
    """Whole seconds from one instant to another, in the words of the database."""
    if session.get_bind().dialect.name == "sqlite":
        # Of days that are told to the millisecond, a hair above, so that whole seconds stay whole.
        return cast((func.julianday(end) - func.julianday(begin)) * DAY + _HAIR, Integer)
    return cast(func.floor(extract("epoch", end - begin)), BigInteger)


def in_window(query: Select[Any], scope: Scope, at: Any) -> Select[Any]:
    """The query with what happened in the window, up to the as-of."""
    query = query.where(at < scope.filters.until)
    return query if scope.filters.from_ is None else query.where(at >= scope.filters.from_)


def lives(scope: Scope, until: datetime, which: ColumnElement[bool]) -> Select[Any]:
    """The lives of single applications by their stays, one after the other in the order they are kept in.

    By `application_id`; `is_in_offer` says that it waits in Offer, the other columns are those of LIFE.
    """
    stay = Stay
    is_open = or_(stay.ended_at.is_(None), stay.ended_at >= until)
    onboards = stay.stage == Stage.ONBOARDING
    by_stays = (
        select(
            stay.application_id,
            func.min(stay.entered_at).label("received_at"),
            *(func.max(case((stay.stage == stage, 1), else_=0)).label(WAS_IN[stage]) for stage in WAS_IN),
            func.min(case((onboards, stay.entered_at))).label("began_at"),
            func.min(case((onboards, stay.entered_version))).label("began_move"),
            func.max(case((is_open, 1), else_=0)).label("is_open"),
            func.max(case((and_(is_open, stay.stage == Stage.OFFER), 1), else_=0)).label("is_in_offer"),
            func.max(stay.ended_at).label("ended_at"),
            func.max(stay.ended_version).label("ended_move"),
        )
        .where(stays_in_scope(scope), stay.entered_at < until, which)
        .group_by(stay.application_id)
        .subquery("by_stays")
    )
    hires = hired_moves(until)
    is_earlier = and_(
        hires.c.version.is_not(None),
        or_(by_stays.c.began_move.is_(None), hires.c.version < by_stays.c.began_move),
    )
    is_closed = by_stays.c.is_open == 0
    return select(
        by_stays.c.application_id,
        by_stays.c.received_at,
        *(by_stays.c[label] for label in WAS_IN.values()),
        by_stays.c.is_in_offer,
        case((is_earlier, hires.c.at), else_=by_stays.c.began_at).label("hired_at"),
        case((is_earlier, hires.c.version), else_=by_stays.c.began_move).label("hired_move"),
        case((is_closed, by_stays.c.ended_at)).label("closed_at"),
        case((is_closed, by_stays.c.ended_move)).label("closed_move"),
    ).outerjoin(hires, hires.c.application_id == by_stays.c.application_id)


def hired_moves(until: datetime) -> Any:
    """When applications were first closed as hired; only imports do it from another stage than the last."""
    return (
        select(Move.application_id, func.min(Move.at).label("at"), func.min(Move.version).label("version"))
        .where(Move.to_outcome == _HIRED, Move.at < until)
        .group_by(Move.application_id)
        .subquery("hires")
    )


def chains(linked: CTE) -> Select[Any]:
    """Applicants of several applications that follow one another by transfer, by the columns LIFE."""
    root = roots()
    counts_as = func.coalesce(root.c.root, linked.c.application_id)
    chain = (
        select(
            counts_as.label("counts_as"),
            func.min(linked.c.application_id).label("first_id"),
            func.max(linked.c.application_id).label("last_id"),
            func.min(linked.c.received_at).label("received_at"),
            *(func.max(linked.c[label]).label(label) for label in WAS_IN.values()),
            func.min(case((linked.c.hired_at.is_not(None), linked.c.application_id))).label("hired_id"),
        )
        .select_from(linked)
        .outerjoin(root, root.c.id == linked.c.application_id)
        .group_by(counts_as)
        .subquery("chains")
    )
    newest, hired = linked.alias("newest"), linked.alias("hired")
    return (
        select(
            *chain.c,
            hired.c.hired_at,
            hired.c.hired_move,
            newest.c.closed_at,
            newest.c.closed_move,
        )
        .join(newest, newest.c.application_id == chain.c.last_id)
        .outerjoin(hired, hired.c.application_id == chain.c.hired_id)
    )

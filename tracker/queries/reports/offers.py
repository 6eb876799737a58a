"""Offers: how many applications were made one, and what came of its latest version."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    Select,
    Subquery,
    and_,
    case,
    exists,
    false,
    func,
    or_,
    select,
    true,
    union,
)
from sqlalchemy.orm import Session, aliased

from tracker.domain.dispositions import DecidedBy
from tracker.domain.metrics.spells import share
from tracker.domain.offers import OfferAnswer
from tracker.domain.reports import Check, Row
from tracker.domain.stages import Outcome, Stage
from tracker.models.moves import CourseCount, Move, Stay
from tracker.models.offers import Offer
from tracker.queries.reports import courses
from tracker.queries.reports.closings import decided_by
from tracker.queries.reports.kept import stays_in_scope
from tracker.queries.reports.lives import hired_moves, in_window, lives
from tracker.queries.reports.opening import opened, with_people
from tracker.queries.reports.scope import Figure, Part, Scope

_FAILS = (Outcome.REJECTED, Outcome.WITHDRAWN)
_DECIDED = (OfferAnswer.ACCEPTED, OfferAnswer.DECLINED, OfferAnswer.EXPIRED)


def count(session: Session, scope: Scope) -> tuple[list[Row], tuple[Check, ...]]:
    """The one row of the report, and whether every offer extended has one answer."""
    are_counted = courses.are_told(session, scope)
    extended, numbers, failed = (_by_courses if are_counted else _by_lives)(session, scope)
    row: Row = {
        "extended": extended,
        **{answer.value: numbers[answer] for answer in OfferAnswer},
        "acceptance": share(numbers[OfferAnswer.ACCEPTED], sum(numbers[answer] for answer in _DECIDED)),
        "failed_starts": failed,
    }
    taken_back = numbers[OfferAnswer.TAKEN_BACK]
    adds_up = Check(
        "adds_up",
        f"Extended are as many as accepted, declined, expired and pending, and {taken_back:,} taken back.",
        extended == sum(numbers.values()),
    )
    return [row], (adds_up,)


Answers = dict[OfferAnswer, int]


def _by_lives(session: Session, scope: Scope) -> tuple[int, Answers, int]:
    """How many applications were made an offer, how many with each answer, and how many starts failed."""
    each = _extended(scope).subquery("each")
    numbers = _answers(session, each, dict.fromkeys(OfferAnswer, 0))
    failed = session.scalar(select(func.count()).where(each.c.has_failed)) or 0
    return session.scalar(select(func.count(each.c.application_id.distinct()))) or 0, numbers, failed


def _answers(session: Session, each: Subquery, numbers: Answers, sign: int = 1) -> Answers:
    query = select(each.c.answer, func.count()).group_by(each.c.answer)
    for answer, number in session.execute(query):
        numbers[OfferAnswer(answer)] += sign * number
    return numbers


def _by_courses(session: Session, scope: Scope) -> tuple[int, Answers, int]:
    """The same of everything there is: courses tell of hires and imports, offers sent of the others."""
    course = CourseCount
    said_no = _said_no(course.reason, course.outcome)
    answer = case(
        (courses.is_hired(), OfferAnswer.ACCEPTED.value),
        (said_no, OfferAnswer.DECLINED.value),
        (and_(course.outcome == Outcome.ACTIVE, course.stage == Stage.OFFER), OfferAnswer.PENDING.value),
        else_=OfferAnswer.TAKEN_BACK.value,
    )
    was_extended = or_(courses.is_hired(), course.has_imported_offer)
    numbers = dict.fromkeys(OfferAnswer, 0)
    for word, number in session.execute(courses.course_counts(scope, answer).where(was_extended)):
        numbers[OfferAnswer(word)] += int(number)
    extended = sum(numbers.values())
    failed = courses.course_counts(scope).where(courses.is_hired(), course.outcome.in_(_FAILS))
    number = int(session.scalar(failed) or 0)
    return extended + _by_offers_sent(session, scope, numbers), numbers, number


def _by_offers_sent(session: Session, scope: Scope, numbers: Answers) -> int:
    """Set the answers right for those not onboarded whose offer was sent; how many more were extended."""
    until, begun = scope.as_of_only().filters.until, aliased(Stay)
    onboarded = exists().where(begun.application_id == Offer.application_id, begun.stage == Stage.ONBOARDING)
    has_offer = Stay.application_id.in_(select(Offer.application_id).where(Offer.sent_at < until, ~onboarded))
    imported, hires = _imported(scope, until, has_offer), hired_moves(until)
    of_courses = Stay.application_id.in_(
        union(select(imported.c.application_id), select(hires.c.application_id))
    )
    more = 0
    for which, sent, sign in (
        (has_offer, _sent(Offer.sent_at < until), 1),
        (and_(has_offer, of_courses), _sent(false()), -1),
    ):
        each = _answered(scope, which, sent, imported).subquery("each")
        before = sum(numbers.values())
        _answers(session, each, numbers, sign)
        more += sum(numbers.values()) - before
    return more


def open_rows(session: Session, scope: Scope, figure: Figure, part: Part) -> Iterator[Row]:
    """The applications with an offer, or those with one answer; never its terms. By application."""
    each = _extended(scope).subquery("each")
    query = with_people(
        each.c.application_id, each.c.answer, each.c.extended_at, each.c.answered_at, each.c.move
    )
    if figure.column in set(OfferAnswer):
        query = query.where(each.c.answer == figure.column)
    if figure.column == "failed_starts":
        query = query.where(each.c.has_failed)
    yield from opened(session, query, figure, part, each.c.move)


def _extended(scope: Scope) -> Select[Any]:
    """The applications whose offer was extended in the window, each with its answer as of the as-of."""
    until = scope.as_of_only().filters.until
    sent, imported = _sent(Offer.sent_at < until), _imported(scope, until)
    hires = hired_moves(until)
    onboarded = select(Stay.application_id).where(
        stays_in_scope(scope),
        Stay.stage == Stage.ONBOARDING,
        Stay.entered_at < until,
    )
    offered = union(
        select(sent.c.application_id),
        select(imported.c.application_id),
        onboarded,
        select(hires.c.application_id),
    )
    return _answered(scope, Stay.application_id.in_(offered), sent, imported)


def _answered(scope: Scope, which: ColumnElement[bool], sent: Subquery, imported: Subquery) -> Select[Any]:
    """The same of these applications, by the offers sent and those that imports tell of."""
    life = lives(scope, scope.as_of_only().filters.until, which).cte("offered")
    extended_at = func.coalesce(sent.c.at, imported.c.at, life.c.hired_at)
    answer, answered_at = _answer(scope, life)
    query = (
        select(
            life.c.application_id,
            extended_at.label("extended_at"),
            answer.label("answer"),
            answered_at.label("answered_at"),
            func.coalesce(life.c.hired_move, life.c.closed_move, 0).label("move"),
            and_(life.c.hired_at.is_not(None), Move.to_outcome.in_(_FAILS)).label("has_failed"),
        )
        .outerjoin(sent, sent.c.application_id == life.c.application_id)
        .outerjoin(imported, imported.c.application_id == life.c.application_id)
        .outerjoin(Offer, and_(Offer.application_id == life.c.application_id, Offer.number == sent.c.number))
        .outerjoin(
            Move, and_(Move.application_id == life.c.application_id, Move.version == life.c.closed_move)
        )
    )
    return in_window(query, scope, extended_at)


def _answer(scope: Scope, life: CTE) -> tuple[Any, Any]:
    """What came of an offer, and when."""
    until, as_of = scope.as_of_only().filters.until, scope.filters.as_of
    closed_at = life.c.closed_at
    declined, withdrawn = Offer.declined_at < until, Offer.withdrawn_at < until
    ran_out = and_(Offer.expires_at < as_of, or_(closed_at.is_(None), Offer.expires_at < closed_at))
    said_no = _said_no(Move.reason, Move.to_outcome)
    waits = or_(Offer.id.is_not(None), life.c.is_in_offer == 1)
    whens = (
        (life.c.hired_at.is_not(None), OfferAnswer.ACCEPTED, life.c.hired_at),
        (declined, OfferAnswer.DECLINED, Offer.declined_at),
        (withdrawn, OfferAnswer.TAKEN_BACK, Offer.withdrawn_at),
        (ran_out, OfferAnswer.EXPIRED, Offer.expires_at),
        (said_no, OfferAnswer.DECLINED, closed_at),
        (closed_at.is_not(None), OfferAnswer.TAKEN_BACK, closed_at),
    )
    answer = case(
        *((when, then.value) for when, then, _ in whens),
        (waits, OfferAnswer.PENDING.value),
        else_=OfferAnswer.TAKEN_BACK.value,
    )
    return answer, case(*((when, at) for when, _, at in whens))


def _said_no(reason: Any, outcome: Any) -> ColumnElement[bool]:
    """Whether a closing declines the offer that was open."""
    return and_(outcome == Outcome.WITHDRAWN, decided_by(reason, outcome) == DecidedBy.THEM)


def _sent(which: ColumnElement[bool]) -> Subquery:
    """When an application's offer was first sent, and its latest version that was."""
    return (
        select(
            Offer.application_id, func.min(Offer.sent_at).label("at"), func.max(Offer.number).label("number")
        )
        .where(which)
        .group_by(Offer.application_id)
        .subquery("sent")
    )


def _imported(scope: Scope, until: Any, which: ColumnElement[bool] | None = None) -> Subquery:
    """When an imported application first came into Offer, which says that one was extended."""
    return (
        select(Stay.application_id, func.min(Stay.entered_at).label("at"))
        .join(Move, and_(Move.application_id == Stay.application_id, Move.version == Stay.entered_version))
        .where(
            stays_in_scope(scope),
            Stay.stage == Stage.OFFER,
            Stay.entered_at < until,
            Move.imported,
            true() if which is None else which,
        )
        .group_by(Stay.application_id)
        .subquery("imported")
    )

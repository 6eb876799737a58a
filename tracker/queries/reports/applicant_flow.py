"""Applicant flow log: what became of each application, and for the command line what applicants said."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import CTE, ColumnElement, Select, String, and_, case, func, select, true, type_coerce
from sqlalchemy.orm import Session, aliased

from tracker.domain.qualifications import basic_qualifications_met
from tracker.domain.reports import Check, Row
from tracker.domain.self_identification import DECLINED, group_of_1997
from tracker.domain.stages import Outcome, Stage
from tracker.models.applications import Application
from tracker.models.jobs import Job
from tracker.models.moves import CourseCount, Move, Stay
from tracker.models.screenings import ResumeReview
from tracker.models.self_identification import SelfIdentificationAnswer, SelfIdentificationField
from tracker.queries.reports import courses
from tracker.queries.reports.first_touch import source_of
from tracker.queries.reports.kept import placed, stays_in_scope
from tracker.queries.reports.lives import WAS_IN, in_window, lives
from tracker.queries.reports.pipeline import job_titles
from tracker.queries.reports.scope import Figure, Part, Scope
from tracker.queries.reports.streams import Stream
from tracker.queries.reports.transfers import roots

ERASED = "erased"
"""Stands in a line for an answer that was given and is gone."""
_FIGURES = ("applicants", "interviewed", "offered", "hired", "rejected", "withdrawn", "open")
Numbers = dict[int, list[int]]
"""The figures of each job."""
_TOLD = ("sex", "race_ethnicity")
"""The fields of self-identification that the log has."""


def count(session: Session, scope: Scope) -> tuple[list[Row], tuple[Check, ...]]:
    """A row a job in order of title, with the job's id, and whether nobody is missing."""
    are_counted = courses.are_told(session, scope)
    found = _by_courses(session, scope) if are_counted else _by_lives(session, scope)
    titles = job_titles(session, scope, set(found))
    categories = _categories(session, set(found))
    rows: list[Row] = [
        {
            "job": title,
            "job_id": job_id,
            "eeo1_category": categories[job_id],
            **dict(zip(_FIGURES, found[job_id], strict=True)),
        }
        for job_id, title in titles.items()
        if job_id in found
    ]
    said, others = _others_say(session, scope, are_counted=are_counted)
    agrees = Check(
        "nobody_is_missing",
        f"The jobs together have as many applicants as {said}.",
        others == sum(numbers[0] for numbers in found.values()),
    )
    return rows, (agrees, _erased(session, scope)) if _may_tell(scope) else (agrees,)


def _others_say(session: Session, scope: Scope, *, are_counted: bool) -> tuple[str, int]:
    """What the jobs together are compared with, and how many it is."""
    if are_counted:
        return "the boards count applications", placed(session, scope)
    first: Any = select(func.count()).where(stays_in_scope(scope), Stay.entered_version == 1)
    received = session.scalar(in_window(first, scope, Stay.entered_at)) or 0
    return "the first moves say were received", received


def _by_lives(session: Session, scope: Scope) -> Numbers:
    life = _lives(scope)
    query = (
        select(
            Application.job_id,
            func.count(),
            *(func.sum(case((condition, 1), else_=0)) for condition in _conditions(life).values()),
        )
        .select_from(life)
        .group_by(Application.job_id)
    )
    counted: Any = session.execute(_joined(query, scope, life))
    return {row[0]: [int(number) for number in row[1:]] for row in counted}


def _by_courses(session: Session, scope: Scope) -> Numbers:
    """The same of everything there is."""
    course, is_hired = CourseCount, courses.is_hired()
    conditions = (
        true(),
        courses.was_in(Stage.INTERVIEW),
        courses.was_in(Stage.OFFER),
        is_hired,
        *(and_(~is_hired, course.outcome == one) for one in (Outcome.REJECTED, Outcome.WITHDRAWN)),
        and_(~is_hired, course.outcome == Outcome.ACTIVE),
    )
    sums = (func.sum(case((condition, course.count), else_=0)) for condition in conditions)
    counted: Any = session.execute(courses.course_counts(scope, course.job_id).add_columns(*sums))
    return {job_id: [int(number) for number in numbers] for job_id, _, *numbers in counted}


def _erased(session: Session, scope: Scope) -> Check:
    """How many lines have lost an answer."""
    answer = SelfIdentificationAnswer
    gone = select(answer.application_id).where(answer.value.is_(None))
    life = _lives(scope, Stay.application_id.in_(gone))
    query = _joined(select(func.count()).select_from(life), scope, life)
    number = session.scalar(query) or 0
    return Check("answers_erased", f"The answers of {number:,} of them were erased: none is guessed.", True)


def open_rows(session: Session, scope: Scope, figure: Figure, part: Part) -> Iterator[Row]:
    """The lines of the log, or those behind one number of it; by application."""
    life, origin, root = _lives(scope), aliased(Application), roots()
    begun = func.coalesce(root.c.root, Application.id)
    query = _joined(_line(life, origin), scope, life)
    query = query.outerjoin(root, root.c.id == Application.id).join(origin, origin.id == begun)
    query = _with_review(query.join(Job, Job.id == Application.job_id))
    for name in _TOLD if _may_tell(scope) else ():
        query = _with_answer(query, name, begun)
    if figure.column in _conditions(life):
        query = query.where(_conditions(life)[figure.column])
    for row in Stream(session, part.of(query, Application.id, func.coalesce(_closing(life), 0))):
        yield _told(row, scope)


def _may_tell(scope: Scope) -> bool:
    """Whether answers of single people are told: to the command line, whose user has the database anyway."""
    return scope.reader_id is None


def _lives(scope: Scope, which: ColumnElement[bool] | None = None) -> CTE:
    until = scope.as_of_only().filters.until
    return lives(scope, until, true() if which is None else which).cte("logged")


def _joined(query: Any, scope: Scope, life: CTE) -> Select[Any]:
    """The query of lives received in the window with their applications and how they closed."""
    closed = and_(Move.application_id == life.c.application_id, Move.version == life.c.closed_move)
    query = query.join(Application, Application.id == life.c.application_id).outerjoin(Move, closed)
    return in_window(query, scope, life.c.received_at)


def _conditions(life: CTE) -> dict[str, Any]:
    """When a line counts in each number of the report."""
    is_hired = life.c.hired_at.is_not(None)
    return {
        "interviewed": life.c.is_interviewed == 1,
        "offered": life.c.is_offered == 1,
        "hired": is_hired,
        "rejected": and_(~is_hired, Move.to_outcome == Outcome.REJECTED),
        "withdrawn": and_(~is_hired, Move.to_outcome == Outcome.WITHDRAWN),
        "open": and_(~is_hired, life.c.closed_at.is_(None)),
    }


def _closing(life: CTE) -> Any:
    return func.coalesce(life.c.hired_move, life.c.closed_move)


def _line(life: CTE, origin: Any) -> Select[Any]:
    is_hired = life.c.hired_at.is_not(None)
    furthest = case(
        (is_hired, Stage.ONBOARDING.value),
        *((life.c[WAS_IN[stage]] == 1, stage.value) for stage in reversed(WAS_IN)),
        else_=Stage.APPLICATION.value,
    )
    closed_as = func.coalesce(type_coerce(Move.to_outcome, String), Outcome.ACTIVE.value)
    return select(
        Job.title.label("job"),
        Application.id.label("application"),
        Job.eeo1_category,
        life.c.received_at,
        source_of(origin).label("source"),
        ResumeReview.passed,
        ResumeReview.qualifications,
        furthest.label("furthest_stage"),
        case((is_hired, Outcome.HIRED.value), else_=closed_as).label("disposition"),
        case((is_hired, None), else_=Move.reason).label("reason"),
        func.coalesce(life.c.hired_at, life.c.closed_at).label("disposed_at"),
        _closing(life).label("move"),
    ).select_from(life)


def _with_review(query: Select[Any]) -> Select[Any]:
    """The query with the latest review of each application's résumé."""
    latest = (
        select(func.max(ResumeReview.id).label("id"), ResumeReview.application_id)
        .group_by(ResumeReview.application_id)
        .subquery("latest_review")
    )
    return query.outerjoin(latest, latest.c.application_id == Application.id).outerjoin(
        ResumeReview, ResumeReview.id == latest.c.id
    )


def _with_answer(query: Select[Any], name: str, begun: Any) -> Select[Any]:
    """The query with what the applicant said in one field, on the application that they began with."""
    answer, field = aliased(SelfIdentificationAnswer), aliased(SelfIdentificationField)
    own = select(field.id).where(field.name == name).scalar_subquery()
    query = query.outerjoin(answer, and_(answer.application_id == begun, answer.field_id == own))
    return query.add_columns(
        answer.application_id.label(f"{name}_of"),
        answer.value.label(name),
        answer.codes.label(f"{name}_codes"),
    )


def _told(row: Row, scope: Scope) -> Row:
    reviewed = row["passed"] is not None
    met = basic_qualifications_met(bool(row["passed"]), _listed(row["qualifications"])) if reviewed else None
    sex, race = (_answer(row, name) for name in _TOLD)
    line = {
        "eeo1_category": row["eeo1_category"],
        "applied_on": _day(row["received_at"], scope),
        "sex": sex,
        "race_ethnicity": race,
        "race_ethnicity_1997": ERASED if race == ERASED else _by_1997(row.get("race_ethnicity_codes"), race),
        "basic_qualifications_met": met,
        "disposition": str(row["disposition"]),
        "disposed_on": _day(row["disposed_at"], scope),
    }
    kept = ("job", "application", "source", "furthest_stage", "reason", "move")
    return {**{key: row[key] for key in kept}, **line}


def _answer(row: Row, name: str) -> str | None:
    if row.get(f"{name}_of") is None:
        return None
    return ERASED if row[name] is None else str(row[name])


def _by_1997(codes: Any, said: str | None) -> str | None:
    """The categories of 1997 that the chosen ones make; what was declined stays so."""
    chosen = _listed(codes)
    if said is None or not chosen:
        return None
    return said if DECLINED in chosen else group_of_1997(chosen)


def _listed(value: Any) -> Sequence[Any]:
    return value if isinstance(value, list) else ()


def _day(at: Any, scope: Scope) -> str | None:
    return at.astimezone(scope.filters.zone).date().isoformat() if isinstance(at, datetime) else None


def _categories(session: Session, ids: set[int]) -> dict[int, str | None]:
    query = select(Job.id, Job.eeo1_category).where(Job.id.in_(ids))
    return {row.id: row.eeo1_category for row in session.execute(query)}

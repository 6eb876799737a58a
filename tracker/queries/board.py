"""The board of a job: its active applications by stage, with what each still needs for its next move."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Result, Select, bindparam, select, tuple_, union_all
from sqlalchemy.orm import Session

from tracker.domain.actors import Actor
from tracker.domain.deciding import REFUSAL_LABELS, Refusal, brief, next_option
from tracker.domain.facts import Facts
from tracker.domain.permissions import Permission, Subject, can
from tracker.domain.stages import STAGE_LABELS, STAGES, TARGET_DAYS, Outcome, Stage, over_since
from tracker.models.applications import Application
from tracker.models.candidates import Candidate
from tracker.models.jobs import StageTarget
from tracker.models.moves import StageCount
from tracker.models.users import User
from tracker.queries import visible
from tracker.queries.by_ids import named_rows
from tracker.queries.cursors import read_cursor, write_cursor
from tracker.queries.facts import gather_facts
from tracker.queries.tags import tags_of, with_tag

CARDS = 25
"""How many cards a column shows before it asks for more."""


@dataclass(frozen=True, slots=True)
class BoardFilters:
    """Which applications to show: of one source, with one tag, only those past their target, only those of
    the actor.
    """

    source: str | None = None
    tag: str | None = None
    is_over: bool = False
    is_mine: bool = False

    @property
    def is_any(self) -> bool:
        """Whether anything is left out."""
        return bool(self.source or self.tag or self.is_over or self.is_mine)


@dataclass(frozen=True, slots=True)
class Card:
    """One application on the board: whole days in its stage, and what is missing for the next move."""

    id: int
    version: int
    name: str
    source: str
    days: int
    is_over: bool
    missing: str | None
    is_ready: bool
    recruiter: str | None
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Column:
    """One stage of the board: how many stand there, days they should take, the oldest first."""

    stage: Stage
    label: str
    number: str
    target_days: int
    cards: tuple[Card, ...]
    next_after: str | None


def target_days(session: Session, job_id: int) -> dict[Stage, int]:
    """How many days an application of the job should spend in each stage."""
    own = session.execute(_targets(), {"job": job_id})
    return TARGET_DAYS | dict(own.all())


@cache
def _targets() -> Select[Stage, int]:
    return select(StageTarget.stage, StageTarget.days).where(StageTarget.job_id == bindparam("job"))


def over_target(targets: Mapping[Stage, int], now: datetime, stage: Stage) -> ColumnElement[bool]:
    """The condition that an application of this stage has waited longer than its target."""
    return Application.stage_entered_at <= over_since(targets[stage], now)


def stage_counts(session: Session, job_id: int) -> dict[Stage, int]:
    """How many active applications stand in each stage of the job, as the moves keep count."""
    rows = session.execute(_active_counts(), {"job": job_id})
    return dict.fromkeys(STAGES, 0) | dict(rows.all())


@cache
def _active_counts() -> Select[Stage, int]:
    return select(StageCount.stage, StageCount.count).where(
        StageCount.job_id == bindparam("job"), StageCount.outcome == Outcome.ACTIVE
    )


def board(
    session: Session,
    job_id: int,
    actor: Actor,
    filters: BoardFilters,
    now: datetime,
    *,
    stage: Stage | None = None,
    after: str | None = None,
) -> tuple[Column, ...]:
    """The columns of a job's board with at most 25 cards each, in a constant number of queries.

    With a stage, that column alone, after the last card seen. Raises RuleBroken if `after` is no place.
    """
    targets = target_days(session, job_id)
    shown = (stage,) if stage else STAGES
    knows_all = can(actor, Permission.APPLICATION_READ, Subject(job_id=job_id))
    if knows_all and not filters.is_any and shown == STAGES:
        rows = _by_stage(session.execute(_whole_board(), {"job": job_id}))
    else:
        rows = _rows(session, job_id, actor, filters, targets, now, shown, after)
    ids = [row.id for cards in rows.values() for row in cards[:CARDS]]
    facts = gather_facts(session, ids, now=now, with_last_move=False) if ids else {}
    tags = tags_of(session, ids, actor)
    counts = stage_counts(session, job_id) if knows_all and not filters.is_any else None

    def card(row: Any) -> Card:
        return _card(row, targets[row.stage], facts[row.id], tags.get(row.id, ()), actor, now)

    return tuple(_column(one, rows[one], counts, targets[one], card, after) for one in shown)


def _rows(
    session: Session,
    job_id: int,
    actor: Actor,
    filters: BoardFilters,
    targets: Mapping[Stage, int],
    now: datetime,
    stages: tuple[Stage, ...],
    after: str | None,
) -> dict[Stage, list[Any]]:
    parts = []
    for stage in stages:
        part = _chosen(_stage_rows(visible.applications(actor), stage), actor, filters)
        if filters.is_over:
            part = part.where(over_target(targets, now, stage))
        if after:
            place = read_cursor(after, is_instant=True)
            part = part.where(tuple_(Application.stage_entered_at, Application.id) > place)
        parts.append(part)
    return _by_stage(session.execute(_joined(parts), {"job": job_id}))


@cache
def _whole_board() -> Any:
    """The first cards of all columns, for somebody who knows every application of the job."""
    return _joined([_stage_rows(select(Application), stage) for stage in STAGES])


def _joined(parts: Sequence[Select[*tuple[Any, ...]]]) -> Any:
    # A part of a union may only be ordered and cut off inside a selection of its own.
    whole = [select(part.subquery()) for part in parts]
    return union_all(*whole) if len(whole) > 1 else whole[0]


def _by_stage(result: Result[*tuple[Any, ...]]) -> dict[Stage, list[Any]]:
    found: dict[Stage, list[Any]] = defaultdict(list)
    for row in named_rows(result):
        found[row.stage].append(row)
    return found


def _stage_rows(known: Select[Application], stage: Stage) -> Select[*tuple[Any, ...]]:
    return (
        known.with_only_columns(
            Application.id,
            Application.version,
            Application.stage,
            Application.stage_entered_at,
            Application.source,
            Candidate.name,
            User.name.label("recruiter"),
        )
        .join(Candidate, Candidate.id == Application.candidate_id)
        .outerjoin(User, User.id == Application.recruiter_id)
        .where(
            Application.job_id == bindparam("job"),
            Application.outcome == Outcome.ACTIVE,
            Application.stage == stage,
        )
        .order_by(Application.stage_entered_at, Application.id)
        .limit(CARDS + 1)
    )


def _chosen(rows: Select[*tuple[Any, ...]], actor: Actor, filters: BoardFilters) -> Select[*tuple[Any, ...]]:
    if filters.source:
        rows = rows.where(Application.source == filters.source)
    if filters.tag:
        rows = rows.where(Application.id.in_(with_tag(actor, filters.tag)))
    if filters.is_mine:
        rows = rows.where(Application.recruiter_id == actor.id)
    return rows


def _column(
    stage: Stage,
    rows: list[Any],
    counts: Mapping[Stage, int] | None,
    target: int,
    card: Callable[[Any], Card],
    after: str | None,
) -> Column:
    cards, has_more = rows[:CARDS], len(rows) > CARDS
    last = cards[-1] if has_more else None
    seen = f"{len(cards)}+" if has_more or after else str(len(cards))
    return Column(
        stage=stage,
        label=STAGE_LABELS[stage],
        number=str(counts[stage]) if counts is not None else seen,
        target_days=target,
        cards=tuple(card(row) for row in cards),
        next_after=write_cursor(last.stage_entered_at, last.id) if last else None,
    )


def _card(
    row: Any,
    target: int,
    facts: Facts,
    tags: tuple[str, ...],
    actor: Actor,
    now: datetime,
) -> Card:
    waited = max(now - row.stage_entered_at, timedelta(0))
    missing = missing_for_next(facts, actor, now)
    return Card(
        id=row.id,
        version=row.version,
        name=row.name,
        source=row.source,
        days=waited.days,
        is_over=row.stage_entered_at <= over_since(target, now),
        missing=missing,
        is_ready=missing is None,
        recruiter=row.recruiter,
        tags=tags,
    )


def missing_for_next(facts: Facts, actor: Actor, now: datetime) -> str | None:
    """What stands between an active application and its next move, in a few words; none if nothing does."""
    option = next_option(facts, actor, now)
    if option is None:
        return None
    if option.unmet:
        more = len(option.unmet) - 1
        return brief(option.unmet[0]) + (f" and {more} more" if more else "")
    return REFUSAL_LABELS[option.refused].rstrip(".") if option.refused is Refusal.JOB_CLOSED else None

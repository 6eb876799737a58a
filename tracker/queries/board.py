"""The board of a job: its active applications by stage, with what each still needs for its next move."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Dialect, Select, bindparam, literal_column, select, tuple_, union_all
from sqlalchemy.orm import Session

from tracker.domain.actors import Actor
from tracker.domain.permissions import Permission, Subject, can
from tracker.domain.stages import STAGE_LABELS, STAGES, TARGET_DAYS, Outcome, Stage, over_since
from tracker.models.applications import Application
from tracker.models.candidates import Candidate
from tracker.models.jobs import StageTarget
from tracker.models.moves import StageCount
from tracker.models.users import User
from tracker.queries import visible
from tracker.queries.by_ids import KeptRows, as_sent, plain_rows
from tracker.queries.cursors import read_cursor, write_cursor
from tracker.queries.fact_columns import fact_columns, one_of, with_facts
from tracker.queries.facts import sum_up
from tracker.queries.missing import missing_for_next
from tracker.queries.prepared import prepared
from tracker.queries.tags import tags_of, with_tag
from tracker.queries.veils import pseudonym, veiled_among

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


class Card(NamedTuple):
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
    return TARGET_DAYS | dict(_targets.tuples(session, job=job_id))


@prepared
def _targets() -> Select[Stage, int]:
    return select(StageTarget.stage, StageTarget.days).where(StageTarget.job_id == bindparam("job"))


def over_target(targets: Mapping[Stage, int], now: datetime, stage: Stage) -> ColumnElement[bool]:
    """The condition that an application of this stage has waited longer than its target."""
    return Application.stage_entered_at <= over_since(targets[stage], now)


def stage_counts(session: Session, job_id: int) -> dict[Stage, int]:
    """How many active applications stand in each stage of the job, as the moves keep count."""
    return dict.fromkeys(STAGES, 0) | dict(_active_counts.tuples(session, job=job_id))


@prepared
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
        rows = _by_stage(session, _whole_board.as_sent(session, job=job_id))
    else:
        rows = _rows(session, job_id, actor, filters, targets, now, shown, after)
    carded = [row for cards in rows.values() for row in cards[:CARDS]]
    sums = sum_up(session, carded, now) if carded else {}
    tags = tags_of(session, [row.id for row in carded], actor)
    counts = stage_counts(session, job_id) if knows_all and not filters.is_any else None

    veiled = veiled_among(session, actor, [row.id for row in carded])
    late = {one: over_since(targets[one], now) for one in shown}

    def card(row: Any) -> Card:
        at = row.stage_entered_at
        missing = missing_for_next(row, sums[row.id], actor, now)
        return Card(
            row.id,
            row.version,
            pseudonym(row.id) if row.id in veiled else row.name,
            row.source,
            (now - at).days if at < now else 0,
            at <= late[row.stage],
            missing,
            missing is None,
            row.recruiter,
            tags.get(row.id, ()),
        )

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
    return _by_stage(session, plain_rows(session, _joined(parts), {"job": job_id}).all())


@prepared
def _whole_board() -> Any:
    """The first cards of all columns, for somebody who knows every application of the job."""
    return _joined([_stage_rows(select(Application), stage) for stage in STAGES])


def _joined(parts: Sequence[Select[*tuple[Any, ...]]]) -> Any:
    # A part of a union may only be ordered and cut off inside a selection of its own.
    whole = [select(part.subquery()) for part in parts]
    return union_all(*whole) if len(whole) > 1 else whole[0]


def _by_stage(session: Session, sent: Sequence[Any]) -> dict[Stage, list[Any]]:
    found: dict[Stage, list[Any]] = defaultdict(list)
    for row in _kept(session.get_bind().dialect).of(sent):
        found[row.stage].append(row)
    return found


@lru_cache(maxsize=4)
def _kept(dialect: Dialect) -> KeptRows:
    return KeptRows((*fact_columns(), *_CARD_COLUMNS), dialect)


def _stage_rows(known: Select[Application], stage: Stage) -> Select[*tuple[Any, ...]]:
    return (
        with_facts(known.with_only_columns(*as_sent((*fact_columns(stage), *_CARD_COLUMNS))), stage)
        .outerjoin(User, User.id == Application.recruiter_id)
        .where(
            Application.job_id == bindparam("job"),
            one_of(Application.outcome, Outcome.ACTIVE),
            one_of(Application.stage, stage),
        )
        .order_by(Application.stage_entered_at, Application.id)
        .limit(literal_column(str(CARDS + 1)))
    )


_CARD_COLUMNS = (
    Application.stage_entered_at,
    Application.source,
    Candidate.name,
    User.name.label("recruiter"),
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

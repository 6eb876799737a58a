"""The facts that the rules ask about applications, gathered in a constant number of queries."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy.orm import Session

from tracker.domain.facts import Facts, LastMove
from tracker.domain.stages import Stage
from tracker.queries.fact_columns import fact_rows_of, job_facts
from tracker.queries.fact_rows import background_facts, debrief_facts, offer_facts
from tracker.queries.fact_statements import last_moves_of, open_tasks, unanswered
from tracker.queries.interview_facts import interview_sums, times_rated
from tracker.queries.prepared import Prepared
from tracker.queries.rubrics import required_rows


class Sums(NamedTuple):
    """What several records of an application add up to, and what its job asks (a row of `job_facts`)."""

    job: Any
    unanswered: tuple[str, ...] = ()
    rounds_held: int = 0
    cards_due: tuple[tuple[int, str], ...] = ()
    cards_expected: int = 0
    under_rated: tuple[str, ...] = ()
    open_tasks: tuple[str, ...] = ()


def gather_facts(
    session: Session, ids: Collection[int], *, now: datetime, with_last_move: bool = True
) -> dict[int, Facts]:
    """The facts of these applications by id; at most nine queries, however many there are.

    Facts of a stage are looked up only for applications that stand in it.
    """
    rows = fact_rows_of.rows(session, ids=ids)
    sums = sum_up(session, rows, now)
    last = last_moves(session, ids) if with_last_move else {}
    return {row.id: facts_of(row, sums[row.id], now, last.get(row.id)) for row in rows}


def last_moves(session: Session, ids: Collection[int]) -> dict[int, LastMove]:
    """The latest move of each application, as undo needs it."""
    rows = last_moves_of.tuples(session, ids=ids)
    return {number: LastMove(kind.value, *rest) for number, kind, *rest in rows}


def sum_up(session: Session, rows: Sequence[Any], now: datetime) -> dict[int, Sums]:
    """The sums of applications by id, of rows with their fact columns; at most seven queries."""
    at: dict[Stage, list[int]] = defaultdict(list)
    for row in rows:
        at[row.stage].append(row.id)
    job_ids = {row.job_id for row in rows}
    jobs = {job.id: Sums(job) for job in job_facts.rows(session, ids=job_ids)}
    sums = {row.id: jobs[row.job_id] for row in rows}
    asked = [number for number in at[Stage.APPLICATION] if sums[number].job.questions_required]
    for application_id, texts in _grouped(session, unanswered, asked).items():
        sums[application_id] = sums[application_id]._replace(unanswered=texts)
    for application_id, texts in _grouped(session, open_tasks, at[Stage.ONBOARDING]).items():
        sums[application_id] = sums[application_id]._replace(open_tasks=texts)
    if at[Stage.INTERVIEW]:
        _add_interviews(session, sums, at[Stage.INTERVIEW], now)
    return sums


def _add_interviews(session: Session, sums: dict[int, Sums], ids: Collection[int], now: datetime) -> None:
    interviews = interview_sums(session, ids, now)
    rated = times_rated(session, ids)
    rubric_ids = {sums[number].job.rubric_id for number in ids} - {None}
    required = required_rows(session, rubric_ids) if rubric_ids else {}
    for number in ids:
        of_row, job, times = interviews.get(number), sums[number].job, rated.get(number, {})
        sums[number] = sums[number]._replace(
            rounds_held=len(of_row.rounds) if of_row else 0,
            cards_due=of_row.due if of_row else (),
            cards_expected=of_row.expected if of_row else 0,
            under_rated=tuple(
                name
                for key, name in required.get(job.rubric_id, ())
                if times.get(key, 0) < job.ratings_required
            ),
        )


def _grouped(session: Session, texts: Prepared, ids: Collection[int]) -> dict[int, tuple[str, ...]]:
    """The texts of each application; without ids nothing is asked."""
    found: dict[int, tuple[str, ...]] = defaultdict(tuple)
    for application_id, text in texts.tuples(session, ids=ids) if ids else ():
        found[application_id] += (text,)
    return found


def facts_of(row: Any, sums: Sums, now: datetime, last: LastMove | None = None) -> Facts:
    """The facts of one application from its row with the fact columns, its sums and its last move."""
    return Facts(
        application_id=row.id,
        job_id=row.job_id,
        stage=row.stage,
        outcome=row.outcome,
        version=row.version,
        job_status=sums.job.status,
        openings_free=sums.job.openings - sums.job.openings_taken,
        has_other_active=bool(row.has_other_active),
        last_move=last,
        has_contact_data=bool(row.has_contact),
        has_consent_notice=row.consent_notice is not None,
        has_resume_or_profile=bool(row.has_resume),
        unanswered=sums.unanswered,
        needs_resume_review=sums.job.needs_resume_review,
        needs_screening_call=sums.job.needs_screening_call,
        resume_review_passed=row.review_passed,
        is_screening_call_done=bool(row.calls),
        rounds_planned=sums.job.rounds_planned,
        rounds_held=sums.rounds_held,
        cards_due=sums.cards_due,
        cards_expected=sums.cards_expected,
        has_rubric=sums.job.rubric_id is not None,
        under_rated=sums.under_rated,
        references_required=sums.job.references_required,
        references_received=row.references or 0,
        open_tasks=sums.open_tasks,
        **debrief_facts(row),
        needs_background_check=sums.job.needs_background_check,
        **background_facts(row),
        **offer_facts(row, now),
    )

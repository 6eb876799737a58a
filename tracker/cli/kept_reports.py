"""Counting reports that people wait for, and keeping their answers, beside everything else a worker does."""

import logging
import secrets
import time
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from tracker import clock
from tracker.cli.staying import staying
from tracker.db import Database
from tracker.domain.report_outlines import OUTLINES
from tracker.domain.reports import Check, Row
from tracker.domain.rules import RuleBroken
from tracker.models.kept_reports import KeptReport
from tracker.queries.kept_reports import (
    Place,
    is_claimable,
    is_to_be_counted,
    place_kept,
    place_of,
    scope_kept,
)
from tracker.queries.reports import count_outcome
from tracker.services import kept_reports

_log = logging.getLogger(__name__)
Counted = tuple[tuple[list[Row], tuple[Check, ...]], Place, datetime]


def count_awaited(database: Database, reports_from: Database | None = None) -> int:
    """Count every report that somebody waits for, one after the other; how many.

    `reports_from` is a copy of the database where there is one.
    """
    worker, counted = secrets.token_hex(8), 0
    while (kept := _claim(database, worker)) is not None:
        counted += _count(database, reports_from or database, worker, kept)
    return counted


def renew_kept(database: Database, reports_from: Database | None = None) -> int:
    """Have the answers counted anew that somebody asked for in the last days and that are out of date, and
    remove those that nobody asks for any more; how many are to be counted.
    """
    with database.reading() as session:
        known, has_unasked = kept_reports.renewable(session), kept_reports.has_unasked(session)
    if has_unasked:
        with database.writing() as session:
            kept_reports.drop_unasked(session)
    number = 0
    for kept in known:
        with (reports_from or database).reading() as session:
            try:
                is_old = is_to_be_counted(kept, place_kept(session, kept, clock.now()), clock.now())
            except RuleBroken:
                # Its calendar is gone: nobody can ask for it any more.
                continue
        if is_old:
            with database.writing() as session:
                kept_reports.want_anew(session, kept.id)
            number += 1
    return number


def _claim(database: Database, worker: str) -> KeptReport | None:
    # On SQLite a write lock only to find nothing would hold others up every few seconds.
    with database.reading() as session:
        if session.scalar(select(KeptReport.id).where(is_claimable(clock.now())).limit(1)) is None:
            return None
    with database.writing() as session:
        return kept_reports.claim_kept(session, worker)


def _count(database: Database, reports_from: Database, worker: str, kept: KeptReport) -> bool:
    def stay() -> None:
        with database.writing() as session:
            kept_reports.stay_counting(session, kept.id, worker)

    began = time.monotonic()
    try:
        with staying(stay):
            outcome, place, as_of = _counted(reports_from, kept)
    except SQLAlchemyError:
        # Of the database, not of this report: it is begun again once its time in this hand is over.
        raise
    except Exception:
        _log.exception("report %s cannot be counted", kept.id)
        with database.writing() as session:
            kept_reports.fail_kept(session, kept.id, worker)
        return False
    took = time.monotonic() - began
    with database.writing() as session:
        return kept_reports.keep_answer(
            session, kept.id, worker, outcome=outcome, place=place, as_of=as_of, took=took
        )


def _counted(reports_from: Database, kept: KeptReport) -> Counted:
    """The outcome, and how far the history was before: what comes meanwhile makes it out of date."""
    outline = OUTLINES[kept.report_name]
    with reports_from.reading() as session:
        scope = scope_kept(session, kept, clock.now())
        place = place_of(session, outline, scope)
        return count_outcome(session, outline, scope), place, scope.filters.as_of

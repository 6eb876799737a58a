"""Making the files of reports that people asked for, beside everything else a worker does."""

import logging
import secrets
import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qsl
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from tracker import clock
from tracker.cli.history_uploads import look_at_uploads
from tracker.cli.kept_reports import count_awaited, renew_kept
from tracker.cli.staying import staying
from tracker.config import Config
from tracker.db import Database
from tracker.domain.actors import Actor
from tracker.domain.deciding import NotPermitted
from tracker.domain.report_addresses import filters_of
from tracker.domain.report_outlines import OUTLINES
from tracker.domain.report_windows import before_window
from tracker.domain.reports import Report, Row
from tracker.domain.rules import RuleBroken
from tracker.exports.report_files import blocks_of
from tracker.files import FileStore
from tracker.logs import kind_of
from tracker.memory import MEMORIES
from tracker.models.history_uploads import HistoryUpload
from tracker.models.report_exports import ReportExport
from tracker.models.users import User
from tracker.queries.replicas import seconds_behind
from tracker.queries.report_exports import is_claimable
from tracker.queries.reports import rows_behind, run_report, run_with_before, told_behind
from tracker.queries.reports.asked import figure_of
from tracker.queries.users import actor_of
from tracker.services import history_uploads, report_exports
from tracker.services.reports import record_export

_log = logging.getLogger(__name__)

LOOK_EVERY = 2  # seconds
_SWEEP_EVERY = 3600  # seconds
_RENEW_EVERY = 300  # seconds
_UNFINISHED = timedelta(hours=1)


class _NoLongerWanted(Exception):
    """Somebody deleted the file that is being made, or another worker has it."""


@dataclass(slots=True)
class _Making:
    """One file in the hand of this worker: how many rows are written, and whether it is still wanted."""

    database: Database
    export_id: int
    worker: str
    rows: int = 0
    is_wanted: bool = True

    def counted(self, rows: Iterable[Row]) -> Iterator[Row]:
        """The rows, counted as they pass; they break off once nobody wants them."""
        for row in rows:
            if not self.is_wanted:
                raise _NoLongerWanted
            self.rows += 1
            yield row

    def stay(self) -> None:
        """Note how far it is, so that no other worker begins it."""
        with self.database.writing() as session:
            self.is_wanted = report_exports.note_progress(session, self.export_id, self.worker, self.rows)


def keep_making_exports(config: Config, database: Database, stopped: threading.Event) -> None:
    """Make what people ask for, import what they bring and remove what is over, until stopped."""
    reports_from = Database.at(config.replica_url) if config.replica_url else database
    clock.keep_days_of(ZoneInfo(config.time_zone))
    looks = 0
    while not stopped.is_set():
        try:
            if looks % (_SWEEP_EVERY // LOOK_EVERY) == 0:
                sweep_left_behind(database, FileStore(config.files_folder))
            if looks % (_RENEW_EVERY // LOOK_EVERY) == 0:
                renew_kept(database, reports_from)
            looks += 1
            count_awaited(database, reports_from)
            make_exports(config, database, reports_from)
            look_at_uploads(config, database)
            # Also where nobody asks for a page any more.
            MEMORIES.grow_old(clock.now())
        except (RuleBroken, SQLAlchemyError, OSError) as failure:
            _log.warning("exports were not looked after: %s", kind_of(failure))
        except Exception:
            _log.exception("exports were not looked after")
        stopped.wait(LOOK_EVERY)


def make_exports(config: Config, database: Database, reports_from: Database | None = None) -> int:
    """Make every file that waits, one after the other, and remove those whose time is over; how many made.

    `reports_from` is a copy of the database where there is one.
    """
    store, worker, made = FileStore(config.files_folder), secrets.token_hex(8), 0
    _remove_old(database, store)
    while (export := _claim(database, worker)) is not None:
        made += _make(database, reports_from or database, store, worker, export)
    return made


def _remove_old(database: Database, store: FileStore) -> None:
    with database.reading() as session:
        over = ReportExport.expires_at <= clock.now()
        if session.scalar(select(ReportExport.id).where(over).limit(1)) is None:
            return
    with database.writing() as session:
        report_exports.drop_expired(session, store)


def sweep_left_behind(database: Database, store: FileStore) -> int:
    """Remove what workers that were killed left behind: bytes of no row, and halves of files; how many."""
    before, number = clock.now() - _UNFINISHED, 0
    rows: tuple[tuple[str, Any], ...] = (
        (report_exports.FOLDER, ReportExport.key),
        (history_uploads.FOLDER, HistoryUpload.key),
    )
    for folder, key in rows:
        own = store.within(folder)
        number += own.remove_unfinished(before)
        with database.reading() as session:
            known = set(session.scalars(select(key).where(key.is_not(None))))
        for stored, stored_at in own.stored():
            if stored not in known and stored_at < before:
                own.remove(stored)
                number += 1
    return number


def _claim(database: Database, worker: str) -> ReportExport | None:
    # On SQLite a write lock only to find nothing would hold others up every few seconds.
    with database.reading() as session:
        if session.scalar(select(ReportExport.id).where(is_claimable(clock.now())).limit(1)) is None:
            return None
    with database.writing() as session:
        return report_exports.claim_export(session, worker)


def _make(
    database: Database, reports_from: Database, store: FileStore, worker: str, export: ReportExport
) -> bool:
    making = _Making(database, export.id, worker)
    try:
        actor = _owner(database, export)
        with staying(making.stay):
            stored = store.within(report_exports.FOLDER).put_blocks(
                _blocks(database, reports_from, export, actor, making)
            )
    except _NoLongerWanted:
        return False
    except RuleBroken as broken:
        return _fail(making, broken.message)
    except SQLAlchemyError:
        # Of the database, not of this file: it is begun again once its time in this hand is over.
        raise
    except OSError:
        _log.exception("export %s cannot be stored", export.id)
        return _fail(making, "It could not be stored: the disk may be full. Tell whoever runs this.")
    except Exception:
        _log.exception("export %s cannot be made", export.id)
        return _fail(making, "It could not be made. Tell whoever runs this.")
    with database.writing() as session:
        is_kept = report_exports.keep_export(
            session, export.id, worker, stored, rows=making.rows, actor=actor
        )
    if not is_kept:
        store.within(report_exports.FOLDER).remove(stored.key)
    return is_kept


def _owner(database: Database, export: ReportExport) -> Actor:
    """Whoever asked, as they may see things now. Raises NotPermitted once they may not sign in."""
    with database.reading() as session:
        user = session.get_one(User, export.user_id)
        if not user.is_active:
            raise NotPermitted("Whoever asked for it may no longer sign in.")
        return actor_of(session, user)


def _blocks(
    database: Database, reports_from: Database, export: ReportExport, actor: Actor, making: _Making
) -> Iterator[bytes]:
    """The file piece by piece, read in one session; that it is taken away is on record before."""
    outline = OUTLINES[export.report_name]
    asked = dict(parse_qsl(export.query))
    filters = filters_of(asked, now=clock.now(), default_zone=export.zone)
    has_before = asked.get("with_before") == "1" and not export.has_rows
    given: dict[str, Any] = {"format": export.format, "has_rows": export.has_rows}
    with database.writing() as session:
        for one in [filters, before_window(filters)] if has_before else [filters]:
            record_export(session, outline, one, **given, actor=actor)
    with (database if outline.is_sensitive else reports_from).reading() as session:
        behind = seconds_behind(session)
        report: Report
        if export.has_rows:
            figure = figure_of(outline, asked)
            report = rows_behind(session, export.report, filters, figure, actor=actor)
        else:
            run = run_with_before if has_before else run_report
            report = run(session, export.report, filters, actor=actor)
        report = told_behind(report, behind)
        counted = replace(report, rows=making.counted(report.rows))
        yield from blocks_of(counted, export.format, has_bom=export.has_bom)


def _fail(making: _Making, sentence: str) -> bool:
    with making.database.writing() as session:
        report_exports.fail_export(session, making.export_id, making.worker, sentence)
    return False

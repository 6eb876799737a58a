"""Checking and importing the histories that HR brought by a page, beside everything else a worker does."""

import logging
import secrets
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from tracker import clock
from tracker.cli.staying import staying
from tracker.config import Config
from tracker.db import Database
from tracker.domain.actors import Actor
from tracker.domain.deciding import NotPermitted
from tracker.domain.event_logs import EventMapping, read_mapping
from tracker.domain.history_uploads import PENDING
from tracker.domain.rules import RuleBroken
from tracker.files import FileStore, NoSuchFile
from tracker.models.history_uploads import HistoryUpload
from tracker.models.jobs import Job
from tracker.models.users import User
from tracker.queries.users import actor_of
from tracker.services import history_uploads
from tracker.services.event_log_gathering import EventLog
from tracker.services.event_logs import MOST_BYTES_OF_UPLOAD, read_log, require_small, unread_columns
from tracker.services.history_import import ImportedFile, import_batch
from tracker.services.history_plans import JobPlan, batches, find_named_job, plan_jobs
from tracker.services.history_reports import checked_report, imported_report
from tracker.services.leases import in_hand

_log = logging.getLogger(__name__)


class _NoLongerWanted(Exception):
    """Somebody deleted the file, or another worker has it."""


@dataclass(slots=True)
class _Work:
    """One file in the hand of this worker, and how much of it is imported."""

    database: Database
    upload: HistoryUpload
    worker: str
    done: int = 0
    total: int = 0

    def stay(self) -> None:
        """Note how far it is, so that no other worker begins it."""
        with self.database.writing() as session:
            history_uploads.note_upload(
                session, self.upload.id, self.worker, done=self.done, total=self.total
            )


def look_at_uploads(config: Config, database: Database) -> int:
    """Check and import every file that waits, one after the other; how many steps were taken."""
    store, worker, number = FileStore(config.files_folder), secrets.token_hex(8), 0
    _remove_over(database, store)
    while (upload := _claim(database, worker)) is not None:
        work = _Work(database, upload, worker)
        try:
            with staying(work.stay):
                report = _report(work, store)
            with database.writing() as session:
                history_uploads.finish_step(session, store, upload.id, worker, report)
        except _NoLongerWanted:
            continue
        except RuleBroken as broken:
            _fail(work, broken.message)
        except NoSuchFile:
            _fail(work, "The file is no longer there: bring it again.")
        except (SQLAlchemyError, OSError):
            # Of the database or the machine, not of this file: it is begun again later.
            raise
        except Exception:
            _log.exception("history %s cannot be taken", upload.id)
            _fail(work, "It cannot be taken. Tell whoever runs this.")
        number += 1
    return number


def _remove_over(database: Database, store: FileStore) -> None:
    with database.reading() as session:
        over = select(HistoryUpload.id).where(HistoryUpload.expires_at <= clock.now()).limit(1)
        if session.scalar(over) is None:
            return
    with database.writing() as session:
        history_uploads.drop_uploads(session, store, is_over_only=True)


def _claim(database: Database, worker: str) -> HistoryUpload | None:
    # On SQLite a write lock only to find nothing would hold others up every few seconds.
    with database.reading() as session:
        if session.scalar(select(HistoryUpload.id).where(HistoryUpload.state.in_(PENDING)).limit(1)) is None:
            return None
    with database.writing() as session:
        return history_uploads.claim_upload(session, worker)


def _report(work: _Work, store: FileStore) -> dict[str, object]:
    upload = work.upload
    path = store.within(history_uploads.FOLDER).path_of(upload.key or "")
    require_small(path, upload.file_name, MOST_BYTES_OF_UPLOAD)
    mapping = read_mapping(upload.mapping)
    is_check = upload.state.value == "checking"
    if is_check and (columns := unread_columns(path, upload.file_name, mapping)) is not None:
        return {"header": columns[0], "samples": columns[1], "jobs": [], "bad": [], "bad_lines": 0}
    log = read_log(path, upload.file_name, mapping, zone=ZoneInfo(upload.zone))
    with work.database.reading() as session:
        actor = _owner(session, upload)
        try:
            plans = _plans(session, upload, log, mapping)
        except RuleBroken as broken:
            if not is_check or broken.field != "mapping":
                raise
            # What the file's words mean is set on the page.
            return checked_report(log, [], log.bad, mapping) | {"note": broken.message}
        bad = [*log.bad, *(line for one in plans for line in one.plan.bad)]
        if bad:
            plans = _plans(session, upload, log.without(bad), mapping)
        if is_check:
            return checked_report(log, plans, bad, mapping)
    if bad and not upload.is_without_bad:
        raise RuleBroken(f"There are {len(bad):,} bad lines now, and nothing was imported: check it again.")
    raised = _import(work, plans, actor)
    return imported_report(plans, raised)


def _owner(session: Session, upload: HistoryUpload) -> Actor:
    user = session.get_one(User, upload.user_id)
    if not user.is_active:
        raise NotPermitted("Whoever brought it may no longer sign in.")
    return actor_of(session, user)


def _plans(session: Session, upload: HistoryUpload, log: EventLog, mapping: EventMapping) -> list[JobPlan]:
    job = session.get_one(Job, upload.job_id) if upload.job_id else None
    return plan_jobs(session, log, mapping, job=job, find=lambda named: find_named_job(session, named))


def _import(work: _Work, plans: list[JobPlan], actor: Actor) -> int:
    """Write everything batch by batch, others in between: by how much openings were raised."""
    file, raised = ImportedFile(work.upload.file_name, work.upload.sha256), 0
    work.total = sum(len(one.plan.applications) for one in plans)
    for one in plans:
        for batch in batches(one.plan):
            with work.database.writing() as session:
                # Asked in the batch's own transaction: who is erased meanwhile does not come in again.
                if in_hand(session, HistoryUpload, work.upload.id, work.worker) is None:
                    raise _NoLongerWanted
                job = session.get_one(Job, one.job.id)
                raised += import_batch(session, job, batch, file, actor=actor)
            work.done += len(batch)
    return raised


def _fail(work: _Work, sentence: str) -> None:
    with work.database.writing() as session:
        history_uploads.fail_step(session, work.upload.id, work.worker, sentence)

"""Importing a list of candidates, for a job or none: all of it or nothing, a second time nothing more."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.domain.actors import Actor
from tracker.domain.candidate_files import BadLine, CandidateLine, read_candidates
from tracker.domain.file_formats import check_file
from tracker.domain.permissions import ANYTHING, Permission, Subject
from tracker.domain.rules import RuleBroken
from tracker.domain.stages import JOB_STATUS_LABELS, JobStatus
from tracker.files import FileStore
from tracker.models.applications import Application
from tracker.models.candidates import Candidate
from tracker.models.jobs import Job
from tracker.services.applications import add_note, apply
from tracker.services.audit import record, record_list_import
from tracker.services.candidates import CandidateDetails, find_by_email, find_or_add
from tracker.services.files import attach_file
from tracker.services.permits import require
from tracker.services.tags import add_tags

ReadResume = Callable[[str], bytes]
"""Gives the bytes of a résumé by the name in the list; raises OSError where there is none."""


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did, or would do: people or applications added, lines that were there, bad lines.

    `known` of the added are kept already and get an application; `left` wait for the next part.
    """

    added: int
    present: int
    bad: tuple[BadLine, ...]
    is_dry_run: bool
    known: int = 0
    left: int = 0


class ImportRefused(RuleBroken):
    """The list has bad lines and nothing of it was stored; `bad` names each line and why."""

    def __init__(self, bad: Sequence[BadLine]) -> None:
        lines = "1 line" if len(bad) == 1 else f"{len(bad)} lines"
        first = f"line {bad[0].number}: {bad[0].reason}"
        super().__init__(f"{lines} cannot be taken, so nothing was stored. First, {first}", field="file")
        self.bad = tuple(bad)


def import_candidates(
    session: Session,
    job: Job,
    data: bytes,
    *,
    actor: Actor,
    store: FileStore | None = None,
    read_resume: ReadResume | None = None,
    dry_run: bool = False,
    skip_bad: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> ImportReport:
    """Add the candidates of a CSV list with an application each to an open job.

    Whoever has applied to the job before is left alone, so a second import changes nothing. Raises RuleBroken
    on `file` for what is no list, and ImportRefused if there are bad lines and they are not to be skipped.
    `progress` is told lines done and lines in all.
    """
    return import_lines(
        session,
        job,
        *read_candidates(data),
        actor=actor,
        store=store,
        read_resume=read_resume,
        dry_run=dry_run,
        skip_bad=skip_bad,
        progress=progress,
    )


def import_lines(
    session: Session,
    job: Job | None,
    lines: Sequence[CandidateLine],
    bad: Sequence[BadLine],
    *,
    actor: Actor,
    store: FileStore | None = None,
    read_resume: ReadResume | None = None,
    dry_run: bool = False,
    skip_bad: bool = False,
    most: int | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> ImportReport:
    """Add the people of lines that were read, with an application each to an open job if one is given.

    Whoever has applied to the job before, or for no job is kept already, is left alone, so a
    list may come in by parts of `most` each, and be gone on with after a stop. Raises RuleBroken and
    ImportRefused as `import_candidates` does.
    """
    require(actor, Permission.CANDIDATE_IMPORT, Subject(job_id=job.id) if job else ANYTHING)
    if job is not None and job.status is not JobStatus.OPEN:
        status = JOB_STATUS_LABELS[job.status].lower()
        raise RuleBroken(
            f"The job is {status}: candidates can be imported for an open job only.", field="job"
        )
    bad = sorted([*bad, *_bad_resumes(lines, read_resume if store else None)], key=lambda line: line.number)
    if bad and not skip_bad:
        raise ImportRefused(bad)
    skipped = {line.number for line in bad}
    lines = [line for line in lines if line.number not in skipped]
    added = joining = left = 0
    for done, line in enumerate(lines, start=1):
        known = find_by_email(session, line.email)
        if known is None or (job is not None and not _has_applied(session, job, known)):
            if most is not None and added >= most:
                left += 1
                continue
            added += 1
            joining += known is not None
            if not dry_run:
                application = _store(session, job, line, actor)
                if application and line.resume and store is not None and read_resume is not None:
                    _attach_resume(session, store, application, line.resume, read_resume, actor)
        if progress is not None:
            progress(done, len(lines))
    if added and not dry_run:
        _record(session, job, added, len(bad), actor)
    return ImportReport(added, len(lines) - added - left, tuple(bad), dry_run, joining, left)


def _record(session: Session, job: Job | None, added: int, skipped: int, actor: Actor) -> None:
    if job is None:
        record_list_import(session, actor=actor, added=added, skipped=skipped)
    else:
        record(session, "candidate:import", job, actor=actor, added=added, skipped=skipped)


def _bad_resumes(lines: Sequence[CandidateLine], read_resume: ReadResume | None) -> list[BadLine]:
    """The lines whose résumé could not be kept, found out before anything is stored."""
    bad: list[BadLine] = []
    for line in lines:
        if not line.resume:
            continue
        if read_resume is None:
            reason = "Résumés cannot come with this import: leave the column resume empty."
            bad.append(BadLine(line.number, reason))
            continue
        try:
            check_file(line.resume, read_resume(line.resume))
        except OSError:
            bad.append(BadLine(line.number, f"The résumé “{line.resume}” cannot be read."))
        except RuleBroken as broken:
            bad.append(BadLine(line.number, f"The résumé “{line.resume}” cannot be taken. {broken.message}"))
    return bad


def _store(session: Session, job: Job | None, line: CandidateLine, actor: Actor) -> Application | None:
    details = CandidateDetails(line.name, line.email, line.phone, line.location, line.profile)
    candidate, _ = find_or_add(session, details, actor=actor)
    if job is None:
        return None
    application = apply(session, job, candidate, actor=actor, source=line.source or "unknown")
    if line.tags:
        add_tags(session, application, line.tags, actor=actor)
    if line.note:
        add_note(session, application, line.note, actor=actor)
    return application


def _attach_resume(
    session: Session,
    store: FileStore,
    application: Application,
    name: str,
    read_resume: ReadResume,
    actor: Actor,
) -> None:
    candidate = session.get_one(Candidate, application.candidate_id)
    attach_file(session, store, candidate, name, read_resume(name), actor=actor, application=application)


def _has_applied(session: Session, job: Job, candidate: Candidate) -> bool:
    applied = select(Application.id).where(
        Application.job_id == job.id, Application.candidate_id == candidate.id
    )
    return session.scalar(applied.limit(1)) is not None

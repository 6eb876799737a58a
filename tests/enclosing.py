"""What has to be on file before a notice goes out: a copy of the report, and summaries of rights."""

import itertools
from typing import Any

from tests.factories import AN_INSTANT
from tracker.models.adverse_notices import RightsSummary
from tracker.models.applications import Application
from tracker.models.files import FileKind, StoredFile

_numbers = itertools.count(1)


def attach_report(session: Any, application: Application, key: str = "") -> StoredFile:
    file = StoredFile(
        key=key or f"report{next(_numbers)}",
        candidate_id=application.candidate_id,
        application_id=application.id,
        kind=FileKind.BACKGROUND_REPORT,
        name="report.pdf",
        media_type="application/pdf",
        size=4,
        sha256="0" * 64,
        uploaded_by="user:1",
        created_at=AN_INSTANT,
    )
    session.add(file)
    session.flush()
    return file


def file_summary(session: Any, jurisdiction: str = "US") -> RightsSummary:
    summary = RightsSummary(
        jurisdiction=jurisdiction,
        name=f"rights-{jurisdiction}.pdf",
        media_type="application/pdf",
        document=b"%PDF",
        created_at=AN_INSTANT,
        created_by="user:1",
    )
    session.add(summary)
    session.flush()
    return summary


def enclose(session: Any, application: Application) -> None:
    attach_report(session, application)
    file_summary(session)

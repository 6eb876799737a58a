"""What tests of the candidate's side share: a posted job, an applicant at the pages, and their mail."""

import io
import re
from dataclasses import replace
from typing import Any

from sqlalchemy import select
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from tests.factories import make_job
from tests.web.pages import ReadingClient, page_of
from tracker.cli.worker import sender_of
from tracker.config import Config
from tracker.db import Database
from tracker.domain.actors import SYSTEM
from tracker.domain.mails import Mail, MailEvent
from tracker.domain.postings import PostingDetails
from tracker.models.jobs import Job
from tracker.models.outbox import OutboxMessage
from tracker.services.mails import write_mail
from tracker.services.postings import publish_posting, write_posting

DETAILS = PostingDetails(title="Order clerk", text="You take orders.", place="Leeds", country="GB")
RESUME = b"Amina Yusuf. Order clerk for six years."
ANCHOR = re.compile(r"/my/link/[\w-]+")


def post(session: Any, job: Job, **changes: Any) -> Job:
    write_posting(session, job, replace(DETAILS, **changes), version=0, actor=SYSTEM)
    publish_posting(session, job, actor=SYSTEM)
    return job


def posted_job(database: Database, **changes: Any) -> int:
    with database.writing() as session:
        return post(session, make_job(session, minimum_qualifications=["Writes clearly"]), **changes).id


def resume(name: str = "resume.txt", data: bytes = RESUME) -> tuple[io.BytesIO, str]:
    return io.BytesIO(data), name


def hidden_values(response: Any) -> dict[str, str]:
    form = next(form for form in page_of(response).iter("form") if form.get("enctype"))
    return {
        field.get("name"): field.get("value", "")
        for field in form.iter("input")
        if field.get("type") == "hidden"
    }


def fill_in_application(
    client: ReadingClient, job_id: int, email: str = "amina@example.net", **more: Any
) -> Any:
    """Open the form and send it; what is given as none is left out."""
    values: dict[str, Any] = hidden_values(client.get(f"/careers/{job_id}/apply"))
    values |= {"name": "Amina Yusuf", "email": email, "phone": "020 7946 0958", "has_read": "y"}
    values |= {"resume": resume(), **more}
    kept = {name: value for name, value in values.items() if value is not None}
    return send_form(client, f"/careers/{job_id}/apply", kept)


def send_form(client: ReadingClient, path: str, values: dict[str, Any]) -> Any:
    """Post a form with files, as bytes: a client leaves the file open that it lays a large body into."""
    given = {
        name: FileStorage(*value) if isinstance(value, tuple) else value for name, value in values.items()
    }
    boundary, body = encode_multipart(given)
    return client.post(path, data=body, content_type=f'multipart/form-data; boundary="{boundary}"')


def mails_of(database: Database, config: Config, event: MailEvent) -> list[Mail]:
    """What waits in the outbox about this event, as it goes out now: each link in it works."""
    with database.writing() as session:
        rows = session.scalars(
            select(OutboxMessage).where(OutboxMessage.kind == event).order_by(OutboxMessage.id)
        )
        return [write_mail(session, row, sender_of(config), is_going_out=True) for row in rows]


def link_in(mail: Mail) -> str:
    found = ANCHOR.search(mail.text)
    assert found is not None, mail.text
    return found[0]


def come_in(client: ReadingClient, link: str) -> Any:
    """Open the mailed link and press its button."""
    client.get(link)
    return client.post(link, data={"csrf_token": client.token})

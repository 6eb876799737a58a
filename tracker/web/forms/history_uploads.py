"""The forms of a history brought by a page: the file and what it is of, then what of it is imported."""

from collections.abc import Iterable
from typing import Any

from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from sqlalchemy import Row
from wtforms import BooleanField, HiddenField, SelectField, StringField
from wtforms.validators import InputRequired, Length

from tracker.services.event_logs import ENDINGS, READY_LABELS

BY_FILE = "file"
OURS, OWN = "ours", "own"


class HistoryForm(FlaskForm):
    """A history to check."""

    file = FileField(
        "File",
        [FileRequired("Choose a file.")],
        description="XES, CSV or JSON lines, also compressed (.gz), or a zip of a system's tables as CSV."
        " At most 10 MB; compressed it holds about ten times as much. Larger files are imported from the"
        " command line.",
        render_kw={"accept": ",".join((*ENDINGS, ".gz"))},
    )
    job = SelectField("Job", [InputRequired("Choose a job.")])
    system = SelectField(
        "Where it comes from",
        choices={
            OURS: "Another system; I say next what its words mean",
            **{name: f"{label}: its tables in a zip, or one of them" for name, label in READY_LABELS.items()},
            OWN: "Another system, with a mapping file",
        },
    )
    mapping = FileField(
        "Mapping file",
        description="TOML that says what stages and columns mean; only where you have one.",
        render_kw={"accept": ".toml"},
    )
    zone = StringField(
        "Time zone",
        [InputRequired("Enter a time zone."), Length(max=60)],
        description="Of times in the file that name none.",
    )

    def offer_jobs(self, jobs: Iterable[Row[Any]]) -> None:
        """Ask about these jobs, and about those that the file itself names."""
        self.job.choices = {"": "Choose a job", BY_FILE: "The jobs that the file names"} | {
            str(job.id): job.title for job in jobs
        }


class ImportForm(FlaskForm):
    """Whether what was checked comes in."""

    is_without_bad = BooleanField("Leave out the applications that bad lines belong to")
    version = HiddenField()

    def seen(self) -> int:
        """The version of the file that the person saw; 0 for none."""
        text = self.version.data or ""
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0

"""The form of an import: a list, the job it is for, and whether bad lines are left out."""

from collections.abc import Iterable
from typing import Any

from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from sqlalchemy import Row
from wtforms import BooleanField, HiddenField, SelectField
from wtforms.validators import InputRequired

from tracker.web.forms.candidates import job_choices


class CandidateImportForm(FlaskForm):
    """First it checks a list, then it imports the one that was checked: `kept` says which."""

    job = SelectField("Job", [InputRequired("Choose a job.")])
    file = FileField(
        "List",
        description="CSV in UTF-8; its first line names the columns: name, email, and if you like "
        "phone and source.",
        render_kw={"accept": ".csv,.txt,text/csv"},
    )
    skip_bad = BooleanField("Leave bad lines out")
    kept = HiddenField()

    def offer_jobs(self, jobs: Iterable[Row[Any]]) -> None:
        """Ask about these jobs."""
        self.job.choices = job_choices(jobs)

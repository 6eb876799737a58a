"""The forms of an import: first a list is checked for a job, then the checked list comes in."""

from collections.abc import Iterable
from typing import Any

from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from sqlalchemy import Row
from wtforms import BooleanField, HiddenField, SelectField
from wtforms.validators import InputRequired

from tracker.web.forms.candidates import job_choices


class JobForm(FlaskForm):
    """The job that a list is for."""

    job = SelectField("Job", [InputRequired("Choose a job.")])

    def offer_jobs(self, jobs: Iterable[Row[Any]]) -> None:
        """Ask about these jobs."""
        self.job.choices = job_choices(jobs)


class ListForm(JobForm):
    """A list to check."""

    file = FileField(
        "List",
        [FileRequired("Choose a file.")],
        description="CSV in UTF-8; its first line names the columns: name, email, and if you like "
        "phone and source.",
        render_kw={"accept": ".csv,.txt,text/csv"},
    )


class CheckedListForm(JobForm):
    """The list that was checked, named by `kept`, and whether its bad lines are left out."""

    skip_bad = BooleanField("Leave bad lines out")
    kept = HiddenField()

"""The forms of an import: first a list is checked for a job or none, then the checked list comes in."""

from collections.abc import Iterable
from typing import Any

from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from sqlalchemy import Row
from wtforms import BooleanField, HiddenField, SelectField
from wtforms.validators import InputRequired

from tracker.web.forms.candidates import job_choices

NO_JOB = "none"


class JobForm(FlaskForm):
    """The job that a list is for, or none."""

    job = SelectField("Job", [InputRequired("Choose a job.")])

    def offer_jobs(self, jobs: Iterable[Row[Any]]) -> None:
        """Ask about these jobs, and about none."""
        choices = job_choices(jobs)
        self.job.choices = {"": choices.pop("")} | {NO_JOB: "No job: only the list of candidates"} | choices


class ListForm(JobForm):
    """A list to check."""

    file = FileField(
        "List",
        [FileRequired("Choose a file.")],
        description="XLSX, or CSV in UTF-8, whose first line names the columns; or JSON Resume, one file or "
        "many in a zip. You see next what everything is taken as.",
        render_kw={
            "accept": ".csv,.txt,.xlsx,.json,.zip,text/csv,application/json,application/zip,"
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        },
    )


class CheckedListForm(JobForm):
    """The list that was checked, named by `kept`, and whether its bad lines are left out."""

    skip_bad = BooleanField("Leave bad lines out")
    kept = HiddenField()

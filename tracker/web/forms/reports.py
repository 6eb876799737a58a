"""The filters of a report: read from the address, so that a link holds them."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from flask import request
from flask_wtf import FlaskForm
from wtforms import SelectField, StringField
from wtforms.validators import Length

from tracker.domain.reports import BUSINESS
from tracker.domain.rules import RuleBroken

NOBODY: Mapping[int, str] = MappingProxyType({})
_DAY = {"type": "date"}


class ReportForm(FlaskForm):
    class Meta:
        # A question changes nothing, and its address is to be passed on.
        csrf = False

    job = SelectField("Job", validate_choice=False)
    from_ = StringField("From", [Length(max=40)], name="from", description="The first day that counts.")
    to = StringField("To", [Length(max=40)], description="The first day that no longer counts.")
    as_of = StringField("As of", [Length(max=40)], description="As things stood when this day ended.")
    zone = StringField("Time zone", [Length(max=60)])
    department = SelectField("Department", validate_choice=False)
    location = SelectField("Place", validate_choice=False)
    recruiter = SelectField(
        "Recruiter", validate_choice=False, description="Of the team of the job, as it is now."
    )
    source = StringField("Source", [Length(max=80)], description="Where the applicant first came from.")
    days = SelectField(
        "Days",
        choices={"": "Calendar days", BUSINESS: "Business days"},
        validate_choice=False,
        description="Monday to Friday in the report's zone.",
    )
    holidays = SelectField(
        "Holidays", validate_choice=False, description="Left out of business days; HR keeps the calendars."
    )
    without_filled = SelectField(
        "Position filled",
        choices={"": "Counted", "1": "Left out"},
        validate_choice=False,
        description="Those closed because the position was filled.",
    )
    with_before = SelectField(
        "Compare",
        choices={"": "With nothing", "1": "With the window before"},
        validate_choice=False,
        description="As long a window, with as much time since.",
    )

    @classmethod
    def of_address(
        cls,
        jobs: Mapping[int, str],
        zone: str,
        groups: tuple[Sequence[str], Sequence[str]] = ((), ()),
        recruiters: Mapping[int, str] = NOBODY,
        calendars: Sequence[str] = (),
    ) -> "ReportForm":
        """The form as the address fills it; `zone` holds where none is asked for."""
        form = cls(formdata=request.args)
        departments, places = groups
        form.department.choices = {"": "All departments"} | {name: name for name in departments}
        form.location.choices = {"": "All places"} | {name: name for name in places}
        form.holidays.choices = {"": "None"} | {name: name for name in calendars}
        form.recruiter.choices = {"": "All recruiters"} | {str(id_): name for id_, name in recruiters.items()}
        form.job.choices = {"": "All jobs"} | {str(job_id): title for job_id, title in jobs.items()}
        form.zone.description = f"Such as Europe/London; {zone} where none is given."
        return form

    def attributes(self, name: str) -> dict[str, Any]:
        """How a day is typed; an instant in the address stays as it was written."""
        value = self[name].data or ""
        return _DAY if len(value) <= len("2026-08-01") else {}

    def refuse(self, broken: RuleBroken) -> None:
        """Show a broken rule at its field, or above all."""
        name = "from_" if broken.field == "from" else broken.field
        if name and name in self:
            self[name].errors = [*self[name].errors, broken.message]
        else:
            self.form_errors.append(broken.message)

"""Forms of postings: what strangers read, and a link that carries a source."""

from typing import Any

from flask_wtf import FlaskForm
from wtforms import BooleanField, DateField, HiddenField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from tracker.domain.offers import CURRENCIES, SALARY_PERIOD_LABELS, SalaryPeriod, parse_salary
from tracker.domain.postings import EMPLOYMENT_TYPE_LABELS, LONGEST_POSTING, EmploymentType, PostingDetails
from tracker.domain.sources import INTERNAL, REFERRAL, SOURCES

_AMOUNT = Length(max=30, message="Such as 31500 or 18.50.")


class PostingForm(FlaskForm):
    version = HiddenField()
    title = StringField("Public title", [InputRequired("Give the posting a title."), Length(max=200)])
    text = TextAreaField(
        "Text",
        [InputRequired("Write what the job is about."), Length(max=LONGEST_POSTING)],
        description="An empty line begins a paragraph. # heads a part, - begins a point of a list, **bold**, "
        "*italic*, [words](https://…) a link.",
        render_kw={"rows": 16},
    )
    employment_type = SelectField(
        "Employment", choices={kind.value: EMPLOYMENT_TYPE_LABELS[kind] for kind in EmploymentType}
    )
    place = StringField(
        "Place", [Optional(), Length(max=200)], description="The town; may stay empty for remote work."
    )
    country = StringField(
        "Country",
        [InputRequired("Name the country."), Length(max=40)],
        description="Two letters: US, GB, DE.",
    )
    is_remote = BooleanField("The work can be done from anywhere in the country")
    salary_low = StringField("Salary from", [Optional(), _AMOUNT])
    salary_high = StringField("Salary to", [Optional(), _AMOUNT])
    currency = SelectField("Currency", choices={code: code for code in CURRENCIES})
    period = SelectField("Paid", choices={p.value: SALARY_PERIOD_LABELS[p] for p in SalaryPeriod})
    is_salary_shown = BooleanField("Show the salary to applicants", default=True)
    closes_on = DateField("Last day to apply", [Optional()])
    is_internal = BooleanField(
        "For people of the house only", description="Strangers do not find it; everybody signed in does."
    )

    def details(self) -> PostingDetails:
        """The posting as the rules read it. Raises RuleBroken at a salary that cannot be read."""
        low, high = _cents(self.salary_low), _cents(self.salary_high)
        return PostingDetails(
            title=self.title.data or "",
            text=self.text.data or "",
            employment_type=EmploymentType(self.employment_type.data),
            place=self.place.data,
            country=self.country.data,
            is_remote=self.is_remote.data,
            salary_low_cents=low,
            salary_high_cents=high,
            currency=self.currency.data,
            period=SalaryPeriod(self.period.data),
            is_salary_shown=self.is_salary_shown.data,
            closes_on=self.closes_on.data,
            is_internal=self.is_internal.data,
        )

    def fill(self, details: PostingDetails, version: int) -> None:
        """Show a posting as it stands."""
        for name in ("title", "text", "place", "country", "is_remote", "is_salary_shown", "closes_on"):
            self[name].data = getattr(details, name)
        self.employment_type.data = details.employment_type.value
        self.salary_low.data = _amount(details.salary_low_cents)
        self.salary_high.data = _amount(details.salary_high_cents)
        self.currency.data = details.currency or CURRENCIES[0]
        self.period.data = (details.period or SalaryPeriod.YEAR).value
        self.is_internal.data = details.is_internal
        self.version.data = str(version)


class SourceLinkForm(FlaskForm):
    source = SelectField(
        "Channel", choices={s: s.capitalize() for s in SOURCES if s not in (REFERRAL, INTERNAL, "unknown")}
    )
    label = StringField(
        "Name",
        [InputRequired("Give the link a name."), Length(max=120)],
        description="Where it will stand, such as “Autumn fair at the college”.",
    )


def _cents(field: Any) -> int | None:
    if not (field.data or "").strip():
        return None
    return parse_salary(field.data, field=field.name)


def _amount(cents: int | None) -> str:
    if cents is None:
        return ""
    return f"{cents // 100}" if cents % 100 == 0 else f"{cents / 100:.2f}"

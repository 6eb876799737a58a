"""Forms of offers: the terms, and the acceptance."""

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from flask_wtf import FlaskForm
from wtforms import DateField, HiddenField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Regexp

from tracker.domain.offer_templates import OfferTerms
from tracker.domain.offers import CURRENCIES, SALARY_PERIOD_LABELS, SalaryPeriod, parse_salary

_LONGEST = Length(max=10_000, message="At most 10,000 characters.")
LAST_MINUTE = time(23, 59, 59)


class OfferForm(FlaskForm):
    salary = StringField(
        "Salary", [InputRequired("Enter the salary."), Length(max=30)], description="Such as 31500 or 18.50."
    )
    currency = SelectField("Currency", [InputRequired()], choices={code: code for code in CURRENCIES})
    period = SelectField(
        "Paid", [InputRequired()], choices={p.value: SALARY_PERIOD_LABELS[p] for p in SalaryPeriod}
    )
    starts_on = DateField("First day of work", [InputRequired("Choose the first day of work.")])
    expires_at = DateField(
        "The candidate may answer until",
        [InputRequired("Choose the last day to answer.")],
        description="To the end of that day.",
    )
    benefits = TextAreaField("Benefits", [_LONGEST])
    conditions = TextAreaField("Conditions", [_LONGEST])

    def begin_with(self, terms: OfferTerms, today: date) -> None:
        """Put the terms of a template in; the days to answer count from today."""
        self.currency.data, self.period.data = terms.currency, terms.period.value
        self.benefits.data, self.conditions.data = terms.benefits, terms.conditions
        self.expires_at.data = today + timedelta(days=terms.days_to_answer)

    def terms(self, zone: ZoneInfo) -> dict[str, Any]:
        """The terms as the rules read them; the day ends in this zone. Raises RuleBroken at `salary`."""
        return {
            "salary_cents": parse_salary(self.salary.data),
            "currency": self.currency.data,
            "period": SalaryPeriod(self.period.data),
            "starts_on": self.starts_on.data,
            "expires_at": end_of(self.expires_at.data, zone),
            "benefits": self.benefits.data,
            "conditions": self.conditions.data,
        }


class AcceptanceForm(FlaskForm):
    version = HiddenField(validators=[InputRequired(), Regexp(r"^[0-9]{1,9}$")])


def end_of(day: date, zone: ZoneInfo) -> datetime:
    """The last second of a day."""
    return datetime.combine(day, LAST_MINUTE, zone)

"""Forms about all offers: who approves them, and the templates of their terms."""

from datetime import UTC, datetime

from flask_wtf import FlaskForm
from wtforms import HiddenField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from tracker.domain.actors import Role
from tracker.domain.amounts import cents_written
from tracker.domain.offer_approvals import APPROVER_LABELS
from tracker.domain.offer_templates import LONGEST_NAME, OfferTerms
from tracker.domain.offers import CURRENCIES, SALARY_PERIOD_LABELS, SalaryPeriod
from tracker.domain.rules import RuleBroken

_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
_LONGEST = Length(max=10_000, message="At most 10,000 characters.")
_CURRENCIES = {code: code for code in CURRENCIES}


class ApprovalRuleForm(FlaskForm):
    currency = SelectField("Currency", [InputRequired()], choices=_CURRENCIES)
    amount = StringField(
        "From a salary a year of",
        [InputRequired("Enter the amount, or 0 for every offer."), Length(max=30)],
        description="0 for every offer in this currency. Hours count 2,080 to the year.",
    )
    role = SelectField(
        "Approved by", [InputRequired()], choices={role.value: said for role, said in APPROVER_LABELS.items()}
    )

    def cents(self) -> int:
        """The amount in cents. Raises RuleBroken at `amount`."""
        cents = cents_written(self.amount.data or "", "amount", field="amount")
        if cents % 100:
            raise RuleBroken("Write a whole amount, such as 60000.", field="amount")
        return cents

    def approver(self) -> Role:
        return Role(self.role.data)


class OfferTemplateForm(FlaskForm):
    name = StringField("Name", [InputRequired("Give the template a name."), Length(max=LONGEST_NAME)])
    department = StringField(
        "Department", [Optional(), Length(max=200)], description="Leave empty for jobs of all departments."
    )
    currency = SelectField("Currency", [InputRequired()], choices=_CURRENCIES)
    period = SelectField(
        "Paid", [InputRequired()], choices={p.value: SALARY_PERIOD_LABELS[p] for p in SalaryPeriod}
    )
    days_to_answer = IntegerField("Days to answer", [InputRequired("Enter the days to answer.")], default=7)
    benefits = TextAreaField("Benefits", [_LONGEST])
    conditions = TextAreaField("Conditions", [_LONGEST])
    seen = HiddenField()

    def terms(self) -> OfferTerms:
        return OfferTerms(
            name=self.name.data or "",
            currency=self.currency.data,
            period=SalaryPeriod(self.period.data),
            days_to_answer=self.days_to_answer.data or 0,
            department=self.department.data,
            benefits=self.benefits.data,
            conditions=self.conditions.data,
        )

    def fill(self, terms: OfferTerms) -> None:
        """Show the terms that are kept."""
        for name in OfferTerms.__slots__:
            self[name].data = getattr(terms, name)
        self.period.data = terms.period.value

    def seen_at(self) -> datetime:
        """When the template was changed last, as the form was given it; long ago where it cannot be read."""
        try:
            read = datetime.fromisoformat(self.seen.data or "")
        except ValueError:
            return _LONG_AGO
        return read if read.tzinfo else _LONG_AGO

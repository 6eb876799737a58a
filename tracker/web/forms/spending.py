"""The form of what was spent on a source."""

from flask_wtf import FlaskForm
from wtforms import DateField, SelectField, StringField
from wtforms.validators import InputRequired, Length

from tracker.domain.offers import CURRENCIES


class SpendForm(FlaskForm):
    source = StringField("Source", [InputRequired("Say on which source."), Length(max=80)])
    amount = StringField(
        "Amount", [InputRequired("Say how much."), Length(max=40)], description="Such as 1200 or 80.50."
    )
    currency = SelectField(
        "Currency", [InputRequired("Choose a currency.")], choices={code: code for code in CURRENCIES}
    )
    starts_on = DateField("First day", [InputRequired("Say from when on.")])
    ends_on = DateField("Last day", [InputRequired("Say until when.")])

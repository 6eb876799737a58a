"""Forms of saved views: the name, in words of one's own."""

from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import InputRequired, Length


class ViewForm(FlaskForm):
    name = StringField("Name", [InputRequired("Give the view a name."), Length(max=80)])

"""Forms of people: signing in, accounts, own settings. They check shape; rules come from the services."""

from zoneinfo import available_timezones

from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    EmailField,
    HiddenField,
    PasswordField,
    SelectField,
    SelectMultipleField,
    StringField,
)
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from tracker.domain.actors import ROLE_LABELS, Role

_ROLES = {role.value: ROLE_LABELS[role] for role in Role}
_NEW_PASSWORD = "At least 10 characters; four words that do not belong together are easy to keep."  # noqa: S105


class SignInForm(FlaskForm):
    email = EmailField(
        "E-mail",
        [InputRequired("Enter your e-mail address."), Length(max=254)],
        render_kw={"autocomplete": "username"},
    )
    password = PasswordField(
        "Password",
        [InputRequired("Enter your password."), Length(max=1000)],
        render_kw={"autocomplete": "current-password"},
    )
    next = HiddenField()


class CodeForm(FlaskForm):
    code = StringField(
        "Code",
        [InputRequired("Enter the code."), Length(max=40)],
        render_kw={"autocomplete": "one-time-code", "inputmode": "text", "spellcheck": "false"},
    )


class RolesField(SelectMultipleField):
    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class UserForm(FlaskForm):
    name = StringField("Name", [InputRequired("Enter a name."), Length(max=200)])
    roles = RolesField("Roles", [InputRequired("Choose at least one role.")], choices=_ROLES)
    password = PasswordField(
        "New password",
        [Optional()],
        description=_NEW_PASSWORD,
        render_kw={"autocomplete": "new-password"},
    )

    def chosen_roles(self) -> list[Role]:
        return [Role(value) for value in self.roles.data or []]


class NewUserForm(UserForm):
    email = EmailField("E-mail", [InputRequired("Enter an e-mail address."), Length(max=254)])
    password = PasswordField(
        "Password",
        [Optional()],
        description=f"{_NEW_PASSWORD} Without one they cannot sign in yet.",
        render_kw={"autocomplete": "new-password"},
    )


class SettingsForm(FlaskForm):
    time_zone = SelectField("Time zone", [Optional()])
    is_mailed_mentions = BooleanField("Write to me when a note mentions me")
    is_mailed_digest = BooleanField(
        "Write to me in the morning what waits for me",
        description="At seven in your zone, on days on which something waits. Counts and links, no names.",
    )

    def offer_zones(self, usual: str) -> None:
        zones = sorted(zone for zone in available_timezones() if "/" in zone or zone == "UTC")
        self.time_zone.choices = {"": f"The organisation’s ({usual})"} | {zone: zone for zone in zones}


class PasswordForm(FlaskForm):
    current = PasswordField(
        "Present password",
        [InputRequired("Enter your present password.")],
        render_kw={"autocomplete": "current-password"},
    )
    password = PasswordField(
        "New password",
        [InputRequired("Enter a new password.")],
        description=_NEW_PASSWORD,
        render_kw={"autocomplete": "new-password"},
    )

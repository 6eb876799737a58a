"""Forms of the candidate's own page."""

from collections.abc import Iterable

from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import EmailField, HiddenField, RadioField, SelectField, StringField, TelField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import FileInput

from tracker.domain.file_formats import endings_taken, formats_said
from tracker.domain.links import LONGEST_LINKS
from tracker.services.own_contacts import OwnContacts


class StepForm(FlaskForm):
    """A step that is taken or not."""


class LinkForm(FlaskForm):
    email = EmailField(
        "E-mail",
        [InputRequired("Enter the address you applied with."), Length(max=254)],
        description="The address that you applied with.",
        render_kw={"autocomplete": "email"},
    )


class WishForm(FlaskForm):
    wish = TextAreaField(
        "Times that suit you",
        [InputRequired("Say which times suit you."), Length(max=1_000)],
        description="Whoever plans the interview reads it and writes to you.",
    )


class RefereeForm(FlaskForm):
    referee_name = StringField("Name", [InputRequired("Name the person."), Length(max=200)])
    relationship = StringField(
        "How you know each other", [InputRequired("Say how you know each other."), Length(max=200)]
    )
    email = EmailField(
        "Their e-mail",
        [InputRequired("Give their e-mail address."), Length(max=254)],
        description="We write to them there. Please tell them that we will.",
    )


class DisclosureForm(FlaskForm):
    typed_name = StringField("Your full name", [InputRequired("Type your name."), Length(max=200)])
    notice = HiddenField()
    answer = RadioField(
        "Your answer",
        [InputRequired("Say yes or no.")],
        choices=[SelectChoice("yes", "I agree"), SelectChoice("no", "I do not agree")],
    )


class SignatureForm(FlaskForm):
    typed_name = StringField("Your full name", [InputRequired("Type your name to sign."), Length(max=200)])
    notice = HiddenField()
    sha256 = HiddenField()
    version = HiddenField()

    def seen(self) -> int:
        """The version of the application that was read; one that never is where none can be read."""
        return seen_number(self.version.data)


class OwnReasonForm(FlaskForm):
    reason = TextAreaField("Why", [InputRequired("Tell us why, in a word or two."), Length(max=5_000)])


class WithdrawalForm(FlaskForm):
    disposition = SelectField("Why", [InputRequired("Choose a reason.")])
    note = TextAreaField("If you like, a word more", [Optional(), Length(max=5_000)])
    version = HiddenField()

    def offer(self, reasons: Iterable[tuple[str, str]]) -> None:
        """Let them choose from these reasons: key and words."""
        self.disposition.choices = [
            SelectChoice("", "Choose a reason"),
            *(SelectChoice(key, words) for key, words in reasons),
        ]

    def seen(self) -> int:
        """The version of the application that was read; one that never is where none can be read."""
        return seen_number(self.version.data)


class OwnFileForm(FlaskForm):
    file = FileField("File", [FileRequired("Choose a file.")], widget=FileInput())

    def take(self, *, has_pictures: bool = False) -> None:
        """Say which files are taken, with photographs of papers or without."""
        take_files(self.file, has_pictures=has_pictures)


class TaskForm(FlaskForm):
    file = FileField("A file that belongs to it", [Optional()], widget=FileInput())

    def ask(self, *, needs_file: bool) -> None:
        """Say what belongs to the task; a paper may be a photograph of it."""
        take_files(self.file, has_pictures=True)
        if needs_file:
            self.file.label.text = "The paper"
            self.file.description = f"A file or a photograph of it. {self.file.description}"


class ContactsForm(FlaskForm):
    name = StringField(
        "Name",
        [InputRequired("Enter your name."), Length(max=200)],
        description="As you wish to be called; an offer is signed with it.",
        render_kw={"autocomplete": "name"},
    )
    phone = TelField("Phone", [Optional(), Length(max=60)], render_kw={"autocomplete": "tel"})
    location = StringField(
        "Where you live", [Optional(), Length(max=200)], render_kw={"autocomplete": "address-level2"}
    )
    links = TextAreaField(
        "Links",
        [Optional(), Length(max=LONGEST_LINKS)],
        description="Pages that speak of your work, one a line.",
        render_kw={"rows": 2},
    )
    seen = HiddenField()

    def contacts(self) -> OwnContacts:
        """What was filled in, as the rules read it."""
        texts = {name: self[name].data or "" for name in OwnContacts.__slots__}
        return OwnContacts(**texts)

    def fill(self, contacts: OwnContacts) -> None:
        """Show what is kept."""
        for name in OwnContacts.__slots__:
            self[name].data = getattr(contacts, name)


class AddressForm(FlaskForm):
    email = EmailField(
        "New e-mail",
        [InputRequired("Enter your new e-mail address."), Length(max=254)],
        description="We write there once; it counts from when you use the link in that mail.",
        render_kw={"autocomplete": "email"},
    )


class ErasureForm(FlaskForm):
    note = TextAreaField("If you like, a word about it", [Optional(), Length(max=2_000)])


class PoolForm(FlaskForm):
    notice = HiddenField()


def take_files(field: FileField, *, has_pictures: bool) -> None:
    """Let a field say which files it takes, and offer those alone for choosing."""
    field.description = formats_said(has_pictures=has_pictures)
    field.render_kw = {"accept": endings_taken(has_pictures=has_pictures)}


def seen_number(text: str | None) -> int:
    """A number that a page carried; one that no row has where it was spoiled."""
    return int(text) if text and text.isdecimal() and len(text) < 10 else -1

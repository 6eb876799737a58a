"""The form that a file is handed in with."""

from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import SelectField
from wtforms.validators import InputRequired
from wtforms.widgets import FileInput

from tracker.domain.file_formats import HandedIn, endings_taken, formats_said
from tracker.models.files import FILE_KIND_LABELS, FileKind
from tracker.web.uploads import handed_in


class UploadForm(FlaskForm):
    """One file, and what it is for."""

    file = FileField(
        "File",
        [FileRequired("Choose a file.")],
        description=f"{formats_said()} Onboarding papers may be JPEG or PNG too.",
        widget=FileInput(),
        render_kw={"accept": endings_taken(has_pictures=True)},
    )
    kind = SelectField(
        "What it is",
        [InputRequired("Say what the file is.")],
        choices={kind.value: FILE_KIND_LABELS[kind] for kind in FileKind},
        default=FileKind.RESUME.value,
    )

    def content(self) -> HandedIn:
        """The file, with no more of its bytes than one beyond what is taken."""
        return handed_in(self.file) or HandedIn("", b"")

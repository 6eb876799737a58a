"""The form that a file is handed in with."""

from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import SelectField
from wtforms.validators import InputRequired
from wtforms.widgets import FileInput

from tracker.domain.file_formats import FILE_FORMAT_LABELS, LARGEST_FILE, FileFormat, HandedIn
from tracker.models.files import FILE_KIND_LABELS, FileKind
from tracker.web.uploads import handed_in

MEGABYTES = LARGEST_FILE // 1024 // 1024
_FORMATS = list(FILE_FORMAT_LABELS.values())


class UploadForm(FlaskForm):
    """One file, and what it is for."""

    file = FileField(
        "File",
        [FileRequired("Choose a file.")],
        description=f"{', '.join(_FORMATS[:-1])} or {_FORMATS[-1]}, at most {MEGABYTES} MB.",
        widget=FileInput(),
        render_kw={"accept": ",".join(f".{one.value}" for one in FileFormat)},
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

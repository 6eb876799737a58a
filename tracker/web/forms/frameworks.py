"""The form that brings a skills framework in."""

from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired


class FrameworkForm(FlaskForm):
    file = FileField(
        "Export of a skills framework",
        [FileRequired("Choose a file.")],
        description="A JSON file with four levels of statements for one occupation, up to 8 MB.",
    )

"""Documents as PDF: set from a template of ours, and sent so that a browser shows them."""

from datetime import datetime
from typing import Any

from flask import Response

from tracker.config import data_folder
from tracker.exports.pdf import pdf_of


def pdf_response(template: str, data: dict[str, Any], *, made_at: datetime, name: str) -> Response:
    """The document under this file name. Raises RuleBroken for what cannot be set."""
    made = pdf_of(data_folder("templates") / "pdf", template, data, made_at=made_at)
    response = Response(made.content, mimetype="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return response

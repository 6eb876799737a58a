"""The letter of an offer as PDF: tagged, the same bytes each time, and hostile terms stay text."""

from datetime import UTC, datetime

import pytest

from tests.exports.test_pdf import HOSTILE
from tests.pdfs import declares_ua, is_tagged, squeezed, title_of, words_of
from tracker.config import data_folder
from tracker.exports.documents import offer_letter
from tracker.exports.pdf import Pdf, pdf_of

AT = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def letter(**changes: object) -> Pdf:
    given = {
        "organisation": "Harbour Supplies",
        "to": "Amina Yusuf",
        "dated": "23 November 2026",
        "opening": "These are the terms:",
        "parts": [("Benefits", "Pension.\nLunch."), ("Conditions", "")],
        "answer": "Until Friday.",
    }
    data = offer_letter("Our offer: Order clerk", [("Salary", "31,500 GBP per year")], **{**given, **changes})  # type: ignore[arg-type]
    return pdf_of(data_folder("templates") / "pdf", "offer.typ", data, made_at=AT)


def test_the_letter_is_tagged_and_says_what_was_offered() -> None:
    made = letter()
    assert made.notice == ""
    assert is_tagged(made.content)
    assert declares_ua(made.content)
    assert title_of(made.content) == "Our offer: Order clerk"
    said = words_of(made.content)
    for text in ("Amina Yusuf", "31,500 GBP per year", "Pension.", "Lunch.", "Until Friday."):
        assert squeezed(text) in said
    assert squeezed("Conditions") not in said


def test_the_same_terms_give_the_same_bytes_and_others_others() -> None:
    assert letter().content == letter().content
    assert letter().content != letter(to="Aminata Yusuf").content


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_terms_stay_text(text: str) -> None:
    said = words_of(letter(parts=[("Benefits", text)], to=text).content)
    assert squeezed(text) in said

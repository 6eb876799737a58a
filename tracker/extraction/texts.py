"""Text as it is kept: what the process that reads a file ends with, and what is believed of its answer."""

import re

MOST_TEXT = 200_000  # characters
MOST_ANSWER = 4 * 1024 * 1024  # bytes
SHEETS = "sheets"
"""What is asked for in the place of a format, to have the rows of a spreadsheet rather than words."""
PROFILES = "profiles"
"""The same for a JSON Resume, or a zip of many, to have each as it is rather than its words."""
MAIL = "mail"
"""The same for a mail, to have its text and what came with it."""
MOST_ANSWERS = {MAIL: 40 * 1024 * 1024}  # bytes, where it is more: what comes with a mail comes out whole
_NO_LETTERS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def without_controls(text: str) -> str:
    """Text with a blank for every sign that is none, line ends and tabs left."""
    return _NO_LETTERS.sub(" ", text)


def tidied(text: str) -> str:
    """Text as it is kept: no control characters, no runs of blank lines, not beyond all measure."""
    text = _NO_LETTERS.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n"))[:MOST_TEXT]
    lines = [" ".join(line.split()) for line in text.split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()

"""Starting the process that reads a file, waiting for it, and taking its answer."""

import json
import subprocess
import sys
import tempfile
from base64 import b64decode
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from tracker.domain.candidate_tables import TableRow
from tracker.domain.file_formats import FileFormat
from tracker.domain.incoming_mails import MOST_ATTACHMENTS, Attachment, IncomingMail
from tracker.domain.mail_reading import MOST_LETTERS, MOST_PARTS
from tracker.domain.profile_files import ProfileFile
from tracker.domain.resume_profiles import clean_profile
from tracker.domain.rules import RuleBroken
from tracker.extraction.texts import (
    MAIL,
    MOST_ANSWER,
    MOST_ANSWERS,
    PROFILES,
    SHEETS,
    tidied,
    without_controls,
)

PATIENCE = 10.0  # seconds
MAIL_PATIENCE = 60.0  # seconds: whoever reads a mail waits for no page
UNREADABLE = "It could not be read."
_ROOT = Path(__file__).resolve().parents[2]
_START = "import sys; sys.path[:0] = [sys.argv.pop(1)]; from tracker.extraction.child import main; main()"


@dataclass(frozen=True, slots=True)
class Extracted:
    """The text of a file, or the reason why there is none."""

    text: str | None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class ExtractedSheets:
    """The sheets of a spreadsheet, each a name and its rows, or the reason why there are none."""

    sheets: tuple[tuple[str, tuple[TableRow, ...]], ...]
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class ExtractedProfiles:
    """Every JSON Resume of a file or a zip of them, or the reason why there are none."""

    files: tuple[ProfileFile, ...]
    reason: str | None = None


def extract_text(data: bytes, file_format: FileFormat, *, seconds: float = PATIENCE) -> Extracted:
    """Read a file in a process of its own, which may use little memory and time, and no file or network.

    It never raises for what is in the file: what cannot be read says why. Raises OSError where the system
    starts no process.
    """
    said = _answer(data, file_format.value, seconds)
    return Extracted(None, said) if isinstance(said, str) else understood(said)


def extract_sheets(data: bytes, *, seconds: float = PATIENCE) -> ExtractedSheets:
    """Read the rows of a spreadsheet (XLSX) as `extract_text` reads words. Raises OSError as that does."""
    said = _answer(data, SHEETS, seconds)
    return ExtractedSheets((), said) if isinstance(said, str) else understood_sheets(said)


def extract_profiles(data: bytes, *, seconds: float = PATIENCE) -> ExtractedProfiles:
    """Read a JSON Resume, or a zip of many, as `extract_text` reads words. Raises OSError as that does."""
    said = _answer(data, PROFILES, seconds)
    return ExtractedProfiles((), said) if isinstance(said, str) else understood_profiles(said)


def extract_mail(data: bytes, envelope: IncomingMail, *, seconds: float = MAIL_PATIENCE) -> IncomingMail:
    """What is in a mail whose headers were read, read as `extract_text` reads words. Raises RuleBroken for
    what cannot be read within its limits, OSError as that does.
    """
    said = _answer(data, MAIL, seconds)
    if isinstance(said, str):
        raise RuleBroken(said)
    return understood_mail(said, envelope)


def _answer(data: bytes, kind: str, seconds: float) -> bytes | str:
    """What the process answers, or in a text why it does not."""
    if sys.platform == "win32":
        return "This system cannot limit what reads a file, so none is read."
    command = [sys.executable, "-I", "-c", _START, str(_ROOT), kind]
    with tempfile.TemporaryFile() as answer:
        try:
            done = subprocess.run(
                command,
                input=data,
                stdout=answer,
                stderr=subprocess.DEVNULL,
                timeout=seconds,
                env={},
                check=False,
            )
        except subprocess.TimeoutExpired:
            return "It took longer than a file may."
        answer.seek(0)
        said = answer.read(MOST_ANSWERS.get(kind, MOST_ANSWER) + 1)
    return said if done.returncode == 0 else _end(done.returncode)


def _end(code: int) -> str:
    return "It took more time or memory than a file may." if code < 0 else UNREADABLE


def understood(said: bytes) -> Extracted:
    """The answer of a process that nobody needs to trust: two texts and nothing else, tidied here again.

    It had a stranger's file in its hands: half letters and NUL would be refused by the database for ever.
    """
    try:
        answer = json.loads(said) if len(said) <= MOST_ANSWER else {}
        text, reason = answer.get("text"), answer.get("reason")
    except (ValueError, AttributeError, RecursionError):
        return Extracted(None, UNREADABLE)
    if isinstance(text, str) and (text := tidied(text)):
        return Extracted(text)
    return Extracted(None, (tidied(reason)[:300] if isinstance(reason, str) else "") or UNREADABLE)


def understood_sheets(said: bytes) -> ExtractedSheets:
    """The rows that a process answers which nobody needs to trust: numbers and texts, and nothing else."""
    try:
        answer = json.loads(said) if len(said) <= MOST_ANSWER else {}
        if "reason" in answer:
            return ExtractedSheets((), tidied(str(answer["reason"]))[:300] or UNREADABLE)
        sheets = tuple((_cell(one["name"]), tuple(map(_row, one["rows"]))) for one in answer["sheets"])
    except (ValueError, TypeError, KeyError, RecursionError):
        return ExtractedSheets((), UNREADABLE)
    return ExtractedSheets(sheets)


def understood_profiles(said: bytes) -> ExtractedProfiles:
    """The profiles that a process answers which nobody needs to trust: each looked at again."""
    try:
        answer = json.loads(said) if len(said) <= MOST_ANSWER else {}
        if "reason" in answer:
            return ExtractedProfiles((), tidied(str(answer["reason"]))[:300] or UNREADABLE)
        files = tuple(map(_profile, answer["profiles"]))
    except (ValueError, TypeError, KeyError, RecursionError):
        return ExtractedProfiles((), UNREADABLE)
    return ExtractedProfiles(files)


def understood_mail(said: bytes, envelope: IncomingMail) -> IncomingMail:
    """The mail that a process answers which nobody needs to trust. Raises RuleBroken with its reason."""
    try:
        answer = json.loads(said) if len(said) <= MOST_ANSWERS[MAIL] else {}
        if "reason" in answer:
            raise RuleBroken(tidied(str(answer["reason"]))[:300] or UNREADABLE)
        return replace(
            envelope,
            text=_cell(answer["text"])[:MOST_LETTERS],
            attachments=tuple(map(_attachment, answer["files"][:MOST_ATTACHMENTS])),
            left_out=tuple(_cell(name)[:200] for name in answer["left_out"][:MOST_PARTS]),
        )
    except (ValueError, TypeError, KeyError, RecursionError):
        raise RuleBroken(UNREADABLE) from None


def _attachment(told: Any) -> Attachment:
    name, data = told
    return Attachment(_cell(name)[:200], b64decode(data, validate=True))


def _profile(told: dict[str, Any]) -> ProfileFile:
    name = _cell(told["file"])[:200]
    if "reason" in told:
        return ProfileFile(name, None, tidied(str(told["reason"]))[:300] or UNREADABLE)
    try:
        return ProfileFile(name, clean_profile(told["profile"]))
    except RuleBroken as broken:
        return ProfileFile(name, None, broken.message)


def _row(told: Any) -> TableRow:
    number, cells, fault = told
    return TableRow(int(number), tuple(map(_cell, cells)), _cell(fault))


def _cell(text: Any) -> str:
    if not isinstance(text, str):
        raise TypeError("a cell is a text")
    return without_controls(text.replace("\r\n", "\n").replace("\r", "\n"))

"""What an applicant chose before the form was sent: their résumé read for the form, and files held for it."""

import re
from contextlib import suppress
from threading import BoundedSemaphore
from typing import Any

from flask import g, request
from flask_wtf import FlaskForm

from tracker.domain.file_formats import FileFormat, HandedIn
from tracker.domain.resume_contacts import Contacts, contacts_in_text, contacts_of_profile
from tracker.domain.rules import RuleBroken
from tracker.extraction.parent import extract_profiles, extract_text
from tracker.services.held_files import find_held, hold_file, release_held
from tracker.services.rate_limits import count_asked
from tracker.web.files import file_store
from tracker.web.running import database
from tracker.web.transaction import db_session

HELD = "held_"
"""What the hidden field of a held file begins with, before the name of the file's own field."""
MOST_OF_FORM = 12
"""How many held files of one form are looked up."""
MOST_HELD_OF_ADDRESS = 40
"""How many files are held for one address of the network in a quarter of an hour; more are chosen again."""
LONGEST_WAIT = 4.0  # seconds
_IS_HELD = re.compile(rf"{HELD}(?:resume|question_\d{{1,10}})")
_LONGEST_TOKEN = 100
# Reading takes a process with memory of its own: strangers start no more than these at once.
_READING = BoundedSemaphore(2)


def find_held_files(job_id: int) -> None:
    """Look up what the form holds since an earlier try, before the session is asked for anything."""
    sent = {
        token: name.removeprefix(HELD)
        for name, token in request.form.items()
        if _IS_HELD.fullmatch(name) and 0 < len(token) <= _LONGEST_TOKEN
    }
    g.held_tokens, g.held = {}, {}
    for token, name in list(sent.items())[:MOST_OF_FORM]:
        with database().reading() as session:
            given = find_held(session, file_store(), token, job_id=job_id)
        if given is not None:
            g.held_tokens[name], g.held[name] = token, given


def hold_chosen_files(job_id: int, form: FlaskForm) -> dict[str, tuple[str, str]]:
    """Hold what was chosen just now in a field of the form, beside what is held: field → (token, its name).

    In a transaction of its own, since what the rules refuse is rolled back and the files have to stay.
    """
    db_session().rollback()
    chosen: dict[str, HandedIn] = g.get("handed_in", {})
    tokens: dict[str, str] = g.get("held_tokens", {})
    files: dict[str, HandedIn] = g.get("held", {})
    for name, given in chosen.items():
        if name not in form or _count_held():
            continue
        with suppress(RuleBroken), database().writing() as session:
            token = hold_file(session, file_store(), given, job_id=job_id)
            if name in tokens:
                release_held(session, tokens.pop(name))
            if token is not None:
                tokens[name], files[name] = token, given
    return {name: (token, files[name].look_at()[0]) for name, token in tokens.items()}


def _count_held() -> int:
    """Count a file to be held for this address of the network; above zero where there were too many."""
    key = f"apply:hold:address:{request.remote_addr or ''}"
    with database().writing() as counting:
        return count_asked(counting, [(key, MOST_HELD_OF_ADDRESS)])


def release_held_files() -> None:
    """Let go of what the form held, in the transaction that takes its application in."""
    for token in g.get("held_tokens", {}).values():
        release_held(db_session(), token)


def read_contacts(given: HandedIn | None) -> Contacts | None:
    """What a résumé says of its person; none where it cannot be read, or too many are being read."""
    if given is None:
        return None
    try:
        _, file_format = given.look_at()
    except RuleBroken:
        return None
    if not _READING.acquire(timeout=LONGEST_WAIT):
        return None
    try:
        return _read(given.data, file_format)
    except OSError:
        return None
    finally:
        _READING.release()


def _read(data: bytes, file_format: FileFormat) -> Contacts | None:
    if file_format is FileFormat.JSON:
        files = extract_profiles(data).files
        return contacts_of_profile(files[0].profile) if files and files[0].profile else None
    text = extract_text(data, file_format).text
    return contacts_in_text(text) if text else None


def chosen_file(field: str) -> Any:
    """The file that stands for a field now: chosen in this request, else held."""
    return g.get("handed_in", {}).get(field) or g.get("held", {}).get(field)

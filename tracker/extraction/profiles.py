"""JSON Resume as it is, one file or many in a zip: a pure function of bytes, which runs in the child process.

Nothing is ever written where an entry says it belongs: its name is only told.
"""

import io
import json
import zipfile
from collections.abc import Iterator
from typing import Any

from tracker.domain.file_formats import says_it_is_small
from tracker.extraction.readers import Unreadable
from tracker.extraction.texts import MOST_ANSWER

MOST_FILES = 2_000
LARGEST_PROFILE = 512 * 1024  # bytes
MOST_UNPACKED = 40 * 1024 * 1024  # bytes of all files together
TOO_MUCH = "It holds more than is read at once: bring it in parts."
NO_UTF8 = "It is not UTF-8 text."
_LEFT_BY_SYSTEMS = ("__MACOSX/", ".DS_Store", "Thumbs.db", "desktop.ini")

Told = dict[str, Any]


def read_profiles(data: bytes) -> list[Told]:
    """Every profile with the name of its file, or why it has none. Raises Unreadable for what is no such
    thing at all.
    """
    found = list(_of_zip(data)) if data.startswith(b"PK") else [_told("", data)]
    if not found:
        raise Unreadable("There is no file in it.")
    if len(json.dumps(found)) > MOST_ANSWER - 1_000:
        raise Unreadable(TOO_MUCH)
    return found


def _of_zip(data: bytes) -> Iterator[Told]:
    if not says_it_is_small(data):
        raise Unreadable("It is damaged, or holds more than is read at once.")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = [one for one in archive.infolist() if not _is_of_system(one)]
            if len(entries) > MOST_FILES or sum(one.file_size for one in entries) > MOST_UNPACKED:
                raise Unreadable(TOO_MUCH)
            left = MOST_UNPACKED
            for entry in entries:
                told, size = _of_entry(archive, entry)
                left -= size
                if left < 0:
                    raise Unreadable(TOO_MUCH)
                yield told
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, EOFError):
        raise Unreadable("The zip is damaged.") from None


def _is_of_system(entry: zipfile.ZipInfo) -> bool:
    return (
        entry.is_dir()
        or entry.filename.startswith(_LEFT_BY_SYSTEMS[0])
        or entry.filename.endswith(_LEFT_BY_SYSTEMS[1:])
    )


def _of_entry(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> tuple[Told, int]:
    name = entry.filename
    if _leads_away(name):
        return {"file": name, "reason": "Its name leads out of the zip, so it is not read."}, 0
    if not name.lower().endswith(".json"):
        return {"file": name, "reason": "It is no JSON Resume: only files that end in .json are read."}, 0
    try:
        with archive.open(entry) as part:
            data = part.read(LARGEST_PROFILE + 1)
    except RuntimeError:
        return {"file": name, "reason": "It is locked by a password."}, 0
    except Exception:
        # Whatever this one is packed as, the others can still be read.
        return {"file": name, "reason": "It is damaged."}, 0
    if len(data) > LARGEST_PROFILE:
        return {"file": name, "reason": f"It is larger than {LARGEST_PROFILE // 1024} KB."}, len(data)
    return _told(name, data), len(data)


def _leads_away(name: str) -> bool:
    plain = name.replace("\\", "/")
    return plain.startswith("/") or ".." in plain.split("/") or plain[1:2] == ":"


def _told(name: str, data: bytes) -> Told:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return {"file": name, "reason": NO_UTF8}
    try:
        profile = json.loads(text, parse_constant=_refuse)
    except (ValueError, RecursionError):
        return {"file": name, "reason": "It is no JSON that can be read."}
    if not isinstance(profile, dict):
        return {"file": name, "reason": "It is no JSON Resume."}
    return {"file": name, "profile": profile}


def _refuse(constant: str) -> None:
    raise ValueError(constant)

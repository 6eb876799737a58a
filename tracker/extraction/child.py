"""What runs in the process of its own: bytes come in, it gives up every other way out, text goes out."""

import codecs
import json
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from tracker.domain.file_formats import FileFormat
from tracker.extraction.profiles import read_profiles
from tracker.extraction.readers import READERS, Unreadable
from tracker.extraction.sheets import read_sheets
from tracker.extraction.texts import MAIL, MOST_ANSWER, MOST_ANSWERS, PROFILES, SHEETS, tidied
from tracker.late import Late

# The one is dear to load, the other is not there on every system; neither is asked for outside the process.
if TYPE_CHECKING:
    import resource

    from tracker.extraction import mails, pdfs
else:
    resource = Late("resource")
    mails = Late("tracker.extraction.mails")
    pdfs = Late("tracker.extraction.pdfs")

MOST_MEMORY = 700 * 1024 * 1024  # bytes of address space
MOST_CPU = 6  # seconds
NOTHING_IN_IT = "There is no text in it; perhaps it is a picture of a page."
_CODECS = ("utf-8-sig", "cp1252", "cp437", "utf-16", "utf-16-le", "latin-1", "ascii")
"""What the readers decode by; afterwards there is no file left to load one from."""


def main() -> None:
    """Read the file from the input as what is named, and answer in JSON: text, sheets, or a reason."""
    kind = sys.argv[1]
    data = sys.stdin.buffer.read()
    reader = _reader(kind)
    give_up_everything(MOST_ANSWERS.get(kind, MOST_ANSWER))
    try:
        answer = reader(data)
    except Unreadable as reason:
        answer = {"reason": str(reason)}
    except MemoryError:
        answer = {"reason": "It takes more memory than a file may."}
    except Exception:
        # Whatever a file makes a reader stumble over, it is that file which cannot be read.
        answer = {"reason": "It could not be read."}
    sys.stdout.buffer.write(json.dumps(answer).encode())
    sys.stdout.buffer.flush()


def give_up_everything(most_answer: int = MOST_ANSWER) -> None:
    """No more files, sockets or processes from here on, little memory, little time: whatever runs next has
    what it holds, and nothing besides. `most_answer` is in bytes.
    """
    limits = (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_CPU, MOST_CPU),
        (resource.RLIMIT_FSIZE, most_answer),
        (resource.RLIMIT_AS, MOST_MEMORY),
        (resource.RLIMIT_NPROC, 0),
        # A socket is a file: with none left to open, nothing reads the disk and nothing reaches the network.
        (resource.RLIMIT_NOFILE, 0),
    )
    for limit, most in limits:
        resource.setrlimit(limit, (most, most))


def _reader(kind: str) -> Callable[[bytes], dict[str, Any]]:
    """The reader with all that it needs already loaded, and the form of its answer."""
    for name in _CODECS:
        codecs.lookup(name)
    if kind == SHEETS:
        return lambda data: {"sheets": read_sheets(data)}
    if kind == PROFILES:
        return lambda data: {"profiles": read_profiles(data)}
    if kind == MAIL:
        mails.load_tables()
        return mails.read_told
    file_format = FileFormat(kind)
    read = pdfs.read_pdf if file_format is FileFormat.PDF else READERS[file_format]
    return lambda data: _said(tidied(read(data)))


def _said(text: str) -> dict[str, Any]:
    return {"text": text} if text else {"reason": NOTHING_IN_IT}


if __name__ == "__main__":
    main()

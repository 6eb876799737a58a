"""PDF: a template of our own and plain data in, a tagged document out; nothing of the data is ever source."""

import json
import re
from collections.abc import Mapping
from concurrent.futures import Future
from concurrent.futures import TimeoutError as TooLate
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from threading import BoundedSemaphore, Thread
from typing import TYPE_CHECKING, Any

from tracker.domain.rules import RuleBroken
from tracker.late import Late

# The compiler is 75 ms to load, and few commands need it.
if TYPE_CHECKING:
    import typst
else:
    typst = Late("typst")

MOST_SECONDS = 20.0
MOST_BYTES = 1_000_000
AT_ONCE = 2
"""How many documents are set at a time: what is beyond waits, and what is stuck cannot pile up."""
NOT_MARKED = (
    "This machine has no letter shape for some of the characters. They are left as boxes, and the document "
    "does not carry the mark of PDF/UA."
)
_STANDARD = "ua-1"
_NO_LETTERS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")
_LONG_WORD = re.compile(r"\S{25,}")
_PART_OF_WORD = re.compile(r"\S{16}(?=\w|[!-~])")
_MAY_BREAK = "\u200b"
_at_work = BoundedSemaphore(AT_ONCE)

Data = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Pdf:
    """The bytes of a document, and what its reader should know: nothing where it is PDF/UA-1 throughout."""

    content: bytes
    notice: str = ""


def pdf_of(
    templates: Path, name: str, data: Data, *, made_at: datetime, seconds: float = MOST_SECONDS
) -> Pdf:
    """Set the template `name` of this folder with the data: tagged, with title and language, as PDF/UA-1.

    `data` holds JSON values, `title` and `language` among them; the template reads nothing outside its
    folder. The same data, made at the same instant, give the same bytes on one machine. Where the machine's
    fonts lack a character, the document is set without the standard and says so. Raises RuleBroken for what
    is too large or takes longer than `seconds`, RuntimeError for a template that is wrong.
    """
    text = json.dumps(_plain(data), ensure_ascii=False)
    if len(text.encode()) > MOST_BYTES:
        raise RuleBroken("This is too large for a PDF. Narrow it down, or take it away in another format.")
    if not _at_work.acquire(timeout=seconds):
        raise RuleBroken("Too many PDFs are being made just now. Try again in a minute.")
    done: Future[Pdf] = Future()
    Thread(target=_work, args=(done, templates, name, text, made_at), daemon=True).start()
    try:
        return done.result(seconds)
    except TooLate:
        raise RuleBroken(f"The PDF was not ready within {seconds:g} seconds. Narrow it down.") from None


def _work(done: "Future[Pdf]", templates: Path, name: str, text: str, made_at: datetime) -> None:
    # A panic of the compiler is no Exception, and its reader waits.
    try:
        done.set_result(_set(templates, name, text, made_at))
    except BaseException as error:
        done.set_exception(RuntimeError(f"{name} could not be set: {error}"))
    finally:
        _at_work.release()


def _set(templates: Path, name: str, text: str, made_at: datetime) -> Pdf:
    try:
        return Pdf(_compiled(templates, name, {"data": text}, made_at, [_STANDARD]))
    except typst.TypstError as error:
        if "PDF/UA-1" not in error.message:
            raise
    return Pdf(_compiled(templates, name, {"data": text, "notice": NOT_MARKED}, made_at, []), NOT_MARKED)


def _compiled(
    templates: Path, name: str, inputs: dict[str, str], made_at: datetime, standards: list[Any]
) -> bytes:
    compiler = typst.Compiler(root=templates, font_paths=_fonts())
    made = compiler.compile(
        templates / name,
        sys_inputs=inputs,
        format="pdf",
        pdf_standards=standards,
        timestamp=int(made_at.timestamp()),
    )
    if not isinstance(made, bytes):
        raise TypeError("the compiler gave no document")
    return made


@cache
def _fonts() -> "typst.Fonts":
    """The machine's fonts and those within the compiler, looked up once."""
    return typst.Fonts()


def _plain(value: Any) -> Any:
    """The data with every text free of what no document may hold, and of words that run off the sheet."""
    if isinstance(value, str):
        text = _NO_LETTERS.sub("\ufffd", value.replace("\r\n", "\n").replace("\r", "\n"))
        return _LONG_WORD.sub(lambda word: _PART_OF_WORD.sub(rf"\g<0>{_MAY_BREAK}", word[0]), text)
    if isinstance(value, Mapping):
        return {key: _plain(held) for key, held in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(held) for held in value]
    return value

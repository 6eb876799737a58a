"""The text inside a PDF; the library for it is loaded in the child process only."""

import pypdfium2

from tracker.extraction.readers import Unreadable
from tracker.extraction.texts import MOST_TEXT

MOST_PAGES = 100

# The library opens files of its own the first time it is used: this is that time.
pypdfium2.PdfDocument.new().close()


def read_pdf(data: bytes) -> str:
    """The words of a PDF's pages, in the order in which they are drawn."""
    try:
        document = pypdfium2.PdfDocument(data)
        pages, size = [], 0
        for number in range(min(len(document), MOST_PAGES)):
            page = document[number]
            words = page.get_textpage().get_text_bounded()
            pages.append(words)
            size += len(words)
            if size > MOST_TEXT:
                break
    except pypdfium2.PdfiumError as fault:
        is_locked = "password" in str(fault).lower()
        raise Unreadable("It is locked by a password." if is_locked else "The PDF is damaged.") from None
    return "\n".join(pages)

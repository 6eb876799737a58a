"""A mail as it travels, which runs in the child process: its text, and what came with it."""

import codecs
from base64 import b64encode
from typing import Any

from tracker.domain.mail_reading import read_mail
from tracker.domain.rules import RuleBroken
from tracker.extraction.readers import Unreadable

_TABLES = (
    *("us-ascii", "utf-8", "utf-7", "utf-16", "utf-32", "gb2312", "gbk", "gb18030", "big5", "shift_jis"),
    *("euc-jp", "iso-2022-jp", "euc-kr", "koi8-r", "koi8-u", "mac-roman", "tis-620", "idna", "punycode"),
    *(f"iso-8859-{number}" for number in range(1, 17) if number != 12),
    *(f"cp{number}" for number in (437, 850, 852, 866, 874, 932, 949, 950, *range(1250, 1259))),
)
"""Tables of letters that mail is written in; afterwards there is no file left to load one from."""


def load_tables() -> None:
    """Load what reading a mail needs, before everything is given up."""
    for name in _TABLES:
        codecs.lookup(name)
    read_mail(b"From: =?koi8-r?Q?a?= <a@example.org>\n\n=41")


def read_told(data: bytes) -> dict[str, Any]:
    """What is in a mail: its text, files with their names, names of those left out. Raises Unreadable."""
    try:
        mail = read_mail(data)
    except RuleBroken as broken:
        raise Unreadable(broken.message) from None
    files = [[one.name, b64encode(one.data).decode("ascii")] for one in mail.attachments]
    return {"text": mail.text, "files": files, "left_out": mail.left_out}

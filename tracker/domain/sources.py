"""Where candidates come from: the channels, and links that say which one somebody came by."""

import re

SOURCES = (
    "job board", "website", "referral", "agency", "social media", "career fair", "print", "college",
    "networking event", "internal", "unknown",
)  # fmt: skip
"""The starting list of ten channels, and unknown."""
WEBSITE, REFERRAL, INTERNAL, UNKNOWN = "website", "referral", "internal", "unknown"
_CODE = re.compile(r"[A-Za-z0-9_-]{6,24}")


def is_code(text: str) -> bool:
    """Whether a text could be the code of a link."""
    return _CODE.fullmatch(text) is not None


def source_named(text: str) -> str | None:
    """The channel that an address names, as `job-board`; none for what is no channel of the list."""
    name = text.strip().lower().replace("-", " ").replace("_", " ")
    return name if name in SOURCES and name not in (REFERRAL, INTERNAL, UNKNOWN) else None

"""How ways to reach somebody look in a text: addresses of mail and pages, numbers of telephones."""

import re

from tracker.domain.contact_words import KNOWN_PROFILES

# Nothing without an end in a row: a text is searched in time that grows as it does.
EMAIL = re.compile(
    r"(?<![\w.+%'-])[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,8}(?![\w-])"
)
URL = re.compile(r"https?://[^\s<>()\"'|,;]+|(?<![\w@./-])www\.[^\s<>()\"'|,;]+", re.IGNORECASE)
PROFILE_PAGE = re.compile(
    r"(?<![\w@./-])(?:[a-z]{2,3}\.)?(?:" + "|".join(map(re.escape, KNOWN_PROFILES)) + r")[^\s<>()\"'|,;]+",
    re.IGNORECASE,
)
PHONE = re.compile(r"(?<![\w@./+-])\(?\+?\(?\d[\d ()./\-\u2010-\u2013]{5,22}\d(?![\w@])")
DATES = re.compile(
    r"(?:.*\D)?(?:19|20)\d\d\D(?:.*\D)?(?:19|20)\d\d(?:\D.*)?|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}[./-]\d{1,2}([./-]\d{1,2})?"
)
"""What has the digits of a number and is a span of dates."""

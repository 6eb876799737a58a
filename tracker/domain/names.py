"""Names and other texts as people type them: cleaned, checked, and folded for search and sorting."""

import re
import unicodedata

from tracker.domain.rules import RuleBroken

LONGEST_EMAIL = 254
# Characters that would open another header or another address in a mail.
_EMAIL = re.compile(r"[^\s@<>()\[\],;:\\\"]+@[^\s@<>()\[\],;:\\\".]+(\.[^\s@<>()\[\],;:\\\".]+)+")
_WORD = re.compile(r"[^\W_]+")
_PHONE = re.compile(r"[\d\s()+./-]+")
_FEWEST_DIGITS, _MOST_DIGITS = 3, 20
_KEPT_CONTROLS = "\n\r\t"
_TURNS_TEXT_AROUND = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def fold(text: str) -> str:
    """The text in lower case without accents, so that “Élodie” is found and sorted as “elodie”."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return " ".join(plain.casefold().split())


def search_words(text: str) -> tuple[str, ...]:
    """The folded words of a text, as the search index holds them."""
    return tuple(_WORD.findall(fold(text)))


def phone_digits(text: str) -> str:
    """The digits of a phone number as two are compared: “+44 (0)20 7946 0958” is 442079460958, and so is
    0044 20 7946 0958.
    """
    digits = "".join(letter for letter in fold(text).replace("(0)", "") if letter in "0123456789")
    return digits.lstrip("0")[:_MOST_DIGITS]


def phone_words(text: str) -> tuple[str, ...]:
    """A phone number as the search index holds it: whole and every end of it, so any part of it is found."""
    digits = phone_digits(text)
    return tuple(digits[start:] for start in range(len(digits) - _FEWEST_DIGITS + 1))


def asked_words(text: str) -> tuple[str, ...]:
    """The words that somebody searches for; what is written like a phone number is one word."""
    digits = phone_digits(text) if _PHONE.fullmatch(fold(text)) else ""
    return (digits,) if len(digits) >= _FEWEST_DIGITS else search_words(text)


def clean_line(text: str, label: str, field: str, *, longest: int, needed: bool = False) -> str:
    """A text of one line, its blanks folded. Raises RuleBroken if it is too long, no text, or missing."""
    return _checked(" ".join(text.split()), label, field, longest, needed)


def clean_text(text: str, label: str, field: str, *, longest: int, needed: bool = False) -> str:
    """A text of several lines, trimmed. Raises RuleBroken if it is too long, no text, or missing."""
    return _checked(text.strip().replace("\r\n", "\n"), label, field, longest, needed)


def clean_email(text: str, field: str = "email") -> str:
    """An e-mail address in lower case. Raises RuleBroken for what is none, or none that our mail reaches."""
    email = clean_line(text, "The e-mail address", field, longest=LONGEST_EMAIL, needed=True)
    # Mail goes out in ASCII; and letters such as “İ” become two in lower case, after their length was taken.
    if not email.isascii():
        raise RuleBroken(
            "Our mail reaches addresses of plain letters (a to z), digits and signs only: give one of those.",
            field=field,
        )
    email = email.lower()
    local = email.partition("@")[0]
    if not _EMAIL.fullmatch(email) or ".." in email or local.startswith(".") or local.endswith("."):
        raise RuleBroken("This is no e-mail address: it should look like name@example.org.", field=field)
    return email


def _checked(text: str, label: str, field: str, longest: int, needed: bool) -> str:
    text = unicodedata.normalize("NFC", text)
    # What is printable has none of them; the others are looked at letter by letter.
    if not text.isprintable() and any(_is_no_text(letter) for letter in text):
        raise RuleBroken(f"{label} holds a character that is no text.", field=field)
    if len(text) > longest:
        raise RuleBroken(f"{label} has more than {longest:,} characters.", field=field)
    if needed and not text:
        raise RuleBroken(f"{label} is missing.", field=field)
    return text


def _is_no_text(letter: str) -> bool:
    kind = unicodedata.category(letter)
    return (kind in ("Cc", "Cs") and letter not in _KEPT_CONTROLS) or letter in _TURNS_TEXT_AROUND

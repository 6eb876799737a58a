"""How to reach the person of a résumé: told where it is plain who is meant, left out where it is not.

Nothing here decides: what is found stands in a form that the person reads before they send it.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tracker.domain import contact_words as words
from tracker.domain.contact_patterns import DATES, EMAIL, PHONE, PROFILE_PAGE, URL
from tracker.domain.links import MOST_LINKS, clean_link
from tracker.domain.names import clean_email, clean_line, fold, phone_digits
from tracker.domain.rules import RuleBroken
from tracker.domain.texts import one_line

MOST_LETTERS = 100_000
MOST_LINES = 600
TOP = 14
"""How many lines the head of a résumé has at most; it ends earlier where a section begins."""
_AROUND = dict.fromkeys(
    map(ord, "\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff\xad")
)
_PARTS = re.compile(r"\s*(?:[|•·●▪■◦⋅;]|\s/\s|\s[–—]\s)\s*")
_LABELLED = re.compile(r"\W*([^:]{1,40}?)\s*:\s*(\S.*)")
_PLACE = re.compile(r"[^\W\d_][^\d@,:/]{1,40}(?:, ?[^\W\d_][^\d@,:/]{1,40}){1,2}")
_TWO_LETTERS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ø": "oe", "å": "aa", "æ": "ae"})
_CJK = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]{2,5}")


@dataclass(frozen=True, slots=True)
class Contacts:
    """Who somebody is and how to reach them; what is not told plainly is empty."""

    name: str = ""
    email: str = ""
    phone: str = ""
    location: str = ""
    links: tuple[str, ...] = ()


def contacts_in_text(text: str) -> Contacts:
    """What the text of a résumé says of its person; never what stands under the heading of references."""
    lines = _own_lines(text)
    top = _head(lines)
    email = _one_email(lines, top)
    links = _links(lines, top)
    name = _name(top, email, links)
    return Contacts(name, email, _phone(lines, top), _location(top, email, name), links)


def contacts_of_profile(profile: Mapping[str, Any] | None) -> Contacts:
    """What a JSON Resume says in its `basics` (jsonresume.org, schema 1.0.0)."""
    basics = profile.get("basics") if isinstance(profile, Mapping) else None
    if not isinstance(basics, Mapping):
        return Contacts()
    places, pages = basics.get("location"), basics.get("profiles")
    parts = (
        [places.get(key) for key in ("city", "region", "countryCode")] if isinstance(places, Mapping) else []
    )
    urls = [basics.get("url"), basics.get("website")]
    urls += [one.get("url") for one in pages if isinstance(one, Mapping)] if isinstance(pages, list) else []
    return Contacts(
        name=_fitting(_said(basics.get("name")), 200),
        email=_checked_email(_said(basics.get("email"))),
        phone=_fitting(_said(basics.get("phone")), 60),
        location=_fitting(", ".join(filter(None, map(_said, parts))), 200),
        links=_distinct_links(filter(None, map(_said, urls))),
    )


def _own_lines(text: str) -> list[str]:
    """Lines with letters, the same however they are written, up to those about referees."""
    plain = unicodedata.normalize("NFKC", text[:MOST_LETTERS]).translate(_AROUND)
    found: list[str] = []
    for line in plain.splitlines()[: MOST_LINES * 3]:
        kept = one_line("".join(_digit(letter) for letter in line))
        if found and _bare(kept) in words.REFERENCES:
            break
        if kept:
            found.append(kept)
    return found[:MOST_LINES]


def _digit(letter: str) -> str:
    return str(unicodedata.digit(letter)) if letter.isdecimal() else letter


def _head(lines: Sequence[str]) -> list[str]:
    ends = (place for place, line in enumerate(lines[:TOP]) if place and _bare(line) in words.HEADINGS)
    return list(lines[: next(ends, TOP)])


def _bare(text: str) -> str:
    """A label or heading without the signs around it, folded."""
    return fold(text).strip(" .:-–—_#*()[]")


def _one_email(lines: Sequence[str], top: Sequence[str]) -> str:
    return _only(_emails(lines)) or _only(_emails(top))


def _emails(lines: Sequence[str]) -> list[str]:
    found = (_checked_email(one.rstrip(".")) for line in lines for one in EMAIL.findall(line))
    return list(dict.fromkeys(filter(None, found)))


def _checked_email(text: str) -> str:
    try:
        return clean_email(text) if text else ""
    except RuleBroken:
        return ""


def _only(found: Sequence[str]) -> str:
    return found[0] if len(found) == 1 else ""


def _links(lines: Sequence[str], top: Sequence[str]) -> tuple[str, ...]:
    """Web addresses of the head, and pages of one's own wherever they stand."""
    at_top = (url for line in top for url in URL.findall(line))
    own = (
        url
        for line in lines
        for pattern in (URL, PROFILE_PAGE)
        for url in pattern.findall(line)
        if PROFILE_PAGE.search(url)
    )
    return _distinct_links([*at_top, *own])


def _distinct_links(urls: Iterable[str]) -> tuple[str, ...]:
    found: dict[str, str] = {}
    for url in urls:
        link = clean_link(url.rstrip(".:!?"))
        if link is not None:
            found.setdefault(re.sub(r"^https?://(www\.)?", "", link).rstrip("/").lower(), link)
    return tuple(found.values())[:MOST_LINKS]


@dataclass(frozen=True, slots=True)
class _Number:
    text: str
    label: str


def _phone(lines: Sequence[str], top: Sequence[str]) -> str:
    """The one number that is called a phone, else the one mobile, else the one written for abroad."""
    numbers = list(_numbers(lines))
    phones = [one for one in numbers if one.label in words.PHONE | words.MOBILE]
    if phones:
        return _same(phones) or _same([one for one in phones if one.label in words.MOBILE])
    plain = [one for one in numbers if one.label not in words.FAX]
    abroad = [one for one in plain if one.text.startswith(("+", "00", "(+"))]
    if abroad:
        return _same(abroad)
    alone = [one for one in _numbers(top) if not one.label and 9 <= len(phone_digits(one.text)) <= 12]
    return _same(alone)


def _same(numbers: Sequence[_Number]) -> str:
    return numbers[0].text if len({phone_digits(one.text) for one in numbers}) == 1 else ""


def _numbers(lines: Sequence[str]) -> Iterator[_Number]:
    before = ""
    for line in lines:
        for part in _PARTS.split(PROFILE_PAGE.sub(" ", URL.sub(" ", EMAIL.sub(" ", line)))):
            end = 0
            for found in PHONE.finditer(part):
                text = found[0].strip(" .-/")
                text = text if text.count("(") == text.count(")") else text.strip("()")
                label = _bare(part[end : found.start()]) or (before if not end else "")
                end = found.end()
                digits = sum(letter.isdecimal() for letter in text)
                if 7 <= digits <= 15 and not DATES.fullmatch(text):
                    yield _Number(text, label)
        before = _bare(line) if _bare(line) in words.PHONE | words.MOBILE | words.FAX else ""


def _name(top: Sequence[str], email: str, links: Sequence[str]) -> str:
    """The name that is called so; else a line with the look of one that an address or its place bears out."""
    labelled = _labelled(top, words.NAME, _may_be_name)
    if labelled:
        return labelled
    given = _labelled(top, words.GIVEN_NAME, _may_be_name)
    family = _labelled(top, words.FAMILY_NAME, _may_be_name)
    if given and family:
        return f"{given} {family}"
    proof = _letters(email.partition("@")[0] + "".join(link.rpartition("/")[2] for link in links))
    titles = [line for line in top if _bare(line) not in words.TITLES]
    for place, line in enumerate(titles[:8]):
        part = _PARTS.split(line)[0]
        if not _looks_like_name(part):
            continue
        if any(word in proof for word in _spellings(part)):
            return part
        is_first = place == 0 and not any("a" <= letter <= "z" for letter in fold(part))
        if is_first and (email or any(True for _ in _numbers(top[:8]))):
            return part
    return ""


def _labelled(lines: Sequence[str], labels: frozenset[str], fits: Callable[[str], bool]) -> str:
    """What stands behind such a label, if that is one thing."""
    found: dict[str, None] = {}
    for line in lines:
        for part in _PARTS.split(line):
            match = _LABELLED.match(part)
            if match and _bare(match[1]) in labels and fits(match[2].strip(" ,")):
                found[match[2].strip(" ,")] = None
    return _only(list(found))


def _may_be_name(text: str) -> bool:
    is_short = len(text) <= 80 and len(text.split()) <= 6
    return is_short and any(map(str.isalpha, text)) and not re.search(r"[\d@:/]", text)


def _looks_like_name(text: str) -> bool:
    if _bare(text) in words.TITLES | words.HEADINGS or not _may_be_name(text):
        return False
    if _CJK.fullmatch(text):
        return True
    parts = text.split()
    return 2 <= len(parts) <= 5 and all(map(_is_part_of_name, parts))


def _is_part_of_name(word: str) -> bool:
    plain = word.strip(".")
    is_word = plain != "" and all(
        letter in "'’-." or unicodedata.category(letter)[0] in "LM" or letter in "\u200c\u200d"
        for letter in plain
    )
    return is_word and (plain[0].upper() == plain[0] or fold(plain) in words.PARTICLES)


def _spellings(name: str) -> list[str]:
    """The longer words of a name as addresses write them, “Müller” as muller and as mueller."""
    parts = [word for word in re.split(r"[\s'’.-]+", name.lower()) if len(word) > 2]
    return [_letters(word.translate(table)) for word in parts for table in ({}, _TWO_LETTERS)]


def _letters(text: str) -> str:
    return "".join(letter for letter in fold(text) if letter.isalpha())


def _location(top: Sequence[str], email: str, name: str) -> str:
    """The place that is called so; else the one “City, Country” beside a way to reach them."""
    labelled = _labelled(top, words.LOCATION, _may_be_place)
    if labelled:
        return labelled
    found = [
        part
        for line in top
        if (email and email in line.lower()) or any(True for _ in _numbers([line]))
        for part in _PARTS.split(line)
        if _PLACE.fullmatch(part) and not set(fold(part).replace(",", "").split()) & set(fold(name).split())
    ]
    return _only(list(dict.fromkeys(found)))


def _may_be_place(text: str) -> bool:
    return len(text) <= 120 and any(map(str.isalpha, text)) and "@" not in text and "://" not in text


def _said(value: Any) -> str:
    return one_line(value) if isinstance(value, str) and len(value) < 1_000 else ""


def _fitting(text: str, longest: int) -> str:
    """The text where it can be kept, else nothing: half a name or number is none."""
    try:
        return clean_line(text, "This", "text", longest=longest)
    except RuleBroken:
        return ""

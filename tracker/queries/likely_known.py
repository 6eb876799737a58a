"""People of a list who may be kept already under another address: by folded name, or by phone number."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.domain.actors import Actor
from tracker.domain.candidate_files import CandidateLine
from tracker.domain.names import fold, phone_digits
from tracker.domain.permissions import Permission, can
from tracker.models.candidates import Candidate
from tracker.queries.candidates import has_any_word, matching

MOST_TOLD = 50
FEWEST_DIGITS = 6
"""Shorter numbers are extensions, which many share."""
_AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class LikelyKnown:
    """One line of a list, and somebody who is kept and may be the same person, by what: name or phone."""

    number: int
    name: str
    candidate_id: int
    candidate_name: str
    reason: str


def likely_known(session: Session, actor: Actor, lines: Sequence[CandidateLine]) -> tuple[LikelyKnown, ...]:
    """Lines with an e-mail that nobody has, but with the name or phone number of somebody kept; 50 at most.

    Only for who may read everybody's contact data: an equal number would tell others too much.
    """
    if not can(actor, Permission.CONTACT_READ):
        return ()
    return tuple(islice(_found(session, actor, lines), MOST_TOLD))


def _found(session: Session, actor: Actor, lines: Sequence[CandidateLine]) -> Iterator[LikelyKnown]:
    for start in range(0, len(lines), _AT_ONCE):
        some = _with_new_address(session, lines[start : start + _AT_ONCE])
        by_name: dict[str, Candidate] = {}
        by_phone: dict[str, Candidate] = {}
        for person in _alike(session, actor, some):
            by_name.setdefault(person.sort_name, person)
            by_phone.setdefault(phone_digits(person.phone or ""), person)
        for line in some:
            digits = _digits(line)
            if digits and digits in by_phone:
                yield _told(line, by_phone[digits], "Same phone number")
            elif (name := _sort_name(line)) in by_name:
                yield _told(line, by_name[name], "Same name")


def _with_new_address(session: Session, lines: Sequence[CandidateLine]) -> list[CandidateLine]:
    addresses = select(Candidate.email).where(Candidate.email.in_([line.email for line in lines]))
    kept = set(session.scalars(addresses))
    return [line for line in lines if line.email not in kept]


def _alike(session: Session, actor: Actor, lines: Sequence[CandidateLine]) -> list[Candidate]:
    people = matching(session, actor).order_by(Candidate.id)
    names = people.where(Candidate.sort_name.in_([_sort_name(line) for line in lines]))
    found = list(session.scalars(names))
    digits = [digits for line in lines if (digits := _digits(line))]
    if digits:
        found += session.scalars(people.where(has_any_word(session, digits)))
    return found


def _sort_name(line: CandidateLine) -> str:
    return fold(line.name)[:200]


def _digits(line: CandidateLine) -> str:
    digits = phone_digits(line.phone)
    return digits if len(digits) >= FEWEST_DIGITS else ""


def _told(line: CandidateLine, person: Candidate, reason: str) -> LikelyKnown:
    return LikelyKnown(line.number, line.name, person.id, person.name, reason)

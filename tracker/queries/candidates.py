"""Finding candidates: by the beginnings of words, by contact data where it may be read, and who may be the
same person.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Select,
    and_,
    bindparam,
    false,
    literal_column,
    or_,
    select,
    text,
    tuple_,
)
from sqlalchemy.orm import Session

from tracker.domain.actors import Actor
from tracker.domain.names import asked_words, phone_digits
from tracker.domain.permissions import Permission, can
from tracker.models.applications import Application
from tracker.models.candidates import Candidate
from tracker.queries import visible
from tracker.queries.prepared import prepared
from tracker.queries.veils import pseudonym, veiled_among, veiled_people

MOST_PER_PAGE = 200
_MOST_WORDS = 12
_MOST_ALIKE = 10


@dataclass(frozen=True, slots=True)
class CandidatePage:
    """Some candidates in the order of their names, and where the next page begins, if there is one."""

    candidates: tuple[Candidate, ...]
    after: tuple[str, int] | None


def search(
    session: Session, actor: Actor, words: str = "", after: tuple[str, int] | None = None, limit: int = 25
) -> CandidatePage:
    """The candidates the actor may know of whose name, e-mail or phone has a word beginning with each word
    given.

    No words give everybody. `after` is what the page before ended with: (sort name, id).
    """
    limit = min(max(limit, 1), MOST_PER_PAGE)
    statement = matching(session, actor, words)
    if after is not None:
        statement = statement.where(tuple_(Candidate.sort_name, Candidate.id) > after)
    statement = statement.order_by(Candidate.sort_name, Candidate.id).limit(limit + 1)
    found = session.scalars(statement).all()
    page = found[:limit]
    veiled = veiled_people(session, actor, [one.id for one in page])
    shown = tuple(one for one in page if one.id not in veiled)
    return CandidatePage(shown, (page[-1].sort_name, page[-1].id) if len(found) > limit else None)


def matching(session: Session, actor: Actor, words: str = "") -> Select[Candidate]:
    """The candidates that the actor may know of and that these words find, in no order; no words find all."""
    statement = listable(visible.candidates(actor))
    if not words.strip():
        return statement
    wanted = words_to_find(words)
    return statement.where(_found_by(session, actor, wanted) if wanted else false())


def listable(known: Select[Candidate]) -> Select[Candidate]:
    """Of these candidates, those who stand in lists: neither merged into another record nor erased."""
    return known.where(Candidate.merged_into_id.is_(None), Candidate.erased_at.is_(None))


def words_to_find(words: str) -> tuple[str, ...]:
    """The words somebody searches for, as the index has them; none if nothing of them can be found."""
    return asked_words(words)[:_MOST_WORDS]


def with_contact(session: Session, actor: Actor, ids: Sequence[int]) -> frozenset[int]:
    """Of these candidates, those whose contact data the actor may read."""
    if can(actor, Permission.CONTACT_READ):
        return frozenset(ids)
    reachable = _reachable(actor).where(Application.candidate_id.in_(ids))
    return frozenset(session.scalars(reachable)) if ids else frozenset()


def possible_duplicates(session: Session, actor: Actor, candidate: Candidate) -> Sequence[Candidate]:
    """Others who may be the same person, by folded name or by phone number, at most ten.

    Only for who may read everybody's contact data: an equal number would tell others too much.
    """
    if not can(actor, Permission.CONTACT_READ) or candidate.erased_at is not None:
        return ()
    others = matching(session, actor).where(Candidate.id != candidate.id)
    alike = [Candidate.sort_name == candidate.sort_name]
    digits = phone_digits(candidate.phone or "")
    if digits:
        alike.append(_has_words(session, (digits,), is_whole=True))
    found = session.scalars(others.where(or_(*alike)).order_by(Candidate.id).limit(_MOST_ALIKE)).all()
    veiled = veiled_people(session, actor, [other.id for other in found])
    return [
        other
        for other in found
        if other.id not in veiled
        and (other.sort_name == candidate.sort_name or phone_digits(other.phone or "") == digits)
    ]


def _reachable(actor: Actor) -> Select[int]:
    rows = visible.applications(actor, Permission.CONTACT_READ)
    return rows.with_only_columns(Application.candidate_id)


def _found_by(session: Session, actor: Actor, words: tuple[str, ...]) -> ColumnElement[bool]:
    """The index knows e-mail and phone too: of whom contact data stay hidden, only the name is asked."""
    indexed = _has_words(session, words)
    if can(actor, Permission.CONTACT_READ):
        return indexed
    named = and_(*(Candidate.sort_name.contains(word, autoescape=True) for word in words))
    return or_(named, and_(Candidate.id.in_(_reachable(actor)), indexed))


def has_any_word(session: Session, words: Sequence[str]) -> ColumnElement[bool]:
    """Whether the index holds one of these whole words of letters and digits, some hundred at most."""
    dialect = session.get_bind().dialect.name
    matching = indexed_words(dialect, tuple(words), is_whole=True, is_any=True)
    return has_indexed(dialect, bindparam("matching", matching))


def _has_words(session: Session, words: tuple[str, ...], *, is_whole: bool = False) -> ColumnElement[bool]:
    dialect = session.get_bind().dialect.name
    matching = indexed_words(dialect, words, is_whole=is_whole)
    return has_indexed(dialect, bindparam("matching", matching))


def has_indexed(dialect: str, matching: BindParameter[str]) -> ColumnElement[bool]:
    """Whether the index has a candidate for these words, as it wants them written."""
    if dialect == "sqlite":
        index = text("SELECT rowid FROM candidate_search WHERE candidate_search MATCH :matching")
        found = index.bindparams(matching).columns(literal_column("rowid"))
        return Candidate.id.in_(found)
    # Written out as in the index, or the index would not be used.
    document: ColumnElement[str] = literal_column("to_tsvector('simple', candidates.search_text)")
    query = text("to_tsquery('simple', :matching)").bindparams(matching)
    return document.op("@@", is_comparison=True)(query)


def indexed_words(
    dialect: str, words: tuple[str, ...], *, is_whole: bool = False, is_any: bool = False
) -> str:
    """How the index of this database is asked for all of these words, or any; or for words they begin."""
    # Words hold only letters and digits, so quoting them leaves nothing of a query language.
    if dialect == "sqlite":
        return (" OR " if is_any else " ").join(f'"{word}"{"" if is_whole else "*"}' for word in words)
    return (" | " if is_any else " & ").join(f"'{word}'{'' if is_whole else ':*'}" for word in words)


def applicant(session: Session, application_id: int, actor: Actor) -> tuple[str, int]:
    """The name of whose application this is, as far as the actor may read it, and the job that it is for."""
    [(name, job_id)] = _applicant.tuples(session, application=application_id)
    is_veiled = bool(veiled_among(session, actor, [application_id]))
    return pseudonym(application_id) if is_veiled else name, job_id


@prepared
def _applicant() -> Select[str, int]:
    named = select(Candidate.name, Application.job_id)
    of_person = named.join(Application, Application.candidate_id == Candidate.id)
    return of_person.where(Application.id == bindparam("application"))

"""Finding candidates: by the beginnings of words, or all in the order of their names."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, literal_column, text, tuple_
from sqlalchemy.orm import Session

from tracker.domain.actors import Actor
from tracker.domain.names import search_words
from tracker.models.candidates import Candidate
from tracker.queries import visible

MOST_PER_PAGE = 200
_MOST_WORDS = 12


@dataclass(frozen=True, slots=True)
class CandidatePage:
    """Some candidates in the order of their names, and where the next page begins, if there is one."""

    candidates: tuple[Candidate, ...]
    after: tuple[str, int] | None


def search(
    session: Session, actor: Actor, words: str = "", after: tuple[str, int] | None = None, limit: int = 25
) -> CandidatePage:
    """The candidates the actor may know of whose name or e-mail has a word beginning with each word given.

    No words give everybody. `after` is what the page before ended with: (sort name, id).
    """
    limit = min(max(limit, 1), MOST_PER_PAGE)
    statement = visible.candidates(actor).where(
        Candidate.merged_into_id.is_(None), Candidate.erased_at.is_(None)
    )
    if words.strip():
        wanted = search_words(words)[:_MOST_WORDS]
        if not wanted:
            return CandidatePage((), None)
        statement = statement.where(_has_words(session, wanted))
    if after is not None:
        statement = statement.where(tuple_(Candidate.sort_name, Candidate.id) > after)
    statement = statement.order_by(Candidate.sort_name, Candidate.id).limit(limit + 1)
    found = session.scalars(statement).all()
    page = tuple(found[:limit])
    return CandidatePage(page, (page[-1].sort_name, page[-1].id) if len(found) > limit else None)


def _has_words(session: Session, words: tuple[str, ...]) -> ColumnElement[bool]:
    """Words hold only letters and digits, so quoting them leaves nothing of a query language."""
    if session.get_bind().dialect.name == "sqlite":
        matching = " ".join(f'"{word}"*' for word in words)
        index = text("SELECT rowid FROM candidate_search WHERE candidate_search MATCH :matching")
        found = index.bindparams(matching=matching).columns(literal_column("rowid"))
        return Candidate.id.in_(found)
    # Written out as in the index, or the index would not be used.
    document: ColumnElement[str] = literal_column("to_tsvector('simple', candidates.search_text)")
    matching = " & ".join(f"'{word}':*" for word in words)
    query = text("to_tsquery('simple', :matching)").bindparams(matching=matching)
    return document.op("@@", is_comparison=True)(query)

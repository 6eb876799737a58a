"""Reads about what was spent on sources."""

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from tracker.domain.spending import Spend
from tracker.models.spending import SourceSpend


def spends() -> Select[SourceSpend]:
    """Everything that was recorded, the latest days first."""
    return select(SourceSpend).order_by(
        SourceSpend.starts_on.desc(), SourceSpend.source, SourceSpend.id.desc()
    )


def spends_by_source(session: Session, source: str | None = None) -> dict[str, list[Spend]]:
    """What was spent on each source, or on one."""
    query = spends() if source is None else spends().where(SourceSpend.source == source)
    found: dict[str, list[Spend]] = {}
    for one in session.scalars(query):
        spend = Spend(one.source, one.amount_cents, one.currency, one.starts_on, one.ends_on)
        found.setdefault(one.source, []).append(spend)
    return found

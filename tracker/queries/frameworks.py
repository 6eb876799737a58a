"""Reads about skills frameworks: the newest of each occupation, its versions, and what one says."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tracker.domain.frameworks import Framework, parse_framework
from tracker.models.frameworks import FrameworkRow


def list_frameworks(session: Session) -> list[FrameworkRow]:
    """The newest version of each occupation's framework, in the order of their titles."""
    newest = select(func.max(FrameworkRow.id)).group_by(FrameworkRow.soc)
    statement = select(FrameworkRow).where(FrameworkRow.id.in_(newest))
    return list(session.scalars(statement.order_by(FrameworkRow.title, FrameworkRow.id)))


def framework_versions(session: Session, soc: str) -> list[FrameworkRow]:
    """Every version of an occupation's framework that was imported, newest first."""
    statement = select(FrameworkRow).where(FrameworkRow.soc == soc)
    return list(session.scalars(statement.order_by(FrameworkRow.id.desc())))


def newest_framework(session: Session, soc: str) -> FrameworkRow | None:
    """The newest version of an occupation's framework, if one was imported."""
    return next(iter(framework_versions(session, soc)), None)


def read_framework(row: FrameworkRow) -> Framework:
    """What the framework says, as the rules read it."""
    return parse_framework(row.content.encode())

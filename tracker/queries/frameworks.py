"""Reads about skills frameworks: the newest of each occupation, its versions, and what one says."""

from collections.abc import Sequence

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, defer

from tracker.domain.frameworks import Framework, parse_framework
from tracker.models.frameworks import FrameworkRow


def list_frameworks(session: Session) -> list[FrameworkRow]:
    """The newest version of each occupation's framework, in the order of their titles; without content."""
    newest = select(func.max(FrameworkRow.id)).group_by(FrameworkRow.soc)
    statement = _named().where(FrameworkRow.id.in_(newest))
    return list(session.scalars(statement.order_by(FrameworkRow.title, FrameworkRow.id)))


def framework_catalogue(session: Session) -> dict[str, list[FrameworkRow]]:
    """Every version of every framework by occupation code, newest first; without content.

    Occupations are in the order of their newest title.
    """
    found: dict[str, list[FrameworkRow]] = {}
    for row in session.scalars(_named().order_by(FrameworkRow.id.desc())):
        found.setdefault(row.soc, []).append(row)
    return dict(sorted(found.items(), key=lambda item: (item[1][0].title.casefold(), item[0])))


def framework_versions(session: Session, soc: str) -> Sequence[FrameworkRow]:
    """Every version of an occupation's framework that was imported, newest first; without content."""
    return session.scalars(_named().where(FrameworkRow.soc == soc).order_by(FrameworkRow.id.desc())).all()


def newest_framework(session: Session, soc: str) -> FrameworkRow | None:
    """The newest version of an occupation's framework, if one was imported; without content."""
    return next(iter(framework_versions(session, soc)), None)


def version_before(session: Session, row: FrameworkRow) -> FrameworkRow | None:
    """The version of the same occupation that was imported before this one, with its content."""
    earlier = select(FrameworkRow).where(FrameworkRow.soc == row.soc, FrameworkRow.id < row.id)
    return session.scalar(earlier.order_by(FrameworkRow.id.desc()).limit(1))


def read_framework(row: FrameworkRow) -> Framework:
    """What the framework says, as the rules read it."""
    return parse_framework(row.content.encode())


def _named() -> Select[FrameworkRow]:
    # An export may have megabytes; it is loaded when it is read.
    return select(FrameworkRow).options(defer(FrameworkRow.content))

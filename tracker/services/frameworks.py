"""Bringing skills frameworks in: each content once, whole or not at all."""

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tracker import clock
from tracker.domain.actors import Actor
from tracker.domain.frameworks import Framework, FrameworkRefused, parse_framework
from tracker.domain.permissions import Permission
from tracker.models.frameworks import FrameworkRow
from tracker.services.audit import record
from tracker.services.permits import require

_LONGEST = {"soc": 20, "title": 300, "version": 60}


def import_framework(session: Session, data: bytes, *, actor: Actor) -> FrameworkRow:
    """Keep an export; the same content again gives the row that is there, and newer content a row beside it.

    Nothing that is live follows a newer version by itself. Raises FrameworkRefused, which names the place in
    the file.
    """
    require(actor, Permission.FRAMEWORK_IMPORT)
    framework = parse_framework(data)
    _check_lengths(framework)
    same = select(FrameworkRow).where(FrameworkRow.sha256 == framework.sha256)
    found = session.scalar(same)
    if found is not None:
        return found
    row = FrameworkRow(
        soc=framework.soc,
        title=framework.title,
        version=framework.version,
        sha256=framework.sha256,
        attribution=framework.attribution,
        content=framework.canonical,
        imported_at=clock.now(),
        imported_by=actor.key,
    )
    try:
        with session.begin_nested():
            session.add(row)
            session.flush()
    except IntegrityError:
        # Somebody imported the same file at the same moment.
        return session.scalars(same).one()
    record(session, "framework:import", row, actor=actor)
    return row


def _check_lengths(framework: Framework) -> None:
    for name, longest in _LONGEST.items():
        if len(getattr(framework, name)) > longest:
            place = f"framework.{name}" if name == "version" else f"occupation.{name}"
            raise FrameworkRefused(f"{place} has more than {longest} characters.")

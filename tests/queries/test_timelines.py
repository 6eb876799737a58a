from datetime import UTC, datetime

import pytest
from sqlalchemy.orm import Session

from tests.factories import make_application
from tracker.domain.moves import MoveKind
from tracker.domain.stages import Outcome, Stage
from tracker.models.applications import ApplicationNote
from tracker.models.moves import Move
from tracker.queries.applications import move_events, timeline

AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


def imported(actor: str, stage: Stage, outcome: Outcome) -> Move:
    return Move(
        application_id=1,
        version=1,
        kind=MoveKind.IMPORT,
        from_stage=None,
        to_stage=stage,
        from_outcome=None,
        to_outcome=outcome,
        reason=None,
        actor=actor,
        at=AT,
        overridden="",
    )


@pytest.mark.parametrize(
    ("move", "title", "by"),
    [
        (imported("imported:", Stage.INTERVIEW, Outcome.ACTIVE), "Imported in Interview", ""),
        (imported("imported: ", Stage.OFFER, Outcome.HIRED), "Imported as hired", ""),
        (
            imported("imported:Front Desk", Stage.OFFER, Outcome.REJECTED),
            "Imported as rejected",
            "Front Desk",
        ),
    ],
)
def test_imported_move_names_who_did_it_only_where_the_other_system_did(
    session: Session, move: Move, title: str, by: str
) -> None:
    (event,) = move_events(session, [move])
    assert (event.title, event.by) == (title, by)


def test_imported_note_is_by_nobody_we_know(session: Session) -> None:
    application = make_application(session)
    note = ApplicationNote(application_id=application.id, text="Called back.", at=AT, is_imported=True)
    session.add(note)
    session.flush()
    (shown,) = [event for event in timeline(session, application.id, shows_notes=True) if event.is_note]
    assert (shown.title, shown.by, shown.texts) == ("Imported note", "", ("Called back.",))

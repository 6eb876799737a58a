"""Moves as the tests of the services make them: from where the application stands."""

from sqlalchemy.orm import Session

from tracker.domain.actors import Actor
from tracker.domain.deciding import MoveRequest
from tracker.domain.moves import MoveKind
from tracker.models.applications import Application
from tracker.models.moves import Move
from tracker.services.moves import make_move

REJECT = MoveRequest(MoveKind.REJECT, disposition="less_qualified")


def move(
    session: Session, application: Application, request: MoveRequest, actor: Actor, **more: object
) -> Move:
    seen = {"seen_stage": application.stage, "seen_version": application.version, **more}
    return make_move(session, application.id, request, actor=actor, **seen)

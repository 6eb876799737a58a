"""Our own history as an importer reads it: one event for each move, in the words of our keys."""

from tracker.domain.event_logs import LoggedOutcome, Place
from tracker.domain.stages import Outcome, Stage

_CLOSED_FROM_NOWHERE = {
    Place(Stage.APPLICATION, Outcome.HIRED): LoggedOutcome.HIRED,
    Place(Stage.APPLICATION, Outcome.REJECTED): LoggedOutcome.REJECTED,
    Place(Stage.APPLICATION, Outcome.WITHDRAWN): LoggedOutcome.WITHDRAWN,
    Place(Stage.OFFER, Outcome.WITHDRAWN): LoggedOutcome.OFFER_DECLINED,
}


def activities_of(from_: Place | None, to: Place) -> tuple[str, ...]:
    """The activities that the import with its default mapping turns into this very move.

    Two where a move both changed the stage and closed, which the import keeps as two moves of one instant.
    """
    if to.outcome is Outcome.ACTIVE:
        return (to.stage.value,)
    if from_ is None and to in _CLOSED_FROM_NOWHERE:
        return (_CLOSED_FROM_NOWHERE[to].value,)
    if from_ is not None and from_.stage is to.stage:
        return (to.outcome.value,)
    return (to.stage.value, to.outcome.value)

"""What moves do to offers: a closing ends them, its undo gives them back, a return leaves none of them."""

import pytest
from sqlalchemy.orm import Session

from tests.moving import move
from tests.services.test_offers import accept, application, olga, rita, sent
from tracker import clock
from tracker.domain.actors import Actor
from tracker.domain.deciding import MoveRequest, RequirementsUnmet
from tracker.domain.moves import MoveKind
from tracker.domain.offers import OfferStatus
from tracker.domain.requirement_names import NEVER_OVERRIDDEN, Requirement
from tracker.domain.stages import Stage
from tracker.models.applications import Application
from tracker.queries.offers import status_of
from tracker.queries.onboarding import tasks_of
from tracker.services.moves import make_move
from tracker.services.onboarding import finish_task

__all__ = ["application", "olga", "rita"]


def test_an_undone_closing_gives_back_the_offer_that_it_ended(
    session: Session, application: Application, rita: Actor, olga: Actor
) -> None:
    offer = sent(session, application, rita, olga)
    move(session, application, MoveRequest(MoveKind.REJECT, disposition="less_qualified"), rita)
    session.refresh(offer)
    assert status_of(offer, clock.now()) is OfferStatus.VOID
    move(session, application, MoveRequest(MoveKind.UNDO), rita)
    session.refresh(offer)
    assert status_of(offer, clock.now()) is OfferStatus.SENT
    accept(session, offer, rita)
    assert application.stage is Stage.ONBOARDING


def test_acceptance_from_before_a_return_lets_nobody_on(
    session: Session, application: Application, rita: Actor, olga: Actor
) -> None:
    offer = sent(session, application, rita, olga)
    accept(session, offer, rita)
    move(session, application, MoveRequest(MoveKind.RETURN, to=Stage.REFERENCES, text="Found out more"), olga)
    everything = frozenset(Requirement) - NEVER_OVERRIDDEN
    onward = MoveRequest(MoveKind.ADVANCE, override=everything, override_reason="Known already")
    move(session, application, onward, olga)
    assert application.stage is Stage.OFFER
    with pytest.raises(RequirementsUnmet) as refused:
        move(session, application, MoveRequest(MoveKind.ADVANCE), rita)
    assert Requirement.OFFER_ACCEPTED in {one.requirement for one in refused.value.unmet}
    again = sent(session, application, rita, olga)
    accept(session, again, rita)
    assert application.stage is Stage.ONBOARDING


def test_undone_acceptance_can_be_given_again_and_repeats_no_task(
    session: Session, application: Application, rita: Actor, olga: Actor
) -> None:
    offer = sent(session, application, rita, olga)
    accept(session, offer, rita)
    tasks = list(tasks_of(session, application.id))
    done = next(task for task in tasks if not task.needs_file)
    finish_task(session, done, actor=rita)
    seen = {"seen_stage": Stage.ONBOARDING, "seen_version": application.version}
    make_move(session, application.id, MoveRequest(MoveKind.UNDO), actor=rita, **seen)
    accept(session, offer, rita)
    assert application.stage is Stage.ONBOARDING
    assert tasks_of(session, application.id) == tasks
    assert done.done_at is not None

"""What candidates read of where they stand."""

from datetime import UTC, datetime, timedelta

import pytest

from tracker.domain.candidate_view import (
    JUDGED_NEXT,
    STANDING_BADGES,
    STANDING_LABELS,
    STANDING_SENTENCES,
    Standing,
    standing_of,
)
from tracker.domain.moves import UNDO_WINDOW
from tracker.domain.offers import OfferStatus
from tracker.domain.stages import Outcome, Stage

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


def stand(stage, outcome, *, offer=None, ago=timedelta(days=1), **more):
    return standing_of(stage, outcome, offer=offer, moved_at=NOW - ago, now=NOW, **more)


def test_every_standing_has_its_words():
    assert set(STANDING_LABELS) == set(STANDING_BADGES) == set(STANDING_SENTENCES) == set(Standing)
    assert set(JUDGED_NEXT) < set(Standing)


def test_every_stage_and_outcome_has_a_standing():
    found = {
        stand(stage, outcome, offer=offer)
        for stage in Stage
        for outcome in Outcome
        for offer in (None, *OfferStatus)
    }
    assert found == set(Standing) - {Standing.GOES_ON}


def test_what_goes_on_for_another_job_is_not_said_to_be_withdrawn():
    assert stand(Stage.SCREENING, Outcome.WITHDRAWN, is_transferred=True) is Standing.GOES_ON


@pytest.mark.parametrize("stage", Stage)
def test_a_rejection_shows_once_it_can_no_longer_be_undone(stage):
    before = stand(stage, Outcome.ACTIVE, ago=timedelta(minutes=5))
    assert stand(stage, Outcome.REJECTED, ago=UNDO_WINDOW) is before
    assert stand(stage, Outcome.REJECTED, ago=UNDO_WINDOW + timedelta(seconds=1)) is Standing.CLOSED


SAID_OF_OFFER = {
    None: Standing.OFFER_IN_WORK,
    OfferStatus.DRAFT: Standing.OFFER_IN_WORK,
    OfferStatus.APPROVED: Standing.OFFER_IN_WORK,
    OfferStatus.SENT: Standing.OFFER_WAITS,
    OfferStatus.ACCEPTED: Standing.OFFER_IN_WORK,
    OfferStatus.DECLINED: Standing.OFFER_DECLINED,
    OfferStatus.EXPIRED: Standing.OFFER_EXPIRED,
    OfferStatus.WITHDRAWN: Standing.OFFER_TAKEN_BACK,
    OfferStatus.VOID: Standing.OFFER_IN_WORK,
}


@pytest.mark.parametrize("offer", [None, *OfferStatus])
def test_what_became_of_an_offer_shows_only_in_its_stage(offer):
    assert stand(Stage.OFFER, Outcome.ACTIVE, offer=offer) is SAID_OF_OFFER[offer]
    for stage in set(Stage) - {Stage.OFFER}:
        assert stand(stage, Outcome.ACTIVE, offer=offer) is stand(stage, Outcome.ACTIVE)
    assert stand(Stage.OFFER, Outcome.REJECTED, offer=offer) is Standing.CLOSED
    assert stand(Stage.OFFER, Outcome.WITHDRAWN, offer=offer) is Standing.WITHDRAWN


def test_no_word_of_the_stored_stages_is_promised():
    said = " ".join((*STANDING_LABELS.values(), *STANDING_SENTENCES.values())).lower()
    assert "screening" not in said
    assert "disposition" not in said

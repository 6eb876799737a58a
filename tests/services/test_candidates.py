"""People are added once, kept as they are, and corrected by those who may."""

from dataclasses import replace

import pytest
from sqlalchemy import func, select

from tests.factories import make_actor, make_candidate
from tracker.domain.actors import SYSTEM, Actor, ActorKind, Role
from tracker.domain.deciding import NotPermitted
from tracker.domain.fingerprints import fingerprint
from tracker.domain.rules import ChangedMeanwhile, RuleBroken
from tracker.models.candidates import Candidate
from tracker.services import candidates
from tracker.services.candidates import CandidateDetails

ELODIE = CandidateDetails(" Élodie  Brûlé ", "Elodie@Example.org", "555 0100")


def test_a_person_is_kept_cleaned_and_folded(session):
    row = candidates.add_candidate(session, ELODIE, actor=SYSTEM)
    assert (row.name, row.sort_name, row.email) == ("Élodie Brûlé", "elodie brule", "elodie@example.org")
    name, ends_of_number = "elodie brule elodie example org", "5550100 550100 50100 0100 100"
    assert row.search_text == f"{name} {ends_of_number}"


def test_a_person_with_the_same_address_is_found_and_not_rewritten(session):
    row = candidates.add_candidate(session, ELODIE, actor=SYSTEM)
    stranger = Actor(ActorKind.CANDIDATE)
    other = CandidateDetails("Somebody Else", "ELODIE@example.org", "1")
    assert candidates.find_or_add(session, other, actor=stranger) == (row, False)
    assert (row.name, row.phone) == ("Élodie Brûlé", "555 0100")
    with pytest.raises(RuleBroken) as refused:
        candidates.add_candidate(session, other, actor=SYSTEM)
    assert refused.value.field == "email"


def test_two_people_may_have_no_address(session):
    nobody = replace(ELODIE, email=" ")
    first = candidates.add_candidate(session, nobody, actor=SYSTEM)
    assert candidates.add_candidate(session, nobody, actor=SYSTEM) is not first


def test_who_was_merged_is_found_as_the_one_who_stayed(session):
    stayed = make_candidate(session)
    make_candidate(session, email="old@example.org", merged_into_id=stayed.id)
    found = candidates.find_or_add(session, CandidateDetails("Ann", "old@example.org"), actor=SYSTEM)
    assert found == (stayed, False)


def test_an_address_that_is_somebody_elses_is_refused(session):
    row = candidates.add_candidate(session, ELODIE, actor=SYSTEM)
    other = make_candidate(session)
    with pytest.raises(RuleBroken) as refused:
        candidates.edit_candidate(session, other, ELODIE, actor=SYSTEM)
    assert refused.value.field == "email"
    edited = candidates.edit_candidate(session, row, replace(ELODIE, name="Élodie Noir"), actor=SYSTEM)
    assert edited.sort_name == "elodie noir"
    assert edited.search_text.startswith("elodie noir elodie example org")


def test_what_was_changed_after_somebody_looked_is_not_overwritten(session):
    row = candidates.add_candidate(session, ELODIE, actor=SYSTEM)
    seen = fingerprint(candidates.details_of(row))
    candidates.edit_candidate(session, row, replace(ELODIE, profile={"basics": {}}), seen=seen, actor=SYSTEM)
    with pytest.raises(ChangedMeanwhile):
        candidates.edit_candidate(session, row, replace(ELODIE, name="Late"), seen=seen, actor=SYSTEM)
    assert (row.name, row.profile) == ("Élodie Brûlé", {"basics": {}})


def test_an_erased_person_stays_erased(session):
    row = make_candidate(session)
    row.erased_at = row.created_at
    with pytest.raises(RuleBroken, match="erased"):
        candidates.edit_candidate(session, row, ELODIE, actor=SYSTEM)


@pytest.mark.parametrize("role", [Role.INTERVIEWER, Role.HIRING_MANAGER])
def test_only_recruiting_adds_and_corrects_people(session, role):
    actor = make_actor(session, role)
    with pytest.raises(NotPermitted):
        candidates.add_candidate(session, ELODIE, actor=actor)
    with pytest.raises(NotPermitted):
        candidates.edit_candidate(session, make_candidate(session), ELODIE, actor=actor)


@pytest.mark.parametrize("email", ["no address", "ann@example.org\x00"])
def test_a_person_who_cannot_be_kept_leaves_no_row(session, email):
    before = session.scalar(select(func.count()).select_from(Candidate))
    with pytest.raises(RuleBroken):
        candidates.add_candidate(session, replace(ELODIE, email=email), actor=SYSTEM)
    assert session.scalar(select(func.count()).select_from(Candidate)) == before

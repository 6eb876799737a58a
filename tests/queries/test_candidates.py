"""Finding people by the beginnings of words, only among those the actor may know of."""

import pytest

from tests.factories import make_actor, make_application, make_candidate, make_job
from tests.interviewing import publish_rubric, schedule
from tracker.domain.actors import SYSTEM, Role, TeamRole
from tracker.domain.stages import Stage
from tracker.queries.candidates import possible_duplicates, search, with_contact
from tracker.services.candidates import CandidateDetails, add_candidate, edit_candidate

PEOPLE = {
    "Élodie Brûlé": "elodie@example.org",
    "Sean O'Brien": "sob@example.net",
    "Amina Yusuf": "a.yusuf@corp.example.com",
    "张 伟": "zhang@example.org",
    "100% Real Or Not": "near@example.org",
}


@pytest.fixture
def people(session):
    return {
        name: add_candidate(session, CandidateDetails(name, email), actor=SYSTEM)
        for name, email in PEOPLE.items()
    }


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("elodie", ["Élodie Brûlé"]),
        ("ÉLOD", ["Élodie Brûlé"]),
        ("bru elo", ["Élodie Brûlé"]),
        ("o'brien", ["Sean O'Brien"]),
        ("brien", ["Sean O'Brien"]),
        ("a.yusuf@corp", ["Amina Yusuf"]),
        ("yusuf", ["Amina Yusuf"]),
        ("张", ["张 伟"]),
        ("example", ["100% Real Or Not", "Amina Yusuf", "Élodie Brûlé", "Sean O'Brien", "张 伟"]),
        ("usuf", []),
        ("elodie yusuf", []),
        ("NOT real", ["100% Real Or Not"]),
        ("or", ["100% Real Or Not", "Élodie Brûlé", "张 伟"]),
        ("NEAR", ["100% Real Or Not"]),
        *((sign, []) for sign in ('"', "*", "'", "%", "(", "--", "\\", ":*", "!&|", "\x00")),
        ('elodie" OR "yusuf', []),
        ("elodie) | (yusuf", []),
        ("search_text:elodie", []),
    ],
)
def test_words_find_by_their_beginning_and_signs_are_no_language(session, people, words, found):
    names = [row.name for row in search(session, SYSTEM, words).candidates]
    assert sorted(names) == sorted(found)


def test_search_follows_a_corrected_name(session, people):
    row = people["Amina Yusuf"]
    edit_candidate(session, row, CandidateDetails("Amina Okafor", "amina@example.org"), actor=SYSTEM)
    assert search(session, SYSTEM, "yusuf").candidates == ()
    assert search(session, SYSTEM, "okaf").candidates == (row,)


def test_pages_follow_each_other_without_gap_or_repeat(session):
    made = [make_candidate(session, name) for name in ["Bo", "Al", "Bo", "Cy", "Al"]]
    pages, after = [], None
    for _ in range(9):
        page = search(session, SYSTEM, after=after, limit=2)
        pages.append(page.candidates)
        after = page.after
        if after is None:
            break
    flat = [row for page in pages for row in page if row in made]
    assert flat == sorted(made, key=lambda row: (row.sort_name, row.id))
    assert max(map(len, pages)) == 2


def test_search_shows_nobody_whom_the_actor_may_not_know(session, people):
    job = make_job(session)
    application = make_application(session, job, candidate=people["Élodie Brûlé"])
    make_application(session, candidate=people["Amina Yusuf"])
    hank = make_actor(session, Role.HIRING_MANAGER, job, [TeamRole.HIRING_MANAGER])
    assert search(session, hank, "example").candidates == (application.candidate,)
    assert search(session, hank).candidates == (application.candidate,)
    assert search(session, make_actor(session, Role.INTERVIEWER), "example").candidates == ()


def test_who_was_erased_or_merged_is_not_found(session, people):
    people["Amina Yusuf"].merged_into_id = people["Sean O'Brien"].id
    people["Élodie Brûlé"].erased_at = people["Élodie Brûlé"].created_at
    session.flush()
    assert search(session, SYSTEM, "yusuf").candidates == ()
    assert search(session, SYSTEM, "elodie").candidates == ()


NUMBERS = ("+44 (0)20 7946 0958", "0044 20 7946-0958", "0044.20.7946.0958")


@pytest.mark.parametrize("kept", NUMBERS)
@pytest.mark.parametrize("asked", [*NUMBERS, "020 7946 0958", "7946 0958", "46095", "958", "(0)20 7946"])
def test_any_part_of_a_number_finds_it_however_written(session, kept, asked):
    row = add_candidate(session, CandidateDetails("Ann", None, kept), actor=SYSTEM)
    add_candidate(session, CandidateDetails("Bob", None, "+44 161 496 0123"), actor=SYSTEM)
    assert search(session, SYSTEM, asked).candidates == (row,)


def test_contact_data_of_whom_one_may_only_know_the_name_find_nobody(session):
    """The same words, once with the right to read contact data and once without."""
    job = make_job(session)
    person = add_candidate(
        session, CandidateDetails("Ann Lee", "secret@corp.example", "5550100"), actor=SYSTEM
    )
    application = make_application(session, job, candidate=person, stage=Stage.INTERVIEW)
    publish_rubric(session, job)
    manager = make_actor(session, Role.HIRING_MANAGER, job, [TeamRole.HIRING_MANAGER])
    interviewer = make_actor(session, Role.INTERVIEWER)
    schedule(session, application, interviewer, actor=SYSTEM)
    for words in ("secret", "corp.example", "5550100", "lee secret", "s"):
        assert search(session, manager, words).candidates == (person,), words
        assert search(session, interviewer, words).candidates == (), words
    for actor in (manager, interviewer):
        assert search(session, actor, "ann le").candidates == (person,)
    assert with_contact(session, manager, [person.id]) == {person.id}
    assert with_contact(session, interviewer, [person.id]) == frozenset()


def test_who_may_be_the_same_person_has_the_same_name_or_number(session):
    person = add_candidate(session, CandidateDetails("Ann Lee", None, "+44 20 7946 0958"), actor=SYSTEM)
    namesake = add_candidate(session, CandidateDetails("ANN  LÉE", None), actor=SYSTEM)
    caller = add_candidate(session, CandidateDetails("Other", None, "0044 20 79460958"), actor=SYSTEM)
    add_candidate(session, CandidateDetails("Ann Leeds", None, "79460958"), actor=SYSTEM)
    assert list(possible_duplicates(session, SYSTEM, person)) == [namesake, caller]
    assert list(possible_duplicates(session, SYSTEM, namesake)) == [person]
    assert not possible_duplicates(session, make_actor(session, Role.HIRING_MANAGER), person)
